"""
Whether it matters which mapping runs first.

What one mapping writes another one may give on. Which of the two runs first is not said anywhere,
and for most rules it makes no difference: what changed is given on a pass later. A rule that keeps
what it wrote once, though, keeps what was there before the other mapping came.

An order is kept to: whoever runs the mappings runs them in the same order each time, live passes
and full ones. Two orders begin

- where nothing has looked at the records yet, with the first pass of each mapping;
- or where all is at rest and somebody has edited one property, with live passes, or with full ones,
  as after a pause;

and go on until nothing is written any more, at a full pass neither. Then both should hold the same.
Of two edits between passes the one that comes first may win, whatever the clauses say; that is no
matter of the mappings but of people, and is not asked.

Where a scene is small, all its states are gone through (`flow.exhaustive`), and that no two orders
differ is proved. Otherwise a few values are tried, from the first pass on, and that proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from syncdsl.convert import MissingLibrary, text
from syncdsl.flow.exhaustive import LATER, Histories, histories, orders_of
from syncdsl.flow.play import MAX_KEPT, MAX_ROUNDS, Stage, Trace, Turn, combinations
from syncdsl.flow.play import State as Played
from syncdsl.flow.scene import Scene
from syncdsl.flow.space import Makes, Passed, Space, State, Step
from syncdsl.laws.law import Engine
from syncdsl.situation import Event

MAX_VALUES = 2  # of a property; an older and a newer one are all that an order can bring about
MAX_COMBINATIONS = 81
MAX_STATES = 3_000  # of a scene, where every policy asks


class Orders(NamedTuple):
    """Two orders of mappings, and a property that holds something else in the end."""

    number: int
    there: Trace  # in the first order
    back: Trace
    before: tuple[Turn, ...] = ()  # what led there; both traces begin with it


class Ends(NamedTuple):
    """What is proved of the orders in which the mappings of a scene may run."""

    differing: Orders | None  # the shortest history; None: all orders end with the same
    states: int


# ── all that can happen ──────────────────────────────────────────────────────────────────────────


@lru_cache(MAX_KEPT)
def ends(scene: Scene, makes: Makes = (), most: int = MAX_STATES, more: int = 0) -> Ends | None:
    """What holds of the orders over all histories; None: nobody knows."""
    found = histories(scene, makes, Engine.REMEMBERS, more, most)
    if found is None:
        return None
    asked = _Asked(found.space)
    for at, edit, state, events in _beginnings(found):
        for event in events:
            held = asked.ends(state, event)
            if held is None:
                return None  # it never comes to rest
            number = _differing(held)
            if number is not None:
                return Ends(_told(found, at, edit, event, asked, number), len(found.states))
    return Ends(None, len(found.states)) if found.is_whole else None


def _beginnings(
    found: Histories,
) -> Iterator[tuple[int, Step | None, State, tuple[Event, ...]]]:
    """
    What orders begin with, the nearest first: a state, somebody's edit, what is held then, and the
    passes that are made.
    """
    known: set[State] = set()
    for at, (state, came) in enumerate(zip(found.states, found.came, strict=True)):
        if came is None:
            yield at, None, state, (Event.INITIAL,)
        elif _rests(found, at):
            for number, value, edited in found.space.edits(state):
                if edited not in known:
                    known.add(edited)
                    yield at, Step(None, None, None, number, value), edited, LATER


def _rests(found: Histories, at: int) -> bool:
    """Is no mapping new, and has none anything to write or to remember?"""
    passes = found.after.values()
    return found.space.is_begun(found.states[at]) and all(
        at < len(each) and each[at] == (False, at) for each in passes
    )


class _Asked:
    """What orders end with. Rounds are kept, as histories meet in few states."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.orders = orders_of(space)
        self.rounds: dict[tuple[State, tuple[int, ...], Event], Passed] = {}

    def ends(self, state: State, event: Event) -> list[State] | None:
        """What the properties hold in the end, of each order; None: it never comes to rest."""
        states = [self.round(state, order, event).state for order in self.orders]
        if all(each == states[0] for each in states):
            states = states[:1]
        held = []
        for each, order in zip(states, self.orders, strict=False):
            end = self.at_rest(each, order)
            if end is None:
                return None
            held.append(end[: self.space.size])
        return held

    def at_rest(self, state: State, order: tuple[int, ...]) -> State | None:
        for event in LATER:
            for _ in range(MAX_ROUNDS):
                passed = self.round(state, order, event)
                is_quiet = not passed.writes and passed.state == state
                state = passed.state
                if is_quiet:
                    break
            else:
                return None
        return state

    def round(self, state: State, order: tuple[int, ...], event: Event) -> Passed:
        key = state, order, event
        if key not in self.rounds:
            writes = False
            for at in order:
                has_written, state = self.space.passed(state, at, event)
                writes = writes or has_written
            self.rounds[key] = Passed(writes, state)
        return self.rounds[key]


def _differing(held: list[State]) -> int | None:
    """The first property of which not all ends hold the same."""
    for number, values in enumerate(zip(*held, strict=True)):
        if len(set(values)) > 1:
            return number
    return None


def _told(
    found: Histories, at: int, edit: Step | None, event: Event, asked: _Asked, number: int
) -> Orders:
    states, steps = found.way_to(at)
    space = found.space
    if edit is not None:
        state = (*states[-1][: edit.number], edit.value, *states[-1][edit.number + 1 :])
        states.append(space.canonical(state))
        steps.append(edit)
    before = space.trace(states, steps, event)
    by_end: dict[int, Trace] = {}
    for order in asked.orders:
        more = [*_passes(asked, states[-1], order, event)]
        trace = space.trace(
            [*states, *(state for state, _ in more)], [*steps, *(step for _, step in more)], event
        )
        end = more[-1][0] if more else states[-1]
        by_end.setdefault(end[number], trace)
    there, back, *_ = by_end.values()
    return Orders(number, there, back, before.turns)


def _passes(
    asked: _Asked, state: State, order: tuple[int, ...], event: Event
) -> Iterator[tuple[State, Step]]:
    """The passes in one order until all is at rest, with the state that each one leaves."""
    for kind in (event, *LATER):
        for _ in range(1 if kind is event else MAX_ROUNDS):
            begun = state
            for at in order:
                state = asked.space.passed(state, at, kind).state
                yield state, Step(at, kind)
            if state == begun:
                break


# ── a few values ─────────────────────────────────────────────────────────────────────────────────


@lru_cache(MAX_KEPT)
def orders_that_differ(scene: Scene) -> Orders | None:
    """The first values from which two mappings end with different ones, by which runs first."""
    try:
        return next(_tried(Stage(scene)), None)
    except MissingLibrary:
        return None


def _tried(stage: Stage) -> Iterator[Orders]:
    for start in islice(combinations(stage.scene, MAX_VALUES), MAX_COMBINATIONS):
        there, back = (_carried_out(stage, stage.begin(start), order) for order in ((0, 1), (1, 0)))
        if there is None or back is None:
            continue
        for number, (one, other) in enumerate(zip(there.values, back.values, strict=True)):
            if text(one) != text(other):
                first, second = (
                    Trace(start, each.turns, None, Event.INITIAL) for each in (there, back)
                )
                yield Orders(number, first, second)


def _carried_out(stage: Stage, begun: Played, order: tuple[int, int]) -> Played | None:
    """Until nothing is written any more, at a full pass neither."""
    state, moving = stage.settle(stage.round(begun, order, Event.INITIAL), order, Event.UPDATE)
    if moving is None:
        state, moving = stage.settle(state, order, Event.REACTIVATION)
    return None if moving is not None else state
