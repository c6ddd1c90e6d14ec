"""
Every state that some history leads to.

States are few: the plain values are interchangeable, and two states that differ only in their names
are one. So a search that goes through all of them, breadth first, is one over histories of every
length, and the path to a state is a shortest one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.laws.model import AGAIN, EVENTS, LIVE, Act, Edit, Model, Passed, State, Step, names_of
from syncdsl.laws.values import PLAIN
from syncdsl.situation import Event


class Came(NamedTuple):
    """How a state was first come to. `source` is None at the beginning of a history."""

    source: State | None
    start: State | None  # what the records held then
    step: Step
    length: int  # of the history, in steps


class Reached(NamedTuple):
    """The states that histories lead to, the nearest first."""

    all: dict[State, Came]
    resting: dict[State, Came]  # after a pass, before anybody edits anything


def explore(model: Model) -> Reached:
    found = Reached({}, {})
    waiting: deque[State] = deque()
    for start, step, passed in model.starts():
        state = model.canonical(passed.state)
        came = Came(None, start, step, 1)
        found.resting.setdefault(state, came)
        if state not in found.all:
            found.all[state] = came
            waiting.append(state)
    while waiting:
        state = waiting.popleft()
        length = found.all[state].length + 1
        for kind, target in following(model, state):
            target = model.canonical(target)
            resting = not isinstance(kind, Edit) and kind.act in EVENTS
            if target in found.all and not (resting and target not in found.resting):
                continue
            came = Came(state, None, kind.step if isinstance(kind, Edit) else kind, length)
            if resting:
                found.resting.setdefault(target, came)
            if target not in found.all:
                found.all[target] = came
                waiting.append(target)
    return found


def following(model: Model, state: State) -> Iterator[tuple[Edit | Step, State]]:
    """All that can happen next."""
    for edit in model.edits(state):
        yield edit, edit.state
    if model.clauses.guard is not None:
        yield _TURN, model.turned(state)
    yield LIVE, model.sync(state, Event.UPDATE).state
    yield AGAIN, model.sync(state, Event.REACTIVATION).state


_TURN = Step(Act.CONDITION)


class History(NamedTuple):
    """What two records held at first, and all that happened then."""

    start: State
    steps: tuple[Step, ...]


def history(
    model: Model, came: Came, all_: dict[State, Came], beyond: tuple[Step, ...] = ()
) -> History:
    """
    A shortest history that leads to a state, and goes on from there.

    Each step names values as the state before it does, whose names are made anew after each step
    of the search. Here they get the names that they have had from the beginning.
    """
    steps = [came.step]
    while came.source is not None:
        came = all_[came.source]
        steps.append(came.step)
    assert came.start is not None
    state, told = came.start, []
    ours = {value: value for value in came.start[:2] if value is not None and value in PLAIN}
    for step in reversed(steps):
        told.append(_spelled(model, step, ours))
        done = model.play(state, step)
        raw = done.state if isinstance(done, Passed) else done
        state = model.canonical(raw)
        if model.values.interchangeable:
            names = names_of(raw.left, raw.right, *(raw.before or ()))
            ours = {new: ours[old] for old, new in names.items()}
    return History(came.start, (*told, *(_spelled(model, step, ours) for step in beyond)))


def _spelled(model: Model, step: Step, ours: dict[str, str]) -> Step:
    """A step in the names of its history; a new value gets a name that is free."""
    if step.value is None or step.value not in PLAIN or not model.values.interchangeable:
        return step
    if step.value not in ours:
        ours[step.value] = next(value for value in PLAIN if value not in ours.values())
    return step._replace(value=ours[step.value])
