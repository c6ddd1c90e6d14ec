"""
Questions about conditions: can it ever hold, are these two apart, does one imply the other?

All three ask whether there are two records of which some demands hold. `plain` looks for them with
a few values of each property, which is exact for most of what people write. Where it cannot tell,
`solver` asks z3, if that is installed. An answer is right, or it is "unknown"; whichever found it,
`evaluate` has been asked about the records that come with it.

A comparison with a blank is unknown, and then a condition does not hold. So two conditions are
apart if no records make both hold, and one implies the other if no records make it hold without the
other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from syncdsl.condition import Condition, reads
from syncdsl.convert import Value
from syncdsl.filters import plain
from syncdsl.filters.question import (
    Answer,
    Demand,
    Known,
    Question,
    Verdict,
    Where,
    is_met,
    witness_of,
)
from syncdsl.situation import Side, Truth

NOTHING: Mapping[Where, Known] = {}

HOLDS = (Truth.HOLDS,)
DOES_NOT_HOLD = (Truth.FAILS, Truth.UNKNOWN)

_MAX_KEPT = 10_000  # verdicts


def can_hold(condition: Condition, known: Mapping[Where, Known] = NOTHING) -> Verdict:
    """Are there records for which it holds? A yes comes with them."""
    return find(known, Demand(condition, HOLDS))


def apart(
    condition: Condition, other: Condition, known: Mapping[Where, Known] = NOTHING
) -> Verdict:
    """Do the two never hold at once? A no comes with records for which both hold."""
    return _denied(find(known, Demand(condition, HOLDS), Demand(other, HOLDS)))


def implies(
    condition: Condition, other: Condition, known: Mapping[Where, Known] = NOTHING
) -> Verdict:
    """Does the other hold wherever it does? A no comes with records for which it does not."""
    return _denied(find(known, Demand(condition, HOLDS), Demand(other, DOES_NOT_HOLD)))


def find(known: Mapping[Where, Known], *demands: Demand) -> Verdict:
    """Are there two records of which all the demands hold? A yes comes with them."""
    question = Question(demands, tuple(known.items()))
    return _found(question, _types(question))


def _denied(verdict: Verdict) -> Verdict:
    """The verdict on "never", from that on "ever"."""
    match verdict.answer:
        case Answer.YES:
            return verdict._replace(answer=Answer.NO)
        case Answer.NO:
            return verdict._replace(answer=Answer.YES)
        case Answer.UNKNOWN:
            return verdict


@lru_cache(_MAX_KEPT)
def _found(question: Question, _: tuple[type, ...]) -> Verdict:
    """`_` are the types of all constants: Python takes 1 and true for one key."""
    values: dict[Where, Value] = {}
    unknown: Verdict | None = None
    for bundle in plain.bundles(question.demands):
        verdict = plain.solve(bundle, question)
        if verdict.answer is Answer.UNKNOWN:
            from syncdsl.filters import solver  # noqa: PLC0415  # most conditions never need it

            verdict = solver.solve(bundle, question)
        if verdict.answer is Answer.NO:
            return verdict
        if verdict.witness is None:
            unknown = unknown or verdict
            continue
        for side, record in zip(Side, verdict.witness, strict=True):
            values |= {(side, name): value for name, value in record.items()}
    if unknown is not None:
        return unknown
    witness = witness_of(values)
    # Bundles share no property, so what meets each of them meets all.
    assert all(is_met(demand, witness) for demand in question.demands)
    return Verdict(Answer.YES, witness)


def _types(question: Question) -> tuple[type, ...]:
    constants = [
        value
        for demand in question.demands
        for _, compared in reads(demand.condition)
        for value in compared
    ]
    constants += [value for _, known in question.known for value in known.values or ()]
    return tuple(map(type, constants))
