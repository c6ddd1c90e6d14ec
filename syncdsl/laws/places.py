"""
A state, and where it leads: what an edit makes of it, and a pass.

The laws ask the same again and again: what does a live pass leave after this edit, and what after
that one as well? So each state of a model is one *place*, which keeps what was asked of it, and
states that are equal are the same place. Places that differ only in what one side holds are a
*column*: an edit of that side leads from each of them to the same ones.
"""

from __future__ import annotations

from typing import NamedTuple

from syncdsl.laws.model import AGAIN, EVENTS, LIVE, Act, Model, State, Step
from syncdsl.laws.values import Held, elements, seen
from syncdsl.semantics.decide import decide
from syncdsl.situation import Action, Changed, Outcome, Row, Side


class Move(NamedTuple):
    """An edit, and the place to which it leads."""

    step: Step
    side: Side
    value: Held
    place: Place
    is_new: bool  # to a value that was not agreed on last: going back to that takes an edit back


class Pass(NamedTuple):
    """A pass: the place to which it leads, and the row that it was."""

    place: Place
    row: Row

    @property
    def is_refused(self) -> bool:
        """Is the value reported instead of written? Then somebody hears of it."""
        return self.row.outcome.action is Action.REJECT


class Places:
    """The places of a model that were come to so far."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._known: dict[State, Place] = {}
        self._columns: dict[Side, dict[State, dict[Held, Move]]] = {side: {} for side in Side}

    def at(self, state: State) -> Place:
        found = self._known.get(state)
        if found is None:
            found = self._known[state] = Place(self, state)
        return found

    def column(self, side: Side, state: State) -> dict[Held, Move]:
        """The edits of a side that were asked for, from whichever place of the column."""
        return self._columns[side].setdefault(self.model.edited(state, side, None), {})


class Place:
    """A state of a model, with what is known of its surroundings."""

    __slots__ = (
        "_again",
        "_canonical",
        "_columns",
        "_edits",
        "_live",
        "_losing",
        "_places",
        "agree",
        "free_of_echoes",
        "model",
        "state",
    )

    def __init__(self, places: Places, state: State) -> None:
        self.model = places.model
        self.state = state
        self.agree = seen(places.model.sights, state.left, state.right).agree is True
        self.free_of_echoes: dict[Side, bool] = {}  # after a pass that has written a side
        self._places = places
        self._canonical: Place | None = None
        self._live: Pass | None = None
        self._again: Pass | None = None
        self._losing: tuple[tuple[Step, Side], ...] | None = None
        self._columns: list[dict[Held, Move] | None] = [None, None]
        self._edits: list[tuple[Move, ...] | None] = [None, None]

    def held(self, side: Side) -> Held:
        return self.state.left if side is Side.LEFT else self.state.right

    def canonical(self) -> Place:
        """The place that stands for all those that differ from it in names only."""
        found = self._canonical
        if found is None:
            found = self._canonical = self._places.at(self.model.canonical(self.state))
        return found

    def turned(self) -> Place:
        """Where the condition begins to hold, or ceases to."""
        return self._places.at(self.model.turned(self.state))

    def passed(self, step: Step) -> Pass:
        """What a pass leaves, while the sync runs or when it is switched on again."""
        live = step.act is Act.LIVE
        found = self._live if live else self._again
        if found is None:
            state, row = self.model.sync(self.state, EVENTS[step.act])
            found = Pass(self._places.at(state), row)
            if live:
                self._live = found
            else:
                self._again = found
        return found

    def knowing(self, step: Step, edited: Side) -> Outcome:
        """How a pass would end if the engine knew that this side alone was edited."""
        situation = self.passed(step).row.situation
        return decide(self.model.clauses, situation._replace(changed=Changed(edited.value)))

    def put(self, side: Side, value: Held) -> Move:
        """An edit, also one that changes nothing."""
        index = _INDEX[side]
        column = self._columns[index]
        if column is None:
            column = self._columns[index] = self._places.column(side, self.state)
        found = column.get(value)
        if found is None:
            before = self.state.before
            is_new = value is not None and (before is None or before[index] != value)
            place = self._places.at(self.model.edited(self.state, side, value))
            found = Move(Step(Act.EDIT, side, value), side, value, place, is_new)
            column[value] = found
        return found

    def edits(self, side: Side) -> tuple[Move, ...]:
        """What somebody may do to a side."""
        index = _INDEX[side]
        found = self._edits[index]
        if found is None:
            offered = self.model.offered(self.state, side)
            found = self._edits[index] = tuple([self.put(side, value) for value in offered])
        return found

    def all_edits(self) -> tuple[Move, ...]:
        return (*self.edits(Side.LEFT), *self.edits(Side.RIGHT))

    def is_pending(self, side: Side) -> bool:
        """Was it edited, and not yet carried over? Then an edit of the other is the second one."""
        before, index = self.state.before, _INDEX[side]
        return (
            before is not None and self.model.recalls[index] and self.state[index] != before[index]
        )

    def losing(self) -> tuple[tuple[Step, Side], ...]:
        """The passes that take away what a side holds."""
        found = self._losing
        if found is None:
            found = self._losing = tuple(
                [
                    (step, side)
                    for step in (LIVE, AGAIN)
                    for side in differing(self, self.passed(step).place)
                    if not self._is_still_in(self.passed(step).place, side)
                ]
            )
        return found

    def _is_still_in(self, after: Place, side: Side) -> bool:
        """A list that was added to has still all of it."""
        adds = self.model.clauses.mode.adds
        return adds and elements(self.held(side)) <= elements(after.held(side))


_INDEX = {Side.LEFT: 0, Side.RIGHT: 1}


def differing(some: Place, others: Place) -> tuple[Side, ...]:
    """The sides that do not hold the same."""
    return () if some is others else some.model.differing(some.state, others.state)
