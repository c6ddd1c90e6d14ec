"""The words of questions about conditions: what is asked, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from syncdsl.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    IsBlank,
    IsIn,
    Negation,
    Record,
    evaluate,
    operands,
)
from syncdsl.convert import Value
from syncdsl.situation import Side, Truth, Word

Where = tuple[Side, str]  # a property of the record on a side
Leaf = Compare | IsIn | IsBlank


class Known(NamedTuple):
    """What is known of the values of a property, beside the type that its operands name."""

    values: tuple[Value, ...] | None = None  # all that it can hold, None for a blank among them
    max_length: int | None = None  # characters
    likely: tuple[Value, ...] = ()  # some that it often holds; records with them are found first


class Demand(NamedTuple):
    """A condition that has to come to one of some truths."""

    condition: Condition
    truths: tuple[Truth, ...]


class Question(NamedTuple):
    """Are there two records of which all the demands hold?"""

    demands: tuple[Demand, ...]
    known: tuple[tuple[Where, Known], ...] = ()  # of a property that is not named: nothing

    def known_of(self, where: Where) -> Known:
        return next((known for at, known in self.known if at == where), Known())


class Witness(NamedTuple):
    """Two records that bring something about."""

    left: Record
    right: Record


class Answer(Word):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Verdict(NamedTuple):
    answer: Answer
    witness: Witness | None = None  # the records that the question was about, or the counterexample
    needs_solver: bool = False  # unknown, and the solver that might tell is not installed


def wheres(condition: Condition) -> list[Where]:
    """The properties that a condition reads, each once."""
    return list(dict.fromkeys((each.side, each.name) for each in operands(condition)))


def leaves(condition: Condition) -> Iterator[Leaf]:
    """The comparisons of a condition."""
    match condition:
        case AllOf() | AnyOf():
            for part in condition.parts:
                yield from leaves(part)
        case Negation():
            yield from leaves(condition.part)
        case _:
            yield condition


def witness_of(values: Mapping[Where, Value]) -> Witness:
    left, right = (
        {name: value for (at, name), value in values.items() if at is side} for side in Side
    )
    return Witness(left, right)


def is_met(demand: Demand, witness: Witness) -> bool:
    """`evaluate` has the last word."""
    return evaluate(demand.condition, witness.left, witness.right) in demand.truths
