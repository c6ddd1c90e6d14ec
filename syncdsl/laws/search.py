"""
The shortest history that breaks a law.

A law looks at one state that some history leads to, and asks for a little more: somebody edits a
side, the engine looks at the pair. As all states are looked at, the nearest first, what is found is
a shortest history, and if none is found there is none, of whatever length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from syncdsl.laws.law import Broken, Engine, Law
from syncdsl.laws.model import AGAIN, EVENTS, LIVE, Act, Edit, Model, Passed, State, Step
from syncdsl.laws.reach import Came, History, Reached, explore, history
from syncdsl.laws.values import Held, elements, is_value
from syncdsl.policy import Clauses
from syncdsl.situation import Action, Event, Row, Side

MODELS = 8  # that are kept: the laws of one rule are asked one after the other


def shortest(clauses: Clauses, engine: Engine, law: Law) -> Broken | None:
    """The first breach of a law; None: it is kept."""
    if law is Law.WRITES_ONCE:
        again = _edited_after_write(_searched(clauses, engine))
        return again or _nearest(_searched_counting(clauses, engine), law)
    return _nearest(_searched(clauses, engine), law)


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


def _nearest(searched: Searched, law: Law) -> Broken | None:
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
                for side in _differing(
                    model, edit.state, model.sync(edit.state, Event.UPDATE).state
                ):
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
        if _is_new(model, state, edit) and not _is_pending(model, state, edit.side.other):
            passed = model.sync(edit.state, EVENTS[step.act])
            if _is_lost(model, passed, edit.side, edit.value):
                yield Breach((edit.step, step), edit.side)


def _changes_again(model: Model, state: State) -> Iterator[Breach]:
    passed = model.sync(state, Event.REACTIVATION)
    for side in _differing(model, state, passed.state):
        yield Breach((AGAIN,), side)


def _edit_dropped(model: Model, state: State) -> Iterator[Breach]:
    for left in model.edits(state):
        for right in model.edits(left.state) if left.side is Side.LEFT else ():
            if right.side is Side.LEFT or model.agree(right.state):
                continue
            if not _is_new(model, state, left) or not _is_new(model, state, right):
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
        if not left_there < there or _is_pending(model, state, edit.side.other):
            continue
        for steps in ((LIVE,), (AGAIN,), (LIVE, AGAIN)):
            passed = _played(model, edit.state, steps)
            back = elements(passed.state.held(edit.side))
            if back & (there - left_there) or (edit.value is None and back):
                yield Breach((edit.step, *steps), edit.side)


def _blank_erases(model: Model, state: State) -> Iterator[Breach]:
    for step in (LIVE, AGAIN):
        passed = model.sync(state, EVENTS[step.act])
        for side in _differing(model, state, passed.state):
            if passed.state.held(side) is None:
                yield Breach((step,), side)


def _edit_stuck(model: Model, state: State, step: Step) -> Iterator[Breach]:
    if not model.agree(state):
        return
    for edit in _giving_edits(model, state):
        if edit.value is None or not _is_new(model, state, edit):
            continue  # what becomes of a blank, or of an edit that is taken back, are other laws
        passed = model.sync(edit.state, EVENTS[step.act])
        if not _is_refused(passed) and not model.agree(passed.state):
            if is_value(model.sights, edit.side, edit.value):
                yield Breach((edit.step, step), edit.side.other)


def _pause_matters(model: Model, state: State) -> Iterator[Breach]:
    """One edit, then one of each side, with a pass at once, and with one pass after both."""
    for edit in model.edits(state):
        paused = model.sync(edit.state, Event.REACTIVATION)
        for side in _differing(model, model.sync(edit.state, Event.UPDATE).state, paused.state):
            yield Breach((edit.step, AGAIN), side)
    for edit in model.edits(state):
        live = model.sync(edit.state, Event.UPDATE).state
        for second in model.edits(edit.state):
            if second.side is edit.side or None in (edit.value, second.value):
                continue  # two edits of one side, and what becomes of a blank, are other laws
            paused = model.sync(second.state, Event.REACTIVATION)
            done = model.sync(model.edited(live, second.side, second.value), Event.UPDATE)
            if _is_refused(paused) or _is_refused(done):
                continue
            for side in _differing(model, done.state, paused.state):
                yield Breach((edit.step, second.step, AGAIN), side)


def _first_edit_counts(model: Model, state: State) -> Iterator[Breach]:
    if not model.agree(state):
        return
    for edit in _giving_edits(model, state):
        between = model.sync(edit.state, Event.UPDATE).state
        for last in model.edits(edit.state):
            if last.side is not edit.side or last.value == state.held(edit.side):
                continue
            if not _is_new(model, state, edit) or not _is_new(model, state, last):
                continue  # what becomes of a blank, or of what is taken back, are other laws
            alone = model.sync(model.edited(state, last.side, last.value), Event.UPDATE)
            passed = model.sync(model.edited(between, last.side, last.value), Event.UPDATE)
            if _is_refused(alone) or _is_refused(passed):
                continue
            for side in _differing(model, alone.state, passed.state):
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
        if _is_refused(passed):
            continue
        for side in _differing(model, state, passed.state):
            yield Breach((edit.step, LIVE, back, LIVE), side)


def _sides_differ(model: Model, state: State) -> Iterator[Breach]:
    passed = model.sync(state, Event.REACTIVATION)
    if not _is_refused(passed) and not model.agree(passed.state):
        side = Side.LEFT if model.clauses.receiver is Side.LEFT else Side.RIGHT
        yield Breach((AGAIN,), side)


def _writes_again(model: Model, state: State) -> Iterator[Breach]:
    for step in (LIVE, AGAIN):
        settled = model.sync(state, EVENTS[step.act]).state
        passed = model.sync(settled, EVENTS[step.act])
        for side in _differing(model, settled, passed.state):
            yield Breach((step, step), side)


def _writes_twice(model: Model, state: State) -> Iterator[Breach]:
    for step in (LIVE, AGAIN):
        passed = model.sync(state, EVENTS[step.act])
        for side in _differing(model, state, passed.state):
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
            if passed.state.held(receiver) == default and not _is_refused(passed):
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


def _differing(model: Model, some: State, others: State) -> tuple[Side, ...]:
    """The sides that do not hold the same. In which order a list was added to, nobody minds."""
    left, right = some[0] != others[0], some[1] != others[1]
    if model.clauses.mode.adds:
        left = left and elements(some[0]) != elements(others[0])
        right = right and elements(some[1]) != elements(others[1])
    if not left and not right:
        return ()
    return tuple(Side) if left and right else (Side.LEFT if left else Side.RIGHT,)


def _is_refused(passed: Passed) -> bool:
    """Is the value reported instead of written? Then somebody hears of it."""
    return passed.row.outcome.action is Action.REJECT


def _is_new(model: Model, state: State, edit: Edit) -> bool:
    """Is it an edit to a value that was not agreed on last? Going back to that takes one back."""
    if edit.value is None:
        return False
    index = 0 if edit.side is Side.LEFT else 1
    known = state.before
    return known is None or not model.recalls[index] or edit.value != known[index]


def _is_pending(model: Model, state: State, side: Side) -> bool:
    """Was it edited, and not yet carried over? Then an edit of the other side is the second one."""
    index = 0 if side is Side.LEFT else 1
    known = state.before
    return model.recalls[index] and known is not None and state.held(side) != known[index]


def _is_lost(model: Model, passed: Passed, side: Side, value: Held) -> bool:
    """Is an edit no longer there? A list that was added to has still all of it."""
    now = passed.state.held(side)
    if now == value:
        return False
    return not model.clauses.mode.adds or not elements(value) <= elements(now)
