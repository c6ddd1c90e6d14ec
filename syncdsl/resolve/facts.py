"""
Which situations a rule can be in at all: the facts that its table needs beside the clauses.

They come from the rule's conversion, order and guard. Where it is not known whether something can
come about, it can: a table may have a situation too many, and never one too few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product

from syncdsl.condition import Condition, evaluate, reads
from syncdsl.convert import STEPS, Value, same
from syncdsl.filters.plain import sorts
from syncdsl.filters.question import Where, witness_of
from syncdsl.filters.values import Values
from syncdsl.policy import Guarded, Property
from syncdsl.situation import Side, Truth
from syncdsl.wiring import Conversion, Wiring

MAX_COMPARED = 4000  # constants by comparisons of a guard; beyond, it is not asked what it can say
_ODD = ("something else", "another")
MAX_PAIRS = 3000  # pairs of records that a guard is tried on; beyond, anything is possible

# Values of these types are never refused by these steps.
_FITS = {
    "bool": ("bool", "negate"),
    "number": ("number", "money"),
    "date": ("date", "datetime"),
    "datetime": ("datetime",),
    "negate": ("bool",),
}


def refusable(conversion: Conversion, kind: str | None) -> bool:
    """Can this conversion refuse a value of this type?"""
    if conversion.values is not None and conversion.values.otherwise == "reject":
        return True
    for step in conversion.steps:
        facts = STEPS[step.name]
        if facts.can_refuse and (kind is None or kind not in _FITS.get(step.name, ())):
            return True
        kind = facts.gives
    return False


def may_leave_order(wiring: Wiring, end: Property | None, conversion: Conversion | None) -> bool:
    """Can this end hold a value that is no stage? `conversion` is that of the compared source."""
    if wiring.sticky is not None:
        steps = conversion.steps if conversion is not None else ()
        if steps and STEPS[steps[-1].name].gives == "bool" and conversion is not None:
            return conversion.values is not None
        return _type(end) != "bool"
    stages = wiring.stages or ()
    if conversion is not None and conversion.values is not None:
        values = conversion.values
        given: list[Value] = [entry.becomes for entry in values.entries]
        if values.otherwise == "copy":
            return True
        if values.otherwise == "value":
            given.append(values.fallback)
        return not _all_in(given, stages)
    if conversion is not None and conversion.steps:
        return True
    if end is None:
        return False
    options = end.facts.options if end.facts is not None else None
    return options is None or not _all_in([option.value for option in options], stages)


def _type(end: Property | None) -> str | None:
    if end is None or end.facts is None or end.facts.type is None:
        return None
    return end.facts.type.value


def _all_in(values: list[Value], stages: tuple[Value, ...]) -> bool:
    return all(any(same(value, stage, None) for stage in stages) for value in values)


# ── guards ───────────────────────────────────────────────────────────────────────────────────────


def guarded(guard: Condition, wiring: Wiring) -> tuple[Guarded, ...]:
    """What a guard can say, by which record is made and which end is blank."""
    return _guarded(
        guard,
        wiring.left.name,
        wiring.right.name,
        _may_blank(wiring.forward),
        _may_blank(wiring.backward),
    )


@cache
def _guarded(
    guard: Condition, left: str | None, right: str | None, left_fades: bool, right_fades: bool
) -> tuple[Guarded, ...]:
    found = []
    constants = [constant for _, named in reads(guard) for constant in named]
    if len(constants) * sum(1 for _ in reads(guard)) > MAX_COMPARED:
        return tuple(Guarded(*case, tuple(Truth)) for case in _cases(left, right))
    # Records may also hold what is not of the property's type.
    values = sorts(guard, (*constants, *_ODD))
    for made, left_blank, right_blank in _cases(left, right):
        ends = (
            (left, left_blank, left_fades, made is Side.LEFT),
            (right, right_blank, right_fades, made is Side.RIGHT),
        )
        truths = _truths(guard, values, ends)
        if truths:
            found.append(Guarded(made, left_blank, right_blank, truths))
    return tuple(found)


def _cases(left: str | None, right: str | None) -> Iterator[tuple[Side | None, bool, bool]]:
    """Which record is made, and which ends are blank: an end of a record that is made is."""
    for made, left_blank, right_blank in product((None, *Side), (True, False), (True, False)):
        if made is Side.LEFT and left is not None and not left_blank:
            continue
        if made is Side.RIGHT and right is not None and not right_blank:
            continue
        yield made, left_blank, right_blank


_EndFacts = tuple[str | None, bool, bool, bool]  # name, is it blank, may it fade, is it missing


def _truths(
    guard: Condition, sorts: Mapping[Where, Values], ends: tuple[_EndFacts, _EndFacts]
) -> tuple[Truth, ...]:
    choices: list[Sequence[Value]] = []
    for (side, name), (values, complete) in sorts.items():
        end, blank, fades, missing = ends[0] if side is Side.LEFT else ends[1]
        if missing:
            choices.append([None])
        elif name == end and blank:
            # A blank after `trim` may have been a space, which is a value to the guard.
            choices.append([None, " "] if fades else [None])
        elif not complete:
            return tuple(Truth)
        else:
            choices.append(values if name == end else [None, *values])
    combinations = list(islice(product(*choices), MAX_PAIRS + 1))
    if len(combinations) > MAX_PAIRS:
        return tuple(Truth)
    witnesses = (witness_of(dict(zip(sorts, each, strict=True))) for each in combinations)
    found = {evaluate(guard, *each) for each in witnesses}
    return tuple(truth for truth in Truth if truth in found)


def _may_blank(conversion: Conversion) -> bool:
    return any(STEPS[step.name].can_blank for step in conversion.steps)
