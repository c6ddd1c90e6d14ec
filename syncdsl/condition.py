"""
Conditions over the properties of a pair of records, in three-valued logic.

A comparison with a blank is unknown, and an unknown condition does not hold. This file is also
pasted into compiled modules: it needs nothing but `situation` and `convert`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from syncdsl.convert import Value, compare, is_blank, same, text
from syncdsl.situation import Side, Truth


class Operand(NamedTuple):
    """A property of the record on one side of the mapping."""

    side: Side
    name: str
    kind: str | None = None  # the schema's type, None where nobody knows


class Compare(NamedTuple):
    operand: Operand
    comparison: str  # = != < <= > >= "starts with" contains
    value: Value | Operand
    kind: str | None  # how the two are compared


class IsIn(NamedTuple):
    operand: Operand
    values: tuple[Value, ...]
    kind: str | None


class IsBlank(NamedTuple):
    operand: Operand


class Negation(NamedTuple):
    part: Condition


class AllOf(NamedTuple):
    parts: tuple[Condition, ...]
    joint: str = "and"  # tuples are equal by what is in them, and this is no AnyOf of its parts


class AnyOf(NamedTuple):
    parts: tuple[Condition, ...]
    joint: str = "or"


Condition = Compare | IsIn | IsBlank | Negation | AllOf | AnyOf
Record = Mapping[str, Value]


def evaluate(condition: Condition, left: Record | None, right: Record | None) -> Truth:
    """What a condition says of a pair of records. None: there is no such record."""
    if isinstance(condition, AllOf):
        truths = [evaluate(part, left, right) for part in condition.parts]
        return Truth.FAILS if Truth.FAILS in truths else _holds_unless_unknown(truths)
    if isinstance(condition, AnyOf):
        truths = [evaluate(part, left, right) for part in condition.parts]
        return Truth.HOLDS if Truth.HOLDS in truths else _fails_unless_unknown(truths)
    if isinstance(condition, Negation):
        return _NEGATED[evaluate(condition.part, left, right)]
    value = _read(condition.operand, left, right)
    if isinstance(condition, IsBlank):
        return _truth(is_blank(value))
    if is_blank(value):
        return Truth.UNKNOWN
    if isinstance(condition, IsIn):
        if any(same(value, other, condition.kind) for other in condition.values):
            return Truth.HOLDS
        return Truth.UNKNOWN if any(map(is_blank, condition.values)) else Truth.FAILS
    other = condition.value
    if isinstance(other, Operand):
        other = _read(other, left, right)
    return Truth.UNKNOWN if is_blank(other) else _truth(_compares(condition, value, other))


def reads(given: Condition) -> Iterator[tuple[Operand, tuple[Value, ...]]]:
    """The properties that a condition reads, with the constants they are compared with."""
    match given:
        case AllOf() | AnyOf():
            for part in given.parts:
                yield from reads(part)
        case Negation():
            yield from reads(given.part)
        case IsBlank():
            yield given.operand, ()
        case IsIn():
            yield given.operand, given.values
        case Compare(operand, _, Operand() as other):
            yield operand, ()
            yield other, ()
        case Compare():
            yield given.operand, (given.value,)


def operands(given: Condition) -> list[Operand]:
    """The properties that a condition reads, in the order in which they stand."""
    return [operand for operand, _ in reads(given)]


def with_operands(given: Condition, change: Callable[[Operand], Operand]) -> Condition:
    """The same condition about other properties."""
    match given:
        case AllOf() | AnyOf():
            return given._replace(parts=tuple(with_operands(part, change) for part in given.parts))
        case Negation():
            return Negation(with_operands(given.part, change))
        case Compare(operand, _, Operand() as other):
            return given._replace(operand=change(operand), value=change(other))
        case _:
            return given._replace(operand=change(given.operand))


def turned(given: Condition) -> Condition:
    """The same condition for a rule whose ends stand the other way round."""
    return with_operands(given, lambda operand: operand._replace(side=operand.side.other))


def _read(operand: Operand, left: Record | None, right: Record | None) -> Value:
    record = left if operand.side is Side.LEFT else right
    return None if record is None else record.get(operand.name)


def _compares(condition: Compare, value: Value, other: Value) -> bool:
    comparison, kind = condition.comparison, condition.kind
    if comparison == "=":
        return same(value, other, kind)
    if comparison == "!=":
        return not same(value, other, kind)
    if comparison == "starts with":
        return text(value).startswith(text(other))
    if comparison == "contains":
        if kind == "list" and not isinstance(value, list | tuple):
            value = text(value).split(";")
        if isinstance(value, list | tuple):
            return any(same(element, other, None) for element in value)
        return text(other) in text(value)
    order = compare(value, other, kind)
    if order is None:
        return False
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[comparison]


_NEGATED = {
    Truth.HOLDS: Truth.FAILS,
    Truth.FAILS: Truth.HOLDS,
    Truth.UNKNOWN: Truth.UNKNOWN,
}


def _truth(holds: bool) -> Truth:
    return Truth.HOLDS if holds else Truth.FAILS


def _holds_unless_unknown(truths: list[Truth]) -> Truth:
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.HOLDS


def _fails_unless_unknown(truths: list[Truth]) -> Truth:
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.FAILS
