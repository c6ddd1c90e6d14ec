"""
A few rules of one mapping that share properties, and all that can happen to one pair of records.

What several rules do to each other is tried on invented values elsewhere (`flow.play`), and that
nothing is found there is no proof. Here a group that is small enough is gone through to the end: a
first pass or the making of a record; then anybody edits any property, the engine makes a live pass
or a full one, in every order. A pass is `semantics.run`. The question is whether of two passes
without an edit between them the second one writes, and after how many passes all is quiet.

Why that is a proof. In the fragment every value goes on as it is, and a pass looks at values only
through three questions: is it blank, is it one of those that the rules name (a constant, a default,
a stage, what a condition compares with), is it the same as another one. A renaming of all other
values that keeps equal ones equal and different ones different changes no answer. So states that
differ only in such names are one state, and somebody who edits has four kinds of values to choose
from: a blank, a named value, one that is there or remembered somewhere, one that is new. No state
has more places for a value than its properties and what is remembered of them, so there are
finitely many, and a search that comes to its end has seen histories of every length, the shortest
first. A baseline that makes no difference to a rule is left out; that is asked of its table.

Outside of the fragment are conversions and value maps, lists, truths that stay, times of change,
types whose values have several spellings, and conditions that ask for more than equality. There,
and where the states are too many, the answer is that nobody knows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from syncdsl.condition import AllOf, AnyOf, Compare, Condition, IsBlank, IsIn, Negation, reads
from syncdsl.convert import Value, text
from syncdsl.flow.play import MAX_KEPT, Stage, Trace, Turn, Values, Write, writes_of
from syncdsl.flow.scene import BareRule, Scene
from syncdsl.laws.model import edits_asked
from syncdsl.policy import Create, Mode, Winner
from syncdsl.semantics.pair import Before, Link, Memory, Records
from syncdsl.semantics.run import Pass, run
from syncdsl.situation import Event, Side
from syncdsl.source import Source, Span
from syncdsl.wiring import Conversion

MAX_RULES = 3
MAX_PROPERTIES = 4
MAX_STATES = 1_500  # they take a second


class Settling(NamedTuple):
    """What is true of all histories of a group."""

    trace: Trace | None  # a shortest one whose last pass writes without cause; None: there is none
    rest: int | None  # after so many passes nothing is written any more; None: never, or unknown
    states: int


@lru_cache(MAX_KEPT)
def settling(scene: Scene, makes: tuple[Side, ...] = (), more: int = 0) -> Settling | None:
    """
    What holds of the rules of a scene of one mapping, over all histories; None: nobody knows.

    `makes` are the sides on which the mapping makes records. `more` new values are offered to those
    who edit than can matter, to see that they do not.
    """
    return _Search(scene, makes, more).settling() if in_fragment(scene) else None


def in_fragment(scene: Scene) -> bool:
    """Is a scene small, and are its values told apart by equality alone?"""
    if len(scene.mappings) != 1 or len(scene.values) > MAX_PROPERTIES:
        return False
    (mapping,) = scene.mappings
    if mapping.scope is not None and not _asks_for_equality(mapping.scope[0]):
        return False
    return len(mapping.rules) <= MAX_RULES and all(map(_is_plain, mapping.rules))


_TEXTS = (None, "text", "option", "reference")  # types whose values are the same if their texts are


def _is_plain(rule: BareRule) -> bool:
    clauses, wiring = rule.clauses, rule.wiring
    named = (wiring.default, wiring.left.constant, wiring.right.constant)
    return (
        wiring.forward == wiring.backward == Conversion()
        and not clauses.mode.adds
        and clauses.mode is not Mode.STICKY
        and clauses.winner is not Winner.NEWEST
        and all(end.kind in _TEXTS for end in (wiring.left, wiring.right))
        and not any(isinstance(value, list | tuple) for value in named)
        and (wiring.guard is None or _asks_for_equality(wiring.guard))
    )


def _asks_for_equality(condition: Condition) -> bool:
    match condition:
        case AllOf() | AnyOf():
            return all(map(_asks_for_equality, condition.parts))
        case Negation():
            return _asks_for_equality(condition.part)
        case IsBlank():
            return True
        case IsIn():
            return condition.kind in _TEXTS
        case Compare():
            return condition.kind in _TEXTS and condition.comparison in ("=", "!=")


# ── all that can happen ──────────────────────────────────────────────────────────────────────────


class _State(NamedTuple):
    """What the properties hold, and what the engine remembers of the pair."""

    values: Values
    link: Link


_Key = tuple[object, ...]  # of a state, whatever the names of its values


class _Came(NamedTuple):
    """A state, and the last turn of the history that led to it."""

    state: _State
    source: _Came | None  # None: it is what the records held at first
    turn: Turn | None


_ALONE = Link(0, 0)  # two records belong together, and nobody knows what was before
_LATER = (Event.UPDATE, Event.REACTIVATION)
_NOWHERE = Span(Source("", ""), 0, 0)


class _Search:
    """The states of a group. What a pass makes of each is kept, for histories meet in few."""

    def __init__(self, scene: Scene, makes: tuple[Side, ...], more: int) -> None:
        (self.mapping,) = Stage(scene).mappings
        self.bare = scene.mappings[0]
        self.objects = scene.objects
        self.makes = makes
        self.spare = 1 + more
        self.named = tuple(_named(scene))
        self.plain = _plain_values(scene, self.named, more)
        self.is_plain = frozenset(self.plain)
        self.recalls = [_recalled(rule) for rule in self.bare.rules]
        self.once = frozenset(
            str(at) for at, rule in enumerate(self.bare.rules) if rule.clauses.mode is Mode.ONCE
        )
        self.after: dict[tuple[_Key, Event], tuple[bool, _Key]] = {}  # it wrote, and led there
        self.waiting: deque[_Came] = deque()
        self.known: set[_Key] = set()

    def settling(self) -> Settling | None:
        broken: _Came | None = None
        begun: list[_Key] = []
        for came in self.starts():
            begun.append(self.add(came))
            broken = broken or self.again(came, Event.UPDATE)
        while self.waiting:
            came = self.waiting.popleft()
            for edited in self.edits(came):
                self.add(edited)
            for event in _LATER:
                passed = self.passed(came, event)
                writes = passed.turn is not None and bool(passed.turn.writes)
                key = self.add(passed)
                self.after[self.key(came.state), event] = writes, key
                broken = broken or self.again(passed, event)
            if len(self.known) > MAX_STATES:
                return None if broken is None else Settling(_trace(broken), None, len(self.known))
        trace = None if broken is None else _trace(broken)
        return Settling(trace, self.rest(begun), len(self.known))

    def add(self, came: _Came) -> _Key:
        key = self.key(came.state)
        if key not in self.known:
            self.known.add(key)
            self.waiting.append(came)
        return key

    def again(self, came: _Came, event: Event) -> _Came | None:
        """The pass that follows a pass, if it writes."""
        known = self.after.get((self.key(came.state), event))
        if known is not None and not known[0]:
            return None
        passed = self.passed(came, event)
        return passed if passed.turn is not None and passed.turn.writes else None

    def rest(self, begun: Sequence[_Key]) -> int | None:
        """After how many passes nothing is written any more, wherever they begin."""
        longest = 0
        for event in _LATER:
            until: dict[_Key, int] = {}
            for first in self.known:
                path: list[_Key] = []
                key, on_path = first, set[_Key]()
                while key not in until and key not in on_path:
                    on_path.add(key)
                    path.append(key)
                    key = self.after[key, event][1]
                if key in on_path:
                    circle = path[path.index(key) :]
                    if any(self.after[each, event][0] for each in circle):
                        return None
                    until |= dict.fromkeys(circle, 0)
                for each in reversed(path):
                    if each not in until:
                        writes, later = self.after[each, event]
                        until[each] = until[later] + 1 if writes or until[later] else 0
            longest = max(longest, *until.values())
            if event is Event.UPDATE:
                longest = max(longest, *(1 + until[key] for key in begun))
        return longest

    # ── one step ─────────────────────────────────────────────────────────────────────────────────

    def starts(self) -> Iterator[_Came]:
        """All ways in which a history begins, whatever the records hold then."""
        for values in self.combinations(()):
            state = _State(values, _ALONE)
            begun = _Came(state, None, None)
            yield self.passed(begun, Event.INITIAL)
            for event in _LATER:  # of an engine that has lost what it knew
                self.add(begun)
                yield self.passed(begun, event)
            for side in self.makes:
                blank = all(
                    value is None
                    for value, at in zip(values, self.objects, strict=True)
                    if at == self.number(side)
                )
                made = self.made(begun, side) if blank else None
                if made is not None:
                    self.add(made)

    def combinations(self, chosen: Values) -> Iterator[Values]:
        """Values of all properties; of those that nobody names each new one is the next."""
        if len(chosen) == len(self.objects):
            yield chosen
            return
        there = [value for value in self.plain if value in chosen]
        for value in (*there, *self.plain[len(there) : len(there) + 1], *self.named, None):
            yield from self.combinations((*chosen, value))

    def edits(self, came: _Came) -> Iterator[_Came]:
        values, link = came.state
        held = {*values, *(value for each in link.before for value in _remembered(each))}
        there = [value for value in self.plain if value in held]
        fresh = [value for value in self.plain if value not in held][: self.spare]
        for number, old in enumerate(values):
            for new in (*fresh, *there, *self.named, None):
                if new != old:
                    changed = (*values[:number], new, *values[number + 1 :])
                    turn = Turn(None, None, (Write(number, old, new),))
                    yield _Came(_State(changed, link), came, turn)

    def passed(self, came: _Came, event: Event) -> _Came:
        values, link = came.state
        left, right = (self.record(values, side) for side in Side)
        done = run(self.mapping, left, right, Memory((link,)), event=event)
        return self.came(came, event, done)

    def made(self, came: _Came, side: Side) -> _Came | None:
        """The record of a side is made from the other one; None: the scope is against it."""
        creating = self.mapping._replace(creates=(Create(side, None, False, "", _NOWHERE),))
        nothing = Records({}, {})
        left, right = (
            nothing if each is side else self.record(came.state.values, each) for each in Side
        )
        done = run(creating, left, right, Memory(()), event=Event.UPDATE)
        if not done.created:
            return None
        return self.came(came, Event.CREATE, done)

    def came(self, source: _Came, event: Event, done: Pass) -> _Came:
        records = []
        for side in Side:
            ((_, row),) = done.after.of(side).rows.items()
            records += [self.record(source.state.values, side), Records({0: row}, {})]
        writes = tuple(writes_of(*records))
        values = list(source.state.values)
        for write in writes:
            values[write.number] = write.new
        (link,) = done.memory.links
        before = tuple(_forgotten(each, self.recalls[int(each.rule)]) for each in link.before)
        state = _State(tuple(values), Link(0, 0, link.inside, before, link.wrote & self.once))
        return _Came(state, source, Turn(0, event, writes))

    def number(self, side: Side) -> int:
        return self.bare.left if side is Side.LEFT else self.bare.right

    def record(self, values: Values, side: Side) -> Records:
        number = self.number(side)
        held = {str(at): value for at, value in enumerate(values) if self.objects[at] == number}
        return Records({0: held}, {})

    def key(self, state: _State) -> _Key:
        """The state with the first names for its interchangeable values."""
        values, link = state
        places = (*values, *(value for each in link.before for value in _remembered(each)))
        numbers: dict[Value, int] = {}
        named = tuple(
            numbers.setdefault(value, len(numbers)) if value in self.is_plain else ("", text(value))
            for value in places
        )
        return (named, tuple(each.rule for each in link.before), link.inside, link.wrote)


def _trace(came: _Came) -> Trace:
    turns: list[Turn] = []
    while came.source is not None:
        assert came.turn is not None
        turns.append(came.turn)
        came = came.source
    return Trace(came.state.values, tuple(reversed(turns)), None, turns[0].event or Event.UPDATE)


# ── which values ─────────────────────────────────────────────────────────────────────────────────


def _named(scene: Scene) -> Iterator[Value]:
    """The values that rules and conditions speak of, each once."""
    (mapping,) = scene.mappings
    conditions = [] if mapping.scope is None else [mapping.scope[0]]
    found: list[Value] = []
    for rule in mapping.rules:
        wiring = rule.wiring
        found += (wiring.default, wiring.left.constant, wiring.right.constant)
        found += wiring.stages or ()
        conditions += [] if wiring.guard is None else [wiring.guard]
    found += (value for each in conditions for _, constants in reads(each) for value in constants)
    known = {text(value): value for value in found if value is not None}
    yield from known.values()


def _plain_values(scene: Scene, named: Sequence[Value], more: int) -> tuple[Value, ...]:
    """As many different values as a state has places for, and the new ones."""
    places = len(scene.values) + 2 * len(scene.mappings[0].rules)
    likely = (value for several in scene.values for value in several if isinstance(value, str))
    made_up = (f"value {number}" for number in range(1, 2 * places + len(named) + more))
    taken = set(map(text, named))
    free = (value for value in (*likely, *made_up) if value not in taken)
    return tuple(dict.fromkeys(free))[: places + 1 + more]


def _recalled(rule: BareRule) -> tuple[bool, bool]:
    """Whether the baselines of the mapping's left and right side make a difference."""
    left, right = edits_asked(rule.clauses)
    return (right, left) if rule.flipped else (left, right)


def _forgotten(before: Before, recalled: tuple[bool, bool]) -> Before:
    left, right = (
        fields if wanted else tuple((name, None) for name, _ in fields)
        for fields, wanted in zip((before.left, before.right), recalled, strict=True)
    )
    return before._replace(left=left, right=right)


def _remembered(before: Before) -> Iterator[Value]:
    return (value for fields in (before.left, before.right) for _, value in fields)
