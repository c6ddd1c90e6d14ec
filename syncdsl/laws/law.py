"""
The laws: what a rule may keep over time, and how it breaks them.

What each law means, and which of the literature it is, stands in `docs/explanation/laws.md`. Laws
contradict each other: no rule keeps all of them. A law that is broken is no mistake; the *card* of
a rule tells which ones it keeps. Whether that is meant is asked of the reason of the pass that
breaks it: if it is a clause that is written, the rule says so itself.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from syncdsl.policy import Clauses
from syncdsl.situation import Row, Side, Word

if TYPE_CHECKING:
    from syncdsl.laws.reach import History  # most runs never search, and need not load it


class Law(Word):
    """What may hold of a rule over time, in the words of the card."""

    EDIT_STAYS = "an edit is not undone while the sync runs"
    PAUSE_EDIT_STAYS = "an edit made in a pause is not undone"
    AGAIN_NEUTRAL = "switching on again changes nothing by itself"
    BOTH_EDITS_STAY = "of two edits neither is dropped"
    ECHO = "what the sync has written never counts as an edit"
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


class Engine(Word):
    """What runs a sync."""

    REMEMBERS = "an engine that remembers what it synced last"
    FORGETS = "an engine that does not remember what it synced last"


class Broken(NamedTuple):
    """A law, and the shortest history that breaks it."""

    engine: Engine
    history: History
    row: Row  # of the pass that breaks it, its last one
    side: Side  # whose value is not what the law promises

    @property
    def made(self) -> Side | None:
        """The side of the record with whose making the history begins."""
        return self.history.steps[0].side

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


def kept(clauses: Clauses, law: Law) -> Kept:
    """Whether rules with these clauses keep a law."""
    return Kept(law, *(breach_of(clauses, law, engine) for engine in Engine))


def breach_of(clauses: Clauses, law: Law, engine: Engine = Engine.REMEMBERS) -> Broken | None:
    """How rules with these clauses break a law; None: they keep it."""
    return _breach_of(clauses._replace(owner=None), law, engine)


@cache
def _breach_of(clauses: Clauses, law: Law, engine: Engine) -> Broken | None:
    from syncdsl.laws.search import shortest  # noqa: PLC0415  # most runs never search

    return shortest(clauses, engine, law)


def card(clauses: Clauses) -> tuple[Kept, ...]:
    """The laws that say something of a rule, in the order in which a reader should meet them."""
    return tuple(kept(clauses, law) for law in Law if _can_come_up(clauses, law))


def _can_come_up(clauses: Clauses, law: Law) -> bool:
    match law:
        case Law.DEFAULT_YIELDS:
            return clauses.default
        case Law.ECHO:  # of one way only one side is written, and it never gives
            return clauses.receiver is None
        case _:
            return True
