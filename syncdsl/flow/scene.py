"""
A few rules of any mappings over one record of each of their objects, without names.

What rules do to each other over time is found out by trying: `flow.play` carries out passes in a
scene and looks at what comes of them. A scene is small, and knows neither properties nor objects by
name but by number, so that rules that are wired alike between other properties are the same scene,
and are tried once. The names are kept beside it, for the words of a finding.

A scene has every rule of its mappings that writes one of its properties, not only those that were
asked about: what is left out could stand in the way of what is told. Properties from which such a
rule gives are blank to begin with, so that it does not join in where nothing makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from syncdsl.condition import Condition, Operand, reads, turned, with_operands
from syncdsl.convert import Value, text
from syncdsl.filters.frame import PropertyKey, key_of
from syncdsl.flow.graph import Edge, Graph, ObjectKey, object_of, object_on
from syncdsl.latest import of_the_latest
from syncdsl.policy import Clauses, Mapping, Property, Rule
from syncdsl.semantics import samples
from syncdsl.semantics.example import candidates, shape_of
from syncdsl.situation import Side
from syncdsl.wiring import End, Wiring

MAX_RULES = 12  # in a scene; what has more is too large to be tried
MAX_VALUES = 30  # of a property that are tried


class BareRule(NamedTuple):
    clauses: Clauses
    wiring: Wiring  # with numbers for names
    flipped: bool


class BareMapping(NamedTuple):
    left: int  # the number of the object
    right: int
    scope: tuple[Condition, bool] | None
    rules: tuple[BareRule, ...]


class Scene(NamedTuple):
    """All that what happens depends on."""

    mappings: tuple[BareMapping, ...]
    objects: tuple[int, ...]  # of each property
    values: tuple[tuple[Value, ...], ...]  # of each property: what is tried; empty: it is blank
    asked: tuple[bool, ...]  # of each property: it is read by conditions, and given by no rule
    types: tuple[type, ...]  # of all values here: Python takes 1 and true for one key


class Cast(NamedTuple):
    """A scene with the names of what is in it."""

    scene: Scene
    mappings: tuple[Mapping, ...]
    rules: tuple[tuple[Rule, ...], ...]  # of each mapping
    properties: tuple[PropertyKey, ...]


def cast(graph: Graph, edges: Sequence[Edge]) -> Cast | None:
    """The scene in which these rules are tried; None if it would be too large, or cannot be."""
    mappings = {id(edge.mapping): edge.mapping for edge in edges}
    inside = {key for edge in edges for key in _ends(edge.rule)}
    wanted = {id(edge.rule): edge for edge in edges}
    for key in inside:
        for edge in graph.writing.get(key, ()):
            if id(edge.mapping) in mappings:
                wanted.setdefault(id(edge.rule), edge)
        if len(wanted) > MAX_RULES:
            return None
    if any(mapping.left == mapping.right for mapping in mappings.values()):
        return None
    rules: dict[int, list[Rule]] = {at: [] for at in mappings}
    for edge in sorted(wanted.values(), key=lambda edge: edge.rule.label_span.start):
        rules[id(edge.mapping)].append(edge.rule)
    playing = _Playing(tuple(mappings.values()), tuple(map(tuple, rules.values())), inside)
    return _known_scenes(graph).cast(playing)


def has_options(cast: Cast) -> bool:
    """Does a schema name the values that a property may have? Others are no example then."""
    ends = (end for rules in cast.rules for rule in rules for end in (rule.left, rule.right))
    return any(end is not None and end.facts is not None and end.facts.options for end in ends)


class _Playing(NamedTuple):
    mappings: tuple[Mapping, ...]
    rules: tuple[tuple[Rule, ...], ...]
    inside: set[PropertyKey]  # the properties that are not blank to begin with


class _Scenes:
    """The scenes of one graph. Rules that are wired alike and ask nothing are one scene at once."""

    def __init__(self) -> None:
        self.kinds: dict[object, int] = {}
        self.kind_of: dict[int, int] = {}  # by the id of the rule
        self.scenes: dict[object, Scene] = {}

    def cast(self, playing: _Playing) -> Cast:
        if any(rule.wiring.guard is not None for rules in playing.rules for rule in rules) or any(
            mapping.scope is not None for mapping in playing.mappings
        ):
            return _Casting(playing).cast()
        keys = dict.fromkeys(
            key for rules in playing.rules for rule in rules for key in _ends(rule)
        )
        pattern = self.pattern(playing, {key: number for number, key in enumerate(keys)})
        known = self.scenes.get(pattern)
        if known is None:
            made = _Casting(playing).cast()
            self.scenes[pattern] = made.scene
            return made
        return Cast(known, playing.mappings, playing.rules, tuple(keys))

    def pattern(self, playing: _Playing, numbers: dict[PropertyKey, int]) -> object:
        objects: dict[ObjectKey, int] = {}
        parts: list[object] = []
        for mapping, rules in zip(playing.mappings, playing.rules, strict=True):
            both = (object_on(mapping, side) for side in Side)
            parts.extend(objects.setdefault(key, len(objects)) for key in both)
            for rule in rules:
                ends = _ends(rule)
                parts.append((self.kind(rule), *(numbers[key] for key in ends)))
                parts.append(tuple(key in playing.inside for key in ends))
        return tuple(parts)

    def kind(self, rule: Rule) -> int:
        if id(rule) not in self.kind_of:
            options = tuple(_options(end) for end in (rule.left, rule.right))
            kind = rule.clauses, shape_of(rule), rule.flipped, repr(options)
            self.kind_of[id(rule)] = self.kinds.setdefault(kind, len(self.kinds))
        return self.kind_of[id(rule)]


@of_the_latest
def _known_scenes(_: Graph) -> _Scenes:
    return _Scenes()


class _Casting:
    """The numbers that properties and objects get, in the order in which they come."""

    def __init__(self, playing: _Playing) -> None:
        self.mappings, self.rules, self.inside = playing
        self.properties: dict[PropertyKey, int] = {}
        self.objects: dict[ObjectKey, int] = {}
        self.tried: dict[int, list[tuple[Value, ...]]] = {}
        self.compared: list[Value] = []  # the constants of all conditions
        self.types: list[type] = []

    def cast(self) -> Cast:
        both = zip(self.mappings, self.rules, strict=True)
        bare = tuple(self.mapping(mapping, rules) for mapping, rules in both)
        given = {
            self.properties[key] for rules in self.rules for each in rules for key in _ends(each)
        }
        numbers = range(len(self.properties))
        values = tuple(self.values(number, number in given) for number in numbers)
        scene = Scene(
            bare,
            tuple(self.objects[object_of(key)] for key in self.properties),
            values,
            tuple(number not in given for number in numbers),
            (*self.types, *(type(value) for several in values for value in several)),
        )
        return Cast(scene, self.mappings, self.rules, tuple(self.properties))

    def values(self, number: int, is_given: bool) -> tuple[Value, ...]:
        """What is tried of a property: its own values, then those that make a difference beyond."""
        own = self.tried.get(number, [])
        if not own or not is_given:
            return _mixed(own)[:MAX_VALUES]
        beyond = _mixed(several[:2] for other in self.tried.values() for several in other)
        return _mixed([_mixed(own), (*self.compared, *beyond)])[:MAX_VALUES]

    def mapping(self, mapping: Mapping, rules: Sequence[Rule]) -> BareMapping:
        left, right = (self.object(object_on(mapping, side)) for side in Side)
        scope = None
        if mapping.scope is not None:
            scope = self.condition(mapping, mapping.scope.condition), mapping.scope.stops
        return BareMapping(left, right, scope, tuple(self.rule(mapping, each) for each in rules))

    def rule(self, mapping: Mapping, rule: Rule) -> BareRule:
        guard = rule.wiring.guard
        if guard is not None:
            asked = self.condition(mapping, turned(guard) if rule.flipped else guard)
            guard = turned(asked) if rule.flipped else asked
        left, right = (self.end(rule, side) for side in Side)
        wiring = rule.wiring._replace(left=left, right=right, guard=guard)
        self.types += shape_of(rule).types
        return BareRule(rule.clauses, wiring, rule.flipped)

    def end(self, rule: Rule, side: Side) -> End:
        end = rule.wiring.left if side is Side.LEFT else rule.wiring.right
        named = rule.end(side)
        if named is None:
            return end
        number = self.property(named.key)
        if named.key in self.inside:
            self.tried.setdefault(number, []).append(_worth_trying(rule, side))
        return end._replace(name=str(number))

    def condition(self, mapping: Mapping, condition: Condition) -> Condition:
        """The same about numbers; what it compares with is worth trying."""
        for operand, constants in reads(condition):
            number = self.property(key_of(operand, mapping))
            beside = [value for constant in constants for value in samples.beside(constant)]
            values = (*constants, *beside) or samples.typical(operand.name, operand.kind)
            self.tried.setdefault(number, []).append(values)
            self.compared += constants

        def numbered(operand: Operand) -> Operand:
            key = key_of(operand, mapping)
            return operand._replace(name=str(self.property(key)))

        return with_operands(condition, numbered)

    def property(self, key: PropertyKey) -> int:
        self.object(object_of(key))
        return self.properties.setdefault(key, len(self.properties))

    def object(self, key: ObjectKey) -> int:
        return self.objects.setdefault(key, len(self.objects))


def _worth_trying(rule: Rule, side: Side) -> tuple[Value, ...]:
    """The most telling values, then all that its value map names and all its options."""
    end, out = rule.end(side), rule.conversion(side.other)
    named = () if out.values is None else tuple(entry.given for entry in out.values.entries)
    return (*candidates(rule, side), *named[:MAX_VALUES], *_options(end))


def _options(end: Property | None) -> tuple[Value, ...]:
    options = end.facts.options if end is not None and end.facts is not None else None
    return tuple(option.value for option in options or ())[:MAX_VALUES]


def _mixed(several: Iterable[tuple[Value, ...]]) -> tuple[Value, ...]:
    """The first of each, then the second of each …, and none of them twice."""
    values = chain.from_iterable(zip_longest(*several))
    known = {(type(value), text(value)): value for value in values if value is not None}
    # A scene is the key of what was played on it.
    return tuple(tuple(each) if isinstance(each, list) else each for each in known.values())


def _ends(rule: Rule) -> list[PropertyKey]:
    return [end.key for end in (rule.left, rule.right) if end is not None]
