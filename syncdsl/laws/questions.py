"""
Each law, asked of one place: what may happen there, and breaks it?

A law looks at one place that some history leads to, and asks for a little more: somebody edits a
side, the engine looks at the pair. Some ask it only of places at rest, where a pass was the last
thing that happened; the others wherever a pass may find the pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from syncdsl.laws.law import Law
from syncdsl.laws.model import AGAIN, LIVE, Step
from syncdsl.laws.places import Move, Pass, Place, differing
from syncdsl.laws.values import elements, is_value
from syncdsl.situation import Action, Side


class Breach(NamedTuple):
    """What has to happen in a place for a law to break, and the side whose value is then wrong."""

    steps: tuple[Step, ...]
    side: Side


class Question(NamedTuple):
    """What a law asks of a place."""

    ask: Callable[[Place], Iterator[Breach]]
    steps: int  # that a breach takes at least
    at_rest: bool = True  # of places after a pass only, before anybody edits anything


def question(law: Law) -> Question:
    return _QUESTIONS[law]


def breaches(law: Law, place: Place) -> Iterator[Breach]:
    """What may happen in a place, and breaks the law."""
    return _QUESTIONS[law].ask(place)


def _edit_undone(place: Place, step: Step) -> Iterator[Breach]:
    for side in place.model.sides:
        if place.is_pending(side.other):
            continue
        for edit in place.edits(side):
            if edit.is_new and (step, side) in edit.place.losing():
                yield Breach((edit.step, step), side)


def _changes_again(place: Place) -> Iterator[Breach]:
    for side in differing(place, place.passed(AGAIN).place):
        yield Breach((AGAIN,), side)


def _edit_dropped(place: Place) -> Iterator[Breach]:
    for left in place.edits(Side.LEFT):
        if not left.is_new:
            continue
        for right in left.place.edits(Side.RIGHT):
            if right.is_new and not right.place.agree:
                for step, side in right.place.losing():
                    yield Breach((left.step, right.step, step), side)


def _written_counts(place: Place) -> Iterator[Breach]:
    for step in (LIVE, AGAIN):
        after = place.passed(step).place
        for written in differing(place, after):
            if not _is_free_of_echoes(after.canonical(), written):
                for breach in echoes(after, written):
                    yield Breach((step, *breach.steps), breach.side)


def _is_free_of_echoes(place: Place, written: Side) -> bool:
    """Many passes lead to the same place, which is asked once."""
    known = place.free_of_echoes.get(written)
    if known is None:
        known = place.free_of_echoes[written] = next(echoes(place, written), None) is None
    return known


def echoes(place: Place, written: Side) -> Iterator[Breach]:
    """
    A pass has just written a side, and somebody edits the other one. That edit is the only one; the
    next pass counts what was written as another if it drops the edit, or calls it a conflict, and
    would not if it knew who was edited.
    """
    for edit in place.edits(written.other):
        for step in (LIVE, AGAIN) if edit.is_new else ():
            outcome = edit.place.passed(step).row.outcome
            if outcome.action is Action.CONFLICT or (step, edit.side) in edit.place.losing():
                known = edit.place.knowing(step, edit.side)
                if (known.action, known.side) != (outcome.action, outcome.side):
                    yield Breach((edit.step, step), edit.side)


def _taken_out_returns(place: Place) -> Iterator[Breach]:
    for side in place.model.sides:
        there = elements(place.held(side))
        if not there or place.is_pending(side.other):
            continue
        for edit in place.edits(side):
            left_there = elements(edit.value)
            if not left_there < there:
                continue
            for steps in ((LIVE,), (AGAIN,), (LIVE, AGAIN)):
                back = elements(_played(edit.place, steps).place.held(side))
                if back & (there - left_there) or (edit.value is None and back):
                    yield Breach((edit.step, *steps), side)


def _blank_erases(place: Place) -> Iterator[Breach]:
    for step in (LIVE, AGAIN):
        after = place.passed(step).place
        for side in differing(place, after):
            if after.held(side) is None:
                yield Breach((step,), side)


def _edit_stuck(place: Place, step: Step) -> Iterator[Breach]:
    if not place.agree:
        return
    for edit in _giving_edits(place):
        if not edit.is_new:
            continue  # what becomes of a blank, or of an edit that is taken back, are other laws
        passed = edit.place.passed(step)
        if not passed.place.agree and not passed.is_refused:
            if is_value(place.model.sights, edit.side, edit.value):
                yield Breach((edit.step, step), edit.side.other)


def _pause_matters(place: Place) -> Iterator[Breach]:
    """One edit, then one of each side, with a pass at once, and with one pass after both."""
    for edit in place.all_edits():
        paused = edit.place.passed(AGAIN).place
        for side in differing(edit.place.passed(LIVE).place, paused):
            yield Breach((edit.step, AGAIN), side)
    for edit in place.all_edits():
        if edit.value is None:
            continue  # what becomes of a blank is another law
        live = edit.place.passed(LIVE).place
        for second in edit.place.edits(edit.side.other):
            if second.value is None:
                continue
            paused_too = second.place.passed(AGAIN)
            done = live.put(second.side, second.value).place.passed(LIVE)
            if done.place is paused_too.place or done.is_refused or paused_too.is_refused:
                continue
            for side in differing(done.place, paused_too.place):
                yield Breach((edit.step, second.step, AGAIN), side)


def _first_edit_counts(place: Place) -> Iterator[Breach]:
    if not place.agree:
        return
    for edit in _giving_edits(place):
        if not edit.is_new:
            continue  # what becomes of a blank, or of what is taken back, are other laws
        between = edit.place.passed(LIVE).place
        for last in edit.place.edits(edit.side):
            if not last.is_new or last.value == place.held(edit.side):
                continue
            alone = place.put(last.side, last.value).place.passed(LIVE)
            passed = between.put(last.side, last.value).place.passed(LIVE)
            if alone.is_refused or passed.is_refused:
                continue
            for side in differing(alone.place, passed.place):
                yield Breach((edit.step, LIVE, last.step, LIVE), side)


def _stays_behind(place: Place) -> Iterator[Breach]:
    if not place.agree or None in place.state[:2]:
        return
    for edit in _giving_edits(place):
        if edit.value is None:
            continue  # what becomes of a blank is another law
        there = edit.place.passed(LIVE).place
        back = there.put(edit.side, place.held(edit.side))
        passed = back.place.passed(LIVE)
        if passed.is_refused:
            continue
        for side in differing(place, passed.place):
            yield Breach((edit.step, LIVE, back.step, LIVE), side)


def _sides_differ(place: Place) -> Iterator[Breach]:
    passed = place.passed(AGAIN)
    if not passed.is_refused and not passed.place.agree:
        side = Side.LEFT if place.model.clauses.receiver is Side.LEFT else Side.RIGHT
        yield Breach((AGAIN,), side)


def _writes_again(place: Place) -> Iterator[Breach]:
    for step in (LIVE, AGAIN):
        settled = place.passed(step).place
        for side in differing(settled, settled.passed(step).place):
            yield Breach((step, step), side)


def _writes_twice(place: Place) -> Iterator[Breach]:
    if place.state.wrote:
        for step in (LIVE, AGAIN):
            for side in differing(place, place.passed(step).place):
                yield Breach((step,), side)


def _default_stays(place: Place) -> Iterator[Breach]:
    """The record was made with the default; then somebody enters what was missing."""
    default, receiver = place.model.values.wiring.default, place.model.clauses.receiver
    if default is None or receiver is None or place.held(receiver) != default:
        return
    if place.held(receiver.other) is not None:
        return
    for edit in _giving_edits(place):
        if edit.value != default and is_value(place.model.sights, edit.side, edit.value):
            passed = _played(edit.place, (LIVE, AGAIN))
            if passed.place.held(receiver) == default and not passed.is_refused:
                yield Breach((edit.step, LIVE, AGAIN), receiver)


_QUESTIONS: dict[Law, Question] = {
    Law.EDIT_STAYS: Question(partial(_edit_undone, step=LIVE), 2),
    Law.PAUSE_EDIT_STAYS: Question(partial(_edit_undone, step=AGAIN), 2),
    Law.AGAIN_NEUTRAL: Question(_changes_again, 1),
    Law.BOTH_EDITS_STAY: Question(_edit_dropped, 3),
    Law.ECHO: Question(_written_counts, 3, at_rest=False),
    Law.EMPTIED_STAYS: Question(_taken_out_returns, 2),
    Law.BLANK_TAKES_NOTHING: Question(_blank_erases, 1, at_rest=False),
    Law.EDIT_ARRIVES: Question(partial(_edit_stuck, step=LIVE), 2),
    Law.PAUSE_EDIT_ARRIVES: Question(partial(_edit_stuck, step=AGAIN), 2),
    Law.PAUSE_NEUTRAL: Question(_pause_matters, 2),
    Law.LAST_EDIT_COUNTS: Question(_first_edit_counts, 4),
    Law.UNDONE_TOGETHER: Question(_stays_behind, 4),
    Law.SIDES_EQUAL: Question(_sides_differ, 1, at_rest=False),
    Law.SETTLES: Question(_writes_again, 2, at_rest=False),
    Law.WRITES_ONCE: Question(_writes_twice, 1, at_rest=False),
    Law.DEFAULT_YIELDS: Question(_default_stays, 3),
}


def _giving_edits(place: Place) -> Iterator[Move]:
    arrow = place.model.clauses.arrow
    return (edit for side in place.model.sides if arrow.gives(side) for edit in place.edits(side))


def _played(place: Place, steps: tuple[Step, ...]) -> Pass:
    passed = place.passed(steps[0])
    for step in steps[1:]:
        passed = passed.place.passed(step)
    return passed
