"""
From a row of a decision table back to two records that bring it about.

A row speaks of contents, agreement and ranks; people understand values. `example` finds values that
fit a rule, so that `observe` sees in them exactly the situation of the row. It generates and tests:
each end has a few candidates (what the value map, the order, the schema and the guard name, then
values that look like the property), pairs of them are observed until one fits, then what the two
sides held before is added, and last what the guard reads. As `observe` has the last word, a moment
that is found is also the proof that the row can come about; that none is found is no proof of the
contrary.

The search sees a rule without its names, and its results are kept: rules that are wired alike share
their examples, as rules with equal clauses share a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, product, tee
from typing import NamedTuple

from syncdsl.condition import Condition, Operand, evaluate, reads, with_operands
from syncdsl.convert import MissingLibrary, Unusable, Value, is_blank, same
from syncdsl.filters.question import Demand
from syncdsl.policy import Property, Rule
from syncdsl.semantics import samples
from syncdsl.semantics.observe import Moment, Questions, observe
from syncdsl.semantics.table import questions
from syncdsl.situation import Changed, Content, Event, Newer, Row, Side, Situation, Written
from syncdsl.wiring import Conversion, End, Wiring, becomes

END = "\n"  # stands for the name of an end; no property has this name

MAX_NAMED = 6  # candidates from one map, order or list of options
MAX_TRIED = 300  # combinations of values for what conditions read
MAX_KEPT = 10_000  # examples; a project with more kinds of rules than that looks for some again

_Fields = Mapping[str, Value]


def example(rule: Rule, row: Row) -> Moment | None:
    """A moment of this rule in the situation of the row, None if none was found."""
    return moment_where(rule, row, ())


def moment_where(rule: Rule, row: Row, demands: tuple[Demand, ...]) -> Moment | None:
    """The same, with conditions over the pair of records that hold or fail beside the guard."""
    asked = tuple(without_names(rule, each) for each in demands)
    found = search(shape_of(rule), row.situation, asked)
    return None if found is None else _named(rule, found)


def candidates(rule: Rule, side: Side) -> tuple[Value, ...]:
    """Values that an end may hold, the most telling ones first."""
    return _values(shape_of(rule), side)


# ── a rule without its names ─────────────────────────────────────────────────────────────────────


class Shape(NamedTuple):
    """All of a rule that its examples depend on."""

    wiring: Wiring  # with END for the names of both ends
    asks: Questions
    left: tuple[Value, ...]  # values that look like the property
    right: tuple[Value, ...]
    types: tuple[type, ...]  # of all values here: Python takes 1 and true for one key


def shape_of(rule: Rule) -> Shape:
    """The rule without its names."""
    wiring = rule.wiring
    nameless = wiring._replace(
        left=wiring.left if rule.left is None else _nameless_end(wiring.left.kind),
        right=wiring.right if rule.right is None else _nameless_end(wiring.right.kind),
        guard=None if wiring.guard is None else _nameless(rule, wiring.guard),
    )
    left, right = _typical(rule.left), _typical(rule.right)
    values = [*left, *right, *(wiring.stages or ()), wiring.left.constant, wiring.right.constant]
    for conversion in (wiring.forward, wiring.backward):
        if conversion.values is not None:
            values += [value for entry in conversion.values.entries for value in entry]
    if nameless.guard is not None:
        values += [value for _, constants in reads(nameless.guard) for value in constants]
    return Shape(nameless, questions(rule.clauses), left, right, tuple(map(type, values)))


@cache
def _nameless_end(kind: str | None) -> End:
    return End(END, kind)


def _typical(end: Property | None) -> tuple[Value, ...]:
    if end is None:
        return ()
    facts = end.facts
    if facts is not None and facts.options is not None:
        return tuple(option.value for option in facts.options[:MAX_NAMED])
    kind = None if facts is None or facts.type is None else facts.type.value
    return samples.typical(end.name, kind)


def without_names(rule: Rule, demand: Demand) -> Demand:
    return demand._replace(condition=_nameless(rule, demand.condition))


def _nameless(rule: Rule, condition: Condition) -> Condition:
    ends = {(Side.LEFT, rule.wiring.left.name), (Side.RIGHT, rule.wiring.right.name)}

    def operand(given: Operand) -> Operand:
        return given._replace(name=END) if (given.side, given.name) in ends else given

    return with_operands(condition, operand)


def _named(rule: Rule, moment: Moment) -> Moment:
    def named(fields: _Fields | None, end: str | None) -> _Fields | None:
        if fields is None:
            return None
        return {str(end) if name == END else name: value for name, value in fields.items()}

    left, right = rule.wiring.left.name, rule.wiring.right.name
    return moment._replace(
        left=named(moment.left, left),
        right=named(moment.right, right),
        left_before=named(moment.left_before, left),
        right_before=named(moment.right_before, right),
        left_times=named(moment.left_times, left),
        right_times=named(moment.right_times, right),
    )


# ── the search ───────────────────────────────────────────────────────────────────────────────────


@lru_cache(MAX_KEPT)
def search(shape: Shape, seen: Situation, demands: tuple[Demand, ...] = ()) -> Moment | None:
    """A moment of all rules of a shape, in which END stands for the names of their ends."""
    wiring = shape.wiring
    if wiring.guard is not None and seen.guard is not None:
        demands = (*demands, Demand(wiring.guard, (seen.guard,)))
    try:
        for moment in _pairs(shape, seen, demands):
            found = _with_conditions(_with_past(shape, seen, moment), demands)
            if found is not None and observe(wiring, shape.asks, found) == seen:
                return found
    except MissingLibrary:
        pass
    return None


def _pairs(shape: Shape, seen: Situation, demands: tuple[Demand, ...]) -> Iterator[Moment]:
    """Moments with the right values in both ends, and nothing known of the past."""
    plain = shape.wiring._replace(guard=None)
    unknown = None if seen.event is Event.CREATE else Changed.UNKNOWN
    wanted = seen._replace(guard=None, changed=unknown)
    empty = Moment(
        seen.event,
        left=None if seen.made is Side.LEFT else {},
        right=None if seen.made is Side.RIGHT else {},
        left_times=_time(seen.newer, Newer.LEFT),
        right_times=_time(seen.newer, Newer.RIGHT),
        written=seen.written or Written.NO,
    )
    rights = _fitting(shape, Side.RIGHT, seen, demands)
    for left in _fitting(shape, Side.LEFT, seen, demands):
        rights, again = tee(rights)
        for right in again:
            moment = empty._replace(left=left, right=right)
            if observe(plain, shape.asks, moment) == wanted:
                yield moment


def _time(newer: Newer | None, side: Newer) -> _Fields | None:
    if newer in (None, Newer.UNKNOWN):
        return None
    return {END: "2026-03-02T09:00:00Z" if newer is side else "2026-03-01T09:00:00Z"}


def _with_past(shape: Shape, seen: Situation, moment: Moment) -> Moment:
    """With what both sides held after the last sync, so that the right ones were edited."""
    if seen.changed in (None, Changed.UNKNOWN):
        return moment
    left, right = moment.left, moment.right
    if seen.was_changed(Side.LEFT):
        agreed = None if seen.was_changed(Side.RIGHT) else right
        left = _other(shape, moment, Side.LEFT, agreed)
    if seen.was_changed(Side.RIGHT):
        right = _other(shape, moment, Side.RIGHT, left)
    return moment._replace(left_before=left, right_before=right)


def _other(shape: Shape, moment: Moment, side: Side, agreed: _Fields | None) -> _Fields:
    """Another value than now; if there is one, one on which both sides agreed then."""
    now = (moment.left if side is Side.LEFT else moment.right) or {}
    beyond = (moment.right if side is Side.LEFT else moment.left) or {}
    # A person empties a property before writing into it what its type does not take.
    values = [*_own_values(shape, side), None, *_odd_values(shape, side)]
    values = [value for value in values if not same(value, now.get(END), None)]
    values.sort(key=lambda value: same(value, beyond.get(END), None))
    for value in () if agreed is None else values:
        then = _with(Moment(Event.INITIAL, agreed, agreed), side, {END: value})
        if observe(shape.wiring._replace(guard=None), shape.asks, then).agree:
            return {END: value}
    return {END: values[0] if values else None}


def _with(moment: Moment, side: Side, record: _Fields) -> Moment:
    return moment._replace(left=record) if side is Side.LEFT else moment._replace(right=record)


def _with_conditions(moment: Moment, demands: tuple[Demand, ...]) -> Moment | None:
    """With values for what the conditions read beside the ends."""
    records: dict[Side, dict[str, Value] | None] = {
        Side.LEFT: None if moment.left is None else dict(moment.left),
        Side.RIGHT: None if moment.right is None else dict(moment.right),
    }
    free: dict[tuple[Side, str], list[Value]] = {}
    for condition, _ in demands:
        for operand, named in reads(condition):
            compared = named[:MAX_NAMED]
            if operand.name != END and records[operand.side] is not None:
                values = free.setdefault((operand.side, operand.name), [])
                typical = samples.typical(operand.name, operand.kind)
                near = [value for constant in compared for value in samples.beside(constant)]
                texts = all(isinstance(constant, str) for constant in compared)
                values += [*compared, *typical, *near] if texts else [*near, *typical]
                values.append(None)
    for combination in islice(product(*map(_distinct, free.values())), MAX_TRIED):
        for (side, name), value in zip(free, combination, strict=True):
            record = records[side]
            assert record is not None
            record[name] = value
        left, right = records[Side.LEFT], records[Side.RIGHT]
        if all(evaluate(each.condition, left, right) in each.truths for each in demands):
            return moment._replace(left=left, right=right)
    return None


# ── candidates ───────────────────────────────────────────────────────────────────────────────────


def _fitting(
    shape: Shape, side: Side, seen: Situation, demands: tuple[Demand, ...]
) -> Iterator[_Fields | None]:
    """What the record of a side may hold in its end, so that its content is as it was seen."""
    plain = shape.wiring._replace(guard=None)
    end = plain.left if side is Side.LEFT else plain.right
    if seen.made is side:
        yield None
    elif end.name is None:
        yield {}
    elif seen.content(side) is Content.BLANK:
        yield {END: None}
    else:
        read = [*_read_of(demands, side), *_arrivals(plain, side, _read_of(demands, side.other))]
        for value in _distinct([*_values(shape, side), *read]):
            alone = _with(Moment(Event.INITIAL, {}, {}), side, {END: value})
            if observe(plain, shape.asks, alone).content(side) is seen.content(side):
                yield {END: value}


@lru_cache(MAX_KEPT)
def _values(shape: Shape, side: Side) -> tuple[Value, ...]:
    """Values for an end, the most telling ones first."""
    return tuple(_distinct([*_own_values(shape, side), *_odd_values(shape, side)]))


def _own_values(shape: Shape, side: Side) -> list[Value]:
    wiring, asks = shape.wiring, shape.asks
    gives, receives = asks.gives if side is Side.LEFT else asks.gives[::-1]
    out, into = _ways(wiring, side)
    end = wiring.left if side is Side.LEFT else wiring.right
    found: list[Value] = []
    if gives and out.values is not None:
        found += [entry.given for entry in out.values.entries[:MAX_NAMED]]
    if receives and into.values is not None:
        found += [entry.becomes for entry in into.values.entries[:MAX_NAMED]]
    if wiring.stages is not None:
        found += [*wiring.stages[: MAX_NAMED - 1], wiring.stages[-1]]
    if wiring.sticky is not None:
        found += [True, False]
    typical = shape.left if side is Side.LEFT else shape.right
    if typical and isinstance(typical[0], bool):
        found += typical
    if gives:
        found += samples.accepted(out.steps)
    elif not found and end.kind in (None, "text"):
        found += _arriving(shape, side)
    found += typical
    if asks.adds:
        return list(samples.lists(_distinct(found)[:3], end.kind, out.steps if gives else ()))
    return found


def _odd_values(shape: Shape, side: Side) -> Iterator[Value]:
    out, into = _ways(shape.wiring, side)
    end = shape.wiring.left if side is Side.LEFT else shape.wiring.right
    yield from samples.odd(out.steps, end.kind)
    if into != Conversion():
        yield from _arriving(shape, side)


def _arriving(shape: Shape, side: Side) -> Iterator[Value]:
    """What the other side would give, so that a target holds values of its form."""
    other = shape.wiring.right if side is Side.LEFT else shape.wiring.left
    values = _own_values(shape, side.other) if other.name is not None else [other.constant]
    return _arrivals(shape.wiring, side, values)


def _arrivals(wiring: Wiring, side: Side, values: Iterable[Value]) -> Iterator[Value]:
    for value in values:
        try:
            arrived = becomes(_ways(wiring, side)[1], value)
        except (MissingLibrary, Unusable):  # what cannot be carried out here shows no value
            continue
        if not is_blank(arrived):
            yield arrived


def _read_of(demands: tuple[Demand, ...], side: Side) -> list[Value]:
    """Values of an end that make a difference to the conditions that read it."""
    return [
        value
        for condition, _ in demands
        for operand, constants in reads(condition)
        if (operand.side, operand.name) == (side, END)
        for constant in constants[:MAX_NAMED]
        for value in samples.beside(constant)
    ]


def _ways(wiring: Wiring, side: Side) -> tuple[Conversion, Conversion]:
    """The conversion out of a side, and the one into it."""
    ways = wiring.forward, wiring.backward
    return ways if side is Side.LEFT else (ways[1], ways[0])


def _distinct(values: Iterable[Value]) -> list[Value]:
    return list({(type(value), str(value)): value for value in values}.values())
