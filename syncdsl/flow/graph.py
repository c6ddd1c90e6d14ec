"""
All mappings of a project as one graph: properties, and the rules that bring values from one to
another.

An edge is one direction of a rule: its giving end, its receiving end, and what the rows of its
table can do there. A constant gives to an edge without a source. What a rule only asks for, in its
guard or in the scope of its mapping, is an edge of another kind: no value goes along it, but what
the rule does depends on it.

A guard or a scope that holds for few records today is no promise for tomorrow, so an edge is there
whatever they say; who follows the edges may ask them.

The graph is made once for a policy, and knows of a rule what its table answers. Rules with equal
clauses share these answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from syncdsl.condition import Operand, operands
from syncdsl.filters.frame import PropertyKey, key_of
from syncdsl.flow.writing import never_made, touches, writing_rows
from syncdsl.latest import of_the_latest
from syncdsl.policy import Clauses, Mapping, Policy, Property, Rule
from syncdsl.semantics.alike import Alike, kinds_of
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Changed, Content, Event, Reason, Row, Side, Truth

ObjectKey = tuple[str, str | None, str]  # system, object, and the file that it is of


class Does(NamedTuple):
    """What one direction of a rule can do, each with the first row in which it does."""

    carries: Row | None  # brings the other end's value
    takes: Row | None  # writes over a value, or empties it
    changes: Row | None  # writes over a value, empties it or adds to it
    later: Row | None  # brings the value while both records exist
    unasked: Row | None  # brings it at a later pass although nobody has edited anything
    fills: Row | None  # writes a default where the other end is blank
    follows: bool  # gives on whatever value the other end is changed to
    events: frozenset[Event]  # on which it writes, adds or clears


class Edge(NamedTuple):
    """One direction of a rule."""

    rule: Rule
    mapping: Mapping
    side: Side  # of the rule: the one that receives
    source: Property | None  # None: a constant
    target: Property
    does: Does
    gives: PropertyKey | None  # the key of the source
    writes: PropertyKey  # the key of the target
    asks: tuple[PropertyKey, ...]  # the properties that its guard and its mapping's scope read


class Graph(NamedTuple):
    edges: tuple[Edge, ...]
    giving: dict[PropertyKey, tuple[Edge, ...]]  # by what they give
    writing: dict[PropertyKey, tuple[Edge, ...]]  # by what they write


@of_the_latest
def graph_of(policy: Policy) -> Graph:
    """The graph of a policy."""
    rules, kinds, different = kinds_of(policy)
    directions = {id(kind): _directions(kind) for kind in different}
    asking: _Asking = {}
    edges = tuple(
        [
            _edge(rule, mapping, side, done, asking)
            for (rule, mapping), kind in zip(rules, kinds, strict=True)
            for side, done in directions[id(kind)]
        ]
    )
    giving: dict[PropertyKey, list[Edge]] = {}
    writing: dict[PropertyKey, list[Edge]] = {}
    for edge in edges:
        writing.setdefault(edge.writes, []).append(edge)
        if edge.gives is not None:
            giving.setdefault(edge.gives, []).append(edge)
    return Graph(
        edges,
        {key: tuple(several) for key, several in giving.items()},
        {key: tuple(several) for key, several in writing.items()},
    )


def rules_of(edges: Iterable[Edge]) -> tuple[Rule, ...]:
    """The rules of some edges; a two-way one has two."""
    return tuple({id(edge.rule): edge.rule for edge in edges}.values())


def object_on(mapping: Mapping, side: Side) -> ObjectKey:
    """The object on one side of a mapping."""
    return object_of(key_of(Operand(side, ""), mapping))


def object_of(key: PropertyKey) -> ObjectKey:
    system, object_name, _, home = key
    return system, object_name, home


def does(rule: Rule, mapping: Mapping, side: Side) -> Does:
    """What a rule of a mapping can do to the property on one of its sides."""
    return _does(rule.clauses, never_made(rule, mapping), side)


def _directions(kind: Alike) -> list[tuple[Side, Does]]:
    """What rules of a kind do, by the sides that they write."""
    found = [(side, does(kind.rule, kind.mapping, side)) for side, _ in kind.rule.targets]
    return [(side, done) for side, done in found if done.events]


# What is asked, by guard and mapping: `resolve` lets rules with the same words share their guard.
_Asking = dict[tuple[int, int, bool], tuple[PropertyKey, ...]]


def _edge(rule: Rule, mapping: Mapping, side: Side, done: Does, asking: _Asking) -> Edge:
    source, target = rule.left, rule.right
    if side is Side.LEFT:
        source, target = target, source
    assert target is not None
    gives = None if source is None else source.key
    asks: tuple[PropertyKey, ...] = ()
    if rule.wiring.guard is not None or mapping.scope is not None:
        key = id(rule.wiring.guard), id(mapping), rule.flipped
        if key not in asking:
            asking[key] = _asked(rule, mapping)
        asks = asking[key]
    return Edge(rule, mapping, side, source, target, done, gives, target.key, asks)


def _asked(rule: Rule, mapping: Mapping) -> tuple[PropertyKey, ...]:
    guard, scope = rule.guard, mapping.scope
    asked = [] if guard is None else operands(guard)
    asked += [] if scope is None else operands(scope.condition)
    return tuple(dict.fromkeys(key_of(operand, mapping) for operand in asked))


# ── what the tables tell ─────────────────────────────────────────────────────────────────────────


@cache
def _does(clauses: Clauses, never: frozenset[Side], side: Side) -> Does:
    rows = [row for row in writing_rows(clauses, never) if touches(row.outcome, side)]
    carrying = [row for row in rows if _brings(row)]
    later = [row for row in carrying if row.situation.event is not Event.CREATE]
    return Does(
        carries=next(iter(carrying), None),
        takes=next((row for row in rows if _takes(row, side)), None),
        changes=next((row for row in rows if _has_value(row, side)), None),
        later=next(iter(later), None),
        unasked=next((row for row in later if _unasked(row)), None),
        fills=next((row for row in rows if row.outcome.reason is Reason.DEFAULT), None),
        follows=all(_follows(row, side) for row in table(clauses)),
        events=frozenset(row.situation.event for row in rows),
    )


def _follows(row: Row, side: Side) -> bool:
    seen = row.situation
    if seen.event is not Event.UPDATE or seen.agree or not seen.was_changed(side.other):
        return True
    if seen.content(side.other) is not Content.VALUE or seen.guard in (Truth.FAILS, Truth.UNKNOWN):
        return True
    return touches(row.outcome, side)


def _brings(row: Row) -> bool:
    """Emptying a property tells no value, and a default is nobody's."""
    return row.outcome.action is not Action.CLEAR and row.outcome.reason is not Reason.DEFAULT


def _takes(row: Row, side: Side) -> bool:
    return row.outcome.action is not Action.ADD and _has_value(row, side)


def _has_value(row: Row, side: Side) -> bool:
    return row.situation.content(side) is not Content.BLANK


def _unasked(row: Row) -> bool:
    return row.situation.event is not Event.INITIAL and row.situation.changed is Changed.NEITHER
