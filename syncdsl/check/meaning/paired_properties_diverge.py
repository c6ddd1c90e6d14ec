"""
Parts of one whole are written under different conditions.

A street, a postcode and a city are one address, a latitude and a longitude one place, an amount and
its currency one price. Where one rule may replace its part and another rule keeps its own, a
record ends with a whole that was never true: the new street in the old city. And where only one of
a latitude and a longitude is converted, the two no longer name one place.

Bad:

    street: hubspot.address -> dynamics.address1_line1, owned by hubspot
    zip: hubspot.zip -> dynamics.address1_postalcode if blank
    city: hubspot.city -> dynamics.address1_city if blank

Good:

    street: hubspot.address -> dynamics.address1_line1 if blank
    zip: hubspot.zip -> dynamics.address1_postalcode if blank
    city: hubspot.city -> dynamics.address1_city if blank

Right anyway: when one part is only a remark for people. Rules under different conditions (`when`)
are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from syncdsl.check.base import MAX_ROWS, Check, overwritten, with_story
from syncdsl.check.known.meanings import currency_of, is_currency, words
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.policy import Clauses, Mapping, Policy, Property, Rule
from syncdsl.semantics.table import table
from syncdsl.situation import Changed, Content, Event, Newer, Row, Side, Truth
from syncdsl.wiring import Conversion

check = Check(__name__, Severity.WARNING, since="0.2")

_PLACE = re.compile(r"(?P<stem>\w*?)_?(?P<part>latitude|longitude)(?P<rest>\w*)")
_ADDRESS = re.compile(
    r"(?P<stem>\w*?)_?(?P<part>line_?1|street(_?1)?|address(_?1)?|zip|post(al)?_?code|city)"
    r"(?P<rest>)"
)

_A_PART = re.compile("latitude|longitude|line|street|address|zip|code|city")  # at sight

_Moment = tuple[Event, Changed | None, Newer | None]


class _Part(NamedTuple):
    rule: Rule
    side: Side
    whole: str  # what it is a part of, in words


@check.on_policy
def tears_a_whole_apart(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        wholes: dict[tuple[Side, str, str], list[_Part]] = {}
        for rule in mapping.rules:
            for side, end in ((Side.LEFT, rule.left), (Side.RIGHT, rule.right)):
                if end is not None and _may_be_a_part(end) and _may_be_written(end):
                    home = rule.turned(side)
                    for whole, name in _wholes(end, mapping, home, policy):
                        wholes.setdefault((home, whole, name), []).append(_Part(rule, side, whole))
        told: set[int] = set()
        for parts in wholes.values():
            found = _torn(parts)
            if found is not None and told.isdisjoint(id(part.rule) for part in found[:2]):
                told |= {id(part.rule) for part in found[:2]}
                yield _finding(*found)
                continue
            converted = _converted_alone(parts)
            if converted is not None and told.isdisjoint(id(part.rule) for part in converted):
                told |= {id(part.rule) for part in converted}
                yield _half_converted(*converted)


def _may_be_a_part(end: Property) -> bool:
    """As far as it tells itself."""
    has_currency = end.facts is not None and end.facts.currency is not None
    return has_currency or _is_called_a_part(end.name)


@cache
def _is_called_a_part(name: str) -> bool:
    return is_currency(name) or _by_name(name) is not None


def _may_be_written(end: Property) -> bool:
    facts = end.facts
    return facts is None or facts.update is not False


def _wholes(
    end: Property, mapping: Mapping, home: Side, policy: Policy
) -> Iterator[tuple[str, str]]:
    """What a property is a part of: the kind of whole, and which one of the object's."""
    named = _by_name(end.name)
    if named is not None:
        yield named
    if not is_currency(end.name) and (end.facts is None or end.facts.currency is None):
        return
    found = policy.object(mapping.end(home))
    currency = currency_of(end, found)
    if currency is not None:
        yield "price", f"{end.name} in {currency}"
    elif found is not None:
        for amount, facts in found.properties.items():
            if facts.currency == end.name:
                yield "price", f"{amount} in {end.name}"


@cache
def _by_name(name: str) -> tuple[str, str] | None:
    if _A_PART.search(name.lower()) is None:
        return None
    for kind, pattern in (("place", _PLACE), ("address", _ADDRESS)):
        found = pattern.fullmatch(words(name))
        if found is not None:
            return kind, f"{found['stem']}_{found['rest']}"
    return None


def _torn(parts: list[_Part]) -> tuple[_Part, _Part, tuple[Row, ...]] | None:
    """Two parts of which the first is replaced where the second one stays."""
    if len({part.rule.end(part.side) for part in parts}) != len(parts):
        return None  # several rules for one part: who writes it is told elsewhere
    for one, other in product(parts, parts):
        if one is other or one.rule.wiring.guard != other.rule.wiring.guard:
            continue
        if one.rule.clauses.constant or other.rule.clauses.constant:
            continue
        alone = _replacing(one.rule.clauses, one.side).keys() - (
            _replacing(other.rule.clauses, other.side).keys()
        )
        if alone:
            rows = _replacing(one.rule.clauses, one.side)
            return one, other, tuple(row for moment, row in rows.items() if moment in alone)
    return None


def _converted_alone(parts: list[_Part]) -> tuple[_Part, _Part] | None:
    """Of the two numbers of one place, the one that is converted and the one that is not."""
    if parts[0].whole != "place" or len(parts) != 2:
        return None
    first, second = sorted(parts, key=lambda part: _into(part) == Conversion())
    alone = _into(first) != Conversion() and _into(second) == Conversion()
    return (first, second) if alone else None


def _into(part: _Part) -> Conversion:
    return part.rule.conversion(part.side)


@cache
def _replacing(clauses: Clauses, side: Side) -> dict[_Moment, Row]:
    """The moments in which a value of this side is replaced by another one."""
    found: dict[_Moment, Row] = {}
    for row in table(clauses):
        seen = row.situation
        if overwritten(row) is side and seen.guard in (None, Truth.HOLDS):
            if Content.BLANK not in (seen.left, seen.right):
                for newer in Newer if seen.newer is None else (seen.newer,):
                    found.setdefault((seen.event, seen.changed, newer), row)
    return found


def _finding(one: _Part, other: _Part, rows: tuple[Row, ...]) -> Diagnostic:
    replaced, kept = one.rule.end(one.side), other.rule.end(other.side)
    row, told = with_story(one.rule, rows[:MAX_ROWS])
    return check.finding(
        f"`{replaced}` and `{kept}` are parts of one {one.whole}: here the first is replaced "
        "without the second",
        one.rule.label_span,
        rule=one.rule,
        row=row,
        told=told,
        labels=(Label(other.rule.label_span, f"keeps `{kept}`"),),
    )


def _half_converted(one: _Part, other: _Part) -> Diagnostic:
    converted, plain = one.rule.end(one.side), other.rule.end(other.side)
    return check.finding(
        f"`{converted}` and `{plain}` are parts of one place: here only the first is converted",
        one.rule.label_span,
        rule=one.rule,
        labels=(Label(other.rule.label_span, "the other one is taken as it is"),),
    )
