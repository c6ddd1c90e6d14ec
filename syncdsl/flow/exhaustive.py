"""
A few rules that share properties, of one mapping or of several, and all that can happen to one
record of each object.

What rules do to each other is tried on invented values elsewhere (`flow.play`), and that nothing is
found there is no proof. Here a scene that is small enough is gone through to the end: records hold
anything; mappings begin with a first pass, or make a record, or have lost what they knew; then
anybody edits any property, and any mapping makes a live pass or a full one, in every order.

Why that is a proof. Somebody who edits has four kinds of values to choose from: a blank, a value
that rules name, one that is there or remembered somewhere, one that is new (`flow.space`). No state
has more places for a value than its properties and what is remembered of them, so there are
finitely many, and a search that comes to its end has seen histories of every length, the shortest
first.

A *round* is a pass of each mapping, in any order. It is asked:

- whether of two passes of one mapping without anything between them the second one writes;
- after how many rounds nothing is written any more, if nobody edits, whatever the orders are;
- whether orders that are kept to end with the same values (`flow.orders`).

Where a search is cut off, for there are too many states, it tells what it has found, and proves
nothing.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from syncdsl.flow.fragment import outside
from syncdsl.flow.play import MAX_KEPT, Trace
from syncdsl.flow.scene import Scene
from syncdsl.flow.space import Makes, Space, State, Step
from syncdsl.laws.law import Engine
from syncdsl.situation import Event

MAX_STATES = 8_000
TOO_MANY = f"there are more than {MAX_STATES:,} states"

LATER = (Event.UPDATE, Event.REACTIVATION)


class Settling(NamedTuple):
    """What is true of all histories of a scene."""

    trace: Trace | None  # a shortest one whose last pass writes without cause; None: there is none
    rest: int | None  # after so many rounds nothing is written any more; None: never, or unknown
    endless: Trace | None  # a history after which rounds never come to an end
    states: int
    is_whole: bool  # the search came to its end


@lru_cache(MAX_KEPT)
def settling(
    scene: Scene,
    makes: Makes = (),
    engine: Engine = Engine.REMEMBERS,
    more: int = 0,
    most: int = MAX_STATES,
) -> Settling | None:
    """
    What holds over all histories of the rules of a scene; None: nobody knows.

    `makes` are the sides on which each mapping makes records. `more` new values are offered to
    those who edit than can matter, to see that they do not. Of more states than `most` it is cut
    off.
    """
    found = histories(scene, makes, engine, more, most)
    if found is None:
        return None
    if not found.is_whole:
        told = Settling(found.again, None, None, len(found.states), is_whole=False)
        return None if found.again is None else told
    return Settling(found.again, *_resting(found), len(found.states), is_whole=True)


class Histories(NamedTuple):
    """All states that were met, the nearest first, and what passes make of them."""

    space: Space
    states: tuple[State, ...]
    came: tuple[tuple[int, Step] | None, ...]  # from which state, and how
    after: dict[tuple[int, Event], list[tuple[bool, int]]]  # whether a pass writes, and its state
    again: Trace | None  # a shortest history whose last pass writes without cause
    is_whole: bool

    def way_to(self, at: int) -> tuple[list[State], list[Step]]:
        """The shortest history that leads to a state: the states, and the steps between them."""
        states, steps = [self.states[at]], []
        came = self.came[at]
        while came is not None:
            states.append(self.states[came[0]])
            steps.append(came[1])
            came = self.came[came[0]]
        return states[::-1], steps[::-1]


@lru_cache(2)  # they are large; what is asked of one scene asks for one or two
def histories(
    scene: Scene,
    makes: Makes = (),
    engine: Engine = Engine.REMEMBERS,
    more: int = 0,
    most: int = MAX_STATES,
) -> Histories | None:
    """All that can happen in a scene; None: it is not in the fragment."""
    if outside(scene) is not None:
        return None
    return _Search(Space(scene, makes, engine, more), most).histories()


class _Search:
    """The states that were met. They are looked at in the order in which they were."""

    def __init__(self, space: Space, most: int) -> None:
        self.space = space
        self.most = most
        self.mappings = range(len(space.parts))
        self.known: dict[State, int] = {}
        self.states: list[State] = []
        self.came: list[tuple[int, Step] | None] = []
        self.after: dict[tuple[int, Event], list[tuple[bool, int]]] = {
            (at, event): [] for at in self.mappings for event in LATER
        }
        self.again: tuple[int, Step, Step] | None = None

    def histories(self) -> Histories:
        for state in self.space.starts():
            self.add(state, None)
        looked_at = 0
        while looked_at < len(self.states) and len(self.states) <= self.most:
            self.look(looked_at)
            looked_at += 1
        is_whole = looked_at == len(self.states)
        found = Histories(
            self.space, tuple(self.states), tuple(self.came), self.after, None, is_whole
        )
        return found._replace(again=self.broken(found))

    def add(self, state: State, came: tuple[int, Step] | None) -> int:
        at = self.known.setdefault(state, len(self.states))
        if at == len(self.states):
            self.states.append(state)
            self.came.append(came)
        return at

    def look(self, at: int) -> None:
        state = self.states[at]
        for number, value, edited in self.space.edits(state):
            if edited not in self.known:
                self.add(edited, (at, Step(None, None, None, number, value)))
        for step, made in self.space.makings(state):
            self.add(made, (at, step))
        for mapping in self.mappings:
            for event in LATER:
                writes, passed = self.space.passed(state, mapping, event)
                number = self.add(self.space.canonical(passed), (at, Step(mapping, event)))
                self.after[mapping, event].append((writes, number))
                self.passes_again(at, passed, mapping, (event, event))
            if self.space.is_new(state, mapping):
                passed = self.space.passed(state, mapping, Event.INITIAL).state
                first = Step(mapping, Event.INITIAL)
                self.add(self.space.canonical(passed), (at, first))
                self.passes_again(at, passed, mapping, (Event.INITIAL, Event.UPDATE))

    def passes_again(
        self, at: int, passed: State, mapping: int, events: tuple[Event, Event]
    ) -> None:
        """Does the pass that follows a pass write?"""
        if self.again is None and self.space.passed(passed, mapping, events[1]).writes:
            first, second = (Step(mapping, event) for event in events)
            self.again = at, first, second

    def broken(self, found: Histories) -> Trace | None:
        if self.again is None:
            return None
        at, first, second = self.again
        states, steps = found.way_to(at)
        assert first.event is not None
        passed = self.space.passed(states[-1], first.mapping or 0, first.event).state
        every = [*steps, first, second]
        began = every[0].event or Event.UPDATE
        return self.space.trace([*states, passed], every, began)


# ── rounds ───────────────────────────────────────────────────────────────────────────────────────


class Round(NamedTuple):
    writes: bool
    state: int


def _resting(found: Histories) -> tuple[int | None, Trace | None]:
    """
    After how many rounds nothing is written any more, wherever they begin; or a history after which
    rounds in one order never come to an end.
    """
    longest = 0
    for event in LATER:
        rounds = [_rounds(found, event, order) for order in orders_of(found.space)]
        quiet = _always_quiet(rounds)
        resting, passes = quiet, 0
        while not all(resting):
            more = [
                is_resting or all(resting[each.state] for each in several)
                for is_resting, several in zip(resting, zip(*rounds, strict=True), strict=True)
            ]
            if more == resting:
                return None, _endless(found, event, rounds, resting)
            resting, passes = more, passes + 1
        longest = max(longest, passes)
    return longest, None


def orders_of(space: Space) -> list[tuple[int, ...]]:
    """All orders in which mappings can run, first that of the source."""
    return list(permutations(range(len(space.parts))))


def _rounds(found: Histories, event: Event, order: tuple[int, ...]) -> list[Round]:
    """What a round makes of each state. A mapping that is new makes its first pass as any other."""
    rounds = []
    for at in range(len(found.states)):
        writes, state = False, at
        for mapping in order:
            has_written, state = found.after[mapping, event][state]
            writes = writes or has_written
        rounds.append(Round(writes, state))
    return rounds


def _always_quiet(rounds: list[list[Round]]) -> list[bool]:
    """Of each state: rounds write nothing, however many there are."""
    quiet = [not any(each.writes for each in several) for several in zip(*rounds, strict=True)]
    while True:
        still = [
            is_quiet and all(quiet[each.state] for each in several)
            for is_quiet, several in zip(quiet, zip(*rounds, strict=True), strict=True)
        ]
        if still == quiet:
            return quiet
        quiet = still


def _endless(
    found: Histories, event: Event, rounds: list[list[Round]], resting: list[bool]
) -> Trace | None:
    """The nearest state from which rounds in one order come round again, and write."""
    for at in range(len(found.states)):
        for order, each in zip(orders_of(found.space), rounds, strict=True):
            path: dict[int, int] = {}
            state = at
            while state not in path and not resting[state]:
                path[state] = len(path)
                state = each[state].state
            around = [other for other, place in path.items() if place >= path.get(state, len(path))]
            if any(each[other].writes for other in around):
                return _told(found, at, event, order)
    return None


def _told(found: Histories, at: int, event: Event, order: tuple[int, ...]) -> Trace:
    """The way to a state, and rounds from there until all is again as it was, names and all."""
    states, steps = found.way_to(at)
    state = states[-1]
    begun: dict[State, int] = {}
    while state not in begun:
        begun[state] = len(steps)
        for mapping in order:
            state = found.space.passed(state, mapping, event).state
            states.append(state)
            steps.append(Step(mapping, event))
    trace = found.space.trace(states, steps, event)
    return trace._replace(back_to=begun[state])
