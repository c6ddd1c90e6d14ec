"""
What a rule does: `decide(clauses, situation)`, the only code that knows what a clause means.

The questions are asked in a fixed order, and the first that applies settles the outcome; that order
is the meaning of the language. It reads from top to bottom as the reference does:

1. Does the rule look at this event, and does its guard hold?
2. Is a record being made? Then the side that exists gives, or nothing happens.
3. Do the sides agree? Then there is nothing to do.
4. Who gives? The source of an arrow; of two sides the one that was changed.
5. Both have a claim: a dispute. A blank yields; then the write mode; then the winner.
6. The giver gives: may it write into what is there, and what does its value make of it?

The checker asks the table of all situations, the plan carries it out, the documentation folds it,
compiled rules print it. Nobody else interprets a clause: to change a meaning, change this file.
"""

from __future__ import annotations

from typing import NamedTuple

from syncdsl.policy import Arrow, Blanks, Clauses, Mode, Winner
from syncdsl.situation import (
    Action,
    Content,
    Event,
    Newer,
    Outcome,
    Rank,
    Reason,
    Side,
    Sides,
    Situation,
    Truth,
    Written,
)


class _Gives(NamedTuple):
    """One side gives, for a reason that is also the reason of a plain write."""

    side: Side
    reason: Reason


def decide(clauses: Clauses, situation: Situation) -> Outcome:
    """What a rule with these clauses does in this situation. Total and pure."""
    if situation.event not in clauses.events:
        return Outcome(Action.KEEP, Reason.EVENTS)
    if situation.guard is Truth.FAILS:
        return Outcome(Action.KEEP, Reason.GUARD_FAILS)
    if situation.guard is Truth.UNKNOWN:
        return Outcome(Action.KEEP, Reason.GUARD_UNKNOWN)
    if situation.event is Event.CREATE:
        return _on_create(clauses, situation)
    if situation.agree:
        return Outcome(Action.KEEP, Reason.AGREE)
    giver = _who_gives(clauses, situation)
    return giver if isinstance(giver, Outcome) else _giving(clauses, situation, giver)


def _on_create(clauses: Clauses, situation: Situation) -> Outcome:
    assert situation.made is not None
    made, source = situation.made, situation.made.other
    if not clauses.arrow.gives(source):
        return Outcome(Action.KEEP, Reason.ARROW)
    content = situation.content(source)
    if content is Content.BLANK:
        if clauses.default:
            return Outcome(Action.WRITE, Reason.DEFAULT, Sides(made.value))
        return Outcome(Action.KEEP, Reason.SKIP_BLANKS)
    if content is Content.UNUSABLE:
        return Outcome(Action.REJECT, Reason.CONVERSION)
    if situation.rank is Rank.OUTSIDE:
        return Outcome(Action.REJECT, Reason.OUTSIDE_ORDER)
    return Outcome(Action.WRITE, Reason.SOURCE, Sides(made.value))


def _who_gives(clauses: Clauses, situation: Situation) -> _Gives | Outcome:
    if clauses.arrow is not Arrow.BOTH:
        source = Side.LEFT if clauses.arrow is Arrow.RIGHT else Side.RIGHT
        changed = False if clauses.constant else situation.was_changed(source)
        if situation.event is Event.UPDATE and changed is False:
            return Outcome(Action.KEEP, Reason.UNCHANGED)
        return _Gives(source, Reason.SOURCE)
    if clauses.mode.has_stages or clauses.mode.adds:
        return _dispute(clauses, situation)
    left, right = situation.was_changed(Side.LEFT), situation.was_changed(Side.RIGHT)
    if left is False and right is False:
        return Outcome(Action.KEEP, Reason.UNEDITED)
    if left is True and right is False:
        return _Gives(Side.LEFT, Reason.ONE_CHANGED)
    if left is False and right is True:
        return _Gives(Side.RIGHT, Reason.ONE_CHANGED)
    return _dispute(clauses, situation)


