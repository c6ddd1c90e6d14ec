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
    LATER_EVENTS,
    WRITING,
    Case,
    Claim,
    Deed,
    Facts,
    Says,
    facts_of,
    never,
    some,
)
from syncdsl.docs.one_way import one_way
from syncdsl.docs.phrase import Sentence, moments_of
from syncdsl.docs.two_way import dispute, two_way
from syncdsl.policy import Clauses
from syncdsl.situation import Event, Side


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
    main: list[Sentence] = []
    if not written:
        main += [Sentence("Nothing is ever written.", never(*WRITING)), *dispute(facts)]
    elif len(written) == 1:
        main += one_way(facts, written[0], truths)
    else:
        main += two_way(facts, truths)
    main += _quiet(facts, frozenset(written) - never_made)
    more = [*_reported(facts, truths)]
    main += _untold(facts, [*main, *more])
    return Sentences(tuple(main), tuple(more))


def _reported(facts: Facts, truths: bool) -> Iterator[Sentence]:
    outside = "What is neither true nor false" if truths else "A stage that is not in {order}"
    for case, words in (
        (Case.UNCONVERTED, "A value that {refused}"),
        (Case.OUTSIDE_ORDER, outside),
    ):
        claims = some(facts, None, Deed.REPORTS, case=case)
        if claims:
            yield Sentence(f"{words} is reported, and nothing is written.", claims)


def _quiet(facts: Facts, made: frozenset[Side]) -> Iterator[Sentence]:
    """The events on which nothing happens, for who wants to be sure of that."""
    busy = facts.busy
    if not busy & set(LATER_EVENTS):
        return  # it was told that only records that are made are written
    quiet = frozenset(Event) - busy - (frozenset() if made else {Event.CREATE})
    if quiet:
        one = len(made) == 1
        words = moments_of(quiet, "at a live change", "or").replace("every", "a")
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
                moments = moments_of(events, "at a change", "or").replace("every", "a")
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
