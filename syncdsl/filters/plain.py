"""
The search by plain reasoning: a few values of every property, tried together.

What has to hold is taken apart as far as it can be: all parts of an `and` that holds have to hold,
all parts of an `or` that fails have to fail. Demands that share no property have nothing to do with
each other, and are met one by one. In each of these bundles every property gets the values that
`values` says are enough, those that cannot be are struck out, and of those that no comparison tells
apart one is kept. Then all combinations are tried, property by property; a demand is asked as soon
as all that it reads has a value. `evaluate` alone says what a condition says.

INVARIANT: yes comes with records that meet all demands; no is said only where the values of all
properties are of all sorts and all combinations were tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from syncdsl.condition import AllOf, AnyOf, Condition, Negation, evaluate
from syncdsl.convert import Value, is_blank
from syncdsl.filters.question import (
    Answer,
    Demand,
    Known,
    Leaf,
    Question,
    Verdict,
    Where,
    is_met,
    leaves,
    wheres,
    witness_of,
)
from syncdsl.filters.values import Group, Values, values_of
from syncdsl.situation import Truth

MAX_TRIED = 5_000  # combinations in one bundle; some milliseconds
MAX_ASKED = 20_000  # times that a demand is asked in one bundle, for bundles of very many demands

_NEGATED = {Truth.HOLDS: Truth.FAILS, Truth.FAILS: Truth.HOLDS, Truth.UNKNOWN: Truth.UNKNOWN}


def bundles(demands: Sequence[Demand]) -> list[list[Demand]]:
    """Demands that together say the same; those in different bundles share no property."""
    found: list[tuple[set[Where], list[Demand]]] = []
    for demand in (part for each in demands for part in _parts(each)):
        reads = set(wheres(demand.condition))
        touching = [each for each in found if each[0] & reads]
        others = [each for each in found if not each[0] & reads]
        joined = [one for each in touching for one in each[1]]
        found = [*others, (reads.union(*(each[0] for each in touching)), [*joined, demand])]
    return [each[1] for each in found]


def solve(bundle: Sequence[Demand], question: Question) -> Verdict:
    """Records that meet the demands, no if there are none, unknown where this cannot tell."""
    values = dict(_candidates(bundle, question))
    try:
        found = _tried(values, bundle)
    except TooMany:
        return Verdict(Answer.UNKNOWN)
    if found is not None:
        return Verdict(Answer.YES, witness_of(found))
    complete = all(each.complete for each in values.values())
    return Verdict(Answer.NO if complete else Answer.UNKNOWN)


def sorts(condition: Condition, beside: Sequence[Value] = ()) -> dict[Where, Values]:
    """
    For each property one value for each thing that a condition can make of it, without the blank.
    `beside` are more values than those that its type has.
    """
    found = {}
    for group in _groups([Demand(condition, ())]):
        for where, (each, complete) in values_of(
            group, {at: Known() for at in group.wheres}
        ).items():
            values = [value for value in (*each, *beside) if not is_blank(value)]
            if len(group.wheres) == 1:
                values = _told_apart(where, values, group.leaves)
            found[where] = Values(tuple(values), complete)
    return found


class TooMany(Exception):  # noqa: N818  (not an error: the answer is that nobody knows)
    """There are more combinations than are tried."""


def _parts(demand: Demand) -> Iterator[Demand]:
    """Demands that together say the same, about less at a time."""
    condition, truths = demand
    match condition:
        case Negation():
            turned = tuple(_NEGATED[truth] for truth in truths)
            yield from _parts(Demand(condition.part, turned))
        case AllOf() if truths == (Truth.HOLDS,):
            for part in condition.parts:
                yield from _parts(Demand(part, truths))
        case AnyOf() if truths == (Truth.FAILS,):
            for part in condition.parts:
                yield from _parts(Demand(part, truths))
        case _:
            yield demand


_Chosen = dict[Where, Value]


def _tried(values: Mapping[Where, Values], bundle: Sequence[Demand]) -> _Chosen | None:
    """The first combination that meets all demands. Raises TooMany."""
    order = sorted(values, key=lambda where: len(values[where].each))  # ties stay as they stand
    reads = [(demand, set(wheres(demand.condition))) for demand in bundle]
    due = [  # with each property, what can be asked once it has a value
        [demand for demand, read in reads if read <= set(order[: at + 1]) and order[at] in read]
        for at in range(len(order))
    ]
    chosen: _Chosen = {}
    ways = [iter(values[order[0]].each)]
    asked = 0
    for _ in range(MAX_TRIED):
        at = len(ways) - 1
        asked += len(due[at])
        if asked > MAX_ASKED:
            break
        value = next(ways[at], _END)
        if value is _END:
            chosen.pop(order[at], None)
            ways.pop()
            if not ways:
                return None
            continue
        chosen[order[at]] = value
        witness = witness_of(chosen)
        if not all(is_met(demand, witness) for demand in due[at]):
            continue
        if len(ways) == len(order):
            return chosen
        ways.append(iter(values[order[at + 1]].each))
    raise TooMany


_END = object()


def _candidates(bundle: Sequence[Demand], question: Question) -> Iterator[tuple[Where, Values]]:
    """The values of each property that are worth trying."""
    for group in _groups(bundle):
        known = {where: question.known_of(where) for where in group.wheres}
        for where, values in values_of(group, known).items():
            alone = [one for one in bundle if wheres(one.condition) == [where]]
            if len(values.each) * max(len(alone), len(group.leaves)) > MAX_ASKED:
                yield where, values
                continue
            fitting = [
                value
                for value in values.each
                if all(is_met(demand, witness_of({where: value})) for demand in alone)
            ]
            if len(group.wheres) == 1:
                fitting = _told_apart(where, fitting, group.leaves)
            yield where, values._replace(each=tuple(fitting))


def _told_apart(where: Where, values: Sequence[Value], told_by: Sequence[Leaf]) -> list[Value]:
    """One value for each combination of what the comparisons say."""
    found: dict[tuple[Truth, ...], Value] = {}
    for value in values:
        left, right = witness_of({where: value})
        found.setdefault(tuple(evaluate(leaf, left, right) for leaf in told_by), value)
    return list(found.values())


def _groups(bundle: Sequence[Demand]) -> list[Group]:
    """The properties of a bundle, those together that are compared with each other."""
    every = [leaf for demand in bundle for leaf in leaves(demand.condition)]
    groups: list[tuple[Where, ...]] = []
    for leaf in every:
        read = wheres(leaf)
        touching = [group for group in groups if set(group) & set(read)]
        joined = dict.fromkeys([*(where for group in touching for where in group), *read])
        groups = [*(group for group in groups if group not in touching), tuple(joined)]
    return [
        Group(group, tuple(leaf for leaf in every if wheres(leaf)[0] in group)) for group in groups
    ]