def _dispute(clauses: Clauses, situation: Situation) -> _Gives | Outcome:
    """Both sides were changed, or nobody knows."""
    blank = next((side for side in Side if situation.content(side) is Content.BLANK), None)
    if blank is not None:
        emptied = clauses.blanks is Blanks.CLEAR_EMPTIED and situation.was_changed(blank) is True
        if clauses.blanks is Blanks.CLEAR or emptied:
            return _winner(clauses, situation)
        return _Gives(blank.other, Reason.OTHER_BLANK)
    if clauses.mode in (Mode.IF_BLANK, Mode.ONCE):
        return Outcome(Action.KEEP, Reason.HAS_VALUE)
    if clauses.mode.adds:
        if Content.UNUSABLE in (situation.left, situation.right):
            return Outcome(Action.REJECT, Reason.CONVERSION)
        return Outcome(Action.ADD, Reason.ELEMENTS, situation.lacks)
    if clauses.mode.has_stages:
        if situation.rank is Rank.OUTSIDE:
            refused = situation.left is Content.UNUSABLE  # the stages are compared as the right's
            return Outcome(Action.REJECT, Reason.CONVERSION if refused else Reason.OUTSIDE_ORDER)
        later = Side.LEFT if situation.rank is Rank.LATER else Side.RIGHT
        return _Gives(later, Reason.LATER_STAGE)
    return _winner(clauses, situation)


def _winner(clauses: Clauses, situation: Situation) -> _Gives | Outcome:
    if clauses.winner is Winner.LEFT:
        return _Gives(Side.LEFT, Reason.WINNER)
    if clauses.winner is Winner.RIGHT:
        return _Gives(Side.RIGHT, Reason.WINNER)
    if clauses.winner is Winner.NEWEST:
        if situation.newer is Newer.LEFT:
            return _Gives(Side.LEFT, Reason.NEWEST)
        if situation.newer is Newer.RIGHT:
            return _Gives(Side.RIGHT, Reason.NEWEST)
        return Outcome(Action.CONFLICT, Reason.EQUAL_TIMES)
    if clauses.winner is Winner.ASK:
        return Outcome(Action.CONFLICT, Reason.ASK)
    return Outcome(Action.CONFLICT, Reason.NO_WINNER)


def _giving(clauses: Clauses, situation: Situation, giver: _Gives) -> Outcome:
    side = giver.side
    receiver = Sides(side.other.value)
    content = situation.content(side)
    has_value = situation.content(side.other) is not Content.BLANK
    if clauses.mode in (Mode.IF_BLANK, Mode.ONCE) and has_value:
        return Outcome(Action.KEEP, Reason.HAS_VALUE)
    if clauses.mode is Mode.ONCE and situation.written is Written.YES:
        return Outcome(Action.KEEP, Reason.WROTE_BEFORE)
    if content is Content.BLANK:
        return _giving_a_blank(clauses, situation, side)
    if content is Content.UNUSABLE:
        return Outcome(Action.REJECT, Reason.CONVERSION)
    if clauses.mode.has_stages:
        if situation.rank is Rank.OUTSIDE:
            return Outcome(Action.REJECT, Reason.OUTSIDE_ORDER)
        later = Side.LEFT if situation.rank is Rank.LATER else Side.RIGHT
        if has_value and later is not side:
            return Outcome(Action.KEEP, Reason.NOT_LATER)
    if clauses.mode.adds and has_value:
        return Outcome(Action.ADD, Reason.ELEMENTS, receiver)
    return Outcome(Action.WRITE, giver.reason, receiver)


def _giving_a_blank(clauses: Clauses, situation: Situation, side: Side) -> Outcome:
    receiver = Sides(side.other.value)
    match clauses.blanks:
        case Blanks.SKIP:
            return Outcome(Action.KEEP, Reason.SKIP_BLANKS)
        case Blanks.CLEAR:
            return Outcome(Action.CLEAR, Reason.CLEAR_BLANKS, receiver)
        case Blanks.CLEAR_EMPTIED:
            if situation.was_changed(side) is True:
                return Outcome(Action.CLEAR, Reason.CLEAR_EMPTIED, receiver)
            return Outcome(Action.KEEP, Reason.NOT_EMPTIED)
