"""
Merging two records deletes the partner of one of them.

Two contacts turn out to be one person, and somebody merges them. To a sync the one that disappears
was deleted, and `delete follows` deletes its partner on the other side, with all that hangs on it
there: mails, orders, activities. Nobody wanted to lose those; they belong to the person who stays.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      delete follows
      name: hubspot.lastname -> dynamics.lastname on create only
    }
    at most 1% of people change

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      delete ignored
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Right anyway: when duplicates are merged in both systems before the sync sees it, or never. Allow it
with this reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity, Story
from syncdsl.laws.life import customs_of, fate
from syncdsl.policy import Policy
from syncdsl.situation import Side

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_policy
def merges_delete(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        if mapping.broken or mapping.delete_span is None:
            continue
        sides = [side for side in Side if fate(customs_of(mapping), side).takes_along]
        if not sides:
            continue
        here, there = mapping.left[0], mapping.right[0]
        if sides[0] is Side.RIGHT:
            here, there = there, here
        yield check.finding(
            f"merging two records in `{here}` deletes the partner of one of them in `{there}`",
            mapping.delete_span,
            told=Story(
                (
                    f"two records in `{here}` have a partner each in `{there}`",
                    f"they are merged in `{here}`: one of them disappears",
                    "sync",
                ),
                f"its partner in `{there}` is deleted, with all that hangs on it",
            ),
            fixes=(Fix("keep the partner", (Edit(mapping.delete_span, "delete ignored"),)),),
            question=f"how many records that have a partner are merged in `{here}`?",
        )
