"""What a rule does that writes one side."""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.docs.claims import WRITING, Case, Claim, Deed, Facts, Says, no, only, some
from syncdsl.docs.phrase import Sentence, if_true, moments_of
from syncdsl.situation import Event, Side


def one_way(facts: Facts, side: Side, truths: bool) -> Iterator[Sentence]:
    made, filled, replaced, added, emptied = (facts.events(deed, side) for deed in WRITING)
    wrote = some(facts, side, Deed.MAKES, Deed.FILLS, Deed.REPLACES, Deed.ADDS)
    moments = moments_of(made | filled | replaced | added)
    if not filled | replaced | added | emptied:
        words = (
            "Written once, when the {noun} is created in {to}. An existing {noun} is never changed."
        )
        yield Sentence(words, (*wrote, *no(side, *WRITING[1:])), side)
    elif added:
        yield Sentence(f"Adds to {{to}} what it lacks: {moments}.", wrote, side)
        words = "Nothing that is there is taken away."
        yield from if_true(facts, words, no(side, Deed.REPLACES, Deed.EMPTIES), side)
    elif replaced:
        where = "" if filled else " where {to} has a value"
        changes = facts.rows_of(Case.GIVER_CHANGED, side)
        words = "Follows {giver}" if changes else "Set in {to}"  # a constant never changes
        yield Sentence(f"{words}{where}: {moments}.", wrote, side)
        yield _overwritten(facts, side, truths)
        yield from _blanks(facts, side)
    elif filled:
        once = only(facts, side, Deed.FILLS, Case.NOT_WRITTEN)
        often = ", at most once" if facts.holds(once) else ""
        claims = (*wrote, once) if often else wrote
        yield Sentence(f"Fills a blank in {{to}}{often}: {moments}.", claims, side)
        words = "A value that is there is never overwritten."
        yield from if_true(facts, words, no(side, Deed.REPLACES, Deed.EMPTIES), side)
    claims = some(facts, side, Deed.MAKES, case=Case.DEFAULTED)
    if claims:
        yield Sentence("If it is blank in {giver} then, it becomes {default}.", claims, side)


def _overwritten(facts: Facts, side: Side, truths: bool) -> Sentence:
    replaced = some(facts, side, Deed.REPLACES)
    forward = only(facts, side, Deed.REPLACES, Case.GIVER_LATER)
    if facts.holds(forward):
        words = "A stage in {to} is never replaced by an earlier one."
        if truths:
            words = "A {stays} in {to} is never taken back."
        return Sentence(words, (*replaced, forward), side)
    again = frozenset({Event.REACTIVATION})
    unasked = Claim(Says.SOME, Deed.REPLACES, side, again, Case.GIVER_UNCHANGED)
    if not facts.holds(unasked):
        return Sentence("What {to} holds is overwritten.", replaced, side)
    both = Event.INITIAL in facts.events(Deed.REPLACES, side)
    when = ", at a full pass" if both else " when the sync is switched on again,"
    words = f"What {{to}} holds is overwritten{when} even if nobody has edited anything."
    return Sentence(words, (*replaced, unasked), side)


def _blanks(facts: Facts, side: Side) -> Iterator[Sentence]:
    """What a blank of the giving side does to a value."""
    emptied = facts.events(Deed.EMPTIES, side)
    if not emptied:
        if facts.rows_of(Case.GIVER_BLANK, side):
            yield Sentence("A blank is skipped.", no(side, Deed.EMPTIES), side)
        return
    claims = some(facts, side, Deed.EMPTIES)
    words, expected = "A blank in {giver} empties {to}", facts.events(Deed.REPLACES, side)
    known = only(facts, side, Deed.EMPTIES, Case.GIVER_CHANGED)
    if facts.holds(known):
        words, expected = (
            "What is emptied in {giver} is emptied in {to}",
            expected - {Event.INITIAL},
        )
        claims = (*claims, known)
    if emptied != expected:
        words = f"{words}: {moments_of(emptied)}"
    yield Sentence(f"{words}.", claims, side)
