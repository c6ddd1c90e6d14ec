"""
Rules of one mapping that make a second pass write, though nobody has edited anything.

A pass decides every rule on the values as they were before it. So what one rule writes is seen by
the others one pass later, and they may then have something to do. From the tables five shapes can
be proved:

- Two one-way rules give two properties to each other, and each writes over what is there. Where the
  two differ, every full pass swaps them.
- One rule writes a property on a full pass, and another one gives it on, also when it was not
  edited since: the value arrives one pass late.
- Two rules write one property. Where both would write in one pass, that is a conflict and neither
  does; but where the value of one is there already, the other writes over it, and in the next pass
  it is the first one's turn.
- One rule writes a property on a full pass that another one asks for in its condition: what the
  condition lets through changes one pass late.
- A rule waits with an edit, because the other side was edited too, and another one writes that
  side. That may end the conflict, and the rule gives on its edit one pass late.

A rule alone is settled after one pass, by the axioms. Creating a record is not counted as a pass:
what it leaves open (`not on create`) is filled by the next one, and everybody expects that.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from syncdsl.condition import operands
from syncdsl.filters.applied import never_together, when
from syncdsl.filters.frame import PropertyKey, key_of
from syncdsl.flow.writing import (
    agree_on_what_stays,
    never_made,
    touches,
    writing_rows,
    written_ends,
)
from syncdsl.policy import Arrow, Clauses, Mapping, Property, Rule
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Changed, Content, Event, Row, Side

MAX_WRITERS = 50  # of one property that are looked at

_FULL_PASSES = frozenset({Event.INITIAL, Event.REACTIVATION})
_LATER_PASSES = frozenset({Event.UPDATE, Event.REACTIVATION})


class Unsettled(NamedTuple):
    """Two rules, and what the second one does in the second pass."""

    first: Rule
    second: Rule
    row: Row
    words: str


def unsettled(mapping: Mapping) -> Iterator[Unsettled]:
    writers: _Writers = {}
    later: _Writers = {}
    for rule in mapping.rules:
        for side, events in written_ends(rule, mapping):
            target = rule.end(side)
            for known, asked in ((writers, _FULL_PASSES), (later, _LATER_PASSES)):
                if target is not None and events & asked:
                    known.setdefault(target.key, []).append(_Writer(rule, side, target))
    for rule in mapping.rules:
        yield from _giving_on(rule, mapping, writers)
        yield from _in_turn(rule, mapping, writers)
        yield from _asking(rule, mapping, writers)
        yield from _waiting(rule, mapping, later)


class _Writer(NamedTuple):
    rule: Rule
    side: Side
    target: Property


_Writers = dict[PropertyKey, list[_Writer]]


def _giving_on(rule: Rule, mapping: Mapping, writers: _Writers) -> Iterator[Unsettled]:
    for side in Side:
        source, target = rule.end(side.other), rule.end(side)
        if source is None or target is None:
            continue
        for writer in _others(writers, source.key, rule):
            if _ends(writer.rule) == {source.key, target.key}:
                row = _swap(writer.rule, rule, mapping)
                words = (
                    f"`{rule.name}` and `{writer.rule.name}` give `{source}` and `{target}` to "
                    "each other at every full pass"
                )
            else:
                row = _unasked(rule.clauses, never_made(rule, mapping), side)
                words = (
                    f"`{writer.rule.name}` writes `{source}`, which `{rule.name}` gives on to "
                    f"`{target}` one pass later"
                )
            if row is not None and not _apart(writer, rule, mapping):
                yield Unsettled(writer.rule, rule, row, words)


def _in_turn(rule: Rule, mapping: Mapping, writers: _Writers) -> Iterator[Unsettled]:
    for side, target in rule.targets:
        row = _over_a_value(rule.clauses, side)
        if row is None:
            continue
        for writer in _others(writers, target.key, rule):
            agree = agree_on_what_stays((writer.rule, writer.side), (rule, side))
            if not agree and not _apart(writer, rule, mapping):
                words = (
                    f"`{writer.rule.name}` and `{rule.name}` write over each other in `{target}` "
                    "in turn"
                )
                yield Unsettled(writer.rule, rule, row, words)


def _asking(rule: Rule, mapping: Mapping, writers: _Writers) -> Iterator[Unsettled]:
    if rule.wiring.guard is None:
        return
    rows = writing_rows(rule.clauses, never_made(rule, mapping))
    row = next((row for row in rows if row.situation.event is Event.REACTIVATION), None)
    if row is None:
        return
    for operand in dict.fromkeys(operands(rule.wiring.guard)):
        end = rule.end(operand.side)
        asked = key_of(operand._replace(side=rule.turned(operand.side)), mapping)
        if end is not None and end.key == asked:
            continue  # what it gives on is told as that; what it writes itself, it settles
        for writer in _others(writers, asked, rule):
            if not _apart(writer, rule, mapping):
                words = (
                    f"`{writer.rule.name}` writes `{writer.target}`, which `{rule.name}` asks for "
                    "in its condition, one pass later"
                )
                yield Unsettled(writer.rule, rule, row, words)


def _waiting(rule: Rule, mapping: Mapping, writers: _Writers) -> Iterator[Unsettled]:
    row = _after_a_conflict(rule.clauses, never_made(rule, mapping))
    if row is None:
        return
    for end in (rule.left, rule.right):
        for writer in () if end is None else _others(writers, end.key, rule):
            if not _apart(writer, rule, mapping):
                words = (
                    f"`{writer.rule.name}` writes `{writer.target}`, and so ends a conflict in "
                    f"`{rule.name}` one pass later"
                )
                yield Unsettled(writer.rule, rule, row, words)


def _others(writers: _Writers, key: PropertyKey, rule: Rule) -> list[_Writer]:
    return [each for each in writers.get(key, [])[:MAX_WRITERS] if each.rule is not rule]


def _ends(rule: Rule) -> set[PropertyKey]:
    return {end.key for end in (rule.left, rule.right) if end is not None}


def _apart(writer: _Writer, rule: Rule, mapping: Mapping) -> bool:
    some, other = when(writer.rule, mapping), when(rule, mapping)
    return never_together(some, other, without=writer.target.key)


# ── what the tables tell ─────────────────────────────────────────────────────────────────────────


def _swap(first: Rule, second: Rule, mapping: Mapping) -> Row | None:
    """Two opposite rules that both write over what is there: what the second one does."""
    if Arrow.BOTH in (first.clauses.arrow, second.clauses.arrow):
        return None
    rows = [_replacing(rule.clauses, never_made(rule, mapping)) for rule in (first, second)]
    return None if rows[0] is None else rows[1]


@cache
def _replacing(clauses: Clauses, never: frozenset[Side]) -> Row | None:
    """
    A row of a full pass without edits that writes over a value. Stages do not count: of two
    opposite rules only one can have the later one.
    """
    if clauses.mode.has_stages:
        return None
    return next(
        (
            row
            for row in writing_rows(clauses, never)
            if row.situation.event is Event.REACTIVATION
            and row.situation.changed is Changed.NEITHER
            and row.outcome.action is Action.WRITE
            and Content.BLANK not in (row.situation.left, row.situation.right)
        ),
        None,
    )


@cache
def _over_a_value(clauses: Clauses, side: Side) -> Row | None:
    """A row of a full pass without edits that changes a value of this side."""
    return next(
        (
            row
            for row in writing_rows(clauses, frozenset())
            if row.situation.event is Event.REACTIVATION
            and row.situation.changed is Changed.NEITHER
            and row.situation.content(side) is not Content.BLANK
            and touches(row.outcome, side)
        ),
        None,
    )


@cache
def _after_a_conflict(clauses: Clauses, never: frozenset[Side]) -> Row | None:
    """What a rule that leaves two edits as they are does where one of them is left."""
    rows = table(clauses)
    if not any(
        row.situation.changed is Changed.BOTH and row.outcome.action is Action.CONFLICT
        for row in rows
    ):
        return None
    return next(
        (
            row
            for row in writing_rows(clauses, never)
            if row.situation.event in _LATER_PASSES
            and row.situation.changed in (Changed.LEFT, Changed.RIGHT)
        ),
        None,
    )


@cache
def _unasked(clauses: Clauses, never: frozenset[Side], side: Side) -> Row | None:
    """A row of a later pass that gives a value to this side although nobody edited anything."""
    return next(
        (
            row
            for row in writing_rows(clauses, never)
            if row.situation.event in _LATER_PASSES
            and row.situation.changed is Changed.NEITHER
            and row.outcome.action in (Action.WRITE, Action.ADD)
            and touches(row.outcome, side)
        ),
        None,
    )
