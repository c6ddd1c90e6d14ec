"""
What trying found out about each circle of a policy. Circles that are wired alike are tried once.
"""

from __future__ import annotations

from typing import NamedTuple

from syncdsl.flow.circles import Circle, circles
from syncdsl.flow.edits import Edited, changed_on_the_way
from syncdsl.flow.graph import Graph
from syncdsl.flow.play import Trace, endless
from syncdsl.flow.scene import Cast, Scene, cast
from syncdsl.latest import of_the_latest


class Found(NamedTuple):
    endless: Trace | None  # passes that never come to an end
    changed: Edited | None  # of a circle that settles: the shortest edit that comes back changed


class Trial(NamedTuple):
    circle: Circle
    cast: Cast
    found: Found


class Trials(NamedTuple):
    made: tuple[Trial, ...]
    too_large: tuple[Circle, ...]  # or of one object with itself


@of_the_latest
def trials(graph: Graph) -> Trials:
    """All circles, in the order of the source."""
    made: list[Trial] = []
    too_large: list[Circle] = []
    # By identity: a scene of rules that ask nothing is made once, and its hash is slow.
    known: dict[int, tuple[Scene, Found]] = {}
    for circle in circles(graph):
        tried = cast(graph, circle.edges)
        if tried is None:
            too_large.append(circle)
            continue
        if id(tried.scene) not in known:
            known[id(tried.scene)] = tried.scene, _found(tried.scene)
        made.append(Trial(circle, tried, known[id(tried.scene)][1]))
    return Trials(tuple(made), tuple(too_large))


def _found(scene: Scene) -> Found:
    trace = endless(scene)
    if trace is not None:
        return Found(trace, None)
    return Found(None, min(changed_on_the_way(scene), key=_length, default=None))


def _length(edited: Edited) -> int:
    return sum(bool(turn.writes) for turn in edited.turns)
