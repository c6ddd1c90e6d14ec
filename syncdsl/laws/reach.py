"""
Every state that some history leads to.

States are few: the plain values are interchangeable, and two states that differ only in their names
are one. So a search that goes through all of them, breadth first, is one over histories of every
length, and the path to a state is a shortest one.

What happens between two passes may happen in any order, and the state is the same. So only one
order is tried: an edit of the left side, one of the right side, then the condition turns. Nor is a
side edited twice, for only the last edit is there at the next pass. Each state that is left out so
was come to before, on a way that is as short: the one that the order begins with is tried first.
Where `most recent wins`, it does matter who was the last to edit: edits are tried in all orders.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.laws.model import AGAIN, EVENTS, LIVE, TURN, Act, Model, Passed, State, Step
from syncdsl.laws.places import Move, Place, Places
from syncdsl.laws.values import PLAIN, names_of
from syncdsl.situation import Event, Side


class Came(NamedTuple):
    """How a place was first come to. `source` is None at the beginning of a history."""

    source: Place | None
    start: State | None  # what the records held then
    step: Step
    length: int  # of the history, in steps


class Reached(NamedTuple):
    """The places that histories lead to, the nearest first."""

    places: Places
    all: dict[Place, Came]
    resting: dict[Place, Came]  # after a pass, before anybody edits anything


def explore(model: Model) -> Reached:
    found = nothing_yet(model)
    for _ in reaching(found):
        pass
    return found


def nothing_yet(model: Model) -> Reached:
    return Reached(Places(model), {}, {})


def reaching(found: Reached) -> Iterator[tuple[Place, Came]]:
    """Each place as it is come to, the nearest first; who has seen enough stops asking."""
    places = found.places
    waiting: deque[Place] = deque()
    for start, step, passed in places.model.starts():
        place = places.at(passed.state).canonical()
        came = Came(None, start, step, 1)
        found.resting.setdefault(place, came)
        if found.all.setdefault(place, came) is came:
            waiting.append(place)
            yield place, came
    while waiting:
        source = waiting.popleft()
        last = found.all[source]
        for step, leads_to in _worth_trying(source, last.step):
            place, rests = leads_to.canonical(), step.act in EVENTS
            if place in found.all and (place in found.resting or not rests):
                continue
            came = Came(source, None, step, last.length + 1)
            if rests:
                found.resting.setdefault(place, came)
            if found.all.setdefault(place, came) is came:
                waiting.append(place)
                yield place, came


def _worth_trying(place: Place, last: Step) -> Iterator[tuple[Step, Place]]:
    """What can happen next, as far as it leads to places that were not come to before."""
    for edit in _edits_worth_trying(place, last):
        yield edit.step, edit.place
    if place.model.clauses.guard is not None and last != TURN:
        yield TURN, place.turned()
    yield LIVE, place.passed(LIVE).place
    yield AGAIN, place.passed(AGAIN).place


def _edits_worth_trying(place: Place, last: Step) -> tuple[Move, ...]:
    if last == TURN:
        return ()
    if last.act is not Act.EDIT or place.model.newest:
        return place.all_edits()
    return place.edits(Side.RIGHT) if last.side is Side.LEFT else ()


def following(model: Model, state: State) -> Iterator[tuple[Step, State]]:
    """All that can happen next."""
    for edit in model.edits(state):
        yield edit.step, edit.state
    if model.clauses.guard is not None:
        yield TURN, model.turned(state)
    yield LIVE, model.sync(state, Event.UPDATE).state
    yield AGAIN, model.sync(state, Event.REACTIVATION).state


class History(NamedTuple):
    """What two records held at first, and all that happened then."""

    start: State
    steps: tuple[Step, ...]


def history(
    model: Model, came: Came, all_: dict[Place, Came], beyond: tuple[Step, ...] = ()
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
