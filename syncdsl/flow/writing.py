"""
What a rule can do to the properties at its ends, as far as its table and its mapping tell.

Several checks ask who writes a property. A rule does if some row of its table writes, adds to or
clears that side. A row on `create` only counts where the mapping may make the record: where it says
`create in … never`, that moment does not come.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from syncdsl.convert import Unusable, Value, text
from syncdsl.policy import Clauses, Mapping, Mode, Rule
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Event, Outcome, Row, Side, Sides
from syncdsl.wiring import becomes


class Reach(NamedTuple):
    """The events on which each side of a rule can be written, added to or cleared."""

    left: frozenset[Event]
    right: frozenset[Event]

    def of(self, side: Side) -> frozenset[Event]:
        return self.left if side is Side.LEFT else self.right


def reach(rule: Rule, mapping: Mapping) -> Reach:
    return _reach(rule.clauses, never_made(rule, mapping))


@cache
def writing_rows(clauses: Clauses, never: frozenset[Side]) -> tuple[Row, ...]:
    """The rows that write, add or clear, and that can come about where `never` is never made."""
    return tuple(
        row
        for row in table(clauses)
        if row.outcome.action in (Action.WRITE, Action.ADD, Action.CLEAR)
        and row.situation.made not in never
    )


def never_made(rule: Rule, mapping: Mapping) -> frozenset[Side]:
    """The sides of a rule on which its mapping never makes a record."""
    never = [create.side for create in mapping.creates if create.never]
    if not never:
        return _NONE
    return frozenset(rule.turned(side) for side in never)


_NONE: frozenset[Side] = frozenset()


def touches(outcome: Outcome, side: Side) -> bool:
    """Does it write, add to or clear this side?"""
    return outcome.side is not None and outcome.side.value in (side.value, Sides.BOTH.value)


def written_ends(rule: Rule, mapping: Mapping) -> Iterator[tuple[Side, frozenset[Event]]]:
    """The ends of a rule that it can write, with the events on which it does."""
    found = reach(rule, mapping)
    for side in Side:
        if found.of(side) and rule.end(side) is not None:
            yield side, found.of(side)


def agree_on_what_stays(one: tuple[Rule, Side], other: tuple[Rule, Side]) -> bool:
    """
    Do two rules that write one property come to the same, whichever writes first? So do two that
    only add, two that always write the same, and two that keep the same stage.
    """
    (first, _), (second, _) = one, other
    constants = _constant(first), _constant(second)
    if constants[0] is not None and constants[0] == constants[1]:
        return True
    if first.clauses.mode is not second.clauses.mode:
        return first.clauses.mode.adds and second.clauses.mode.adds
    match first.clauses.mode:
        case Mode.APPEND | Mode.UNION:
            return True
        case Mode.FORWARD:
            return first.order == second.order
        case Mode.STICKY:
            return _kept(*one) == _kept(*other)
        case Mode.SET | Mode.IF_BLANK | Mode.ONCE:
            return False


def _constant(rule: Rule) -> str | None:
    """What a rule writes that always writes the same."""
    wiring = rule.wiring
    if rule.left is None:
        return text(becomes(wiring.forward, wiring.left.constant))
    return text(becomes(wiring.backward, wiring.right.constant)) if rule.right is None else None


def _kept(rule: Rule, side: Side) -> Value:
    """The value that a `sticky` rule never takes back, as the side that it writes says it."""
    kept = rule.wiring.sticky
    if len(rule.receivers) == 1 or side is Side.RIGHT:
        return kept
    for value in (True, False):
        try:
            if becomes(rule.wiring.forward, value) is kept:
                return value
        except Unusable:
            return kept
    return kept


@cache
def _reach(clauses: Clauses, never: frozenset[Side]) -> Reach:
    left, right = (
        frozenset(
            row.situation.event
            for row in writing_rows(clauses, never)
            if touches(row.outcome, side)
        )
        for side in Side
    )
    return Reach(left, right)
