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
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from syncdsl.laws.customs import customs_of
from syncdsl.laws.fate_words import names_of, tell
from syncdsl.laws.fates import Fate, breach_of
from syncdsl.policy import Policy

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_policy
def merges_delete(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        if mapping.broken or mapping.delete_span is None:
            continue
        broken = breach_of(customs_of(mapping), Fate.MERGE_IS_QUIET)
        if broken is None or not broken.passed.deleted:
            continue  # that the merged one comes back is told as what is deleted comes back
        names = names_of(mapping)
        here, there = names[broken.side.other], names[broken.side]
        yield check.finding(
            f"merging two records in {here} deletes the partner of one of them in {there}",
            mapping.delete_span,
            told=tell(mapping, broken),
            fixes=(Fix("keep the partner", (Edit(mapping.delete_span, "delete ignored"),)),),
            question=f"how many records that have a partner are merged in {here}?",
        )
