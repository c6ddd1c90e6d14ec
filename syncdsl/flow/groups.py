"""
Rules of one mapping that depend on each other, because one writes what another one reads or writes.

What nobody writes couples nothing: people may edit it at any time, whatever the rules do. So what
holds of each group of a mapping, holds of the mapping.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.condition import operands
from syncdsl.filters.frame import PropertyKey, key_of
from syncdsl.flow.graph import Edge, Graph
from syncdsl.flow.scene import Cast, cast
from syncdsl.flow.writing import written_ends
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
    The groups of two rules and more of which at least two write in later passes. What is written
    only when a record is made is there before them; a rule alone settles, by the axioms.
    """
    seen: set[int] = set()
    for rule in mapping.rules:
        if id(rule) in seen or not _writes_later(rule, mapping):
            continue
        rules = tuple(each for each in group_of(rule, mapping) if _writes_later(each, mapping))
        seen |= {id(each) for each in rules}
        if len(rules) > 1:
            yield rules


def _writes_later(rule: Rule, mapping: Mapping) -> bool:
    return any(events - {Event.CREATE} for _, events in written_ends(rule, mapping))


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
    if rule.wiring.guard is not None:
        for operand in operands(rule.wiring.guard):
            yield key_of(operand._replace(side=rule.turned(operand.side)), mapping)
