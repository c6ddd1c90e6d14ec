"""
The laws of a rule in its mapping: what becomes of its two values when records are deleted and
restored, or leave the scope and come back.

That would be a product of two models, of what becomes of the records (`life`) and of what they hold
(`model`). It need not be gone through, for the two meet in one point only. A pass asks a rule about
a pair, or it does not:

- A pair that is outside of the scope, or one of whose records is deleted, is not asked. If its link
  stays, so does all that is remembered: that is a pause of this pair, and a pause is that no pass
  happens. The model has it anyway.
- If the link is lost, so is the baseline, and who is found again is found as at a first sync, with
  the event `initial`. Histories of the model begin like that, with all values that there may be.

So no pass finds a state that the model does not have, and what holds of a rule there holds here.
New is only what spans a loss: what was there before it, and what is there after. For that the model
is asked with one more step, the shortest way in which a link is lost and found again; whether there
is one says `life`. Our tests go through the product, and find the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from syncdsl.laws import reach
from syncdsl.laws.customs import Customs
from syncdsl.laws.fates import Moment, history_to
from syncdsl.laws.law import Engine, Law, breach_of
from syncdsl.laws.life import Life, explore
from syncdsl.laws.model import Act, Model, State, Step
from syncdsl.policy import Clauses
from syncdsl.situation import Event, Side, Word


class Within(Word):
    """What may hold of a rule in its mapping, in the words of the card."""

    OUTSIDE_EDIT_STAYS = "an edit outside of the scope is not undone"
    RESTORED_IS_SAME = "a restored record changes nothing by itself"
    STILL_ONCE = "it writes a restored pair no second time"


class Past(NamedTuple):
    """What has happened to a pair; beside the steps of the model, it was lost and found again."""

    states: tuple[State, ...]  # before each of the steps, and after the last one
    steps: tuple[Step, ...]
    wrote: bool  # the rule has written
    found_at: int | None = None  # the step by which it was found again
    wrote_again: bool = False  # by the last step, though it had written before

    @property
    def state(self) -> State:
        return self.states[-1]

    @property
    def rests(self) -> bool:
        """Was the last step a pass?"""
        return self.steps[-1].act not in (Act.EDIT, Act.CONDITION)


class Broken(NamedTuple):
    """The shortest history that breaks a law, and how a link is lost in it."""

    past: Past
    side: Side  # whose value is not what the law promises
    loss: tuple[Moment, ...]  # none where nothing is lost


def comes_up(clauses: Clauses, customs: Customs, law: Within) -> bool:
    """Does a law say anything of a rule that its own card does not?"""
    match law:
        case Within.OUTSIDE_EDIT_STAYS:
            return customs.scope is not None and customs.scope.stops
        case Within.RESTORED_IS_SAME:
            return lost_and_found(customs) is not None
        case Within.STILL_ONCE:
            if lost_and_found(customs) is None:
                return False
            return breach_of(clauses, Law.WRITES_ONCE) is None


class Kept(NamedTuple):
    """Whether a law is kept. None: it is."""

    law: Within
    broken: Broken | None  # if the engine remembers what it synced last
    forgetful: Broken | None  # if it does not


def card(clauses: Clauses, customs: Customs) -> tuple[Kept, ...]:
    """The laws of a rule in its mapping that its own card does not tell."""
    return tuple(_kept(clauses, customs, law) for law in Within if comes_up(clauses, customs, law))


def _kept(clauses: Clauses, customs: Customs, law: Within) -> Kept:
    broken = breach_within(clauses, customs, law)
    is_outside = law is Within.OUTSIDE_EDIT_STAYS
    return Kept(law, broken, _outside(clauses, Engine.FORGETS) if is_outside else None)


def breach_within(clauses: Clauses, customs: Customs, law: Within) -> Broken | None:
    """How rules with these clauses break a law in such a mapping; None: they keep it."""
    clauses = clauses._replace(owner=None)
    if law is Within.OUTSIDE_EDIT_STAYS:
        return _outside(clauses, Engine.REMEMBERS)
    loss = lost_and_found(customs)
    found = None if loss is None else _LOSSES[law](clauses)
    return None if found is None or loss is None else found._replace(loss=loss)


@cache
def lost_and_found(customs: Customs) -> tuple[Moment, ...] | None:
    """The shortest way in which a pair that was linked is found anew; None: there is none."""
    lived = explore(Life(customs, others=0))
    for state, passed in lived.passes.items():
        if state.met and passed.asked and not any(link[:2] == (0, 0) for link in state.links):
            moments = history_to(lived, state)
            known = [moment.state.met for moment in moments].index(True)
            return moments[known:]
    return None


# ── the searches ─────────────────────────────────────────────────────────────────────────────────


def _outside(clauses: Clauses, engine: Engine) -> Broken | None:
    """Outside of the scope a pair has a pause, and a live pass follows when it comes back."""
    broken = breach_of(clauses, Law.EDIT_STAYS, engine)
    if broken is None:
        return None
    model = Model(clauses, engine, recalls=(True, True))
    told = broken.history
    states = [told.start]
    for step in told.steps:
        done = model.play(states[-1], step)
        states.append(done if isinstance(done, State) else done.state)
    return Broken(Past(tuple(states), told.steps, wrote=True), broken.side, ())


@cache
def _restored(clauses: Clauses) -> Broken | None:
    """After a pass, when the next one would write nothing: does it if the pair is found again?"""
    model = Model(clauses, Engine.REMEMBERS)
    for past in walk(model, following):
        live = model.sync(past.state, Event.UPDATE).state
        if past.rests and not model.differing(past.state, live):
            found = _found_again(model, past)
            sides = model.differing(past.state, found.state)
            if sides:
                return Broken(found, sides[-1], ())
    return None


@cache
def _still_once(clauses: Clauses) -> Broken | None:
    """Does a rule write that has written before its pair was lost?"""
    model = Model(clauses, Engine.REMEMBERS)
    for past in walk(model, following_or_found):
        if past.wrote_again and past.found_at is not None:
            return Broken(past, model.differing(past.states[-2], past.state)[-1], ())
    return None


_LOSSES: dict[Within, Callable[[Clauses], Broken | None]] = {
    Within.RESTORED_IS_SAME: _restored,
    Within.STILL_ONCE: _still_once,
}

Following = Callable[[Model, Past], Iterator[Past]]


def walk(model: Model, following: Following) -> Iterator[Past]:
    """All that can happen to a pair, the nearest first."""
    seen = set()
    waiting: deque[Past] = deque()
    for start, step, passed in model.starts():
        wrote = passed.state[:2] != start[:2]
        waiting.append(Past((start, passed.state), (step,), wrote))
    while waiting:
        past = waiting.popleft()
        place = model.canonical(past.state), past.wrote, past.found_at is None, past.rests
        if place in seen and not past.wrote_again:
            continue
        seen.add(place)
        yield past
        waiting.extend(following(model, past))


def following(model: Model, past: Past) -> Iterator[Past]:
    for step, state in reach.following(model, past.state):
        yield _and_then(model, past, step, state)


def following_or_found(model: Model, past: Past) -> Iterator[Past]:
    yield from following(model, past)
    if past.wrote and past.found_at is None:
        yield _found_again(model, past)


def _found_again(model: Model, past: Past) -> Past:
    """The link was lost, with all that was remembered, and a pass finds the pair anew."""
    forgotten = past.state._replace(before=None, wrote=False)
    passed = model.sync(forgotten, Event.INITIAL)
    after = _and_then(model, past, FOUND, passed.state)
    return after._replace(found_at=len(past.steps))


FOUND = Step(Act.FIRST)


def _and_then(model: Model, past: Past, step: Step, state: State) -> Past:
    after = past._replace(states=(*past.states, state), steps=(*past.steps, step))
    writes = after.rests and bool(model.differing(past.state, state))
    return after._replace(wrote=past.wrote or writes, wrote_again=writes and past.wrote)
