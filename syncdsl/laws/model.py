"""
One pair of records and one rule, and all that can happen to them.

A *state* is what two records hold in the ends of a rule, what an engine remembers of them, and the
little beside that the rule asks for. People edit a side, the condition begins or ceases to hold,
the engine looks at the pair: at once while it runs, or with everything else when it is switched on
again. A pass is what `decide` says of the situation that the state is, and what `remember` of the
reference keeps of it. An engine without a memory has no baseline and does not know what the rule
has written.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from syncdsl.laws.law import Engine
from syncdsl.laws.values import (
    PLAIN,
    Held,
    around,
    elements,
    first_names,
    made,
    seen,
    sights_of,
    written,
)
from syncdsl.policy import Clauses
from syncdsl.semantics.decide import decide
from syncdsl.semantics.run import leaves_baseline
from syncdsl.semantics.table import questions, table
from syncdsl.situation import (
    Changed,
    Content,
    Event,
    Newer,
    Outcome,
    Row,
    Side,
    Situation,
    Truth,
    Word,
    Written,
)


class State(NamedTuple):
    left: Held
    right: Held
    before: tuple[Held, Held] | None = None  # the baseline; None: there is none
    wrote: bool = False  # the rule has written this pair; only where it is asked for
    newer: Newer = Newer.UNKNOWN  # whose value came last; only where it is asked for
    holds: bool = True  # the condition, as far as the ends leave it open

    def held(self, side: Side) -> Held:
        return self.left if side is Side.LEFT else self.right


class Act(Word):
    """What can happen to a pair."""

    FIRST = "the first sync"
    MADE = "one record is made from the other"
    EDIT = "somebody edits a side"
    CONDITION = "the condition begins or ceases to hold"
    LIVE = "the engine looks at the pair while it runs"
    AGAIN = "the engine is switched on again and looks at everything"


class Step(NamedTuple):
    act: Act
    side: Side | None = None  # that is edited, or made
    value: Held = None  # what it holds then


_LATEST = {Side.LEFT: Newer.LEFT, Side.RIGHT: Newer.RIGHT}
LIVE, AGAIN, TURN = Step(Act.LIVE), Step(Act.AGAIN), Step(Act.CONDITION)
EVENTS = {Act.LIVE: Event.UPDATE, Act.AGAIN: Event.REACTIVATION}


class Edit(NamedTuple):
    """An edit, and the state that it leaves."""

    side: Side
    value: Held
    state: State

    @property
    def step(self) -> Step:
        return Step(Act.EDIT, self.side, self.value)


class Passed(NamedTuple):
    """A pass: the state it leaves, and the row that it was."""

    state: State
    row: Row


class Model:
    """A rule on an engine."""

    def __init__(
        self,
        clauses: Clauses,
        engine: Engine,
        *,
        more: int = 0,  # values than can matter
        counts: bool = False,  # whether the rule has written, also where it does not ask for that
        recalls: tuple[bool, bool] | None = None,  # the baselines of the sides
    ) -> None:
        self.clauses = clauses
        self.engine = engine
        self.sights = sights_of(clauses, more)
        self.values = self.sights.values
        self.sides = tuple(side for side in Side if self.values.is_property(side))
        self.recalls = recalls or edits_asked(clauses)
        self._once = self.values.asks.once
        self.counts = counts or (self._once and engine is Engine.REMEMBERS)
        self.newest = questions(clauses).newest
        self._spare = 1 + more
        self._rows = _rows(clauses, engine)

    def edits(self, state: State) -> tuple[Edit, ...]:
        """What somebody may do: put in all that is there somewhere, and something new."""
        return tuple(
            Edit(side, value, self.edited(state, side, value))
            for side in self.sides
            for value in self.offered(state, side)
        )

    def offered(self, state: State, side: Side) -> Iterator[Held]:
        """The values that somebody may put into a side instead of what it holds."""
        held = state.held(side)
        return (value for value in self._values(state, side) if value != held)

    def edited(self, state: State, side: Side, value: Held) -> State:
        newer = _LATEST[side] if self.newest else Newer.UNKNOWN
        left, right, before, wrote, _, holds = state
        if side is Side.LEFT:
            return State(value, right, before, wrote, newer, holds)
        return State(left, value, before, wrote, newer, holds)

    def turned(self, state: State) -> State:
        """The condition begins to hold, or ceases to."""
        return state._replace(holds=not state.holds)

    def agree(self, state: State) -> bool:
        return seen(self.sights, state.left, state.right).agree is True

    def differing(self, some: State, others: State) -> tuple[Side, ...]:
        """The sides that do not hold the same. In which order a list was added to, nobody minds."""
        left, right = some.left != others.left, some.right != others.right
        if self.clauses.mode.adds:
            left = left and elements(some.left) != elements(others.left)
            right = right and elements(some.right) != elements(others.right)
        if not left and not right:
            return ()
        return tuple(Side) if left and right else (Side.LEFT if left else Side.RIGHT,)

    def sync(self, state: State, event: Event) -> Passed:
        """A pass over the pair."""
        look = seen(self.sights, state.left, state.right)
        row = self._row(event, None, look, self._changed(state), state)
        after = written(self.sights, row.outcome, state.left, state.right)
        return Passed(self._after(state, row, after), row)

    def make(self, side: Side, source: Held, holds: bool) -> Passed:
        """One record is made from the other."""
        left, right = (None, source) if side is Side.LEFT else (source, None)
        state = State(left, right, holds=holds)
        row = self._row(Event.CREATE, side, made(self.sights, side, source), None, state)
        after = written(self.sights, row.outcome, left, right, side)
        return Passed(self._after(state, row, after), row)

    def starts(self) -> Iterator[tuple[State, Step, Passed]]:
        """All ways in which a history begins; what people meet most often comes first."""
        lefts, rights = (self._first(side) for side in Side)
        pairs = [(left, right) for left in lefts for right in rights]
        pairs.sort(key=lambda pair: (pair[0] != pair[1], (None in pair) * pair.count(None)))
        turns = (True,) if self.clauses.guard is None else (True, False)
        for holds in turns:
            for left, right in pairs:
                for newer in Newer if self.newest else (Newer.UNKNOWN,):
                    state = State(left, right, newer=newer, holds=holds)
                    yield state, Step(Act.FIRST), self.sync(state, Event.INITIAL)
            for side in self.sides:
                for value in lefts if side is Side.RIGHT else rights:
                    left, right = (value, None) if side is Side.RIGHT else (None, value)
                    state = State(left, right, holds=holds)
                    yield state, Step(Act.MADE, side), self.make(side, value, holds)

    def play(self, state: State, step: Step) -> Passed | State:
        """What a step makes of a state; of a pass with the row that it was."""
        if step.act is Act.EDIT:
            assert step.side is not None
            return self.edited(state, step.side, step.value)
        if step.act is Act.CONDITION:
            return self.turned(state)
        if step.act is Act.MADE:
            assert step.side is not None
            return self.make(step.side, state.held(step.side.other), state.holds)
        return self.sync(state, EVENTS.get(step.act, Event.INITIAL))

    def canonical(self, state: State) -> State:
        """The state that stands for all that differ only in names, or in what nobody asks."""
        if self.newest and state.newer is not Newer.UNKNOWN and self.agree(state):
            state = state._replace(newer=Newer.UNKNOWN)  # nobody asks while both hold the same
        if not self.values.interchangeable:
            return state
        left, right, before, wrote, newer, holds = state
        return State(*first_names(left, right, before), wrote, newer, holds)

    def _values(self, state: State, side: Side) -> tuple[Held, ...]:
        """What is there somewhere, and something new."""
        if side not in self.sides:
            return ()
        named = self.values.named(side)
        if not self.values.interchangeable:
            return named
        left, right, before, *_ = state
        return (*around(left, right, before, self._spare), *named)

    # ── one pass ─────────────────────────────────────────────────────────────────────────────────

    def _first(self, side: Side) -> list[Held]:
        named = [*self.values.named(side)]
        plain = self.values.interchangeable and self.values.is_property(side)
        return [*PLAIN[: 1 if side is Side.LEFT else 2], *named] if plain else named

    def _row(
        self,
        event: Event,
        made: Side | None,
        look: Situation,
        changed: Changed | None,
        state: State,
    ) -> Row:
        """What is decided of a state; of states that nobody can tell apart, once."""
        wrote = self._once and state.wrote
        asked = event, made, look, changed, wrote, state.newer, state.holds
        found = self._rows.get(asked)
        if found is None:
            differ = look.agree is False
            situation = look._replace(
                event=event,
                changed=Changed.UNKNOWN if event is Event.INITIAL else changed,
                newer=state.newer if self.newest and differ else None,
                guard=self._guard(state, look, made),
                written=self._written(state) if self._once and differ else None,
            )
            found = self._rows[asked] = Row(situation, decide(self.clauses, situation))
        return found

    def _changed(self, state: State) -> Changed:
        if state.before is None:
            return Changed.UNKNOWN
        left = self.recalls[0] and state.left != state.before[0]
        right = self.recalls[1] and state.right != state.before[1]
        if left and right:
            return Changed.BOTH
        return Changed.LEFT if left else Changed.RIGHT if right else Changed.NEITHER

    def _written(self, state: State) -> Written:
        if self.engine is Engine.FORGETS:
            return Written.UNKNOWN
        return Written.YES if state.wrote else Written.NO

    def _guard(self, state: State, look: Situation, side: Side | None) -> Truth | None:
        """What the condition says; the ends may leave it no choice."""
        if self.clauses.guard is None:
            return None
        blanks = look.left is Content.BLANK, look.right is Content.BLANK
        for guarded in self.clauses.guard:
            if guarded.made is side and (guarded.left_blank, guarded.right_blank) == blanks:
                fitting = [
                    truth for truth in guarded.truths if (truth is Truth.HOLDS) is state.holds
                ]
                return (fitting or guarded.truths)[0]
        return Truth.UNKNOWN

    def _after(self, state: State, row: Row, after: tuple[Held, Held]) -> State:
        """What is there after the pass, and what it remembers (`semantics.run.remember`)."""
        left, right = after
        wrote = (left, right) != state[:2]
        newer = state.newer
        if wrote and self.newest and row.outcome.receiver is not None:
            newer = _LATEST[row.outcome.receiver]  # a value that is written is the latest one
        before = state.before
        if self.engine is Engine.REMEMBERS and not leaves_baseline(
            row.outcome.action, row.outcome.reason, before
        ):
            before = left if self.recalls[0] else None, right if self.recalls[1] else None
        counted = self.counts and (state.wrote or wrote)
        return State(left, right, before, counted, newer, state.holds)


@lru_cache(16)
def _rows(clauses: Clauses, engine: Engine) -> dict[tuple[object, ...], Row]:
    """What was decided, for all models of a rule."""
    return {}


@cache
def edits_asked(clauses: Clauses) -> tuple[bool, bool]:
    """
    Does it make a difference whether the left side, the right side was edited? If not, its baseline
    need not be told apart, and there are fewer states. That is asked of the table.
    """
    ends: dict[tuple[object, ...], dict[Changed | None, Outcome]] = {}
    for situation, outcome in table(clauses):
        others = (*situation[:_CHANGED], *situation[_CHANGED + 1 :])
        ends.setdefault(others, {})[situation.changed] = outcome
    pairs = (
        ((Changed.NEITHER, Changed.LEFT), (Changed.RIGHT, Changed.BOTH)),
        ((Changed.NEITHER, Changed.RIGHT), (Changed.LEFT, Changed.BOTH)),
    )
    left, right = (
        any(end.get(one) != end.get(other) for end in ends.values() for one, other in compared)
        for compared in pairs
    )
    return left, right


_CHANGED = Situation._fields.index("changed")
