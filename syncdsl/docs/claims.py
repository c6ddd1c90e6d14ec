"""
What can be said about a decision table, as questions to its rows.

A sentence of the documentation is true because each thing that it says is a `Claim`, and a claim is
a query: *some* row does this, *no* row does that, *only* these rows do it, rows of this case
*always* do it. Whoever writes a sentence asks first, and writes the words that the answers allow.
Nothing here, and nothing in `sentences`, knows what a clause means.

Rows in which a guard does not hold do nothing, and are left out: the condition stands in the
documentation on its own.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from syncdsl.policy import Clauses
from syncdsl.semantics.table import table
from syncdsl.situation import (
    Action,
    Content,
    Event,
    Rank,
    Reason,
    Row,
    Side,
    Sides,
    Situation,
    Truth,
    Word,
    Written,
)

LATER_EVENTS = (Event.INITIAL, Event.UPDATE, Event.REACTIVATION)  # both records exist
FULL_PASSES = (Event.INITIAL, Event.REACTIVATION)


class Deed(Word):
    """What a row does, as far as somebody notices it."""

    MAKES = "writes into a record that is made"
    FILLS = "writes into a blank"
    REPLACES = "writes over a value"
    ADDS = "adds, and keeps what is there"
    EMPTIES = "takes a value away"
    ASKS = "leaves the decision to a person"
    REPORTS = "reports the record"


WRITING = (Deed.MAKES, Deed.FILLS, Deed.REPLACES, Deed.ADDS, Deed.EMPTIES)


class Case(Word):
    """Rows that have something in common, seen from the side that may be written."""

    ANY = "any"
    GIVER_CHANGED = "the giving side was changed"
    GIVER_UNCHANGED = "the giving side is known to be unchanged"
    ONE_CHANGED = "the giving side was changed, and this one was not"
    DISPUTE = "both sides were changed, or nobody knows"
    TWO_VALUES = "a dispute of two values"
    BLANK_AND_VALUE = "a dispute of a blank and a value"
    ONE_CHANGED_OR_NEWER = "only the giving side was changed, or its value is the more recent one"
    GIVER_LATER = "the giving side's stage is the later one"
    NOT_WRITTEN = "the rule is not known to have written before"
    GIVER_BLANK = "the giving side is blank, and this one is not"
    DEFAULTED = "the default fills a blank"
    OUTSIDE_ORDER = "a stage is not in the order"
    UNCONVERTED = "a value cannot be converted"


class Says(Word):
    SOME = "in each of the events some row of the case does it"
    NO = "in the events no row of the case does it"
    ONLY = "in the events no row does it but those of the case"
    ALWAYS = "in each of the events there are rows of the case, and all do it"


class Claim(NamedTuple):
    """One thing that a sentence says. `side` is the side that is written, None for neither."""

    says: Says
    deed: Deed
    side: Side | None
    events: frozenset[Event]
    case: Case = Case.ANY


class Facts(NamedTuple):
    """The rows of a rule in which it may do something, and what can be asked of them."""

    rows: tuple[Row, ...]
    done: dict[tuple[Deed, Side | None, Case], frozenset[Event]]

    def events(
        self, deed: Deed, side: Side | None = None, case: Case = Case.ANY
    ) -> frozenset[Event]:
        """The events in which some row of the case does it."""
        return self.done.get((deed, side, case), frozenset())

    def holds(self, claim: Claim) -> bool:
        says, deed, side, events, case = claim
        if says is Says.SOME:
            return events <= self.events(deed, side, case)
        if says is Says.NO:
            return not events & self.events(deed, side, case)
        rows = [row for row in self.rows if row.situation.event in events]
        if says is Says.ONLY:
            return all(_fits(case, row, side) for row in rows if (deed, side) in deeds(row))
        found = [row for row in rows if _fits(case, row, side)]
        covered = {row.situation.event for row in found}
        return covered == events and all((deed, side) in deeds(row) for row in found)

    def rows_of(self, case: Case, side: Side | None) -> list[Row]:
        return [row for row in self.rows if _fits(case, row, side)]

    @property
    def busy(self) -> frozenset[Event]:
        """The events on which anything happens."""
        return frozenset(event for _, _, event in self.deeds())

    def deeds(self) -> frozenset[tuple[Deed, Side | None, Event]]:
        """All that the rule ever does, where and when."""
        return frozenset(
            (deed, side, event)
            for (deed, side, case), events in self.done.items()
            if case is Case.ANY
            for event in events
        )


@cache
def facts_of(clauses: Clauses, never_made: frozenset[Side]) -> Facts:
    """What can be asked, where the mapping never makes a record on these sides."""
    rows = tuple(
        row
        for row in table(clauses)
        if row.situation.guard in (None, Truth.HOLDS) and row.situation.made not in never_made
    )
    done: dict[tuple[Deed, Side | None, Case], set[Event]] = {}
    for row in rows:
        for deed, side in deeds(row):
            for case in Case:
                if _fits(case, row, side):
                    done.setdefault((deed, side, case), set()).add(row.situation.event)
    return Facts(rows, {asked: frozenset(events) for asked, events in done.items()})


def some(facts: Facts, side: Side | None, *deeds: Deed, case: Case = Case.ANY) -> tuple[Claim, ...]:
    """Which of these happen to this side, and on which events."""
    found = ((deed, facts.events(deed, side, case)) for deed in deeds)
    return tuple(Claim(Says.SOME, deed, side, events, case) for deed, events in found if events)


def no(side: Side, *deeds: Deed) -> tuple[Claim, ...]:
    """That none of these ever happens to this side."""
    return tuple(Claim(Says.NO, deed, side, frozenset(Event)) for deed in deeds)


def never(*deeds: Deed) -> tuple[Claim, ...]:
    """That none of these ever happens to either side."""
    return tuple(claim for side in Side for claim in no(side, *deeds))


def only(facts: Facts, side: Side, deed: Deed, case: Case) -> Claim:
    """That wherever this happens to this side, it is in this case."""
    return Claim(Says.ONLY, deed, side, facts.events(deed, side), case)


def deeds(row: Row) -> tuple[tuple[Deed, Side | None], ...]:
    """What a row does, and to which side."""
    seen, done = row
    if done.action is Action.CONFLICT:
        return ((Deed.ASKS, None),)
    if done.action is Action.REJECT:
        return ((Deed.REPORTS, None),)
    found = []
    for side in Side:
        if done.side is None or done.side.value not in (side.value, Sides.BOTH.value):
            continue
        if done.action is Action.ADD:
            found.append((Deed.ADDS, side))
        elif done.action is Action.CLEAR:
            found.append((Deed.EMPTIES, side))
        elif seen.event is Event.CREATE:
            found.append((Deed.MAKES, side))
        else:
            blank = seen.content(side) is Content.BLANK
            found.append((Deed.FILLS if blank else Deed.REPLACES, side))
    return tuple(found)


def _fits(case: Case, row: Row, side: Side | None) -> bool:
    seen, done = row
    match case:
        case Case.ANY:
            return True
        case Case.DEFAULTED:
            return done.reason is Reason.DEFAULT
        case Case.UNCONVERTED:
            return done.reason is Reason.CONVERSION
        case Case.OUTSIDE_ORDER:
            return done.reason is Reason.OUTSIDE_ORDER
        case Case.NOT_WRITTEN:
            return seen.written not in (None, Written.YES)
        case Case.DISPUTE:
            return _is_dispute(seen)
        case Case.TWO_VALUES:
            return _is_dispute(seen) and seen.left is Content.VALUE is seen.right
        case Case.BLANK_AND_VALUE:
            return _is_dispute(seen) and {seen.left, seen.right} == {Content.BLANK, Content.VALUE}
        case _:
            return side is not None and _fits_giver(case, seen, side)


def _is_dispute(seen: Situation) -> bool:
    left, right = seen.was_changed(Side.LEFT), seen.was_changed(Side.RIGHT)
    return seen.agree is False and left is right is not False


def _fits_giver(case: Case, seen: Situation, side: Side) -> bool:
    giver = side.other
    changed = seen.was_changed(giver)
    alone = changed is True and seen.was_changed(side) is False
    match case:
        case Case.GIVER_CHANGED:
            return changed is True
        case Case.GIVER_UNCHANGED:
            return changed is False
        case Case.ONE_CHANGED:
            return alone
        case Case.ONE_CHANGED_OR_NEWER:
            return alone or (seen.newer is not None and seen.newer.value == giver.value)
        case Case.GIVER_LATER:
            return seen.rank is (Rank.LATER if giver is Side.LEFT else Rank.EARLIER)
        case Case.GIVER_BLANK:
            blank = seen.content(giver) is Content.BLANK
            return seen.made is None and blank and seen.content(side) is not Content.BLANK
        case _:
            raise AssertionError(case)
