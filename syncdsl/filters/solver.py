"""
The same question to z3, where plain reasoning does not reach. This file alone knows z3.

A property becomes a variable and a flag that says whether it is blank. The variable has the sort of
the property's type: a text, a number, a truth, a day or a millisecond. A condition becomes two
formulas, when it holds and when it fails; where neither does it is unknown. What cannot be said
exactly in these sorts is not said at all: then the answer is "unknown".

z3 may search for very long. The bound counts its steps and not the time, so that an answer is the
same on a slow machine and on a busy one; and each question gets a solver of its own, so that no
question changes the answer to the next. Records that it finds are read back, and `evaluate` decides
whether they are any; so a yes is right whatever z3 thinks of a comparison.

Two facts about texts. z3 knows letters up to U+2FFFF; conditions that name a later one are left to
nobody, and for the others the later letters make no difference: any of them can be replaced by one
that the condition does not name. And both z3 and Python order texts by code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from syncdsl.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    IsBlank,
    IsIn,
    Negation,
    Operand,
    operands,
    reads,
)
from syncdsl.convert import Step, Unusable, Value, convert, is_blank, text
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
from syncdsl.situation import Truth

MAX_CONSTANTS = 200  # in long lists z3 does not see what plain reasoning does not
MAX_STEPS = 2_000_000  # z3's own count; about a second

_LAST_LETTER = 0x2FFFF
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def is_installed() -> bool:
    from importlib.util import find_spec  # few questions come here

    return find_spec("z3") is not None


def solve(bundle: Sequence[Demand], question: Question) -> Verdict:
    """Records that meet the demands, no if there are none, unknown where z3 cannot tell."""
    constants = sum(len(some) for each in bundle for _, some in reads(each.condition))
    if constants > MAX_CONSTANTS:
        return Verdict(Answer.UNKNOWN)
    if not is_installed():
        return Verdict(Answer.UNKNOWN, needs_solver=True)
    import z3  # it takes longer to load than most policies to check

    try:
        asked = _Asked(z3, bundle, question)
    except _Inexpressible:
        return Verdict(Answer.UNKNOWN)
    said = asked.solver.check()
    if said == z3.unsat:
        return Verdict(Answer.NO if asked.exact else Answer.UNKNOWN)
    if said == z3.sat:
        witness = witness_of(asked.values())
        if all(is_met(demand, witness) for demand in bundle):
            return Verdict(Answer.YES, witness)
    return Verdict(Answer.UNKNOWN)


class _Inexpressible(Exception):  # noqa: N818  (not an error: the answer is that nobody knows)
    """Something cannot be said exactly in z3's sorts."""


class _Variable(NamedTuple):
    """What a property holds."""

    sort: str  # text, number, bool, day, millisecond
    value: Any
    blank: Any


class _Says(NamedTuple):
    """Two formulas: when a condition holds, and when it fails."""

    holds: Any
    fails: Any


