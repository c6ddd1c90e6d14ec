"""
The few values that make a difference to a rule, and what is seen in two of them.

A rule looks at values through the questions of its table only: is it blank, is it refused, do the
two agree, which stage is later, who lacks an element. So a *canonical wiring* stands for all rules
with the same clauses, and a handful of values for all values:

- plain ones, `a`, `b`, …, of which only the equality matters. They are *interchangeable*: a moment
  in which both sides hold `b` is the one in which both hold `a`, with another name. As many as
  there are places to hold one are enough, for a new one may take the name that is free.
- of stages three, which may also be compared, and one outside of the order; of a flag its two;
- of lists those of two elements;
- a blank, a value that the conversion refuses, a constant, a default.

What is seen in two values is asked of `semantics.observe`, and what an outcome makes of them of
`semantics.observe.effects`; nothing here knows what a clause means.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations
from typing import NamedTuple

from syncdsl.convert import Step
from syncdsl.policy import Arrow, Clauses, Mode
from syncdsl.semantics.observe import Moment, Questions, effects, observe
from syncdsl.semantics.table import questions
from syncdsl.situation import Content, Event, Outcome, Side, Situation
from syncdsl.wiring import Conversion, End, Wiring

Held = str | None  # what one side holds; None is a blank

PLAIN = "abcdefgh"  # the interchangeable ones
CONSTANT, DEFAULT, OUTSIDE = "constant", "default", "outside"
UNUSABLE = "a text that is too long for the conversion of the rule"

_LONGEST = 40
_STAGES, _ELEMENTS = 3, 2
_NAMES = {Side.LEFT: "left", Side.RIGHT: "right"}


class Values(NamedTuple):
    """A rule's canonical wiring, and what people may put into its two ends."""

    wiring: Wiring
    asks: Questions
    left: tuple[Held, ...]  # without the interchangeable ones
    right: tuple[Held, ...]
    interchangeable: bool

    def named(self, side: Side) -> tuple[Held, ...]:
        return self.left if side is Side.LEFT else self.right

    def is_property(self, side: Side) -> bool:
        return self.end(side).name is not None

    def end(self, side: Side) -> End:
        return self.wiring.left if side is Side.LEFT else self.wiring.right


class Sights(NamedTuple):
    """
    What is seen in values, and what is written, once it was asked for. Many clauses change nothing
    in it, so that rules share it.
    """

    values: Values
    seen: dict[tuple[Held, Held], Situation]
    made: dict[tuple[Side, Held], Situation]
    written: dict[tuple[Outcome, Side | None, Held, Held], tuple[Held, Held]]


def sights_of(clauses: Clauses, more: int = 0) -> Sights:
    """The values of a rule; with more of them than can matter, to see that they do not."""
    alike = Clauses(
        clauses.arrow,
        mode=clauses.mode,
        default=clauses.default,
        constant=clauses.constant,
        left_refusable=clauses.left_refusable,
        right_refusable=clauses.right_refusable,
        left_may_leave_order=clauses.left_may_leave_order,
        right_may_leave_order=clauses.right_may_leave_order,
    )
    return _sights(alike, more)


@cache
def _sights(clauses: Clauses, more: int) -> Sights:
    return Sights(_values(clauses, more), {}, {}, {})


def _values(clauses: Clauses, more: int) -> Values:
    wiring = Wiring(
        _end(clauses, Side.LEFT),
        _end(clauses, Side.RIGHT),
        _way(clauses, Side.LEFT),
        _way(clauses, Side.RIGHT),
        stages=_stages(more) if clauses.mode is Mode.FORWARD else None,
        sticky=True if clauses.mode is Mode.STICKY else None,
        default=_default(clauses) if clauses.default else None,
    )
    plain = not clauses.mode.has_stages and not clauses.mode.adds
    left, right = (_held(clauses, side, more) for side in Side)
    return Values(wiring, questions(clauses), left, right, plain)


def seen(sights: Sights, left: Held, right: Held) -> Situation:
    """What is seen in two values, at a first pass."""
    found = sights.seen.get((left, right))
    if found is None:
        found = sights.seen[left, right] = _seen(sights, left, right)
    return found


def made(sights: Sights, side: Side, source: Held) -> Situation:
    """What is seen where the record of a side is to be made."""
    found = sights.made.get((side, source))
    if found is None:
        values = sights.values
        found = observe(values.wiring, values.asks, _made(values, side, source))
        sights.made[side, source] = found
    return found


def written(
    sights: Sights, outcome: Outcome, left: Held, right: Held, new: Side | None = None
) -> tuple[Held, Held]:
    """What both sides hold after an outcome, that of a new record with nothing in it at first."""
    if outcome.side is None:
        return left, right
    key = outcome, new, left, right
    found = sights.written.get(key)
    if found is None:
        found = sights.written[key] = _written(sights.values, outcome, left, right, new)
    return found


def is_value(sights: Sights, side: Side, value: Held) -> bool:
    """Is it something that this side can give?"""
    values = sights.values
    other: Held = None if values.is_property(side.other) else str(values.end(side.other).constant)
    left, right = (value, other) if side is Side.LEFT else (other, value)
    return seen(sights, left, right).content(side) is Content.VALUE


