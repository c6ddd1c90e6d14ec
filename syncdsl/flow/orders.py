"""
Whether it matters which mapping runs first.

What one mapping writes another one may give on. Which of the two runs first in the first pass is
not said anywhere, and for most rules it makes no difference: what changed is given on a pass later.
A rule that keeps what it wrote once, though, keeps what was there before the other mapping came.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from syncdsl.convert import MissingLibrary, text
from syncdsl.flow.play import MAX_KEPT, Stage, State, Trace, combinations
from syncdsl.flow.scene import Scene
from syncdsl.situation import Event

MAX_VALUES = 2  # of a property; an older and a newer one are all that an order can bring about
MAX_COMBINATIONS = 81


class Orders(NamedTuple):
    """Two orders of two mappings, and a property that holds something else in the end."""

    number: int
    there: Trace  # in the order of the source
    back: Trace


@lru_cache(MAX_KEPT)
def orders_that_differ(scene: Scene) -> Orders | None:
    """The first values from which two mappings end with different ones, by which runs first."""
    try:
        return next(_differing(Stage(scene)), None)
    except MissingLibrary:
        return None


def _differing(stage: Stage) -> Iterator[Orders]:
    for start in islice(combinations(stage.scene, MAX_VALUES), MAX_COMBINATIONS):
        there, back = (_carried_out(stage, stage.begin(start), order) for order in ((0, 1), (1, 0)))
        if there is None or back is None:
            continue
        for number, (one, other) in enumerate(zip(there.values, back.values, strict=True)):
            if text(one) != text(other):
                traces = (Trace(start, each.turns, None, Event.INITIAL) for each in (there, back))
                yield Orders(number, *traces)


def _carried_out(stage: Stage, begun: State, order: tuple[int, int]) -> State | None:
    """Until nothing is written any more, at a full pass neither."""
    state, moving = stage.settle(stage.round(begun, order, Event.INITIAL), order, Event.UPDATE)
    if moving is None:
        state, moving = stage.settle(state, order, Event.REACTIVATION)
    return None if moving is not None else state
