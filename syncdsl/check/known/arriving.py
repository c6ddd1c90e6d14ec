"""
What can arrive at a property: the giving end's facts, carried through the conversion.

A schema says what the giving property holds: a type, the options, how long a text can be. Each step
says what it takes and gives, and a value map and a constant name their values. Put together, that
is what comes to the other end, and a check has only to hold it against the facts of that end.

There are two kinds of values. The *given* ones come out of a system: of them only kinds are known,
and those options that the schema lists. The *named* ones stand in the policy (a constant, a
default, the lines of a value map), so each has a place that a finding can point at.

Whatever a schema does not say stays unknown here, and unknown is not "no":

- a fact that is None;
- a list of one option. A property with a single choice is made by nobody; in the schemas that
  systems ship it is the place holder of a template (`salesstage` = "Qualify");
- what an option list that is not complete leaves out: `closed` tells which ones are complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from syncdsl.convert import STEPS, Step, Unusable, Value, convert, is_blank, text
from syncdsl.policy import Arrow, Kind, Mapping, Policy, Property, Rule
from syncdsl.schema import Option, Type
from syncdsl.semantics.alike import rules_where
from syncdsl.situation import Side
from syncdsl.source import Span
from syncdsl.wiring import Conversion, ValueMap, becomes

MAX_RULES_KNOWN = 50_000  # rules that are asked about once, however many checks ask

# How long the text of a value of these types is at most: `false`, `2026-03-02`, and the longest
# form that the step gives.
_LENGTH = {Type.BOOL: 5, Type.DATE: 10, Type.DATETIME: len("2026-03-02T09:00:00.000Z")}
_CENTS = 2  # an amount without a stated precision has its currency's, two places for most: ISO 4217
_E164_LENGTH = 16  # a plus and fifteen digits: ITU-T E.164


class Given(NamedTuple):
    """What comes out of a system, after some steps. None and () say that nobody knows."""

    type: Type | None = None  # of a value, or of a list's elements
    many: bool | None = None  # is it a list?
    options: tuple[Value, ...] = ()  # all that it can be, as far as listed; of a list the elements
    max_length: int | None = None  # of its text
    precision: int | None = None


class Named(NamedTuple):
    """A value that the policy itself names."""

    value: Value  # as it arrives
    span: Span
    written: Value  # as it stands at that place


class Way(NamedTuple):
    """One direction of a rule."""

    rule: Rule
    side: Side  # that receives
    giver: Property | None  # None: a constant
    target: Property
    given: Given | None  # None: nothing but named values arrives

    @property
    def conversion(self) -> Conversion:
        return self.rule.conversion(self.side)


def is_read_only(property_: Property | None) -> bool:
    """Does the schema say that nobody but its own system writes it?"""
    facts = None if property_ is None else property_.facts
    if facts is None:
        return False
    return facts.calculated is True or (facts.create is False and facts.update is False)


def ways(rule: Rule) -> tuple[Way, ...]:
    """
    The directions of a rule whose target is known to a schema. What cannot be written at all is
    told as that, and what would fit there is nobody's concern.
    """
    # By identity: to compare what a rule says takes much longer than to find its directions.
    known = _known.get(id(rule))
    if known is None or known[0] is not rule:
        if len(_known) >= MAX_RULES_KNOWN:
            _known.clear()
        known = _known[id(rule)] = rule, tuple(_found(rule))
    return known[1]


_known: dict[int, tuple[Rule, tuple[Way, ...]]] = {}


def ways_where(policy: Policy, question: Callable[[Way], bool]) -> Iterator[tuple[Way, Mapping]]:
    """The ways of all rules of the kinds that have one which fits, asked of one without names."""
    for rule, mapping in rules_where(policy, lambda sample: any(map(question, ways(sample)))):
        for way in ways(rule):
            yield way, mapping


Seen = set[tuple[tuple[str, str | None, str, str], int]]  # a target's key, and a conversion


def named(way: Way, seen: Seen) -> Iterator[Named]:
    """
    The values that the policy names and that arrive at the target, in the order of the text. The
    lines of a map that many rules share come once for each target: `seen` is what came already.
    """
    rule, conversion = way.rule, way.conversion
    if way.giver is None:
        end = rule.wiring.left if way.side is Side.RIGHT else rule.wiring.right
        span = rule.ends[0] if way.side is Side.RIGHT else rule.ends[1]
        yield Named(becomes(conversion, end.constant), span, end.constant)
    elif rule.values is not None and conversion.values is not None:
        known = way.target.key, id(conversion)
        if known not in seen:
            seen.add(known)
            yield from _named_by_map(way)
    clause = rule.clause(Kind.DEFAULT)
    if rule.wiring.default is not None and clause is not None:
        yield Named(rule.wiring.default, clause.span, rule.wiring.default)


def given_names(rule: Rule, side: Side) -> Iterator[Named]:
    """The values that a value map waits for, where its rule writes this side."""
    if rule.values is not None:
        without = Arrow.LEFT if side is Side.RIGHT else Arrow.RIGHT
        for line in rule.values.lines:
            if line.arrow is not without:
                value = line.left if side is Side.RIGHT else line.right
                yield Named(value, line.span, value)


def options_of(property_: Property) -> tuple[Option, ...]:
    """The options that a schema lists; none where it lists what cannot be all."""
    facts = property_.facts
    if facts is None or facts.options is None or len(facts.options) < 2:
        return ()
    return facts.options


def closed(policy: Policy, property_: Property) -> bool:
    """Does the schema say that it has all that there is?"""
    system, name = policy.system(property_.system), property_.object
    if system is None or system.schema is None or name is None:
        return False
    return name in system.schema.objects and system.schema.is_complete(name)


def type_of(property_: Property | None) -> Type | None:
    return None if property_ is None or property_.facts is None else property_.facts.type


def of_property(property_: Property) -> Given:
    """What a property holds, as far as its schema tells."""
    facts = property_.facts
    if facts is None:
        return Given()
    options = tuple(option.value for option in options_of(property_))
    if facts.type is Type.BOOL and not options:
        options = (True, False)
    length = facts.max_length
    if length is None:
        length = _longest(options) if options else _LENGTH.get(facts.type or Type.TEXT)
    if facts.type is Type.LIST:
        return Given(None, True, options)
    precision = _CENTS if facts.type is Type.MONEY and facts.precision is None else facts.precision
    return Given(facts.type, None if facts.type is None else False, options, length, precision)


def after(given: Given, step: Step) -> Given:
    """What a step makes of it."""
    facts = STEPS[step.name]
    if step.name == "split":
        return given if given.many else Given(Type.TEXT, True)
    if step.name == "join":
        return given if given.many is False else Given(Type.TEXT, False)
    type_ = Type(facts.gives)
    options = tuple(_converted(step, given.options))
    length: int | None
    match step.name:
        case "text" if isinstance(step.argument, int):
            length = min(step.argument, given.max_length or step.argument)
        case "trim" | "lower" | "upper":
            length = given.max_length
        case "e164":
            length = _E164_LENGTH
        case _:
            length = _LENGTH.get(type_)
    precision = given.precision if step.name == "number" else None
    return Given(type_, given.many, options, _longest(options) if options else length, precision)


def hidden_by(conversion: Conversion, value: Value) -> Step | None:
    """The step before the map that never gives this value."""
    if not conversion.steps or conversion.map_first:
        return None
    last = conversion.steps[-1]
    if last.name not in STEADY:
        return None
    try:
        return None if text(convert((last,), value)) == text(value) else last
    except Unusable:
        return last


# Applied to what they gave, these change nothing. So what they would change, they never give.
STEADY = ("trim", "lower", "upper", "number", "date", "datetime", "bool", "e164")


# ── one direction of a rule ──────────────────────────────────────────────────────────────────────


def _found(rule: Rule) -> Iterator[Way]:
    for side, target in rule.targets:
        if target.facts is None or is_read_only(target):
            continue
        giver = rule.end(side.other)
        given = None if giver is None else _arriving(of_property(giver), rule.conversion(side))
        yield Way(rule, side, giver, target, given)


def _arriving(given: Given, conversion: Conversion) -> Given | None:
    if conversion.map_first:
        through = _through_map(given, conversion.values)
        return None if through is None else _after_all(through, conversion.steps)
    return _through_map(_after_all(given, conversion.steps), conversion.values)


def _after_all(given: Given, steps: tuple[Step, ...]) -> Given:
    for step in steps:
        given = after(given, step)
    return given


def _through_map(given: Given, values: ValueMap | None) -> Given | None:
    """What a value map lets through as it is."""
    if values is None:
        return given
    if values.otherwise != "copy":
        return None
    mapped = {text(entry.given) for entry in values.entries}
    options = tuple(option for option in given.options if text(option) not in mapped)
    return None if given.options and not options else given._replace(options=options)


def _named_by_map(way: Way) -> Iterator[Named]:
    values, conversion = way.rule.values, way.conversion
    assert values is not None
    without = Arrow.LEFT if way.side is Side.RIGHT else Arrow.RIGHT
    steps = conversion.steps if conversion.map_first else ()
    for line in values.lines:
        if line.arrow is not without:
            written = line.right if way.side is Side.RIGHT else line.left
            yield from _arrived(written, steps, line.span)
    if conversion.values is not None and conversion.values.otherwise == "value":
        yield from _arrived(values.fallback, steps, values.span)


def _arrived(written: Value, steps: tuple[Step, ...], span: Span) -> Iterator[Named]:
    try:
        value = convert(steps, written)
    except Unusable:
        return
    if not is_blank(value):
        yield Named(value, span, written)


def _converted(step: Step, options: tuple[Value, ...]) -> Iterator[Value]:
    for option in options:
        try:
            value = convert((step,), option)
        except Unusable:
            continue
        if not is_blank(value):
            yield value


def _longest(options: tuple[Value, ...]) -> int:
    return max(len(text(option)) for option in options)
