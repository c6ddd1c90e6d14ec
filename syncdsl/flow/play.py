"""
What comes of a scene: passes are carried out in it, one mapping after the other, until nothing is
written any more, or until it is plain that this will not come.

Nothing here knows what a clause means; a pass is `semantics.run`. A state is all values with all
that the mappings remember. Passes are the same from the same state, so a state that comes again
after something was written comes again for ever: that is a proof, and the passes between are the
trace of it. Values that grow or move on at every pass never come again; after MAX_ROUNDS rounds of
which each one wrote something, they are told as what they are, still moving.

That a scene settles is no proof, as only some values were tried: from different ones and from the
same ones, each property alone and others blank, with one edit after all was quiet, in the order of
the source and in the opposite one. Two edits at once chase each other round every circle, which
tells nothing about a policy, and are not tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from syncdsl import policy
from syncdsl.condition import Condition
from syncdsl.convert import MissingLibrary, Value, same, text
from syncdsl.flow.scene import BareMapping, Scene
from syncdsl.policy import Arrow, Rule
from syncdsl.semantics.pair import Link, Memory, Records
from syncdsl.semantics.run import run
from syncdsl.situation import Event
from syncdsl.source import NOWHERE

MAX_ROUNDS = 10  # a scene that settles does so in as many rounds as it has mappings, or sooner
MAX_STARTS = 16
MAX_BEGUN_WITH = 4  # values of a property
MAX_EDITED = 3  # starts after which edits are tried
MAX_COMBINATIONS = 700  # of values, where two passes are all that is asked
MAX_KEPT = 2_000

Values = tuple[Value, ...]


class Write(NamedTuple):
    number: int  # of the property
    old: Value
    new: Value


class Turn(NamedTuple):
    """A pass of one mapping, or an edit."""

    mapping: int | None  # None: somebody edits
    event: Event | None
    writes: tuple[Write, ...]


class Trace(NamedTuple):
    """Passes that really ran."""

    start: Values
    turns: tuple[Turn, ...]
    back_to: int | None  # after the last turn all is as it was after so many; None: it moves on
    event: Event  # of the passes that never end

    @property
    def is_live(self) -> bool:
        """Does it go on by itself, without anybody switching the sync on again?"""
        return self.event is Event.UPDATE

    @property
    def again(self) -> tuple[Turn, ...]:
        """The turns that come again and again."""
        return self.turns[self.back_to or 0 :]


@lru_cache(MAX_KEPT)
def endless(scene: Scene) -> Trace | None:
    """The shortest trace that was found of passes that never come to an end."""
    stage = Stage(scene)
    found: list[Trace] = []
    try:
        for order in _both_ways(len(scene.mappings)):
            for index, start in enumerate(starts(scene)):
                found += _tried(stage, order, start, with_edits=index < MAX_EDITED)
    except MissingLibrary:
        return None
    return min(found, key=_length, default=None)


def _length(trace: Trace) -> tuple[bool, int]:
    return not trace.is_live, sum(bool(turn.writes) for turn in trace.turns)


@lru_cache(MAX_KEPT)
def second_pass(scene: Scene) -> Trace | None:
    """Two passes of each mapping of which the second one writes, though nobody edited anything."""
    stage = Stage(scene)
    order = tuple(range(len(scene.mappings)))
    for start in (*starts(scene), *islice(combinations(scene), MAX_COMBINATIONS)):
        for events in ((Event.REACTIVATION,) * 2, (Event.INITIAL, Event.UPDATE)):
            state = stage.begin(start)
            try:
                first, second = (state := stage.round(state, order, event) for event in events)
            except MissingLibrary:
                return None
            if any(turn.writes for turn in second.turns[len(first.turns) :]):
                return Trace(start, second.turns, None, events[1])
    return None


def _tried(
    stage: Stage, order: Sequence[int], start: Values, *, with_edits: bool
) -> Iterator[Trace]:
    begun = stage.begin(start)
    first = stage.round(begun, order, Event.INITIAL)
    state, trace = stage.settle(first, order, Event.UPDATE)
    if trace is not None:
        yield trace
        return
    _, trace = stage.settle(state, order, Event.REACTIVATION)
    if trace is not None:
        yield trace
    for number, values in enumerate(stage.scene.values if with_edits else ()):
        for value in (*values[:2], None) if values else ():
            if same(value, state.values[number], None):
                continue
            _, trace = stage.settle(stage.edited(state, number, value), order, Event.UPDATE)
            if trace is not None:
                yield trace


# ── what is tried ────────────────────────────────────────────────────────────────────────────────


def starts(scene: Scene) -> Iterator[Values]:
    """Values of all properties to begin with, the most telling ones first."""
    known: set[str] = set()
    for start in _starts(scene):
        key = repr(start)
        if key not in known:
            known.add(key)
            yield start
        if len(known) == MAX_STARTS:
            return


def blank(scene: Scene) -> Iterator[Values]:
    """All properties are blank but those that only conditions read."""
    for asked in range(MAX_BEGUN_WITH if any(scene.asked) else 1):
        yield _chosen(scene, asked, [None] * len(scene.values))


def _starts(scene: Scene) -> Iterator[Values]:
    most = min(max(map(len, scene.values), default=0), MAX_BEGUN_WITH)
    for asked in range(most):
        for shift in range(most):
            yield _chosen(scene, asked, [number + shift for number in range(len(scene.values))])
            yield _chosen(scene, asked, [shift] * len(scene.values))
        for number in range(len(scene.values)):
            for shift in range(2):
                only = [shift if other == number else None for other in range(len(scene.values))]
                yield _chosen(scene, asked, only)


def combinations(scene: Scene, most: int = MAX_BEGUN_WITH) -> Iterator[Values]:
    """The first few values of all properties, and each of them blank."""
    yield from product(*((*values[:most], None) for values in scene.values))


def _chosen(scene: Scene, asked: int, indices: Sequence[int | None]) -> Values:
    """One value of each property; what only conditions read has its own number."""
    chosen: list[Value] = []
    for values, is_asked, index in zip(scene.values, scene.asked, indices, strict=True):
        wanted = asked if is_asked else index
        few = values[:MAX_BEGUN_WITH]
        chosen.append(few[wanted % len(few)] if few and wanted is not None else None)
    return tuple(chosen)


def _both_ways(mappings: int) -> Iterator[tuple[int, ...]]:
    yield tuple(range(mappings))
    if mappings > 1:
        yield tuple(range(mappings))[::-1]


# ── carrying it out ──────────────────────────────────────────────────────────────────────────────


class State(NamedTuple):
    values: Values
    memories: tuple[Memory | None, ...]  # None: the pair is found, outside of the scope
    start: Values
    turns: tuple[Turn, ...] = ()

    @property
    def key(self) -> str:
        return repr((self.values, self.memories))


_KNOWN = Memory((Link(0, 0),))
_FOUND = Memory((Link(0, 0, inside=False),))  # a pair that was not there for the mapping until now


class Stage:
    """A scene, with its mappings as `run` takes them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.mappings = [_mapping(bare, str(at)) for at, bare in enumerate(scene.mappings)]
        self.held: list[list[int]] = [[] for _ in range(max(scene.objects, default=0) + 1)]
        for number, at in enumerate(scene.objects):
            self.held[at].append(number)
        self.passes: dict[str, tuple[tuple[Write, ...], Memory | None]] = {}

    def begin(self, values: Values) -> State:
        """All records are there and belong together, and nobody knows what was before."""
        return State(values, (_KNOWN,) * len(self.mappings), values)

    def edited(self, state: State, number: int, value: Value) -> State:
        write = Write(number, state.values[number], value)
        turns = (*state.turns, Turn(None, None, (write,)))
        return state._replace(values=_with(state.values, [write]), turns=turns)

    def turn(self, state: State, at: int, event: Event) -> State:
        """A pass of one mapping. A pair is found until it fits the scope, whatever the pass."""
        bare = self.scene.mappings[at]
        left, right = self.record(state, bare.left), self.record(state, bare.right)
        known = state.memories[at]
        if known is None or event is Event.INITIAL:
            known, event = _FOUND, Event.INITIAL
        # Few values make few states, most of which come up many times.
        key = repr((at, event.value, left.rows, right.rows, known))
        if key not in self.passes:
            done = run(self.mappings[at], left, right, known, event=event)
            stays_found = bool(done.outside) and known is _FOUND
            self.passes[key] = (
                tuple(writes_of(left, done.after.left, right, done.after.right)),
                None if stays_found else done.memory,
            )
        writes, memory = self.passes[key]
        memories = (*state.memories[:at], memory, *state.memories[at + 1 :])
        turns = (*state.turns, Turn(at, event, writes))
        return State(_with(state.values, writes), memories, state.start, turns)

    def record(self, state: State, object_number: int) -> Records:
        numbers = self.held[object_number]
        return Records({0: {str(number): state.values[number] for number in numbers}}, {})

    def round(self, state: State, order: Sequence[int], event: Event) -> State:
        """A pass of each mapping."""
        for at in order:
            state = self.turn(state, at, event)
        return state

    def settle(
        self, state: State, order: Sequence[int], event: Event
    ) -> tuple[State, Trace | None]:
        """Rounds until nothing is written; with the trace if that does not come."""
        seen = {state.key: len(state.turns)}
        for _ in range(MAX_ROUNDS + len(order)):
            after = self.round(state, order, event)
            is_quiet = not any(turn.writes for turn in after.turns[len(state.turns) :])
            if is_quiet and after.memories == state.memories:
                return after, None
            if after.key in seen:
                return after, Trace(after.start, after.turns, seen[after.key], event)
            seen[after.key] = len(after.turns)
            state = after
        return state, Trace(state.start, state.turns, None, event)


