"""
The life of two records that belong together: all that people and passes can do to them.

That is a matter of the mapping, not of its rules. So a mapping is looked at as its *customs*, and a
pass is one of `semantics.run` itself over the stand-in that has these customs and no rules: what
pairs, is made and is deleted is not written a second time.

Two records are *watched*, one on each side, and beside them there may be one *other* with the same
key, on either side: a duplicate that somebody enters, or what a pass has made. A state is where
each of them is, whether the scope takes them, and what the engine knows of who belongs to whom.
People delete the watched records, restore them, merge them into others, take them out of the scope
and back; others they enter and take away.

Records with other keys need not be there. No step of a pass looks at two keys at once, but for
links, and a link is one of two records; so what has another key has a life of its own. That a
record is merged into one with another key is, for its partner, the same as if it were gone. Nor do
more others show more: two records of one key are as ambiguous as three. A state that has more is
looked at, and not left; a test leaves it, and finds the same.

A live pass and a full one pair, make and delete alike, so here a pass is a pass.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from syncdsl.laws.customs import ASKED, FITS, KEY, Customs, stand_in
from syncdsl.semantics.pair import Link, Memory, Records, Ref
from syncdsl.semantics.run import Pass, run
from syncdsl.situation import Event, Side, Word

OTHERS = 1  # records beside the watched ones, from which people go on


class Where(Word):
    """Where a record is."""

    NOWHERE = "there has never been one"
    HERE = "it is there"
    BIN = "it was deleted, and can be restored"
    GONE = "it was merged into another one, or nobody will restore it"


class One(NamedTuple):
    """A record."""

    where: Where = Where.HERE
    keyed: bool = True  # it has the key; one that is made may have none


class World(NamedTuple):
    """What is there, whatever an engine knows. The first record of a side is the watched one."""

    left: tuple[One, ...]
    right: tuple[One, ...]
    fits: bool = True  # the scope takes the watched records
    missed: Side | None = None  # whose watched record was deleted while its partner was there

    def of(self, side: Side) -> tuple[One, ...]:
        return self.left if side is Side.LEFT else self.right

    def watched(self, side: Side) -> One:
        return self.of(side)[0]

    @property
    def others(self) -> int:
        return len(self.left) + len(self.right) - 2

    def is_over(self) -> bool:
        """Is there no watched record, and can none come back?"""
        return self.left[0].where in _NEVER and self.right[0].where in _NEVER

    def misses_one(self) -> bool:
        """Is one of the watched records gone for good?"""
        return Where.GONE in (self.left[0].where, self.right[0].where)


_NEVER = (Where.NOWHERE, Where.GONE)


class State(NamedTuple):
    world: World
    links: tuple[Link, ...] = ()  # what the engine knows; records by their numbers
    met: bool = False  # the watched records have been known to belong together


class Act(Word):
    """What can happen to records."""

    PASS = "the engine looks at all records"
    ENTER = "somebody enters a record that has the same key"
    TAKE = "somebody takes it away, by deleting or merging it"
    DELETE = "somebody deletes the watched record"
    RESTORE = "somebody restores it"
    MERGE = "somebody merges it into another one"
    OUT = "the watched records are taken out of the scope"
    BACK = "they are taken back into it"


class Step(NamedTuple):
    act: Act
    side: Side | None = None


PASS = Step(Act.PASS)


class Passed(NamedTuple):
    """A pass: the state that it leaves, and what it has done."""

    state: State
    made: tuple[Ref, ...]
    sources: tuple[Ref, ...]  # from which they were made
    deleted: tuple[Ref, ...]
    asked: bool  # the rules were asked about the watched records
    known: tuple[Link, ...]  # all that it knew to belong together, whatever is kept of that

    @property
    def together(self) -> bool:
        """Are the watched records known to belong together?"""
        return any(link.left == link.right == 0 for link in self.known)


class Memorised(Word):
    """Which records an engine knows to belong together."""

    LINKS = "an engine that remembers which records belong together"
    NOTHING = "an engine that finds out at each pass which records belong together"


class Life(NamedTuple):
    """The customs of a mapping, on an engine."""

    customs: Customs
    engine: Memorised = Memorised.LINKS
    others: int = OTHERS


class Came(NamedTuple):
    """How a state was first come to. `source` is None at the beginning of a history."""

    source: State | None
    step: Step
    length: int  # of the history, in steps


class Lived(NamedTuple):
    """The states that histories lead to, the nearest first, and the pass from each of them."""

    came: dict[State, Came]
    passes: dict[State, Passed]


def explore(life: Life) -> Lived:
    lived = Lived({}, {})
    for _ in living(life, lived):
        pass
    return lived


def living(
    life: Life, lived: Lived, *, until: Callable[[World], bool] = World.is_over
) -> Iterator[tuple[State, Passed]]:
    """
    Each state with the pass from it, the nearest first; who has seen enough stops asking. What
    follows a world in which `until` holds is not asked for.
    """
    came, passes = lived
    came.update({start: Came(None, PASS, 0) for start in starts(life)})
    waiting = deque(came)
    while waiting:
        state = waiting.popleft()
        passed = passes[state] = look(life, state)
        yield state, passed
        if state.world.others > life.others or until(state.world):
            continue
        length = came[state].length + 1
        for step, target in ((PASS, passed.state), *following(life, state)):
            if target not in came:
                came[target] = Came(state, step, length)
                waiting.append(target)


def starts(life: Life) -> Iterator[State]:
    """What may be there when a history begins."""
    one, none = (One(),), (One(Where.NOWHERE),)
    yield State(World(one, one))
    if not life.customs.matches and life.engine is Memorised.LINKS:
        yield State(World(one, one), (Link(0, 0),), met=True)  # something else has linked them
    yield State(World(one, none))
    yield State(World(none, one))


def following(life: Life, state: State) -> list[tuple[Step, State]]:
    """All that people can do next."""
    world, links, met = state
    asked = () if life.customs.scope is None else life.customs.scope.reads
    return [
        (step, _known(life, State(after, links, met), step.act))
        for step, after in _changes(world, life.others, asked)
    ]


# ── what people do ───────────────────────────────────────────────────────────────────────────────


@lru_cache(4096)
def _changes(world: World, others: int, asked: tuple[Side, ...]) -> tuple[tuple[Step, World], ...]:
    """What people can do. The scope asks something of the records of some sides."""
    steps = [Step(act, side) for side in Side for act in _acts(world, side, others)]
    if any(world.watched(side).where is Where.HERE for side in asked):
        steps.append(Step(Act.OUT if world.fits else Act.BACK))
    return tuple((step, _changed(world, step)) for step in steps)


def _acts(world: World, side: Side, others: int) -> Iterator[Act]:
    watched, *beside = world.of(side)
    if world.others < others:
        yield Act.ENTER
    if watched.where is Where.BIN:
        yield Act.RESTORE
    if watched.where is Where.HERE:
        yield Act.DELETE
        yield Act.MERGE
    if beside and beside[-1].where is Where.HERE:
        yield Act.TAKE


def _changed(world: World, step: Step) -> World:
    side = step.side
    if side is None:
        return world._replace(fits=step.act is Act.BACK)
    ones = world.of(side)
    if step.act is Act.ENTER:
        return _with(world, side, (*ones, One()))
    if step.act is Act.TAKE:
        return _with(world, side, (*ones[:-1], ones[-1]._replace(where=Where.GONE)))
    where = _PLACES[step.act]
    is_missed = where is Where.BIN and world.watched(side.other).where is Where.HERE
    after = _with(world, side, (ones[0]._replace(where=where), *ones[1:]))
    return after._replace(missed=side if is_missed else None)


_PLACES = {Act.DELETE: Where.BIN, Act.MERGE: Where.GONE, Act.RESTORE: Where.HERE}


def _with(world: World, side: Side, ones: tuple[One, ...]) -> World:
    return world._replace(left=ones) if side is Side.LEFT else world._replace(right=ones)


def _known(life: Life, state: State, act: Act) -> State:
    """A state that people have made, as far as an engine can know of it."""
    if act is Act.TAKE:
        return _without_strangers(state)
    if act is Act.DELETE and life.engine is Memorised.LINKS:
        # Two records that were restored, and that no pass has seen since, are new to the engine.
        if not any(link.left == link.right == 0 for link in state.links):
            return state._replace(world=state.world._replace(missed=None))
    return state


def _without_strangers(state: State) -> State:
    """The state without others that are gone and belong to nobody. They are the last ones."""
    world = state.world
    for side in Side if world.others else ():
        ones = world.of(side)
        while len(ones) > 1 and ones[-1].where is Where.GONE:
            if any(link[side is Side.RIGHT] == len(ones) - 1 for link in state.links):
                break
            ones = ones[:-1]
            world = _with(world, side, ones)
    return state if world is state.world else state._replace(world=world)


# ── a pass ───────────────────────────────────────────────────────────────────────────────────────


def look(life: Life, state: State) -> Passed:
    """What a pass makes of a state."""
    world = state.world
    there = _there(world.left), _there(world.right)
    return _understood(life, state, _run(life.customs, there, state.links, world.fits))


_There = tuple[tuple[int, bool], ...]


@lru_cache(4096)
def _there(ones: tuple[One, ...]) -> _There:
    return tuple((number, one.keyed) for number, one in enumerate(ones) if one.where is Where.HERE)


@lru_cache(4096)
def _run(
    customs: Customs, world: tuple[_There, _There], links: tuple[Link, ...], fits: bool
) -> Pass:
    """A pass over what an engine sees, which is less than a state."""
    left, right = (
        Records(
            {
                number: {KEY: "key" if keyed else None, ASKED: FITS[fits or number > 0]}
                for number, keyed in there
            },
            {},
        )
        for there in world
    )
    return run(stand_in(customs), left, right, Memory(links), event=Event.UPDATE)


def _understood(life: Life, state: State, passed: Pass) -> Passed:
    """What a pass has done, by our numbers."""
    world = state.world
    numbers: dict[Ref, Ref] = {}
    sources = []
    for each in passed.pairs:
        if each.made is not None:
            new, source = each.refs if each.made is Side.LEFT else each.refs[::-1]
            world, number = _put(life, world, each.made, source)
            numbers[new] = Ref(each.made, number)
            sources.append(source)
    for side, id in passed.deleted:
        ones = [*world.of(side)]
        assert isinstance(id, int)
        ones[id] = ones[id]._replace(where=Where.BIN)
        world = _with(world, side, tuple(ones))
    links = passed.memory.links
    if numbers:
        links = tuple(_renamed(link, numbers) for link in links)
    met = state.met or any(link.left == link.right == 0 for link in links)
    kept = links if life.engine is Memorised.LINKS else ()
    return Passed(
        _without_strangers(State(world, kept, met)),
        tuple(numbers.values()),
        tuple(sources),
        passed.deleted,
        any(each.left == each.right == 0 for each in passed.pairs),
        links,
    )


def _renamed(link: Link, numbers: dict[Ref, Ref]) -> Link:
    left, right = (numbers.get(ref, ref).id for ref in link.refs)
    return link._replace(left=left, right=right)


def _put(life: Life, world: World, side: Side, source: Ref) -> tuple[World, int]:
    """A record that is made, and its number: what a watched one gets first is its partner."""
    customs, ones = life.customs, world.of(side)
    new = One(keyed=side in customs.keyed or not customs.matches)
    if source.id == 0 and ones[0].where is Where.NOWHERE:
        return _with(world, side, (new, *ones[1:])), 0
    return _with(world, side, (*ones, new)), len(ones)
