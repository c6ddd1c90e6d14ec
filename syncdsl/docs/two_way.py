"""What a rule does that writes both sides."""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.docs.claims import WRITING, Case, Claim, Deed, Facts, Says, never, only, some
from syncdsl.docs.phrase import Sentence, if_true, moments_of
from syncdsl.situation import Event, Side


def two_way(facts: Facts, truths: bool) -> Iterator[Sentence]:
    replaced = [facts.events(Deed.REPLACES, side) for side in Side]
    forward = [only(facts, side, Deed.REPLACES, Case.GIVER_LATER) for side in Side]
    if not any(facts.events(deed, side) for deed in WRITING[1:] for side in Side):
        words = "Written once, when a record is created. An existing record is never changed."
        claims = [some(facts, side, Deed.MAKES) for side in Side]
        yield Sentence(words, (*claims[0], *claims[1], *never(*WRITING[1:])))
        return
    if any(facts.events(Deed.ADDS, side) for side in Side):
        yield from _each(facts, "Each side gets what it lacks: {moments}.", (Deed.FILLS, Deed.ADDS))
        words = "Nothing that is there is taken away."
        yield from if_true(facts, words, never(Deed.REPLACES, Deed.EMPTIES))
    elif not any(replaced) and not facts.events(Deed.ASKS):
        once = [only(facts, side, Deed.FILLS, Case.NOT_WRITTEN) for side in Side]
        often = ", at most once" if all(map(facts.holds, once)) else ""
        words = f"A blank side is filled from the other{often}: {{moments}}."
        yield from _each(facts, words, (Deed.FILLS,), more=tuple(once) if often else ())
        words = "A value that is there is never overwritten."
        yield from if_true(facts, words, never(Deed.REPLACES, Deed.EMPTIES))
    elif any(replaced) and all(map(facts.holds, forward)):
        words = "The later stage goes to the other side: {moments}. No stage goes back."
        if truths:
            words = "A {stays} goes to the other side: {moments}. No sync takes it back."
        yield from _each(facts, words, (Deed.REPLACES,), more=tuple(forward))
        yield from _each(facts, "A blank is filled from the other side.", (Deed.FILLS,))
    else:
        words = "A change on one side goes to the other."
        yield from _each(facts, words, (Deed.FILLS, Deed.REPLACES), Case.ONE_CHANGED)
        yield from dispute(facts)
        words = "A value that is there is never overwritten."
        yield from if_true(facts, words, never(Deed.REPLACES, Deed.EMPTIES))
        yield from _blanks(facts)
    yield from _created(facts)


def _each(
    facts: Facts,
    words: str,
    deeds: tuple[Deed, ...],
    case: Case = Case.ANY,
    more: tuple[Claim, ...] = (),
) -> Iterator[Sentence]:
    """A sentence about both sides, if the same happens to both."""
    left, right = (
        frozenset(event for deed in deeds for event in facts.events(deed, side, case))
        for side in Side
    )
    if left == right != frozenset():
        claims = [claim for side in Side for claim in some(facts, side, *deeds, case=case)]
        words = words.replace("{moments}", moments_of(left))
        yield Sentence(words, (*claims, *more))


def dispute(facts: Facts) -> Iterator[Sentence]:
    """What happens where both sides were changed, or nobody knows."""
    fills = [*_each(facts, "a blank is filled", (Deed.FILLS,), Case.DISPUTE)]
    values = [*_two_values(facts)]
    parts = [*fills, *values]
    if not parts:
        return
    rows = facts.rows_of(Case.TWO_VALUES, None) if values else facts.rows_of(Case.DISPUTE, None)
    events = {row.situation.event for row in rows if row.situation.event in facts.busy}
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
    busy = facts.busy
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
    newer = [only(facts, side, Deed.REPLACES, Case.ONE_CHANGED_OR_NEWER) for side in Side]
    unknown = Claim(Says.SOME, Deed.ASKS, None, events, Case.TWO_VALUES)
    both = [
        claim for side in Side for claim in some(facts, side, Deed.REPLACES, case=Case.TWO_VALUES)
    ]
    if len(both) == 2 and all(map(facts.holds, (*newer, unknown))):
        words = (
            "the more recent of two values goes to the other side; "
            "if it is not known which one that is, a person decides"
        )
        yield Sentence(words, (*newer, unknown, *both))


def _blanks(facts: Facts) -> Iterator[Sentence]:
    if not any(facts.events(Deed.EMPTIES, side) for side in Side):
        if any(facts.rows_of(Case.GIVER_BLANK, side) for side in Side):
            yield Sentence("A blank takes nothing away.", never(Deed.EMPTIES))
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
        claims = some(facts, side, Deed.MAKES)
        if claims:
            words = "A {noun} that is created in {to} gets the value of {giver}."
            yield Sentence(words, claims, side)