def writes_of(*before_and_after: Records) -> Iterator[Write]:
    """What became different in the one record of each object."""
    for before, after in zip(before_and_after[::2], before_and_after[1::2], strict=True):
        for name, new in after.rows[0].items():
            old = before.rows[0].get(name)
            if text(old) != text(new) or type(old) is not type(new):
                yield Write(int(name), old, new)


def _with(values: Values, writes: Sequence[Write]) -> Values:
    changed = list(values)
    for write in writes:
        changed[write.number] = write.new
    return tuple(changed)


def _mapping(bare: BareMapping, name: str) -> policy.Mapping:
    scope = None if bare.scope is None else _scope(*bare.scope)
    return policy.Mapping(
        name=name,
        left=("left", None),
        right=("right", None),
        arrow=Arrow.BOTH,
        via=None,
        match=(),
        creates=(),
        delete="ignored",
        scope=scope,
        rules=tuple(
            Rule(
                label=str(at),
                mapping=name,
                left=None,
                right=None,
                systems=("left", "right"),
                clauses=each.clauses,
                wiring=each.wiring,
                written=(),
                order=None,
                values=None,
                doc="",
                span=NOWHERE,
                label_span=NOWHERE,
                ends=(NOWHERE, NOWHERE),
                flipped=each.flipped,
            )
            for at, each in enumerate(bare.rules)
        ),
        doc="",
        span=NOWHERE,
        source=NOWHERE.source,
    )


def _scope(condition: Condition, stops: bool) -> policy.Scope:
    return policy.Scope(condition, stops, "", NOWHERE)
