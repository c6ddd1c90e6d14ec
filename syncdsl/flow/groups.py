"""
Rules that depend on each other, because one writes what another one reads or writes.

What nobody writes couples nothing: people may edit it at any time, whatever the rules do. So what
holds of each group of a mapping, holds of the mapping. Nor does the scope couple rules: one that
writes what its own scope reads is asked only in the scope, so it may take a pair out of it, after
which nothing is written, and never into it.

Rules of several mappings form *knots*: sets of rules in which each one waits for each other one, by
way of what they write and read (two that write one property do, as each looks at what is there).
Between knots everything goes one way. What comes into a knot from others is an edit for it, and
people may edit anything; so if each knot comes to rest, whatever was edited, then so do all rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from syncdsl.condition import operands
from syncdsl.filters.applied import never_together, when
from syncdsl.filters.frame import PropertyKey, key_of
from syncdsl.flow.circles import parts_of
from syncdsl.flow.graph import Edge, Graph
from syncdsl.flow.scene import Cast, cast
from syncdsl.flow.writing import agree_on_what_stays, written_ends
from syncdsl.latest import of_the_latest
from syncdsl.policy import Mapping, Rule
from syncdsl.situation import Event


def group_of(rule: Rule, mapping: Mapping) -> tuple[Rule, ...]:
    """A rule with all that it is coupled with, in the order of the source."""
    written = {key for each in mapping.rules for key in _written(each, mapping)}
    touched = [written & set(_read(each, mapping)) for each in mapping.rules]
    found = {id(rule)}
    reached = set(_read(rule, mapping)) & written
    growing = True
    while growing:
        growing = False
        for each, keys in zip(mapping.rules, touched, strict=True):
            if id(each) not in found and keys & reached:
                found.add(id(each))
                reached |= keys
                growing = True
    return tuple(each for each in mapping.rules if id(each) in found)


def groups_of(mapping: Mapping) -> Iterator[tuple[Rule, ...]]:
    """
    The groups in which at least two rules write in later passes: what is written only when a record
    is made is there before them, and a rule alone settles, by the axioms. Left out are rules that
    read nothing which one of them writes, but for its target, if only one of them is applied at a
    time, or if they agree on what stays in the target.
    """
    seen: set[int] = set()
    for rule in mapping.rules:
        if id(rule) in seen or not _writes_later(rule, mapping):
            continue
        rules = tuple(each for each in group_of(rule, mapping) if _writes_later(each, mapping))
        seen |= {id(each) for each in rules}
        if len(rules) > 1 and not _settle_by_themselves(rules, mapping):
            yield rules


def _settle_by_themselves(rules: tuple[Rule, ...], mapping: Mapping) -> bool:
    written = {key for rule in rules for key in _written(rule, mapping)}
    if any(key in written for rule in rules for key in _asked(rule, mapping)):
        return False
    if all(rule.guard is not None for rule in rules):
        conditions = combinations([when(rule, mapping) for rule in rules], 2)
        if all(never_together(one, other) for one, other in conditions):
            return True
    given = (rule.end(side.other) for rule in rules for side, _ in rule.targets)
    if any(end is not None and end.key in written for end in given):
        return False
    writers = [(rule, side) for rule in rules for side, _ in rule.targets]
    return all(agree_on_what_stays(one, other) for one, other in combinations(writers, 2))


def _writes_later(rule: Rule, mapping: Mapping) -> bool:
    return any(events - {Event.CREATE} for _, events in written_ends(rule, mapping))


# ── across mappings ──────────────────────────────────────────────────────────────────────────────

Knot = tuple[Edge, ...]


@of_the_latest
def knots(graph: Graph) -> tuple[Knot, ...]:
    """
    The knots of rules of more than one mapping, in the order of the source. Left out are those that
    come to rest for a reason that is seen at sight.
    """
    edges = [edge for edge in graph.edges if edge.does.events - {Event.CREATE}]
    next_to: dict[PropertyKey, list[PropertyKey]] = {}
    for edge in edges:
        for key in _looked_at(edge):
            next_to.setdefault(key, []).append(edge.writes)
    part_of = parts_of(next_to)
    found: dict[int, list[Edge]] = {}
    for edge in edges:
        found.setdefault(part_of[edge.writes], []).append(edge)
    return tuple(
        tuple(several)
        for several in found.values()
        if any(edge.mapping is not several[0].mapping for edge in several)
        and not _rests_at_sight(several)
    )


def _rests_at_sight(knot: Sequence[Edge]) -> bool:
    """
    What only fills blanks writes each property at most once. Rules that read nothing which one of
    them writes, but for their target, come to the same if they agree on what stays in it.
    """
    if all(edge.does.changes is None for edge in knot):
        return True
    written = {edge.writes for edge in knot}
    if any(key in written for edge in knot for key in (edge.gives, *edge.asks)):
        return False
    writers = [(edge.rule, edge.side) for edge in knot]
    return all(agree_on_what_stays(one, other) for one, other in combinations(writers, 2))


def coupled_with(rule: Rule, graph: Graph) -> tuple[Edge, ...]:
    """A rule with all rules of all mappings that it is coupled with while both records exist."""
    edges = [edge for edge in graph.edges if edge.does.events - {Event.CREATE}]
    written = {edge.writes for edge in edges}
    touching: dict[PropertyKey, list[Edge]] = {}
    for edge in edges:
        for key in _looked_at(edge):
            if key in written:
                touching.setdefault(key, []).append(edge)
    found = {id(edge): edge for edge in edges if edge.rule is rule}
    waiting = [*found.values()]
    while waiting:
        for key in _looked_at(waiting.pop()):
            more = {id(edge): edge for edge in touching.pop(key, ()) if id(edge) not in found}
            found |= more
            waiting += more.values()
    return tuple(edge for edge in edges if id(edge) in found)


def _looked_at(edge: Edge) -> Iterator[PropertyKey]:
    """What an edge gives, asks for, and compares with what it would write."""
    if edge.gives is not None:
        yield edge.gives
    yield edge.writes
    yield from edge.asks


# ── scenes ───────────────────────────────────────────────────────────────────────────────────────


def cast_of(rules: tuple[Rule, ...], graph: Graph) -> Cast | None:
    """The scene of some rules; None if it would be too large, or cannot be."""
    return cast(graph, [edge for rule in rules for edge in edges_of(rule, graph)])


def edges_of(rule: Rule, graph: Graph) -> Iterator[Edge]:
    for _, target in rule.targets:
        yield from (edge for edge in graph.writing.get(target.key, ()) if edge.rule is rule)


def _written(rule: Rule, mapping: Mapping) -> Iterator[PropertyKey]:
    for side, _ in written_ends(rule, mapping):
        end = rule.end(side)
        if end is not None:
            yield end.key


def _read(rule: Rule, mapping: Mapping) -> Iterator[PropertyKey]:
    """The properties that a rule gives, asks for, or compares with what it would write."""
    yield from (end.key for end in (rule.left, rule.right) if end is not None)
    yield from _asked(rule, mapping)


def _asked(rule: Rule, mapping: Mapping) -> Iterator[PropertyKey]:
    if rule.wiring.guard is not None:
        for operand in operands(rule.wiring.guard):
            yield key_of(operand._replace(side=rule.turned(operand.side)), mapping)
