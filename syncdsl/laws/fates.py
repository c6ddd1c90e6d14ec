"""
The laws of a mapping: what becomes of records that are deleted, restored, merged, or that leave the
scope.

Each law is asked of every pass that some history leads to (`life`). As the nearest states come
first, what is found is a shortest history, and if nothing is found there is none, of whatever
length. Whether a line of the mapping says so is asked by leaving it out: if the law is kept then,
it was that line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from syncdsl.laws.customs import Customs, customs_of
from syncdsl.laws.life import (
    PASS,
    Life,
    Lived,
    Memorised,
    Passed,
    State,
    Step,
    Where,
    World,
    living,
    look,
)
from syncdsl.policy import Mapping
from syncdsl.semantics.pair import Ref
from syncdsl.situation import Side, Word


class Fate(Word):
    """What may hold of the records of a mapping, in the words of its card."""

    STAYS_DELETED = "a deleted record stays deleted"
    TAKES_NONE_ALONG = "a deletion takes no other record along"
    MERGE_IS_QUIET = "a merge deletes no other record and makes none"
    MERGE_GOES_ON = "what is left of a merge goes on being synced"
    STAYS_TOGETHER = "records that belong together find each other again"
    ONE_PARTNER = "no second record is made of one that is there"
    OUTSIDE_IS_LEFT = "a record that leaves the scope is no longer written"


class Moment(NamedTuple):
    """A state, and what happens in it."""

    state: State
    step: Step


class Broken(NamedTuple):
    """The shortest history that breaks a law. Its last step is the pass in which that is seen."""

    law: Fate
    moments: tuple[Moment, ...]
    passed: Passed
    side: Side  # of the record that is not what the law promises


class Kept(NamedTuple):
    """Whether a law is kept. None: it is."""

    law: Fate
    broken: Broken | None  # by an engine that remembers which records belong together
    forgetful: Broken | None  # by one that does not, where the other one keeps it


def card(customs: Customs) -> tuple[Kept, ...]:
    """The laws that say something of a mapping, in the order in which a reader should meet them."""
    return tuple(_kept(customs, law) for law in Fate if _comes_up(customs, law))


def _kept(customs: Customs, law: Fate) -> Kept:
    broken = breach_of(customs, law)
    return Kept(law, broken, None if broken else breach_of(customs, law, engine=Memorised.NOTHING))


def breach_of(
    customs: Customs,
    law: Fate,
    *,
    side: Side | None = None,
    engine: Memorised = Memorised.LINKS,
) -> Broken | None:
    """How mappings with these customs break a law, on a side or on any; None: they keep it."""
    if customs.delete == "ignored" and law in _OF_DELETIONS and engine is Memorised.LINKS:
        return None  # most mappings are like that; our tests search them all
    for broken in breaches(customs, engine):
        if broken.law is law and side in (None, broken.side):
            return broken
    return _beside_another(customs, law, engine) if law in WITH_ANOTHER else None


_OF_DELETIONS = frozenset({Fate.STAYS_DELETED, Fate.TAKES_NONE_ALONG, Fate.MERGE_IS_QUIET})

# The laws to which it can matter that there is another record with the same key.
WITH_ANOTHER = frozenset({Fate.MERGE_GOES_ON, Fate.STAYS_TOGETHER})


def because_of(mapping: Mapping, law: Fate) -> str | None:
    """The line of a mapping that says that a law is not kept, if one does."""
    customs = customs_of(mapping)
    if mapping.delete_span is not None and customs.delete != "ignored":
        if breach_of(customs._replace(delete="ignored"), law) is None:
            return f"delete {customs.delete}"
    scope = customs.scope
    if scope is not None and not scope.stops:
        if breach_of(customs._replace(scope=scope._replace(stops=True)), law) is None:
            return "leaving keeps"
    return None


def _comes_up(customs: Customs, law: Fate) -> bool:
    match law:
        case Fate.STAYS_DELETED | Fate.ONE_PARTNER:
            return bool(customs.makes)
        case Fate.MERGE_GOES_ON:
            return customs.matches
        case Fate.OUTSIDE_IS_LEFT:
            return customs.scope is not None
        case Fate.TAKES_NONE_ALONG | Fate.MERGE_IS_QUIET | Fate.STAYS_TOGETHER:
            return True


# ── the search ───────────────────────────────────────────────────────────────────────────────────


@cache
def breaches(customs: Customs, engine: Memorised) -> tuple[Broken, ...]:
    """
    The laws that are not kept where no other record has the same key, once for each side on which
    that shows.
    """
    life, lived = Life(customs, engine, others=0), Lived({}, {})
    found: dict[tuple[Fate, Side], Broken] = {}
    for state, passed in living(life, lived):
        for law, side in broken_by(life, state, passed):
            if (law, side) not in found:
                found[law, side] = Broken(law, history_to(lived, state), passed, side)
    return tuple(found.values())


@cache
def _beside_another(customs: Customs, law: Fate, engine: Memorised) -> Broken | None:
    """How a law is broken where another record may have the same key."""
    life, lived = Life(customs, engine), Lived({}, {})
    until = World.misses_one if law is Fate.STAYS_TOGETHER else World.is_over
    for state, passed in living(life, lived, until=until):
        for broken, side in _broken_beside(life, state, passed):
            if broken is law:
                return Broken(law, history_to(lived, state), passed, side)
    return None


def broken_by(life: Life, state: State, passed: Passed) -> Iterator[tuple[Fate, Side]]:
    """The laws that a pass breaks, each with the side of the record that shows it."""
    world = state.world
    for side in Side:
        partner = Ref(side.other, 0)
        returns, takes_along = partner in passed.sources, partner in passed.deleted
        match world.watched(side).where:
            case Where.HERE if returns:
                yield Fate.ONE_PARTNER, side
            case Where.BIN if returns and state.met and world.missed is side:
                yield Fate.STAYS_DELETED, side
            case Where.BIN if takes_along:
                yield Fate.TAKES_NONE_ALONG, side.other
            case Where.GONE if state.met and (returns or takes_along):
                yield Fate.MERGE_IS_QUIET, side if returns else side.other
            case _:
                pass
    if passed.asked and not world.fits:
        yield Fate.OUTSIDE_IS_LEFT, _receiver(life)
    yield from _broken_beside(life, state, passed)


def _broken_beside(life: Life, state: State, passed: Passed) -> Iterator[tuple[Fate, Side]]:
    """The same, of the laws to which another record with the same key can matter."""
    left, right = state.world.left[0].where, state.world.right[0].where
    if left is right is Where.HERE and state.met and state.world.fits and not passed.together:
        yield Fate.STAYS_TOGETHER, _receiver(life)
    for side, where in ((Side.LEFT, left), (Side.RIGHT, right)):
        if where is Where.GONE and _leaves_one_over(life, passed, side):
            yield Fate.MERGE_GOES_ON, side


def _receiver(life: Life) -> Side:
    return Side.RIGHT if life.customs.arrow.gives(Side.LEFT) else Side.LEFT


def _leaves_one_over(life: Life, passed: Passed, side: Side) -> bool:
    """
    Of two records of this side one was merged into the other. Is the one that is left on its own
    from then on, though there is one with the same key on the other side?
    """
    world = passed.state.world
    ones, others = world.of(side), world.of(side.other)
    if not (len(ones) == 2 and len(others) == 1 and world.fits and life.customs.matches):
        return False
    left_over, partner = ones[1], others[0]
    if not all(one.where is Where.HERE and one.keyed for one in (left_over, partner)):
        return False
    linked = any(link.refs[side is Side.RIGHT].id == 1 for link in passed.known)
    return not linked and look(life, passed.state).state == passed.state


def history_to(lived: Lived, last: State) -> tuple[Moment, ...]:
    """The shortest history that leads to a state, and the pass there."""
    moments = [Moment(last, PASS)]
    came = lived.came[last]
    while came.source is not None:
        moments.append(Moment(came.source, came.step))
        came = lived.came[came.source]
    return tuple(moments[::-1])
