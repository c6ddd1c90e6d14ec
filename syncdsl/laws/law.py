"""
The laws: what a rule may keep over time, and the shortest history that breaks it.

A law looks at one state that some history leads to, and asks for a little more: somebody edits a
side, the engine looks at the pair. As all states are looked at, the nearest first, what is found is
a shortest history, and if none is found there is none, of whatever length. What each law means, and
which of the literature it is, stands in `docs/explanation/laws.md`.

Laws contradict each other: no rule keeps all of them. A law that is broken is no mistake; the
*card* of a rule tells which ones it keeps. Whether that is meant is asked of the reason of the pass
that breaks it: if it is a clause that is written, the rule says so itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import NamedTuple

from syncdsl.laws.model import (
    AGAIN,
    EVENTS,
    LIVE,
    Act,
    Came,
    Edit,
    Engine,
    History,
    Model,
    Passed,
    Reached,
    State,
    Step,
    explore,
    history,
)
from syncdsl.laws.values import Held, elements, is_value
from syncdsl.policy import Clauses
from syncdsl.situation import Action, Event, Row, Side, Word

MODELS = 8  # that are kept: the laws of one rule are asked one after the other


class Law(Word):
    """What may hold of a rule over time, in the words of the card."""

    EDIT_STAYS = "an edit is not undone while the sync runs"
    PAUSE_EDIT_STAYS = "an edit made in a pause is not undone"
    AGAIN_NEUTRAL = "switching on again changes nothing by itself"
    BOTH_EDITS_STAY = "of two edits neither is dropped"
    EMPTIED_STAYS = "what somebody takes out stays out"
    BLANK_TAKES_NOTHING = "a blank never erases a value"
    EDIT_ARRIVES = "an edit arrives on the other side"
    PAUSE_EDIT_ARRIVES = "an edit made in a pause arrives"
    PAUSE_NEUTRAL = "a pause makes no difference"
    LAST_EDIT_COUNTS = "only the last of several edits counts"
    UNDONE_TOGETHER = "an edit that is taken back is taken back on the other side"
    SIDES_EQUAL = "after a full pass both sides are equal"
    SETTLES = "a second pass writes nothing"
    WRITES_ONCE = "it writes a pair at most once"
    DEFAULT_YIELDS = "a value that comes later takes the place of the default"


class Broken(NamedTuple):
    """A law, and the shortest history that breaks it."""

    engine: Engine
    history: History
    row: Row  # of the pass that breaks it, its last one
    side: Side  # whose value is not what the law promises

    @property
    def unasked(self) -> bool:
        """Was the side that gives not edited since the last sync?"""
        return self.row.situation.was_changed(self.side.other) is False


class Kept(NamedTuple):
    """Whether a law is kept, on an engine of each kind. None: it is."""

    law: Law
    broken: Broken | None  # if the engine remembers
    forgetful: Broken | None  # if it does not

    def on(self, engine: Engine) -> Broken | None:
        return self.broken if engine is Engine.REMEMBERS else self.forgetful


@cache
def kept(clauses: Clauses, law: Law) -> Kept:
    """Whether rules with these clauses keep a law."""
    plain = clauses._replace(owner=None)
    return Kept(law, *(_first(plain, engine, law) for engine in Engine))


def card(clauses: Clauses) -> tuple[Kept, ...]:
    """The laws that say something of a rule, in the order in which a reader should meet them."""
    asked = (law for law in Law if law is not Law.DEFAULT_YIELDS or clauses.default)
    return tuple(kept(clauses, law) for law in asked)


class Searched(NamedTuple):
    """A model, and the states that its histories lead to."""

    model: Model
    reached: Reached


@lru_cache(MODELS)
def _searched(clauses: Clauses, engine: Engine) -> Searched:
    model = Model(clauses, engine)
    return Searched(model, explore(model))


@lru_cache(MODELS)
def _searched_counting(clauses: Clauses, engine: Engine) -> Searched:
    """The same, with states that tell whether the rule has written, as the law asks for it."""
    model = Model(clauses, engine, counts=True)
    return Searched(model, explore(model))


def played(clauses: Clauses, engine: Engine, told: History) -> Row:
    """The last pass of a history."""
    done = [*passes(clauses, engine, told)][-1]
    assert isinstance(done, Passed)
    return done.row


def passes(clauses: Clauses, engine: Engine, told: History) -> Iterator[Passed | State]:
    """What each step of a history leaves."""
    model = Model(clauses, engine, recalls=(True, True))
    state = told.start
    for step in told.steps:
        done = model.play(state, step)
        yield done
        state = done.state if isinstance(done, Passed) else done


class Breach(NamedTuple):
    """What has to happen in a state for a law to break, and the side whose value is then wrong."""

    steps: tuple[Step, ...]
    side: Side


Question = Callable[[Model, State], Iterator[Breach]]


def breaches(law: Law, model: Model, state: State) -> Iterator[Breach]:
    """What may happen in a state, and breaks the law."""
    return _QUESTIONS[law](model, state)


def _first(clauses: Clauses, engine: Engine, law: Law) -> Broken | None:
    if law is Law.WRITES_ONCE:
        again = _edited_after_write(_searched(clauses, engine))
        return again or _shortest(_searched_counting(clauses, engine), law)
    return _shortest(_searched(clauses, engine), law)


def _shortest(searched: Searched, law: Law) -> Broken | None:
    """The first breach of a law, from the nearest of the states."""
    model, reached = searched
    states = reached.all if law in AT_ANY_TIME else reached.resting
    best: tuple[int, Came, Breach] | None = None
    for state, came in states.items():
        if best is not None and came.length + 1 >= best[0]:
            break
        breach = next(breaches(law, model, state), None)
        if breach is not None:
            length = came.length + len(breach.steps)
            if best is None or length < best[0]:
                best = length, came, breach
    if best is None:
        return None
    return _told(searched, *best[1:])


def _edited_after_write(searched: Searched) -> Broken | None:
    """The first sync writes, then an edit is carried over: most rules write twice like that."""
    model, reached = searched
    for came in reached.resting.values():
        if came.start is None or came.length > 1:
            break
        done = model.play(came.start, came.step)
        if isinstance(done, Passed) and done.row.outcome.side is not None:
            for edit in model.edits(model.canonical(done.state)):
                for side in _differing(edit.state, model.sync(edit.state, Event.UPDATE).state):
                    return _told(searched, came, Breach((edit.step, LIVE), side))
    return None


def _told(searched: Searched, came: Came, breach: Breach) -> Broken:
    model, reached = searched
    told = history(model, came, reached.all, breach.steps)
    row = played(model.clauses, model.engine, told)
    return Broken(model.engine, told, row, breach.side)


# ── each law, asked of one state ─────────────────────────────────────────────────────────────────


def _edit_undone(model: Model, state: State, step: Step) -> Iterator[Breach]:
    for edit in model.edits(state):
        if _is_new(state, edit):
            passed = model.sync(edit.state, EVENTS[step.act])
            if _is_lost(model, passed, edit.side, edit.value):
                yield Breach((edit.step, step), edit.side)


def _changes_again(model: Model, state: State) -> Iterator[Breach]:
    passed = model.sync(state, Event.REACTIVATION)
    for side in _differing(state, passed.state):
        yield Breach((AGAIN,), side)


def _edit_dropped(model: Model, state: State) -> Iterator[Breach]:
    for left in model.edits(state):
        for right in model.edits(left.state) if left.side is Side.LEFT else ():
            if right.side is Side.LEFT or model.agree(right.state):
                continue
            if not _is_new(state, left) or not _is_new(state, right):
                continue
            for step in (LIVE, AGAIN):
                passed = model.sync(right.state, EVENTS[step.act])
                for edit in (left, right):
                    if _is_lost(model, passed, edit.side, edit.value):
                        steps = left.step, right.step, step
                        yield Breach(steps, edit.side)


def _taken_out_returns(model: Model, state: State) -> Iterator[Breach]:
    for edit in model.edits(state):
        there, left_there = elements(state.held(edit.side)), elements(edit.value)
        if not left_there < there:
            continue
        for steps in ((LIVE,), (AGAIN,), (LIVE, AGAIN)):
            passed = _played(model, edit.state, steps)
            back = elements(passed.state.held(edit.side))
            if back & (there - left_there) or (edit.value is None and back):
                yield Breach((edit.step, *steps), edit.side)


def _blank_erases(model: Model, state: State) -> Iterator[Breach]:
    for step in (LIVE, AGAIN):
        passed = model.sync(state, EVENTS[step.act])
        for side in _differing(state, passed.state):
            if passed.state.held(side) is None:
                yield Breach((step,), side)


def _edit_stuck(model: Model, state: State, step: Step) -> Iterator[Breach]:
    if not model.agree(state):
        return
    for edit in _giving_edits(model, state):
        passed = model.sync(edit.state, EVENTS[step.act])
        refused = passed.row.outcome.action is Action.REJECT  # that is reported
        if not refused and not model.agree(passed.state):
            if is_value(model.sights, edit.side, edit.value):
                yield Breach((edit.step, step), edit.side.other)


def _pause_matters(model: Model, state: State) -> Iterator[Breach]:
    """One edit, then one of each side, with a pass at once, and with one pass after both."""
    for edit in model.edits(state):
        paused = model.sync(edit.state, Event.REACTIVATION)
        for side in _differing(model.sync(edit.state, Event.UPDATE).state, paused.state):
            yield Breach((edit.step, AGAIN), side)
    for edit in model.edits(state):
        live = model.sync(edit.state, Event.UPDATE).state
        for second in model.edits(edit.state):
            if second.side is edit.side or None in (edit.value, second.value):
                continue  # two edits of one side, and what becomes of a blank, are other laws
            paused = model.sync(second.state, Event.REACTIVATION)
            done = model.sync(model.edited(live, second.side, second.value), Event.UPDATE)
            for side in _differing(done.state, paused.state):
                yield Breach((edit.step, second.step, AGAIN), side)


def _first_edit_counts(model: Model, state: State) -> Iterator[Breach]:
    for edit in _giving_edits(model, state):
        between = model.sync(edit.state, Event.UPDATE).state
        for last in model.edits(edit.state):
            if last.side is not edit.side or None in (edit.value, last.value):
                continue  # what becomes of a blank is another law
            if last.value == state.held(edit.side):
                continue  # and so is what becomes of an edit that is taken back
            alone = model.sync(model.edited(state, last.side, last.value), Event.UPDATE)
            passed = model.sync(model.edited(between, last.side, last.value), Event.UPDATE)
            for side in _differing(alone.state, passed.state):
                yield Breach((edit.step, LIVE, last.step, LIVE), side)


def _stays_behind(model: Model, state: State) -> Iterator[Breach]:
    if None in state[:2] or not model.agree(state):
        return
    for edit in _giving_edits(model, state):
        if edit.value is None:
            continue  # what becomes of a blank is another law
        there = model.sync(edit.state, Event.UPDATE).state
        back = Step(Act.EDIT, edit.side, state.held(edit.side))
        passed = model.sync(model.edited(there, edit.side, back.value), Event.UPDATE)
        for side in _differing(state, passed.state):
            yield Breach((edit.step, LIVE, back, LIVE), side)


def _sides_differ(model: Model, state: State) -> Iterator[Breach]:
    passed = model.sync(state, Event.REACTIVATION)
    refused = passed.row.outcome.action is Action.REJECT  # that is reported
    if not refused and not model.agree(passed.state):
        side = Side.LEFT if model.clauses.receiver is Side.LEFT else Side.RIGHT
        yield Breach((AGAIN,), side)


def _writes_again(model: Model, state: State) -> Iterator[Breach]:
    for step in (LIVE, AGAIN):
        settled = model.sync(state, EVENTS[step.act]).state
        passed = model.sync(settled, EVENTS[step.act])
        for side in _differing(settled, passed.state):
            yield Breach((step, step), side)


def _writes_twice(model: Model, state: State) -> Iterator[Breach]:
    for step in (LIVE, AGAIN):
        passed = model.sync(state, EVENTS[step.act])
        for side in _differing(state, passed.state):
            if state.wrote:
                yield Breach((step,), side)


def _default_stays(model: Model, state: State) -> Iterator[Breach]:
    """The record was made with the default; then somebody enters what was missing."""
    default, receiver = model.values.wiring.default, model.clauses.receiver
    if default is None or receiver is None or state.held(receiver) != default:
        return
    if state.held(receiver.other) is not None:
        return
    for edit in _giving_edits(model, state):
        if edit.value != default and is_value(model.sights, edit.side, edit.value):
            passed = _played(model, edit.state, (LIVE, AGAIN))
            refused = passed.row.outcome.action is Action.REJECT  # that is reported
            if passed.state.held(receiver) == default and not refused:
                yield Breach((edit.step, LIVE, AGAIN), receiver)


_QUESTIONS: dict[Law, Question] = {
    Law.EDIT_STAYS: partial(_edit_undone, step=LIVE),
    Law.PAUSE_EDIT_STAYS: partial(_edit_undone, step=AGAIN),
    Law.AGAIN_NEUTRAL: _changes_again,
    Law.BOTH_EDITS_STAY: _edit_dropped,
    Law.EMPTIED_STAYS: _taken_out_returns,
    Law.BLANK_TAKES_NOTHING: _blank_erases,
    Law.EDIT_ARRIVES: partial(_edit_stuck, step=LIVE),
    Law.PAUSE_EDIT_ARRIVES: partial(_edit_stuck, step=AGAIN),
    Law.PAUSE_NEUTRAL: _pause_matters,
    Law.LAST_EDIT_COUNTS: _first_edit_counts,
    Law.UNDONE_TOGETHER: _stays_behind,
    Law.SIDES_EQUAL: _sides_differ,
    Law.SETTLES: _writes_again,
    Law.WRITES_ONCE: _writes_twice,
    Law.DEFAULT_YIELDS: _default_stays,
}
AT_ANY_TIME = frozenset({Law.BLANK_TAKES_NOTHING, Law.SIDES_EQUAL, Law.SETTLES, Law.WRITES_ONCE})


def _giving_edits(model: Model, state: State) -> Iterator[Edit]:
    arrow = model.clauses.arrow
    return (edit for edit in model.edits(state) if arrow.gives(edit.side))


def _played(model: Model, state: State, steps: tuple[Step, ...]) -> Passed:
    passed = model.sync(state, EVENTS[steps[0].act])
    for step in steps[1:]:
        passed = model.sync(passed.state, EVENTS[step.act])
    return passed


def _differing(some: State, others: State) -> tuple[Side, ...]:
    left, right = some[0] != others[0], some[1] != others[1]
    if not left and not right:
        return ()
    return tuple(Side) if left and right else (Side.LEFT if left else Side.RIGHT,)


def _is_new(state: State, edit: Edit) -> bool:
    """Is it an edit to a value that was not agreed on last? Going back to that takes one back."""
    if edit.value is None:
        return False
    known = state.before
    return known is None or edit.value != known[0 if edit.side is Side.LEFT else 1]


def _is_lost(model: Model, passed: Passed, side: Side, value: Held) -> bool:
    """Is an edit no longer there? A list that was added to has still all of it."""
    now = passed.state.held(side)
    if now == value:
        return False
    return not model.clauses.mode.adds or not elements(value) <= elements(now)
