"""
Deletions are carried over, however many they are.

A wrong import, a filter that was set wrong, a list that somebody empties: deletions by mistake come
in thousands. `delete follows` repeats all of them on the other side in one pass, and what is
deleted there no second sync brings back. A limit stops the pass before it begins.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      delete follows
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      delete follows
      name: hubspot.lastname -> dynamics.lastname on create only
    }
    at most 1% of people change

Right anyway: when the other system keeps what is deleted in a bin, for long enough. Allow it with
this reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.laws.customs import customs_of
from syncdsl.laws.fate_words import names_of, tell
from syncdsl.laws.fates import Fate, breach_of
from syncdsl.policy import ChangeBudget, Mapping, Policy
from syncdsl.situation import Side
from syncdsl.suggest import one_of

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def deletes_without_limit(policy: Policy) -> Iterator[Diagnostic]:
    limited = {each.mapping for each in policy.promises if isinstance(each, ChangeBudget)}
    for mapping in policy.mappings:
        if mapping.broken or mapping.delete_span is None or mapping.name in limited:
            continue
        follow = [
            broken
            for side in Side
            if (broken := breach_of(customs_of(mapping), Fate.TAKES_NONE_ALONG, side=side.other))
        ]
        if follow and policy.whole:
            names = names_of(mapping)
            systems = one_of([names[broken.side.other] for broken in follow], "", "or")
            yield check.finding(
                f"whoever deletes records in {systems} deletes their partners too, however many "
                "they are",
                mapping.delete_span,
                told=tell(mapping, follow[0]),
                notes=(f"a pass that would do more is stopped by {_limit(mapping)}",),
            )


def _limit(mapping: Mapping) -> str:
    return f"a line outside of the mapping, as in `at most 1% of {mapping.name} change`"
