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
from syncdsl.laws.life import customs_of, fate
from syncdsl.policy import ChangeBudget, Mapping, Policy
from syncdsl.situation import Side

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def deletes_without_limit(policy: Policy) -> Iterator[Diagnostic]:
    limited = {each.mapping for each in policy.promises if isinstance(each, ChangeBudget)}
    for mapping in policy.mappings:
        if mapping.broken or mapping.delete_span is None or mapping.name in limited:
            continue
        sides = [side for side in Side if fate(customs_of(mapping), side).takes_along]
        if sides and policy.whole:
            yield check.finding(
                f"whoever deletes records in {_systems(mapping, sides)} deletes their partners "
                "too, however many they are",
                mapping.delete_span,
                notes=(f"a pass that would do more is stopped by {_limit(mapping)}",),
            )


def _limit(mapping: Mapping) -> str:
    return f"a line outside of the mapping, as in `at most 1% of {mapping.name} change`"


def _systems(mapping: Mapping, sides: list[Side]) -> str:
    named = (mapping.end(side) for side in sides)
    return " or ".join(f"`{system}`" for system, _ in named)
