"""
Properties that give to each other round and round: the strongly connected parts of the graph.

Rules of different mappings may close a circle that none of them shows. A value that goes round it
comes back to where it was edited, and whether that ends is found out by trying (`flow.play`). A
rule that only fills new records closes no circle: a record is made once.

One two-way rule alone is no circle here: by the axioms of a pass it is settled after one pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.filters.frame import PropertyKey
from syncdsl.flow.graph import Edge, Graph
from syncdsl.latest import of_the_latest
from syncdsl.policy import Rule


class Circle(NamedTuple):
    properties: tuple[PropertyKey, ...]
    edges: tuple[Edge, ...]  # in the order of the source


@of_the_latest
def circles(graph: Graph) -> tuple[Circle, ...]:
    """All circles of more than one rule, in the order of the source."""
    return tuple(_circles(graph))


def _circles(graph: Graph) -> Iterator[Circle]:
    edges = _between_rules(graph)
    next_to: dict[PropertyKey, list[PropertyKey]] = {}
    for edge, keys in edges:
        for key in keys:
            next_to.setdefault(key, []).append(edge.writes)
    part_of = parts_of(next_to)
    found: dict[int, list[Edge]] = {}
    for edge, given in edges:
        part = part_of.get(edge.writes)
        if part is not None and any(part_of.get(key) == part for key in given):
            found.setdefault(part, []).append(edge)
    for several in found.values():
        if len({id(edge.rule) for edge in several}) > 1:
            properties = dict.fromkeys(edge.writes for edge in several)
            yield Circle(tuple(properties), tuple(several))


def _between_rules(graph: Graph) -> list[tuple[Edge, tuple[PropertyKey, ...]]]:
    """
    The edges that may be part of a circle, with the properties that they depend on. Most write what
    nothing depends on, or are the two directions of a rule between properties of its own.
    """
    edges = [(edge, _dependent_on(edge)) for edge in graph.edges if edge.does.later is not None]
    going_on = {key for _, keys in edges for key in keys}
    edges = [each for each in edges if each[0].writes in going_on]
    first: dict[PropertyKey, Rule] = {}
    shared: set[PropertyKey] = set()
    for edge, keys in edges:
        for key in (edge.writes, *keys):
            if first.setdefault(key, edge.rule) is not edge.rule:
                shared.add(key)
    return [each for each in edges if each[0].writes in shared or not shared.isdisjoint(each[1])]


def _dependent_on(edge: Edge) -> tuple[PropertyKey, ...]:
    return edge.asks if edge.gives is None else (edge.gives, *edge.asks)


def parts_of(next_to: dict[PropertyKey, list[PropertyKey]]) -> dict[PropertyKey, int]:
    """
    The part that each property belongs to (Tarjan 1972), without calling itself: a chain of rules
    may be longer than Python calls.
    """
    index: dict[PropertyKey, int] = {}
    low: dict[PropertyKey, int] = {}
    part_of: dict[PropertyKey, int] = {}
    stack: list[PropertyKey] = []
    for root in next_to:
        if root in index:
            continue
        work: list[tuple[PropertyKey, Iterator[PropertyKey]]] = []

        def visit(
            key: PropertyKey, work: list[tuple[PropertyKey, Iterator[PropertyKey]]] = work
        ) -> None:
            index[key] = low[key] = len(index)
            stack.append(key)
            work.append((key, iter(next_to.get(key, ()))))

        visit(root)
        while work:
            key, rest = work[-1]
            other = next((each for each in rest), None)
            if other is not None:
                if other not in index:
                    visit(other)
                elif other not in part_of:
                    low[key] = min(low[key], index[other])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[key])
            if low[key] == index[key]:
                part = index[key]
                while True:
                    member = stack.pop()
                    part_of[member] = part
                    if member == key:
                        break
    return part_of
