"""
Which situations a rule can be in at all: the facts that its table needs beside the clauses.

They come from the rule's conversion, order and guard. Where it is not known whether something can
come about, it can: a table may have a situation too many, and never one too few.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import islice, pairwise, product

from syncdsl.condition import Condition, Operand, evaluate, operands, reads
from syncdsl.convert import STEPS, Value, same
from syncdsl.policy import Guarded, Property
from syncdsl.situation import Side, Truth
from syncdsl.wiring import Conversion, Wiring

MAX_NAMED = 8  # constants of one `in [..]` that are tried
MAX_CONSTANTS = 100  # of a guard; of a longer one it is not asked what it can say
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
    constants = [constant for _, named in reads(guard) for constant in named[:MAX_NAMED]]
    if len(constants) > MAX_CONSTANTS:
        return tuple(Guarded(*case, tuple(Truth)) for case in _cases(left, right))
    candidates = {operand: _candidates(constants, operand) for operand in operands(guard)}
    for made, left_blank, right_blank in _cases(left, right):
        ends = (
            (left, left_blank, left_fades, made is Side.LEFT),
            (right, right_blank, right_fades, made is Side.RIGHT),
        )
        truths = _truths(guard, candidates, ends)
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
    guard: Condition, candidates: dict[Operand, list[Value]], ends: tuple[_EndFacts, _EndFacts]
) -> tuple[Truth, ...]:
    choices: list[list[Value]] = []
    keys = list(dict.fromkeys((operand.side, operand.name) for operand in candidates))
    for side, name in keys:
        values = [
            value
            for operand, found in candidates.items()
            if (operand.side, operand.name) == (side, name)
            for value in found
        ]
        end, blank, fades, missing = ends[0] if side is Side.LEFT else ends[1]
        if missing:
            values = [None]
        elif name == end:
            # A blank after `trim` may have been a space, which is a value to the guard.
            values = [None, *([" "] if fades else [])] if blank else values[1:]
        choices.append(values)
    combinations = list(islice(product(*choices), MAX_PAIRS + 1))
    if len(combinations) > MAX_PAIRS:
        return tuple(Truth)
    found = set()
    for combination in combinations:
        records: dict[Side, dict[str, Value]] = {Side.LEFT: {}, Side.RIGHT: {}}
        for (side, name), value in zip(keys, combination, strict=True):
            records[side][name] = value
        found.add(evaluate(guard, records[Side.LEFT], records[Side.RIGHT]))
    return tuple(truth for truth in Truth if truth in found)


def _candidates(constants: list[Value], operand: Operand) -> list[Value]:
    """A blank first, then values at, below, between and above the constants of the guard."""
    values: list[Value] = [None]
    numbers = []
    for constant in constants:
        values.append(constant)
        if isinstance(constant, str):
            values += [f"{constant} and more", f"before {constant}"]
        elif isinstance(constant, int | Decimal) and not isinstance(constant, bool):
            numbers.append(Decimal(constant))
    numbers = sorted(set(numbers))
    values += [(low + high) / 2 for low, high in pairwise(numbers)]
    values += [numbers[0] - 1, numbers[-1] + 1] if numbers else []
    if operand.kind == "bool":
        values += [True, False]
    return list(dict.fromkeys([*values, "something else", "another"]))


def _may_blank(conversion: Conversion) -> bool:
    return any(STEPS[step.name].can_blank for step in conversion.steps)
