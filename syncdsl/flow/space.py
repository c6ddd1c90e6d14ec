"""
The states of a scene as numbers, and what edits and passes make of them.

A state is what all properties hold, and what each mapping remembers of its two records: whether it
has looked at them, whether they fitted its scope, and of each rule its baseline and whether it has
written. Values are numbers: 0 is a blank, then come the values that rules name, then those that
nobody names. A renaming of the latter that keeps equal ones equal and different ones different
changes no answer of a pass, so states that differ only in such names are one: the first name that
is met in a state is the first number, and so on.

In a pass every rule sees the values as they were before it. So what a rule says depends only on its
ends, on what its condition and the scope read, and on what is remembered of it: `semantics.run` is
asked about the rule alone, once for each such part of a state, whatever the names in it. What a
pass makes of what its rules say is written a second time here, for numbers: a property that two
rules would give different values gets neither of them, and a baseline is what is held after the
pass. Our tests compare it with passes of whole mappings.

A baseline that makes no difference to a rule is left out; that is asked of its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from syncdsl.condition import operands
from syncdsl.convert import Value, is_blank, text
from syncdsl.flow.fragment import named_values, plain_values, stand_alone
from syncdsl.flow.play import Stage, Trace, Turn, Values, Write
from syncdsl.flow.scene import BareMapping, BareRule, Scene
from syncdsl.laws.law import Engine
from syncdsl.laws.model import edits_asked
from syncdsl.policy import Create, Mapping
from syncdsl.semantics.pair import Before, Link, Memory, Records
from syncdsl.semantics.run import leaves_baseline, run
from syncdsl.semantics.table import questions
from syncdsl.situation import Event, Side
from syncdsl.source import NOWHERE

State = tuple[int, ...]  # properties, then the parts of each mapping

_NOTHING = -1  # no baseline
_YES, _NO = -1, 0  # no number of a value that could get another name
_ASIDE = 2  # of a mapping: it has looked at the pair, and the pair fitted its scope
_EACH = 3  # of a rule: its baselines on the left and right side, and whether it has written


class Step(NamedTuple):
    """What happens to a state: an edit, a pass, or a record that is made from another one."""

    mapping: int | None  # None: an edit
    event: Event | None
    made: Side | None = None
    number: int = 0  # of the property that is edited
    value: int = 0


class Passed(NamedTuple):
    writes: bool
    state: State


class _RulePart(NamedTuple):
    """A rule, and the part of a state on which it depends what it says."""

    at: int  # its number among all rules
    alone: Mapping  # its mapping, without the other rules
    objects: tuple[int, int]  # on the mapping's left and right side
    ends: tuple[int | None, int | None]  # its properties on the mapping's left and right side
    properties: tuple[int, ...]  # all that are read
    places: tuple[int, ...]  # of the properties, and of what is remembered
    begin: int  # where that begins which is remembered of it
    recalls: tuple[bool, bool]  # which baselines make a difference
    counts: bool  # it makes a difference whether it has written


class _Part(NamedTuple):
    """A mapping, and where in a state that begins which it remembers."""

    bare: BareMapping
    rules: tuple[_RulePart, ...]
    begin: int
    end: int


class _Said(NamedTuple):
    """What a rule says of its pair."""

    is_outside: bool  # the pair does not fit the scope
    changes: tuple[tuple[int, int], ...]  # properties with their new values
    stays: bool  # its baseline


_OUTSIDE = _Said(is_outside=True, changes=(), stays=True)

Makes = tuple[tuple[Side, ...], ...]  # of each mapping: on which sides it makes records


class Space:
    """What can happen in a scene, on an engine."""

    def __init__(
        self, scene: Scene, makes: Makes = (), engine: Engine = Engine.REMEMBERS, more: int = 0
    ) -> None:
        self.scene = scene
        self.size = len(scene.values)
        self.makes = makes or ((),) * len(scene.mappings)
        self.remembers = engine is Engine.REMEMBERS
        self.spare = 1 + more
        self.parts = tuple(_parts(scene))
        places = self.size + sum(2 * len(mapping.rules) for mapping in scene.mappings)
        several = named_values(scene)
        named = tuple({text(value): value for each in several for value in each}.values())
        self.first = 1 + len(named)  # the first number that nobody names
        self.values = (None, *named, *plain_values(scene, named, places + self.spare))
        self.numbers = {text(value): at for at, value in enumerate(self.values) if at}
        self.named = tuple(tuple(self.number(value) for value in each) for each in several)
        self.is_alone = stand_alone(scene)
        self.known: dict[tuple[int, Event, Side | None, State], _Said | None] = {}

    # ── how it begins ────────────────────────────────────────────────────────────────────────────

    def starts(self) -> Iterator[State]:
        """All that the records may hold when nothing has looked at them yet."""
        nothing = tuple(place for part in self.parts for place in _fresh(part))
        for values in self.combinations(()):
            yield (*values, *nothing)

    def combinations(self, chosen: State) -> Iterator[State]:
        """Of the values that nobody names, each new one is the next."""
        if len(chosen) == self.size:
            yield chosen
            return
        new = max(self.first, 1 + max(chosen, default=0))
        at = len(chosen)
        plain = () if self.is_alone[at] else range(self.first, new + 1)
        for value in (*plain, *self.named[at], 0):
            yield from self.combinations((*chosen, value))

    def is_new(self, state: State, at: int) -> bool:
        """Has the mapping never looked at its pair?"""
        return not state[self.parts[at].begin]

    def is_begun(self, state: State) -> bool:
        """Is no mapping new?"""
        return all(state[part.begin] for part in self.parts)

    # ── what happens ─────────────────────────────────────────────────────────────────────────────

    def edits(self, state: State) -> Iterator[tuple[int, int, State]]:
        """All properties, the values that somebody may give them, and what becomes of it."""
        new = max(self.first, 1 + max(state))
        plain = (*range(new, new + self.spare), *range(self.first, new))
        for number in range(self.size):
            before, held, after = state[:number], state[number], state[number + 1 :]
            offered = () if self.is_alone[number] else plain
            for value in (*offered, *self.named[number], 0):
                if value != held:
                    yield number, value, self.canonical((*before, value, *after))

    def makings(self, state: State) -> Iterator[tuple[Step, State]]:
        """The records that may be made."""
        for at, sides in enumerate(self.makes):
            for side in sides:
                made = self.made(state, at, side)
                if made is not None:
                    yield Step(at, Event.CREATE, side), self.canonical(made)

    def passed(self, state: State, at: int, event: Event) -> Passed:
        """A pass of a mapping; the names of values stay."""
        found = self.carried_out(state, at, event, None)
        assert found is not None
        return found

    def made(self, state: State, at: int, side: Side) -> State | None:
        """The record of a side is made from the other one, if it may not have been there yet."""
        mapping = self.scene.mappings[at]
        made = mapping.left if side is Side.LEFT else mapping.right
        held = (value for value, on in zip(state, self.scene.objects, strict=False) if on == made)
        around = (
            self.is_new(state, other)
            for other, each in enumerate(self.scene.mappings)
            if made in (each.left, each.right)
        )
        if any(held) or not all(around):
            return None
        found = self.carried_out(state, at, Event.CREATE, side)
        return None if found is None else found.state

    def carried_out(self, state: State, at: int, event: Event, made: Side | None) -> Passed | None:
        """What a pass makes of what its rules say; None: the record is not made."""
        part = self.parts[at]
        if self.is_found(state, part) and made is None:
            event = Event.INITIAL
        said = []
        for rule in part.rules:
            found = self.said(state, rule, event, made)
            if found is None:
                return None
            said.append(found)
        if said[0].is_outside:
            return Passed(writes=False, state=self.left_alone(state, part, event))
        changes = dict.fromkeys(change for each in said for change in each.changes)
        written = [number for number, _ in changes]
        after = list(state)
        for number, value in changes:
            if written.count(number) == 1:
                after[number] = value
        writes = after[: self.size] != list(state[: self.size])
        after[part.begin : part.begin + _ASIDE] = _YES, _YES
        for rule, each in zip(part.rules, said, strict=True):
            in_conflict = any(written.count(number) > 1 for number, _ in each.changes)
            if not (each.stays or in_conflict):
                for side, end in enumerate(rule.ends):
                    is_asked = end is not None and rule.recalls[side]
                    after[rule.begin + side] = after[end] if end is not None and is_asked else 0
            if each.changes and rule.counts and not in_conflict:
                after[rule.begin + 2] = _YES
        if not self.remembers:
            after[part.begin : part.end] = _YES, *_fresh(part)[1:]
        return Passed(writes, tuple(after))

    def is_found(self, state: State, part: _Part) -> bool:
        """Did no pass see the pair in the scope? Then it is found, whatever the pass."""
        return state[part.begin] == _NO and state[part.begin + 1] == _NO

    def left_alone(self, state: State, part: _Part, event: Event) -> State:
        """A pair that does not fit the scope. One that is found only now is not linked."""
        if not self.remembers:
            return state
        is_old = _NO if event is Event.INITIAL else _YES
        return (*state[: part.begin], is_old, _NO, *state[part.begin + _ASIDE :])

    def said(self, state: State, rule: _RulePart, event: Event, made: Side | None) -> _Said | None:
        """What a rule says, in the names of a state."""
        seen = [state[place] for place in rule.places]
        names: dict[int, int] = {}
        first = self.first
        for place, value in enumerate(seen):
            if value >= first:
                seen[place] = names.setdefault(value, first + len(names))
        key = rule.at, event, made, tuple(seen)
        if key not in self.known:
            self.known[key] = self.asked(rule, event, made, key[3])
        said = self.known[key]
        if said is None or not said.changes or not names:
            return said
        real = [*names]
        changes = tuple(
            (number, real[value - first] if value >= first else value)
            for number, value in said.changes
        )
        return _Said(said.is_outside, changes, said.stays)

    def canonical(self, state: State) -> State:
        """The state with the first names for its interchangeable values."""
        first = self.first
        names: dict[int, int] = {}
        named = list(state)
        for place, value in enumerate(state):
            if value >= first:
                name = names.get(value)
                if name is None:
                    name = names[value] = first + len(names)
                named[place] = name
        return tuple(named)

    # ── one rule ─────────────────────────────────────────────────────────────────────────────────

    def asked(self, rule: _RulePart, event: Event, made: Side | None, seen: State) -> _Said | None:
        """A pass of one rule. None: the record is not made, as the scope is against it."""
        nothing = Records({}, {})
        left, right = (
            nothing if side is made else Records({0: self.row(rule, seen, side)}, {})
            for side in Side
        )
        known = None
        if made is None:
            link = self.link(rule, seen[len(rule.properties) :], event)
            known = next(iter(link.before), None)
            done = run(rule.alone, left, right, Memory((link,)), event=event)
        else:
            line = Create(made, None, False, "", NOWHERE)
            creating = rule.alone._replace(creates=(line,))
            done = run(creating, left, right, Memory(()), event=Event.UPDATE)
            if not done.created:
                return None
        if done.outside:
            return _OUTSIDE
        (decision,) = done.decisions
        changes = tuple(
            (int(change.property), self.number(change.new)) for change in decision.changes
        )
        return _Said(
            False, changes, leaves_baseline(decision.action, decision.row.outcome.reason, known)
        )

    def row(self, rule: _RulePart, seen: State, side: Side) -> dict[str, Value]:
        on = rule.objects[side is Side.RIGHT]
        return {
            str(number): self.values[value]
            for number, value in zip(rule.properties, seen, strict=False)
            if self.scene.objects[number] == on
        }

    def number(self, value: Value) -> int:
        return 0 if is_blank(value) else self.numbers[text(value)]

    def link(self, rule: _RulePart, known: State, event: Event) -> Link:
        """What is remembered. A pair that is found is outside of the scope until then."""
        is_old, was_inside, left, right, has_written = known
        (label,) = (each.label for each in rule.alone.rules)
        before: tuple[Before, ...] = ()
        if left != _NOTHING:
            fields = [
                () if end is None else ((str(end), self.values[value]),)
                for end, value in zip(rule.ends, (left, right), strict=True)
            ]
            before = (Before(label, *fields),)
        is_found = not self.remembers or (not is_old and event is Event.INITIAL)
        wrote = frozenset([label] if has_written else [])
        return Link(0, 0, bool(was_inside) and not is_found, before, wrote)

    # ── what happened ────────────────────────────────────────────────────────────────────────────

    def trace(self, states: Sequence[State], steps: Sequence[Step], event: Event) -> Trace:
        """
        The history that led through states, the steps between them, with real values. Values that
        nobody names may change their names from one state to the next.
        """
        state = states[0]
        turns: list[Turn] = []
        for known, step in zip(states, steps, strict=False):
            after = self.again(state, known, step)
            turns.append(self.turn(state, after, step))
            state = after
        return Trace(self.real(states[0]), tuple(turns), None, event)

    def again(self, state: State, known: State, step: Step) -> State:
        """A step from a state, as it was taken from the same one with other names."""
        if step.mapping is not None and step.event is not None:
            found = self.carried_out(state, step.mapping, step.event, step.made)
            assert found is not None
            return found.state
        value = step.value
        if value >= self.first:
            unused = (value for value in range(self.first, len(self.values)) if value not in state)
            value = state[known.index(value)] if value in known else next(unused)
        return (*state[: step.number], value, *state[step.number + 1 :])

    def turn(self, before: State, after: State, step: Step) -> Turn:
        writes = tuple(
            Write(number, self.values[before[number]], self.values[after[number]])
            for number in range(self.size)
            if before[number] != after[number]
        )
        return Turn(step.mapping, step.event, writes)

    def real(self, state: State) -> Values:
        return tuple(self.values[value] for value in state[: self.size])


def _parts(scene: Scene) -> Iterator[_Part]:
    begin, at = len(scene.values), 0
    for bare, mapping in zip(scene.mappings, Stage(scene).mappings, strict=True):
        rules = []
        for number, rule in enumerate(bare.rules):
            ends = _end(rule, Side.LEFT), _end(rule, Side.RIGHT)
            conditions = [] if rule.wiring.guard is None else [rule.wiring.guard]
            conditions += [] if bare.scope is None else [bare.scope[0]]
            asked = {int(each.name) for condition in conditions for each in operands(condition)}
            properties = tuple(sorted(asked.union(end for end in ends if end is not None)))
            own = begin + _ASIDE + _EACH * number
            places = (*properties, begin, begin + 1, *range(own, own + _EACH))
            alone = mapping._replace(rules=(mapping.rules[number],))
            objects, counts = (bare.left, bare.right), questions(rule.clauses).once
            read = alone, objects, ends, properties, places
            rules.append(_RulePart(at, *read, own, _recalled(rule), counts))
            at += 1
        end = begin + _ASIDE + _EACH * len(rules)
        yield _Part(bare, tuple(rules), begin, end)
        begin = end


def _fresh(part: _Part) -> State:
    """What a mapping remembers that has never looked at its pair."""
    return (_NO, _YES, *(_NOTHING, _NOTHING, _NO) * len(part.rules))


def _end(rule: BareRule, side: Side) -> int | None:
    """The property on a side of the mapping."""
    on_left = (side is Side.LEFT) is not rule.flipped
    name = rule.wiring.left.name if on_left else rule.wiring.right.name
    return None if name is None else int(name)


def _recalled(rule: BareRule) -> tuple[bool, bool]:
    """Whether the baselines of the mapping's left and right side make a difference."""
    left, right = edits_asked(rule.clauses)
    return (right, left) if rule.flipped else (left, right)
