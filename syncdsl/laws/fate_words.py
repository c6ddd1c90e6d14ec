"""
What becomes of records, in words, with the names of a mapping's systems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from syncdsl.diagnostic import Story
from syncdsl.laws.fates import Broken, Fate, Moment
from syncdsl.laws.life import Act, Where, World
from syncdsl.policy import Mapping
from syncdsl.situation import Side


def tell(mapping: Mapping, broken: Broken) -> Story:
    """The history that breaks a law, step by step, and how it ends."""
    names = names_of(mapping)
    return Story(tuple(_steps(names, broken)), _after(names, broken))


def names_of(mapping: Mapping) -> dict[Side, str]:
    """What to call the two sides."""
    return {side: f"`{mapping.end(side)[0]}`" for side in Side}


def _steps(names: dict[Side, str], broken: Broken) -> Iterator[str]:
    first, *others = broken.moments
    yield _first(names, first)
    yield from goes_on(names, others if first.step.act is Act.PASS else broken.moments)


def goes_on(names: dict[Side, str], moments: Sequence[Moment]) -> Iterator[str]:
    """What happens after the first sync."""
    for moment in moments:
        yield "sync" if moment.step.act is Act.PASS else _act(names, moment)


def _first(names: dict[Side, str], first: Moment) -> str:
    world = first.state.world
    if first.state.links:
        return "two records are linked"
    for side in Side:
        if world.watched(side).where is Where.NOWHERE:
            return f"first sync, a record is there in {names[side.other]} only"
    return "first sync, a record is there in both"


def _act(names: dict[Side, str], moment: Moment) -> str:
    side, world = moment.step.side, moment.state.world
    if side is None:
        leaves = moment.step.act is Act.OUT
        return "it leaves the scope" if leaves else "it comes back into the scope"
    name, beside = names[side], _beside(world, side)
    match moment.step.act:
        case Act.ENTER:
            second = "a second one" if world.watched(side).where is Where.HERE else "another one"
            return f"{second} with the same key is entered in {name}"
        case Act.TAKE:
            return f"the other one in {name} is deleted"
        case Act.DELETE:
            return f"{'the first' if beside else 'the record'} in {name} is deleted"
        case Act.RESTORE:
            return f"the deleted record in {name} is restored"
        case Act.MERGE | Act.PASS | Act.OUT | Act.BACK:  # the last three have no side
            into = "the second" if beside else "another one"
            return f"{'the first' if beside else 'the record'} in {name} is merged into {into}"


def _beside(world: World, side: Side) -> bool:
    return any(one.where is Where.HERE for one in world.of(side)[1:])


def _after(names: dict[Side, str], broken: Broken) -> str:
    name, other = names[broken.side], names[broken.side.other]
    match broken.law:
        case Fate.STAYS_DELETED:
            return f"it is made again in {name}, from its partner in {other}"
        case Fate.TAKES_NONE_ALONG:
            return f"its partner in {name} is deleted too"
        case Fate.MERGE_IS_QUIET if broken.passed.deleted:
            return f"its partner in {name} is deleted, with all that hangs on it"
        case Fate.MERGE_IS_QUIET:
            return f"what was merged is made again in {name}, from its partner in {other}"
        case Fate.MERGE_GOES_ON:
            return f"the one that is left in {name} has no partner in {other}, and is not synced"
        case Fate.STAYS_TOGETHER:
            return f"the records in {other} and {name} are no longer known to belong together"
        case Fate.ONE_PARTNER:
            return f"a second record is made in {name}"
        case Fate.OUTSIDE_IS_LEFT:
            return f"what is edited in {other} is still written to {name}"
