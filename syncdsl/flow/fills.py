"""
Whether a value that fills one property gets into another one that is blank.

This is how a default comes back: it stands in a record that has just been made, and the property
that it stood in for is blank. Full passes follow, for at a full pass nobody has to have edited
anything for a value to be given on.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from syncdsl.convert import MissingLibrary, Value, is_blank
from syncdsl.flow.play import MAX_KEPT, Stage, Trace, blank
from syncdsl.flow.scene import Scene
from syncdsl.situation import Event


class Filled(NamedTuple):
    value: Value
    trace: Trace


def filled(scene: Scene, full: int, value: Value, empty: int) -> Filled | None:
    """What gets from the one property, which has this value, into the other one, if anything."""
    return _filled(scene, full, value, repr(value), empty)


@lru_cache(MAX_KEPT)
def _filled(scene: Scene, full: int, value: Value, _: str, empty: int) -> Filled | None:
    """`_` is the value as text: Python takes 1 and true for one key."""
    stage = Stage(scene)
    order = tuple(range(len(scene.mappings)))
    for start in blank(scene):
        begun = stage.begin((*start[:full], value, *start[full + 1 :]))
        try:
            after, _moving = stage.settle(begun, order, Event.REACTIVATION)
        except MissingLibrary:
            return None
        arrived = after.values[empty]
        if not is_blank(arrived):
            return Filled(arrived, Trace(after.start, after.turns, None, Event.REACTIVATION))
    return None
