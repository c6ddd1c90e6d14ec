"""Random conditions over few properties with small domains, and all records of these domains."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from hypothesis import strategies as st

from syncdsl.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    IsBlank,
    IsIn,
    Negation,
    Operand,
    evaluate,
)
from syncdsl.convert import Value
from syncdsl.filters.question import Demand, Known, Where, Witness, wheres, witness_of
from syncdsl.situation import Side, Truth

TEXTS = tuple("".join(each) for many in range(1, 4) for each in product("ab", repeat=many))

# Values of each type, among them all that the constants below can tell apart, and some more.
DOMAINS: dict[str | None, tuple[Value, ...]] = {
    "number": (-1, 0, Decimal("0.5"), 1, "1.0", Decimal("1.5"), 2, 3),
    "bool": (True, False),
    "date": ("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2025-12-31"),
    "datetime": (
        *("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z", "2026-01-02T01:00:00+01:00"),
        *("2025-12-31T23:59:59.999Z", "2026-01-03T00:00:00Z"),
    ),
    "text": (*TEXTS, "A", "~", "a\0", "ab\0"),
    "option": (*TEXTS, "~"),
    "list": (["a"], ["b"], ["a", "b"], "b;a", ["ab"], ["~"], ["a", "~"], ["ab", "b", "a"]),
    None: (
        *("a", "b", "ab", "ba", "~", 0, 1, "1.0", "01", "1.50", 2, 3, "-1", "10", "1a", "2 "),
        *(True, ["a"], ["a", "b"], ["ab"], ["~"], ["ab", "~"], "a;b"),
    ),
}

CONSTANTS: dict[str | None, tuple[Value, ...]] = {
    "number": (0, 1, 2, "1.0", "many"),
    "bool": (True, False, "yes", "maybe"),
    "date": ("2026-01-01", "2026-01-02", "2026-01-03", "soon"),
    "datetime": ("2026-01-01", "2026-01-02", "2026-01-01T00:00:00.001Z"),
    "text": ("a", "b", "ab", "ba", "aab", ""),
    "option": ("a", "b", "ab"),
    "list": ("a", "b", "a;b", "ab"),
    None: ("a", "ab", "b", 1, 2, "1.0", True, "a;b"),
}

ORDER = ("<", "<=", ">", ">=")
COMPARISONS = ("=", "!=", *ORDER, "starts with", "contains")
DOES_NOT_HOLD = (Truth.FAILS, Truth.UNKNOWN)


class Property(NamedTuple):
    operand: Operand

    @property
    def where(self) -> Where:
        return self.operand.side, self.operand.name


def compared_as(kind: str | None, values: Sequence[Value]) -> str | None:
    """As `resolve` says it: a bare number beside a property of no known type says its own."""
    numbers = all(not isinstance(value, str | bool) for value in values)
    return "number" if kind is None and numbers else kind


@st.composite
def kinds_of_two(draw: st.DrawFn) -> tuple[Operand, ...]:
    """Two or three properties; those of a third of all cases have one type, to be compared."""
    kind = draw(st.sampled_from([*DOMAINS]))
    kinds = [kind, draw(st.sampled_from([kind, *DOMAINS]))]
    sides = draw(st.tuples(st.sampled_from(Side), st.sampled_from(Side)))
    return tuple(
        Operand(side, name, kind) for side, name, kind in zip(sides, "xy", kinds, strict=True)
    )


def leaf(operands: Sequence[Operand]) -> st.SearchStrategy[Condition]:
    @st.composite
    def compare(draw: st.DrawFn) -> Condition:
        operand = draw(st.sampled_from(operands))
        constants = st.sampled_from(CONSTANTS[operand.kind])
        form = draw(st.sampled_from(["constant", "constant", "constant", "in", "blank", "other"]))
        if form == "blank":
            return IsBlank(operand)
        if form == "in":
            values = tuple(draw(st.lists(constants, min_size=1, max_size=3)))
            return IsIn(operand, values, compared_as(operand.kind, values))
        comparison = draw(st.sampled_from(COMPARISONS))
        if form == "other":
            other = draw(st.sampled_from(operands))
            return Compare(operand, comparison, other, operand.kind or other.kind)
        value = draw(constants)
        return Compare(operand, comparison, value, compared_as(operand.kind, (value,)))

    return compare()


def conditions(operands: Sequence[Operand]) -> st.SearchStrategy[Condition]:
    def more(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, min_size=2, max_size=3).map(tuple)
        return several.map(AllOf) | several.map(AnyOf) | parts.map(Negation)

    return st.recursive(leaf(operands), more, max_leaves=5)


class Asked(NamedTuple):
    """Two conditions, what is known of their properties, and a demand of each."""

    demands: tuple[Demand, ...]
    known: dict[Where, Known]
    operands: tuple[Operand, ...]


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    operands = draw(kinds_of_two())
    known = {}
    for operand in operands:
        if operand.kind in ("text", "option") and draw(st.integers(0, 3)) == 0:
            known[operand.side, operand.name] = draw(
                st.sampled_from(
                    [Known(("a", "b", None)), Known((None,)), Known(max_length=1), Known(("ab",))]
                )
            )
    truths = st.sampled_from([(Truth.HOLDS,), (Truth.HOLDS,), (Truth.FAILS,), DOES_NOT_HOLD])
    demands = draw(
        st.lists(st.builds(Demand, conditions(operands), truths), min_size=1, max_size=2)
    )
    return Asked(tuple(demands), known, operands)


def domain(operand: Operand, known: Known) -> tuple[Value, ...]:
    if known.values is not None:
        return known.values
    most = known.max_length
    values = [
        value
        for value in DOMAINS[operand.kind]
        if most is None or (isinstance(value, str) and len(value) <= most)
    ]
    return (*values, None)


def small_records(asked: Asked) -> Iterator[Witness]:
    """All pairs of records of the domains."""
    read = {where for each in asked.demands for where in wheres(each.condition)}
    used = [each for each in asked.operands if (each.side, each.name) in read]
    places = list(dict.fromkeys((each.side, each.name) for each in used))
    domains = [
        domain(operand, asked.known.get((operand.side, operand.name), Known())) for operand in used
    ]
    for values in product(*domains):
        yield witness_of(dict(zip(places, values, strict=True)))


def meets(asked: Asked, witness: Witness) -> bool:
    return all(evaluate(each.condition, *witness) in each.truths for each in asked.demands)
