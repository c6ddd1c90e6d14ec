"""
A number is outside the range that the target takes.

A probability goes from 0 to 100, a latitude from -90 to 90. What lies outside is refused, at every
pass, and in some systems the whole record with it.

Bad:

    system dynamics { kind dynamics365 }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      chance: 110 -> dynamics.closeprobability on create only
    }

Good:

    system dynamics { kind dynamics365 }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      chance: 10 -> dynamics.closeprobability on create only
    }

Right anyway: never; what is refused changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from syncdsl.check.base import Check
from syncdsl.check.known.arriving import Seen, Way, named, ways_where
from syncdsl.check.naming import place_of_value
from syncdsl.convert import STEPS, Unusable, Value, text
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Policy, Property
from syncdsl.source import Span

check = Check(__name__, Severity.ERROR, since="0.2")


@check.on_policy
def is_outside(policy: Policy) -> Iterator[Diagnostic]:
    told: set[tuple[Span, str]] = set()
    seen: Seen = set()
    for way, mapping in ways_where(policy, lambda way: _range(way.target) != _ANY):
        takes = _range(way.target)
        if takes == _ANY or not reach(way.rule, mapping).of(way.side):
            continue
        gives = _given(way)
        if _ANY.least < gives.least < takes.least or _ANY.most > gives.most > takes.most:
            yield check.finding(
                f"`{way.giver}` can be {gives} and `{way.target}` only {takes}: what is outside is "
                "refused",
                way.rule.label_span,
                severity=Severity.WARNING,
                rule=way.rule,
                question=f"how many values of `{way.giver}` are not {takes}?",
            )
        for each in named(way, seen):
            number, place = _number(each.value), (each.span, str(way.target))
            if number is not None and not takes.least <= number <= takes.most:
                if place not in told:
                    yield check.finding(
                        f"`{text(each.value)}` is not {takes}, and `{way.target}` takes nothing "
                        "else: it is refused",
                        place_of_value(each.span, each.written) or each.span,
                    )
                told.add(place)


class _Range(NamedTuple):
    least: Decimal
    most: Decimal

    def __str__(self) -> str:
        if self.least == _ANY.least:
            return f"at most {text(self.most)}"
        if self.most == _ANY.most:
            return f"at least {text(self.least)}"
        return f"from {text(self.least)} to {text(self.most)}"


_ANY = _Range(Decimal("-Infinity"), Decimal("Infinity"))


def _range(property_: Property | None) -> _Range:
    facts = None if property_ is None else property_.facts
    if facts is None:
        return _ANY
    return _Range(
        _ANY.least if facts.minimum is None else Decimal(facts.minimum),
        _ANY.most if facts.maximum is None else Decimal(facts.maximum),
    )


def _given(way: Way) -> _Range:
    """The giver's own range, as far as it is known what becomes of it."""
    if way.rule.values is not None or any(step.name != "number" for step in way.conversion.steps):
        return _ANY
    return _range(way.giver)


def _number(value: Value) -> Decimal | None:
    try:
        return Decimal(text(STEPS["number"].function(value, None)))
    except Unusable:
        return None  # is told as that
