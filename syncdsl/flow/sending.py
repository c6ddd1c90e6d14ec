"""
Where the value of a property can get to: by a rule, and from there by further rules.

The ways run over all mappings. A rule carries a
value from one end to the other if some row of its table writes or adds there what the other end
gave; that a conversion or a value map makes something else of it does not keep it secret. A default
and a constant are nobody's value, and emptying a property tells no value. What a guard or a scope
lets through today is no promise for tomorrow, so neither of them is in the way here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from syncdsl.filters.frame import PropertyKey
from syncdsl.flow.graph import Edge, Graph
from syncdsl.policy import Property


def way_into(graph: Graph, start: Property, system: str) -> list[Edge]:
    """The shortest way of a value into another system; empty if there is none."""
    if start.system == system:
        return []
    return way(graph, start.key, lambda edge: edge.target.system == system)


def way(graph: Graph, start: PropertyKey, arrives: Callable[[Edge], bool]) -> list[Edge]:
    """The shortest way of a value to where it arrives; empty if there is none."""
    came_by: dict[PropertyKey, Edge | None] = {start: None}
    waiting = deque([start])
    while waiting:
        key = waiting.popleft()
        for edge in graph.giving.get(key, ()):
            if edge.does.carries is None or (edge.writes in came_by and not arrives(edge)):
                continue
            if arrives(edge):
                return [*_back(came_by, key), edge]
            came_by[edge.writes] = edge
            waiting.append(edge.writes)
    return []


def _back(came_by: dict[PropertyKey, Edge | None], key: PropertyKey) -> list[Edge]:
    found: list[Edge] = []
    last = came_by[key]
    while last is not None:
        found.append(last)
        assert last.source is not None
        last = came_by[last.source.key]
    return found[::-1]
