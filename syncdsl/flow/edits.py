"""
What becomes of one edit in a circle: a scene is carried out until it is quiet, somebody edits one
property, and passes follow until it is quiet again.

An edit should get round and stay as it was made. Where it comes back as another value, the rules
have changed it on the way; what they changed it to stood nowhere before, or else it was only taken
back. Where it gets into a property of a system that is said to own it, the owner is overwritten by
way of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from syncdsl.convert import MissingLibrary, Value, is_blank, same
from syncdsl.flow.play import MAX_KEPT, Stage, State, Trace, Turn, blank, starts
from syncdsl.flow.scene import Scene
from syncdsl.situation import Event

MAX_BEGUN = 2  # starts after which edits are tried, beside the blank ones
MAX_TRIED = 3  # values of a property; only from the first start on, all of them


class Edited(NamedTuple):
    """One edit, and all that came of it."""

    number: int  # of the property that was edited
    trace: Trace  # from the first pass on
    before: tuple[Value, ...]  # when all was quiet
    after: tuple[Value, ...]  # when all was quiet again

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The edit, and the passes after it."""
        edit = next(at for at, turn in enumerate(self.trace.turns) if turn.event is None)
        return self.trace.turns[edit:]

    @property
    def made(self) -> Value:
        """What somebody made of it."""
        return self.turns[0].writes[0].new

    @property
    def came_back(self) -> Value:
        return self.after[self.number]


@lru_cache(MAX_KEPT)
def edits(scene: Scene) -> tuple[Edited, ...]:
    """Edits of all properties, in the orders of the source and back."""
    try:
        return tuple(_edits(scene))
    except MissingLibrary:
        return ()


def changed_on_the_way(scene: Scene) -> Iterator[Edited]:
    """Edits that come back as a value that nobody made and that stood nowhere before."""
    for edited in edits(scene):
        back = edited.came_back
        if is_blank(edited.made) or is_blank(back) or same(back, edited.made, None):
            continue
        if not any(same(back, value, None) for value in edited.before):
            yield edited


def _edits(scene: Scene) -> Iterator[Edited]:
    stage = Stage(scene)
    order = tuple(range(len(scene.mappings)))
    most: int | None = None
    for start in (*blank(scene), *islice(starts(scene), MAX_BEGUN)):
        first = stage.round(stage.begin(start), order, Event.INITIAL)
        quiet, moving = stage.settle(first, order, Event.UPDATE)
        if moving is None:
            yield from _from(stage, quiet, order, most)
            most = MAX_TRIED


def _from(stage: Stage, quiet: State, order: Sequence[int], most: int | None) -> Iterator[Edited]:
    for number, values in enumerate(stage.scene.values):
        if stage.scene.asked[number]:
            continue
        for value in values[:most]:
            if same(value, quiet.values[number], None):
                continue
            edited = stage.edited(quiet, number, value)
            after, moving = stage.settle(edited, order, Event.UPDATE)
            if moving is None:
                trace = Trace(after.start, after.turns, None, Event.UPDATE)
                yield Edited(number, trace, quiet.values, after.values)
