"""
What a rule does, in a few sentences.

A sentence is a template for names, with the claims that it makes. Each comes from one question to
the rows of the rule's table: which events does it write on, over what, whose value is it, and what
happens where both sides have a claim. So a rule that is written in a way that nobody thought of is
described by what it does. What no sentence has told in the end is told plainly, so that nothing
that a rule can do is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from syncdsl.docs.claims import (
    FULL_PASSES,
    LATER_EVENTS,
    WRITING,
    Case,
    Claim,
    Deed,
    Facts,
    Says,
    facts_of,
)
from syncdsl.policy import Clauses
from syncdsl.situation import Event, Side


class Sentence(NamedTuple):
    """
    Words with places for names: {to} is the system of the side that the sentence is about and
    {giver} the other one, {noun} a record there, {left}, {right}, {stays}, {default}, {order},
    {refused} as the rule has them.
    """

    words: str
    claims: tuple[Claim, ...]
    side: Side = Side.RIGHT


class Sentences(NamedTuple):
    main: tuple[Sentence, ...]
    more: tuple[Sentence, ...]  # what is reported instead of written


@cache
def sentences(clauses: Clauses, never_made: frozenset[Side], truths: bool) -> Sentences:
    """
    What rules with these clauses do, in mappings that never make a record on the given sides.
    `truths`: the stages, if there are any, are true and false.
    """
    facts = facts_of(clauses, never_made)
    written = [side for side in Side if any(facts.events(deed, side) for deed in WRITING)]
    if not written and not facts.events(Deed.ASKS):
        main = [Sentence("Nothing is ever written.", _never(*WRITING))]
    else:
        if len(written) == 1:
            main = [*_one_way(facts, written[0], truths)]
        else:
            main = [*_two_way(facts, truths)]
        main += _quiet(facts, frozenset(written) - never_made)
    more = [*_reported(facts, truths)]
    main += _untold(facts, [*main, *more])
    return Sentences(tuple(main), tuple(more))


# ── one side is written ──────────────────────────────────────────────────────────────────────────


def _one_way(facts: Facts, side: Side, truths: bool) -> Iterator[Sentence]:
    made, filled, replaced, added, emptied = (facts.events(deed, side) for deed in WRITING)
    wrote = _some(facts, side, Deed.MAKES, Deed.FILLS, Deed.REPLACES, Deed.ADDS)
    moments = _moments(made | filled | replaced | added, _change(facts, side))
    if not filled | replaced | added | emptied:
        words = (
            "Written once, when the {noun} is created in {to}. An existing {noun} is never changed."
        )
        yield Sentence(words, (*wrote, *_no(side, *WRITING[1:])), side)
    elif added:
        yield Sentence(f"Adds to {{to}} what it lacks: {moments}.", wrote, side)
        words = "Nothing that is there is taken away."
        yield from _if_true(facts, words, _no(side, Deed.REPLACES, Deed.EMPTIES), side)
    elif replaced:
        where = "" if filled else " where {to} has a value"
        yield Sentence(f"Follows {{giver}}{where}: {moments}.", wrote, side)
        yield _overwritten(facts, side, truths)
        yield from _blanks(facts, side)
    elif filled:
        once = _only(facts, side, Deed.FILLS, Case.NOT_WRITTEN)
        often = ", at most once" if facts.holds(once) else ""
        claims = (*wrote, once) if often else wrote
        yield Sentence(f"Fills a blank in {{to}}{often}: {moments}.", claims, side)
        words = "A value that is there is never overwritten."
        yield from _if_true(facts, words, _no(side, Deed.REPLACES, Deed.EMPTIES), side)
    claims = _some(facts, side, Deed.MAKES, case=Case.DEFAULTED)
    if claims:
        yield Sentence("If it is blank in {giver} then, it becomes {default}.", claims, side)


def _overwritten(facts: Facts, side: Side, truths: bool) -> Sentence:
    replaced = _some(facts, side, Deed.REPLACES)
    forward = _only(facts, side, Deed.REPLACES, Case.GIVER_LATER)
    if facts.holds(forward):
        words = "A stage in {to} is never replaced by an earlier one."
        if truths:
            words = "Once it is {stays} in {to}, no sync takes that back."
        return Sentence(words, (*replaced, forward), side)
    again = frozenset({Event.REACTIVATION})
    unasked = Claim(Says.SOME, Deed.REPLACES, side, again, Case.GIVER_UNCHANGED)
    if not facts.holds(unasked):
        return Sentence("What {to} holds is overwritten.", replaced, side)
    both = Event.INITIAL in facts.events(Deed.REPLACES, side)
    when = "at a full pass" if both else "when the sync is switched on again"
    words = f"What {{to}} holds is overwritten, {when} even if nobody has edited anything."
    return Sentence(words, (*replaced, unasked), side)


def _blanks(facts: Facts, side: Side) -> Iterator[Sentence]:
    """What a blank of the giving side does to a value."""
    emptied = facts.events(Deed.EMPTIES, side)
    if not emptied:
        if facts.rows_of(Case.GIVER_BLANK, side):
            yield Sentence("A blank is skipped.", _no(side, Deed.EMPTIES), side)
        return
    claims = _some(facts, side, Deed.EMPTIES)
    words, expected = "A blank in {giver} empties {to}", facts.events(Deed.REPLACES, side)
    known = _only(facts, side, Deed.EMPTIES, Case.GIVER_CHANGED)
    if facts.holds(known):
        words, expected = (
            "What is emptied in {giver} is emptied in {to}",
            expected - {Event.INITIAL},
        )
        claims = (*claims, known)
    if emptied != expected:
        words = f"{words}: {_moments(emptied, _change(facts, side))}"
    yield Sentence(f"{words}.", claims, side)


# ── both sides are written ───────────────────────────────────────────────────────────────────────


def _two_way(facts: Facts, truths: bool) -> Iterator[Sentence]:
    replaced = [facts.events(Deed.REPLACES, side) for side in Side]
    forward = [_only(facts, side, Deed.REPLACES, Case.GIVER_LATER) for side in Side]
    if not any(facts.events(deed, side) for deed in WRITING[1:] for side in Side):
        words = "Written once, when a record is created. An existing record is never changed."
        claims = [_some(facts, side, Deed.MAKES) for side in Side]
        yield Sentence(words, (*claims[0], *claims[1], *_never(*WRITING[1:])))
        return
    if any(facts.events(Deed.ADDS, side) for side in Side):
        yield from _each(facts, "Each side gets what it lacks: {moments}.", (Deed.FILLS, Deed.ADDS))
        words = "Nothing that is there is taken away."
        yield from _if_true(facts, words, _never(Deed.REPLACES, Deed.EMPTIES))
    elif not any(replaced):
        once = [_only(facts, side, Deed.FILLS, Case.NOT_WRITTEN) for side in Side]
        often = ", at most once" if all(map(facts.holds, once)) else ""
        words = f"A blank side is filled from the other{often}: {{moments}}."
        yield from _each(facts, words, (Deed.FILLS,), more=tuple(once) if often else ())
        words = "A value that is there is never overwritten."
        yield from _if_true(facts, words, _never(Deed.REPLACES, Deed.EMPTIES))
    elif all(map(facts.holds, forward)):
        words = "The later stage goes to the other side: {moments}. No stage goes back."
        if truths:
            words = "Once one side is {stays}, both are: {moments}. No sync takes that back."
        yield from _each(facts, words, (Deed.REPLACES,), more=tuple(forward))
        yield from _each(facts, "A blank is filled from the other side.", (Deed.FILLS,))
    else:
        yield from _changes(facts)
        yield from _dispute(facts)
        yield from _two_way_blanks(facts)
    yield from _created(facts)


def _each(
    facts: Facts,
    words: str,
    deeds: tuple[Deed, ...],
    case: Case = Case.ANY,
    more: tuple[Claim, ...] = (),
) -> Iterator[Sentence]:
    """A sentence about both sides, if the same happens to both."""
    found = [[facts.events(deed, side, case) for deed in deeds] for side in Side]
    if found[0] == found[1] and any(found[0]):
        moments = _moments(frozenset().union(*found[0]), "at every change")
        claims = [_some(facts, side, *deeds, case=case) for side in Side]
        yield Sentence(words.replace("{moments}", moments), (*claims[0], *claims[1], *more))


def _changes(facts: Facts) -> Iterator[Sentence]:
    """What happens to a change that only one side has made."""
    deeds = Deed.FILLS, Deed.REPLACES
    both = [*_each(facts, "A change on one side goes to the other.", deeds, Case.ONE_CHANGED)]
    yield from both
    for side in () if both else Side:
        claims = _some(facts, side, *deeds, case=Case.ONE_CHANGED)
        if claims:
            yield Sentence("A change in {giver} goes to {to}.", claims, side)


def _dispute(facts: Facts) -> Iterator[Sentence]:
    """What happens where both sides were changed, or nobody knows."""
    fills = [*_each(facts, "a blank is filled", (Deed.FILLS,), Case.DISPUTE)]
    values = [*_two_values(facts)]
    parts = [*fills, *values]
    if not parts:
        return
    rows = facts.rows_of(Case.TWO_VALUES, None) if values else facts.rows_of(Case.DISPUTE, None)
    events = {row.situation.event for row in rows if row.situation.event in _busy(facts)}
    where = "Where both sides were changed, or nobody knows which one was"
    if events == {Event.INITIAL}:
        where = "At the first full pass"
    elif Event.INITIAL in events:
        where += " (as at the first full pass)"
    words = f"{where}, {' and '.join(part.words for part in parts)}."
    side = values[0].side if values else Side.RIGHT
    yield Sentence(words, tuple(claim for part in parts for claim in part.claims), side)


def _two_values(facts: Facts) -> Iterator[Sentence]:
    """The part of the sentence about a dispute that tells of two values."""
    busy = _busy(facts)
    rows = facts.rows_of(Case.TWO_VALUES, None)
    events = frozenset(row.situation.event for row in rows) & busy
    if not events:
        return
    for side in Side:
        wins = Claim(Says.ALWAYS, Deed.REPLACES, side, events, Case.TWO_VALUES)
        if facts.holds(wins):
            yield Sentence("the value of {giver} overwrites that of {to}", (wins,), side)
            return
    asks = Claim(Says.ALWAYS, Deed.ASKS, None, events, Case.TWO_VALUES)
    if facts.holds(asks):
        words = "two different values wait for a person"
        blanks = Claim(Says.ALWAYS, Deed.ASKS, None, events, Case.BLANK_AND_VALUE)
        if facts.holds(blanks):
            words = "two different values, or a value and a blank, wait for a person"
            yield Sentence(words, (asks, blanks))
        else:
            yield Sentence(words, (asks,))
        return
    newer = [_only(facts, side, Deed.REPLACES, Case.ONE_CHANGED_OR_NEWER) for side in Side]
    unknown = Claim(Says.SOME, Deed.ASKS, None, events, Case.TWO_VALUES)
    both = [
        claim for side in Side for claim in _some(facts, side, Deed.REPLACES, case=Case.TWO_VALUES)
    ]
    if len(both) == 2 and all(map(facts.holds, (*newer, unknown))):
        words = (
            "the more recent of two values goes to the other side; "
            "if it is not known which one that is, a person decides"
        )
        yield Sentence(words, (*newer, unknown, *both))


def _two_way_blanks(facts: Facts) -> Iterator[Sentence]:
    if not any(facts.events(Deed.EMPTIES, side) for side in Side):
        if any(facts.rows_of(Case.GIVER_BLANK, side) for side in Side):
            yield Sentence("A blank takes nothing away.", _never(Deed.EMPTIES))
        return
    yield from _each(
        facts,
        "What is emptied on one side is emptied on the other.",
        (Deed.EMPTIES,),
        Case.ONE_CHANGED,
    )
    for side in Side:
        disputed = facts.events(Deed.EMPTIES, side, Case.DISPUTE)
        if disputed:
            claim = Claim(Says.SOME, Deed.EMPTIES, side, disputed, Case.DISPUTE)
            words = "A blank in {giver} can empty {to} where both were changed"
            if Event.INITIAL in disputed:
                words = f"{words}, or nobody knows which one was"
            yield Sentence(f"{words}.", (claim,), side)


def _created(facts: Facts) -> Iterator[Sentence]:
    words = "A record that is created gets the value of the other side."
    both = [*_each(facts, words, (Deed.MAKES,))]
    yield from both
    for side in () if both else Side:
        claims = _some(facts, side, Deed.MAKES)
        if claims:
            words = "A {noun} that is created in {to} gets the value of {giver}."
            yield Sentence(words, claims, side)


# ── what is reported, what does not happen, what was not told ────────────────────────────────────


def _reported(facts: Facts, truths: bool) -> Iterator[Sentence]:
    outside = "What is neither true nor false" if truths else "A stage that is not in {order}"
    for case, words in (
        (Case.UNCONVERTED, "A value that {refused}"),
        (Case.OUTSIDE_ORDER, outside),
    ):
        claims = _some(facts, None, Deed.REPORTS, case=case)
        if claims:
            yield Sentence(f"{words} is reported, and nothing is written.", claims)


def _quiet(facts: Facts, made: frozenset[Side]) -> Iterator[Sentence]:
    """The events on which nothing happens, for who wants to be sure of that."""
    busy = _busy(facts)
    if not busy & set(LATER_EVENTS):
        return  # it was told that only records that are made are written
    quiet = frozenset(Event) - busy - (frozenset() if made else {Event.CREATE})
    if quiet:
        one = len(made) == 1
        words = _moments(quiet, "at a live change", "or").replace("every", "a")
        words = words if one else words.replace("the {noun}", "a record")
        claims = tuple(
            Claim(Says.NO, deed, side, quiet)
            for deed in Deed
            for side in (Side if deed in WRITING else (None,))
        )
        yield Sentence(f"Nothing happens {words}.", claims, *made if one else ())


def _untold(facts: Facts, told: list[Sentence]) -> Iterator[Sentence]:
    """What happens and is in no sentence yet."""
    covered = {
        (claim.deed, claim.side, event)
        for sentence in told
        for claim in sentence.claims
        if claim.says in (Says.SOME, Says.ALWAYS)
        for event in claim.events
    }
    left = facts.deeds() - covered
    for deed, words in _PLAINLY.items():
        for side in (None, *Side):
            events = frozenset(event for one, where, event in left if (one, where) == (deed, side))
            if events:
                moments = _moments(events, "at a change", "or").replace("every", "a")
                claim = Claim(Says.SOME, deed, side, events)
                yield Sentence(words.replace("{moments}", moments), (claim,), side or Side.RIGHT)


_PLAINLY = {
    Deed.MAKES: "A {noun} that is created in {to} gets the value of {giver}.",
    Deed.FILLS: "A blank in {to} can be filled {moments}.",
    Deed.REPLACES: "A value in {to} can be overwritten {moments}.",
    Deed.ADDS: "What {to} lacks can be added {moments}.",
    Deed.EMPTIES: "A value in {to} can be emptied {moments}.",
    Deed.ASKS: "A person may have to decide {moments}.",
    Deed.REPORTS: "A record may be reported {moments}.",
}


# ── claims and words ─────────────────────────────────────────────────────────────────────────────


def _some(
    facts: Facts, side: Side | None, *deeds: Deed, case: Case = Case.ANY
) -> tuple[Claim, ...]:
    """Which of these happen to this side, and on which events."""
    found = ((deed, facts.events(deed, side, case)) for deed in deeds)
    return tuple(Claim(Says.SOME, deed, side, events, case) for deed, events in found if events)


def _no(side: Side, *deeds: Deed) -> tuple[Claim, ...]:
    return tuple(Claim(Says.NO, deed, side, frozenset(Event)) for deed in deeds)


def _never(*deeds: Deed) -> tuple[Claim, ...]:
    return tuple(claim for side in Side for claim in _no(side, *deeds))


def _only(facts: Facts, side: Side, deed: Deed, case: Case) -> Claim:
    return Claim(Says.ONLY, deed, side, facts.events(deed, side), case)


def _if_true(
    facts: Facts, words: str, claims: tuple[Claim, ...], side: Side = Side.RIGHT
) -> Iterator[Sentence]:
    if all(map(facts.holds, claims)):
        yield Sentence(words, claims, side)


def _busy(facts: Facts) -> frozenset[Event]:
    """The events on which anything happens."""
    return frozenset(event for _, _, event in facts.deeds())


def _change(facts: Facts, side: Side) -> str:
    """A live change in words: a constant, which never changes, is written if nobody knows that."""
    for case in (Case.GIVER_CHANGED, Case.GIVER_UNCHANGED):
        if any(Event.UPDATE in facts.events(deed, side, case) for deed in WRITING):
            return "at every change"
    return "at a change, where the sync cannot tell what was edited"


def _moments(events: frozenset[Event], change: str, last: str = "and") -> str:
    parts = []
    if Event.CREATE in events:
        parts.append("when the {noun} is created")
    if Event.UPDATE in events:
        parts.append(change)
    if events >= set(FULL_PASSES):
        parts.append("at every full pass")
    elif Event.INITIAL in events:
        parts.append("at the first full pass")
    elif Event.REACTIVATION in events:
        parts.append("when the sync is switched on again")
    return f" {last} ".join([*filter(None, [", ".join(parts[:-1])]), *parts[-1:]])
