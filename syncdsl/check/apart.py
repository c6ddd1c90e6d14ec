"""
Conditions that never hold at the same time, as far as that is plain to see.

From each condition follows what some properties can be while it holds: `hubspot.type = a` lets
`hubspot.type` be nothing but `a`. Two conditions are apart if they leave one property nothing in
common. What is not understood lets a property be anything, so the answer "apart" is always right,
and "not apart" may only mean that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from syncdsl.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    IsBlank,
    IsIn,
    Negation,
    Operand,
    turned,
)
from syncdsl.convert import Value, same
from syncdsl.policy import Mapping, Rule
from syncdsl.situation import Side

MAX_COMPARED = 10_000  # pairs of values; longer lists are not looked into

PropertyKey = tuple[str, str | None, str, str]  # of policy.Property


class Possible(NamedTuple):
    """What a property can be while a condition holds."""

    among: tuple[Value, ...] | None  # None: any value
    but: tuple[Value, ...]  # with any value: except these
    blank: bool
    kind: str | None  # how its values are compared

    def allows(self, value: Value, kind: str | None = None) -> bool:
        kinds = (self.kind, kind)
        if self.among is not None:
            return any(same(value, other, each) for other in self.among for each in kinds)
        return not any(same(value, other, self.kind) for other in self.but)


Facts = dict[PropertyKey, Possible]


def facts_of(rule: Rule, mapping: Mapping) -> Facts:
    """What properties can be while a rule is applied: its guard holds, and its mapping's scope."""
    facts: Facts = {}
    if mapping.scope is not None:
        facts = _follow(mapping.scope.condition, mapping)
    guard = rule.wiring.guard
    if guard is not None:
        facts = _both(facts, _follow(turned(guard) if rule.flipped else guard, mapping))
    return facts


def apart(some: Facts, others: Facts, *, without: PropertyKey | None = None) -> bool:
    """
    Can the two never hold at once? What a rule writes itself says nothing about that: it is one
    value now and another one a moment later.
    """
    return any(
        key != without and key in others and _nothing_in_common(possible, others[key])
        for key, possible in some.items()
    )


# ── what follows from a condition ────────────────────────────────────────────────────────────────

_Plain = dict[Operand, Possible]


def _follow(condition: Condition, mapping: Mapping) -> Facts:
    facts: Facts = {}
    for operand, possible in _plain(condition, True).items():
        system, object_name = mapping.left if operand.side is Side.LEFT else mapping.right
        home = mapping.source.path if object_name is None else ""
        key = (system, object_name, operand.name, home)
        facts[key] = _meet(facts[key], possible) if key in facts else possible
    return facts


def _plain(condition: Condition, holds: bool) -> _Plain:
    """What follows if a condition holds; or if it fails, which is more than that it is unknown."""
    match condition:
        case Negation():
            return _plain(condition.part, not holds)
        case AllOf() | AnyOf():
            parts = [_plain(part, holds) for part in condition.parts]
            return _all(parts) if isinstance(condition, AllOf) == holds else _any(parts)
        case IsBlank():
            blank = Possible((), (), True, None)
            return {condition.operand: blank if holds else Possible(None, (), False, None)}
        case IsIn():
            return {condition.operand: _one_of(condition.values, condition.kind, holds)}
        case Compare():
            return dict(_compared(condition, holds))


def _compared(condition: Compare, holds: bool) -> Iterator[tuple[Operand, Possible]]:
    anything = Possible(None, (), False, condition.kind)  # a comparison with a blank is unknown
    if isinstance(condition.value, Operand):
        yield condition.operand, anything
        yield condition.value, anything
    elif condition.comparison in ("=", "!="):
        equal = (condition.comparison == "=") == holds
        yield condition.operand, _one_of((condition.value,), condition.kind, equal)
    else:
        yield condition.operand, anything


def _one_of(values: tuple[Value, ...], kind: str | None, holds: bool) -> Possible:
    return Possible(values, (), False, kind) if holds else Possible(None, values, False, kind)


def _all(parts: Sequence[_Plain]) -> _Plain:
    found: _Plain = {}
    for part in parts:
        for operand, possible in part.items():
            found[operand] = _meet(found[operand], possible) if operand in found else possible
    return found


def _any(parts: Sequence[_Plain]) -> _Plain:
    """Only a property that every part speaks of is bound by one of them."""
    shared = [each for each in parts[0] if all(each in part for part in parts)]
    return {operand: _join([part[operand] for part in parts]) for operand in shared}


def _both(some: Facts, others: Facts) -> Facts:
    merged = dict(some)
    for key, possible in others.items():
        merged[key] = _meet(merged[key], possible) if key in merged else possible
    return merged


def _meet(some: Possible, other: Possible) -> Possible:
    kind, blank = some.kind or other.kind, some.blank and other.blank
    if some.among is None and other.among is None:
        return Possible(None, some.but + other.but, blank, kind)
    if some.among is None:
        some, other = other, some
    assert some.among is not None
    if not _is_quick(some.among, other):
        return some._replace(blank=blank)
    values = tuple(value for value in some.among if other.allows(value, some.kind))
    return Possible(values, (), blank, kind)


def _join(possibles: Sequence[Possible]) -> Possible:
    blank = any(each.blank for each in possibles)
    kind = next((each.kind for each in possibles if each.kind is not None), None)
    if any(each.among is None for each in possibles):
        return Possible(None, (), blank, kind)
    values = tuple(value for each in possibles for value in each.among or ())
    return Possible(values, (), blank, kind)


def _nothing_in_common(some: Possible, other: Possible) -> bool:
    if some.blank and other.blank:
        return False
    if some.among is None and other.among is None:
        return False
    if some.among is None:
        some, other = other, some
    assert some.among is not None
    if not _is_quick(some.among, other):
        return False
    return not any(other.allows(value, some.kind) for value in some.among)


def _is_quick(values: Sequence[Value], other: Possible) -> bool:
    return len(values) * (len(other.among or ()) + len(other.but)) <= MAX_COMPARED
