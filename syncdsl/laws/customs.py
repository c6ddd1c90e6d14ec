"""
What of a mapping the life of its records depends on, apart from its rules.

That is what its arrow and its `match`, `create`, `delete` and `scope` lines say. It is little, so
there are a few hundred kinds of mappings, and for each kind there is a *stand-in*: a mapping whose
records have a key and one property that the scope asks for. Conditions are taken to hold where
they can: there are records for which they do.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from syncdsl import policy
from syncdsl.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    IsBlank,
    IsIn,
    Negation,
    Operand,
    operands,
)
from syncdsl.policy import Arrow, Create, Key, Property
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Event, Side
from syncdsl.source import NOWHERE


class Scope(NamedTuple):
    """What a scope may do to records, whatever it asks of them."""

    reads: tuple[Side, ...]  # where the properties are that it asks for
    alone: tuple[Side, ...]  # where a record can fit it before it has a partner
    stops: bool  # a pair that no longer fits is no longer synced


class Customs(NamedTuple):
    """All of a mapping that the life of its records depends on."""

    arrow: Arrow
    delete: str
    makes: tuple[Side, ...]  # where a record may be made
    matches: bool  # there is a key
    keyed: tuple[Side, ...] = ()  # where a record that is made gets its key
    scope: Scope | None = None


def customs_of(mapping: policy.Mapping) -> Customs:
    lines = {line.side for line in mapping.creates if not line.never}
    makes = tuple(side for side in Side if side in lines and mapping.arrow.gives(side.other))
    return Customs(
        mapping.arrow,
        mapping.delete,
        makes,
        bool(mapping.match),
        tuple(side for side in makes if mapping.match and _gets_key(mapping, side)),
        None if mapping.scope is None else _scope_of(mapping.scope),
    )


@cache
def stand_in(customs: Customs) -> policy.Mapping:
    """A mapping without rules that has these customs."""
    left, right = (Property(system, None, KEY, None) for system in ("left", "right"))
    scope = customs.scope
    return policy.Mapping(
        name=None,
        left=("left", None),
        right=("right", None),
        arrow=customs.arrow,
        via=None,
        match=(Key(left, right, (), NOWHERE),) if customs.matches else (),
        creates=tuple(Create(side, None, False, "", NOWHERE) for side in customs.makes),
        delete=customs.delete,
        scope=None if scope is None else policy.Scope(_condition(scope), scope.stops, "", NOWHERE),
        rules=(),
        doc="",
        span=NOWHERE,
        source=NOWHERE.source,
    )


@cache
def fills(clauses: policy.Clauses, side: Side) -> bool:
    """Does a rule with these clauses write into a record that is made on this side?"""
    return any(
        row.situation.event is Event.CREATE
        and row.situation.made is side
        and row.outcome.action is Action.WRITE
        for row in table(clauses)
    )


KEY, ASKED = "key", "asked"  # the properties of the stand-in's records
FITS = {True: "in", False: "out"}  # what the second of them holds


def _gets_key(mapping: policy.Mapping, made: Side) -> bool:
    """Is there something that fills each part of the key, in a record that is made?"""
    keys = [key.left if made is Side.LEFT else key.right for key in mapping.match]
    filled = {
        end.name
        for rule in mapping.rules
        if (end := rule.end(rule.turned(made))) is not None
        and any(end.name == key.name for key in keys)
        and fills(rule.clauses, rule.turned(made))
    }
    return all(key.name in filled or _is_given(key) for key in keys)


def _is_given(key: Property) -> bool:
    """Does the system itself fill it? A number comes from a series."""
    return key.facts is not None and (key.facts.calculated is True or key.facts.create is False)


# ── scopes ───────────────────────────────────────────────────────────────────────────────────────


def _scope_of(scope: policy.Scope) -> Scope:
    read = {operand.side for operand in operands(scope.condition)}
    return Scope(
        tuple(side for side in Side if side in read),
        tuple(side for side in Side if _may(scope.condition, side).hold),
        scope.stops,
    )


class _May(NamedTuple):
    hold: bool
    fail: bool


def _may(condition: Condition, alone: Side) -> _May:
    """What a condition may say of a record that has no partner. All others' values are blank."""
    match condition:
        case AllOf(parts):
            each = [_may(part, alone) for part in parts]
            return _May(all(may.hold for may in each), any(may.fail for may in each))
        case AnyOf(parts):
            each = [_may(part, alone) for part in parts]
            return _May(any(may.hold for may in each), all(may.fail for may in each))
        case Negation(part):
            return _May(*reversed(_may(part, alone)))
        case Compare() | IsIn() | IsBlank():
            if all(operand.side is alone for operand in operands(condition)):
                return _May(hold=True, fail=True)
            return _May(hold=isinstance(condition, IsBlank), fail=False)


def _condition(scope: Scope) -> Condition:
    """A condition that lets in and puts out as one with this scope does."""
    parts: list[Condition] = []
    for side in scope.reads:
        operand = Operand(side, ASKED)
        fits: Condition = Compare(operand, "=", FITS[True], None)
        # A record of the other side that fits alone fits while this one does not exist.
        parts.append(AnyOf((fits, IsBlank(operand))) if side.other in scope.alone else fits)
    return AllOf(tuple(parts))