@cache
def elements(value: Held) -> frozenset[str]:
    return frozenset(() if value is None else value.split("\n"))


def _seen(sights: Sights, left: Held, right: Held) -> Situation:
    values = sights.values
    if values.interchangeable:
        names = names_of(left, right)
        alike = named(left, names), named(right, names)
        if alike != (left, right):
            return seen(sights, *alike)
    return observe(values.wiring, values.asks, _moment(values, left, right))


def _written(
    values: Values, outcome: Outcome, left: Held, right: Held, new: Side | None
) -> tuple[Held, Held]:
    moment = _moment(values, left, right)
    if new is not None:
        moment = _made(values, new, right if new is Side.LEFT else left)
    for effect in effects(values.wiring, values.asks, moment, outcome):
        value = None if effect.value is None else str(effect.value)
        left, right = (value, right) if effect.side is Side.LEFT else (left, value)
    return left, right


@cache
def first_names(
    left: Held, right: Held, before: tuple[Held, Held] | None
) -> tuple[Held, Held, tuple[Held, Held] | None]:
    """The same, with the first names for the interchangeable ones."""
    names = names_of(left, right, *(before or ()))
    then = before and (named(before[0], names), named(before[1], names))
    return named(left, names), named(right, names), then


@cache
def around(
    left: Held, right: Held, before: tuple[Held, Held] | None, spare: int
) -> tuple[str, ...]:
    """The interchangeable values that somebody may put in: something new, and what is there."""
    there = {left, right, *(before or ())}
    fresh = [value for value in PLAIN if value not in there][:spare]
    return (*fresh, *(value for value in PLAIN if value in there))


@cache
def names_of(*held: Held) -> dict[str, str]:
    """The first names for the interchangeable ones among values, in their order."""
    plain = dict.fromkeys(value for value in held if value is not None and value in _PLAIN)
    return dict(zip(plain, PLAIN, strict=False))


def named(value: Held, names: dict[str, str]) -> Held:
    return None if value is None else names.get(value, value)


_PLAIN = frozenset(PLAIN)


def _moment(values: Values, left: Held, right: Held) -> Moment:
    records = _record(values, Side.LEFT, left), _record(values, Side.RIGHT, right)
    return Moment(Event.INITIAL, *records)


def _made(values: Values, side: Side, source: Held) -> Moment:
    record = _record(values, side.other, source)
    left, right = (None, record) if side is Side.LEFT else (record, None)
    return Moment(Event.CREATE, left, right)


def _record(values: Values, side: Side, value: Held) -> dict[str, Held]:
    return {_NAMES[side]: value} if values.is_property(side) else {}


def _end(clauses: Clauses, side: Side) -> End:
    if clauses.constant and clauses.arrow.gives(side):
        return End(None, constant=_constant(clauses))
    return End(_NAMES[side])


def _way(clauses: Clauses, side: Side) -> Conversion:
    refuses = clauses.arrow.gives(side) and clauses.refusable(side)
    return Conversion((Step("text", _LONGEST),)) if refuses else Conversion()


# ── which values ─────────────────────────────────────────────────────────────────────────────────


def _held(clauses: Clauses, side: Side, more: int) -> tuple[Held, ...]:
    gives = clauses.arrow.gives(side)
    if clauses.constant and gives:
        return (_constant(clauses),)
    named: list[Held] = [None]
    if clauses.mode.adds:
        every = PLAIN[: _ELEMENTS + more]
        named += ["\n".join(some) for n in range(len(every)) for some in permutations(every, n + 1)]
    elif clauses.mode.has_stages:
        named += _stages(more) if clauses.mode is Mode.FORWARD else ("false", "true")
        named += [OUTSIDE] if _may_leave_order(clauses, side) else []
    elif clauses.constant:
        named.append(CONSTANT)
    if _may_be_refused(clauses, side):
        named.append(UNUSABLE)
    return tuple(named)


def _may_be_refused(clauses: Clauses, side: Side) -> bool:
    if not (clauses.arrow.gives(side) and clauses.refusable(side)):
        return False
    compared = Side.RIGHT if clauses.arrow is Arrow.LEFT else Side.LEFT
    # A refused value of the other side is a stage like others, or outside of the order.
    return not clauses.mode.has_stages or side is compared or _may_leave_order(clauses, side)


def _may_leave_order(clauses: Clauses, side: Side) -> bool:
    return clauses.left_may_leave_order if side is Side.LEFT else clauses.right_may_leave_order


def _stages(more: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, _STAGES + more + 1))


def _constant(clauses: Clauses) -> str:
    """A constant stage is one with others on both sides, a constant flag the one that stays."""
    return {Mode.FORWARD: "2", Mode.STICKY: "true"}.get(clauses.mode, CONSTANT)


def _default(clauses: Clauses) -> str:
    return {Mode.FORWARD: "1", Mode.STICKY: "false"}.get(clauses.mode, DEFAULT)
