"""What sentences are made of: words with places for names, and the claims that they make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.docs.claims import FULL_PASSES, Claim, Facts
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


def if_true(
    facts: Facts, words: str, claims: tuple[Claim, ...], side: Side = Side.RIGHT
) -> Iterator[Sentence]:
    if all(map(facts.holds, claims)):
        yield Sentence(words, claims, side)


def moments_of(events: frozenset[Event], change: str = "at every change", last: str = "and") -> str:
    """The events in words."""
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
