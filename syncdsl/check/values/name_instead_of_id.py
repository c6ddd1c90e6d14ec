"""
A name is written where Dataverse keeps a number or an id.

People see `Trade Show` and `Acme Ltd`; Dataverse keeps the number of the choice and the id of the
record. A choice that is written by its name is refused, or the whole record is. This is told where
its options are not known; where they are, they tell more. Some products look the record up to which
a constant or a number refers, so that is an information.

Bad:

    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      source: "Trade Show" -> dynamics.customersizecode on create only
    }

Good:

    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      source: 7 -> dynamics.customersizecode on create only
    }

Right anyway: when the product that runs the mapping looks names up. Allow it with this reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.arriving import Named, Seen, Way, named, options_of, type_of, ways_where
from syncdsl.check.known.meanings import is_owner
from syncdsl.check.naming import place_of_value
from syncdsl.convert import Value, text
from syncdsl.diagnostic import Certainty, Diagnostic, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Policy
from syncdsl.schema import Type
from syncdsl.source import Span

check = Check(__name__, Severity.ERROR, since="0.2")

_DATAVERSE = "dynamics365"
_ID = re.compile(r"\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)
_LOOKED_UP = "it is refused, unless what runs the mapping looks the record up"


@check.on_policy
def is_no_id(policy: Policy) -> Iterator[Diagnostic]:
    told: set[tuple[Span, str]] = set()
    seen: Seen = set()
    dataverse = {system.name for system in policy.systems if system.kind == _DATAVERSE}
    if not dataverse:
        return
    for way, mapping in ways_where(policy, _keeps_ids):
        if way.target.system not in dataverse or "." in way.target.name:
            continue  # a path through a reference ends at a property of its own kind
        if not reach(way.rule, mapping).of(way.side):
            continue
        for each in named(way, seen):
            place = each.span, str(way.target)
            if not _fits(way, each.value) and place not in told:
                told.add(place)
                yield _named(way, each)
        if _gives_numbers(way):
            yield check.finding(
                f"`{way.giver}` gives a number, and `{way.target}` keeps the id of a record: "
                f"{_LOOKED_UP}",
                way.rule.label_span,
                severity=Severity.INFO,
                certainty=Certainty.UNKNOWN,
                rule=way.rule,
            )


def _keeps_ids(way: Way) -> bool:
    kept = type_of(way.target)
    return kept is Type.REFERENCE or (kept is Type.OPTION and not options_of(way.target))


def _fits(way: Way, value: Value) -> bool:
    word = text(value)
    if type_of(way.target) is Type.REFERENCE:
        # A rule that gives texts, or maps them, counts on their being looked up.
        return way.giver is not None or _ID.fullmatch(word) is not None
    return word.lstrip("-").isdigit()


def _gives_numbers(way: Way) -> bool:
    if type_of(way.target) is not Type.REFERENCE or way.given is None or is_owner(way.target):
        return False  # whose user it is, is told as that
    return way.given.type in (Type.NUMBER, Type.MONEY) and not way.given.many


def _named(way: Way, each: Named) -> Diagnostic:
    place = place_of_value(each.span, each.written) or each.span
    if type_of(way.target) is Type.OPTION:
        return check.finding(
            f"`{text(each.value)}` is not the number of an option, and `{way.target}` keeps "
            "nothing else: it is refused",
            place,
        )
    return check.finding(
        f"`{text(each.value)}` is not the id of a record, which `{way.target}` keeps: {_LOOKED_UP}",
        place,
        severity=Severity.INFO,
        certainty=Certainty.UNKNOWN,
    )
