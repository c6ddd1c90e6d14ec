"""
The shortest history that breaks a law.

A law asks of a place what may happen there (`questions`). As it asks all places, the nearest first,
what is found is a shortest history, and if none is found there is none, of whatever length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from syncdsl.laws.law import Broken, Engine, Law
from syncdsl.laws.model import LIVE, Model, Passed, State
from syncdsl.laws.places import Place, differing
from syncdsl.laws.questions import Breach, echoes, question
from syncdsl.laws.reach import (
    Came,
    History,
    Reached,
    explore,
    history,
    nothing_yet,
    reaching,
)
from syncdsl.policy import Clauses
from syncdsl.situation import Row

MODELS = 8  # that are kept: the laws of one rule are asked one after the other


def shortest(clauses: Clauses, engine: Engine, law: Law) -> Broken | None:
    """The first breach of a law; None: it is kept."""
    searched = _searched(clauses, engine)
    if law is Law.WRITES_ONCE:
        again = _edited_after_write(searched)
        if again is not None or not searched.model.counts:
            return again or _written_twice(clauses, engine)
    first = _echo_of_the_first(searched) if law is Law.ECHO else None
    reached = searched.reached
    places = reached.resting if question(law).at_rest else reached.all
    return first or _nearest(searched, law, places.items())


class Searched(NamedTuple):
    """A model, and the places that its histories lead to."""

    model: Model
    reached: Reached


@lru_cache(MODELS)
def _searched(clauses: Clauses, engine: Engine) -> Searched:
    model = Model(clauses, engine)
    return Searched(model, explore(model))


def _written_twice(clauses: Clauses, engine: Engine) -> Broken | None:
    """The law of one write, asked of states that tell whether the rule has written."""
    model = Model(clauses, engine, counts=True)
    reached = nothing_yet(model)
    return _nearest(Searched(model, reached), Law.WRITES_ONCE, reaching(reached))


def _echo_of_the_first(searched: Searched) -> Broken | None:
    """What the very first pass writes, no place before it can be asked for."""
    model, reached = searched
    for start, step, passed in model.starts():
        before, after = reached.places.at(start), reached.places.at(passed.state)
        for written in differing(before, after):
            for breach in echoes(after.canonical(), written):
                return _told(searched, Came(None, start, step, 1), breach)
    return None


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


def _nearest(searched: Searched, law: Law, places: Iterable[tuple[Place, Came]]) -> Broken | None:
    """The first breach of a law, from the nearest of the places."""
    ask, steps, _ = question(law)
    best: tuple[int, Came, Breach] | None = None
    for place, came in places:
        if best is not None and came.length + steps >= best[0]:
            break
        breach = next(ask(place), None)
        if breach is not None:
            length = came.length + len(breach.steps)
            if best is None or length < best[0]:
                best = length, came, breach
    return None if best is None else _told(searched, *best[1:])


def _edited_after_write(searched: Searched) -> Broken | None:
    """The first sync writes, then an edit is carried over: most rules write twice like that."""
    model, reached = searched
    for place, came in reached.resting.items():
        if came.start is None or came.length > 1:
            break
        done = model.play(came.start, came.step)
        if isinstance(done, Passed) and done.row.outcome.side is not None:
            for edit in place.all_edits():
                for side in differing(edit.place, edit.place.passed(LIVE).place):
                    return _told(searched, came, Breach((edit.step, LIVE), side))
    return None


def _told(searched: Searched, came: Came, breach: Breach) -> Broken:
    model, reached = searched
    told = history(model, came, reached.all, breach.steps)
    row = played(model.clauses, model.engine, told)
    return Broken(model.engine, told, row, breach.side)