class _Asked:
    """A question in z3's words."""

    def __init__(self, z3: Any, bundle: Sequence[Demand], question: Question) -> None:
        self.z3 = z3
        self.context = z3.Context()
        self.solver = z3.Solver(ctx=self.context)
        self.solver.set("rlimit", MAX_STEPS)
        self.exact = True
        self.variables: dict[Where, _Variable] = {}
        for operand in (each for demand in bundle for each in operands(demand.condition)):
            self._declare(operand, question.known_of((operand.side, operand.name)))
        for demand in bundle:
            says = self._says(demand.condition)
            formulas = {
                Truth.HOLDS: says.holds,
                Truth.FAILS: says.fails,
                Truth.UNKNOWN: self._and(self._not(says.holds), self._not(says.fails)),
            }
            self.solver.add(self._or(*(formulas[truth] for truth in demand.truths)))

    def values(self) -> dict[Where, Value]:
        """The records that z3 found."""
        model = self.solver.model()

        def found(given: Any) -> Any:
            return model.eval(given, model_completion=True)

        return {
            where: None
            if self.z3.is_true(found(variable.blank))
            else _READ_BACK[variable.sort](found(variable.value))
            for where, variable in self.variables.items()
        }

    # ── properties ───────────────────────────────────────────────────────────────────────────────

    def _declare(self, operand: Operand, known: Known) -> None:
        where = operand.side, operand.name
        sort = _sort(operand.kind)
        if where in self.variables:
            if self.variables[where].sort != sort:
                raise _Inexpressible
            return
        z3, context, name = self.z3, self.context, f"{operand.side.value}.{operand.name}"
        make = {"text": z3.String, "number": z3.Real, "bool": z3.Bool}.get(sort, z3.Int)
        variable = _Variable(sort, make(name, context), z3.Bool(f"{name} is blank", context))
        self.variables[where] = variable
        value, blank = variable.value, variable.blank
        if sort == "text":
            self.solver.add(self._or(blank, z3.Length(value) > 0))
            if known.max_length is not None:
                self.solver.add(z3.Length(value) <= known.max_length)
        elif sort in _LIMITS:
            low, high = _LIMITS[sort]
            self.solver.add(value >= low, value <= high)
        if known.values is not None:
            among = [
                blank
                if is_blank(each)
                else self._and(self._not(blank), value == self._told(sort, each))
                for each in known.values
            ]
            self.solver.add(self._or(*among))

    def _told(self, sort: str, value: Value) -> Any:
        constant = _constant(sort, value)
        if constant is None:
            raise _Inexpressible
        return self._term(sort, constant)

    def _term(self, sort: str, constant: Any) -> Any:
        if sort == "text":
            return self.z3.StringVal(_escaped(constant), self.context)
        if sort == "number":
            over, under = constant.as_integer_ratio()
            return self.z3.RealVal(f"{over}/{under}", self.context)
        if sort == "bool":
            return self._truth(constant)
        return self.z3.IntVal(constant, self.context)

    # ── conditions ───────────────────────────────────────────────────────────────────────────────

    def _says(self, condition: Condition) -> _Says:
        match condition:
            case AllOf():
                parts = [self._says(part) for part in condition.parts]
                return _Says(
                    self._and(*(part.holds for part in parts)),
                    self._or(*(part.fails for part in parts)),
                )
            case AnyOf():
                parts = [self._says(part) for part in condition.parts]
                return _Says(
                    self._or(*(part.holds for part in parts)),
                    self._and(*(part.fails for part in parts)),
                )
            case Negation():
                part = self._says(condition.part)
                return _Says(part.fails, part.holds)
            case IsBlank():
                blank = self._variable(condition.operand).blank
                return _Says(blank, self._not(blank))
            case IsIn():
                return self._is_in(condition)
            case Compare(value=Operand() as other):
                one, two = self._variable(condition.operand), self._variable(other)
                if one.sort != two.sort:
                    raise _Inexpressible
                there = self._and(self._not(one.blank), self._not(two.blank))
                holds = self._compared(condition, one, two.value)
                return _Says(self._and(there, holds), self._and(there, self._not(holds)))
            case Compare():
                return self._with_constant(condition)

    def _is_in(self, condition: IsIn) -> _Says:
        one = self._variable(condition.operand)
        self._check_kind(condition.operand, condition.kind)
        named = [value for value in condition.values if not is_blank(value)]
        known = [_constant(one.sort, value) for value in named]
        same = [one.value == self._term(one.sort, each) for each in known if each is not None]
        there, holds = self._not(one.blank), self._or(*same)
        fails = self._and(there, self._not(holds))
        blank_among = len(named) < len(condition.values)
        return _Says(self._and(there, holds), self._truth(False) if blank_among else fails)

    def _with_constant(self, condition: Compare) -> _Says:
        one = self._variable(condition.operand)
        if is_blank(condition.value):
            return _Says(self._truth(False), self._truth(False))
        if condition.comparison in ("=", "!=", *_ORDERS):
            self._check_kind(condition.operand, condition.kind)
        constant = _constant(one.sort, condition.value)
        if constant is None and condition.comparison not in ("=", "!="):
            raise _Inexpressible
        if constant is None:  # nothing of this type is the same as it
            holds = self._truth(condition.comparison == "!=")
        else:
            holds = self._compared(condition, one, self._term(one.sort, constant))
        there = self._not(one.blank)
        return _Says(self._and(there, holds), self._and(there, self._not(holds)))

    def _compared(self, condition: Compare, one: _Variable, other: Any) -> Any:
        comparison = condition.comparison
        if comparison == "=":
            return one.value == other
        if comparison == "!=":
            return one.value != other
        if comparison in _ORDERS and one.sort != "bool":
            return _ORDERS[comparison](one.value, other)
        if one.sort != "text":
            raise _Inexpressible
        if comparison == "starts with":
            return self.z3.PrefixOf(other, one.value)
        # What is of no known type may also be a list, which contains its elements only.
        self.exact = self.exact and condition.operand.kind is not None
        return self.z3.Contains(one.value, other)

    def _check_kind(self, operand: Operand, kind: str | None) -> None:
        """A property of no known type that is compared as a number holds numbers and texts."""
        if operand.kind != kind:
            raise _Inexpressible

    def _variable(self, operand: Operand) -> _Variable:
        return self.variables[operand.side, operand.name]

    # ── truths ───────────────────────────────────────────────────────────────────────────────────

    def _and(self, *parts: Any) -> Any:
        return self.z3.And(*parts, self._truth(True))

    def _or(self, *parts: Any) -> Any:
        return self.z3.Or(*parts, self._truth(False))

    def _not(self, part: Any) -> Any:
        return self.z3.Not(part, self.context)

    def _truth(self, holds: bool) -> Any:
        return self.z3.BoolVal(holds, self.context)


_ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}

_LIMITS = {
    "day": (1, date.max.toordinal()),
    "millisecond": (
        (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1),
        (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1),
    ),
}


def _sort(kind: str | None) -> str:
    match kind:
        case None | "text" | "option" | "reference":
            return "text"
        case "number" | "money":
            return "number"
        case "bool":
            return "bool"
        case "date":
            return "day"
        case "datetime":
            return "millisecond"
        case _:
            raise _Inexpressible


def _constant(sort: str, value: Value) -> Any:
    """A constant as a value of a sort, None if it cannot be read as one."""
    if sort == "text":
        return text(value)
    step = {"number": "number", "bool": "bool", "day": "date", "millisecond": "datetime"}[sort]
    try:
        found = convert((Step(step),), value)
    except Unusable:
        return None
    if sort == "day":
        return date.fromisoformat(str(found)).toordinal()
    if sort == "millisecond":
        return (datetime.fromisoformat(str(found)) - _EPOCH) // timedelta(milliseconds=1)
    return found


def _escaped(constant: str) -> str:
    """As z3 reads it: a backslash would begin the number of a letter."""
    if any(ord(letter) > _LAST_LETTER for letter in constant):
        raise _Inexpressible
    return constant.replace("\\", "\\u{5c}")


def _read_text(found: Any) -> str:
    return re.sub(
        r"\\u\{([0-9a-fA-F]+)\}", lambda number: chr(int(number[1], 16)), found.as_string()
    )


def _read_number(found: Any) -> Value:
    whole = found.as_fraction()
    return int(whole) if whole.denominator == 1 else Decimal(whole.numerator) / whole.denominator


_READ_BACK: dict[str, Callable[[Any], Value]] = {
    "text": _read_text,
    "number": _read_number,
    "bool": lambda found: str(found) == "True",
    "day": lambda found: date.fromordinal(found.as_long()).isoformat(),
    "millisecond": lambda found: convert(
        (Step("datetime"),), _EPOCH + timedelta(milliseconds=found.as_long())
    ),
}
