"""
The few values of a property that are enough to try.

A condition tells the values of a property apart only by the comparisons in it. `x > 5` and `x = 9`
make five sorts of numbers: below 9 and not above 5, between 5 and 9, and so on. All numbers of one
sort have the same truth in every comparison, so one of each sort is as good as all. This file finds
one of each; it does not say what a comparison means, which is left to `condition.evaluate`.

Properties that are compared with each other form a group. Its members get the same values, and as
many of each sort as there are members, so that they can be equal, different, and in any order: in a
dense order no condition over k properties can tell more. Between two dates, two times or two texts
there may be fewer; then all are taken.

The values are those that the schema's type has. A property of unknown type can hold anything: any
text, which is also a number where a comparison reads it as one, and a list.

`Values.complete` says whether every sort is there. If it is not, a search that finds nothing proves
nothing; a search that finds something is right in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import NamedTuple

from syncdsl.condition import Compare, IsBlank, IsIn, Operand
from syncdsl.convert import Step, Unusable, Value, convert, is_blank, text
from syncdsl.filters import texts
from syncdsl.filters.question import Known, Leaf, Where

MAX_CONSTANTS = 200  # of one group; more are a list of ids, which nobody compares by hand
MAX_DIGITS = 400  # of a number; next to it there is room for others that can still be read

_DAY = 86_400_000  # in milliseconds
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TEXTS = (None, "text", "option", "reference")  # types whose values compare as texts
_ORDERS = ("<", "<=", ">", ">=")


class Values(NamedTuple):
    each: tuple[Value, ...]
    complete: bool


class Group(NamedTuple):
    """Properties that are compared with each other, or a single one."""

    wheres: tuple[Where, ...]
    leaves: tuple[Leaf, ...]  # that read one of them


def values_of(group: Group, known: dict[Where, Known]) -> dict[Where, Values]:
    """For each property of a group values of all sorts, a blank last."""
    among = [known[where].values for where in group.wheres]
    named = [*(value for each in among for value in each or ())]
    named += [value for where in group.wheres for value in known[where].likely]
    lengths = [known[where].max_length for where in group.wheres]
    shortest = min((length for length in lengths if length is not None), default=None)
    open_ones = _open(_asked(group, named), shortest) if None in among else None
    found = {}
    for where, values in zip(group.wheres, among, strict=True):
        if values is not None:
            found[where] = Values(values, True)
        else:
            assert open_ones is not None
            found[where] = open_ones._replace(each=(*open_ones.each, None))
    return found


class Asked(NamedTuple):
    """What the values of a group are compared with."""

    kinds: tuple[str | None, ...]
    equal: tuple[Value, ...]
    order: tuple[Value, ...]
    starts: tuple[Value, ...]
    contains: tuple[Value, ...]
    as_numbers: tuple[Value, ...]  # that a property of no known type is compared with as a number
    ordered: bool  # some comparison is of order, be it with another property
    many: int  # members of the group
    plain: bool  # no two properties are compared by a part of the text


def _asked(group: Group, named: Sequence[Value]) -> Asked:
    kinds: dict[str | None, None] = {}
    found: dict[str, list[Value]] = {"=": [*named], "<": [], "starts with": [], "contains": []}
    as_numbers: list[Value] = []
    ordered, plain = False, True
    for leaf in group.leaves:
        kinds[leaf.operand.kind] = None
        match leaf:
            case IsBlank():
                pass
            case IsIn():
                by_number = leaf.operand.kind is None and leaf.kind == "number"
                (as_numbers if by_number else found["="]).extend(leaf.values)
            case Compare(operand, comparison, value, kind):
                sort = "<" if comparison in _ORDERS else comparison.replace("!", "")
                by_number = operand.kind is None and kind == "number" and sort in ("=", "<")
                ordered = ordered or sort == "<"
                if isinstance(value, Operand):
                    kinds[value.kind] = None
                    plain = plain and sort in ("=", "<")
                else:
                    (as_numbers if by_number else found[sort]).append(value)
    return Asked(
        tuple(kinds),
        tuple(found["="]),
        tuple(found["<"]),
        tuple(found["starts with"]),
        tuple(found["contains"]),
        tuple(as_numbers),
        ordered,
        len(group.wheres),
        plain,
    )


def _open(asked: Asked, max_length: int | None) -> Values:
    """Values of all sorts for properties that can hold whatever their type has."""
    most = [*asked.equal, *asked.order, *asked.starts, *asked.contains]
    if len(most) > MAX_CONSTANTS:  # a few of them, each of which is compared with all
        return Values(tuple(most[: 1 + MAX_CONSTANTS**2 // len(most)]), False)
    if len(asked.kinds) > 1:
        both = [_of_kind(asked, kind, max_length).each for kind in asked.kinds]
        return Values(_distinct(value for each in both for value in each), False)
    found = _of_kind(asked, asked.kinds[0], max_length)
    return Values(_distinct(found.each), found.complete and asked.plain)


def _of_kind(asked: Asked, kind: str | None, max_length: int | None) -> Values:
    if kind == "bool":
        return Values((True, False), not asked.starts and not asked.contains)
    if kind in ("number", "money"):
        return _on_a_line(asked, _number, _numbers)
    if kind == "date":
        return _on_a_line(asked, _day, _days)
    if kind == "datetime":
        return _on_a_line(asked, _millisecond, _moments)
    if kind == "list":
        return _lists(asked)
    assert kind in _TEXTS
    found = _texts(asked, max_length)
    if kind is None and asked.contains:
        return Values((*found.each, *_as_lists(asked)), found.complete)
    return found


def _distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    """Each once; Python takes 1 and true for the same."""
    return tuple({(type(value), repr(value)): value for value in values}.values())


# ── numbers, days and times: points on a line ────────────────────────────────────────────────────


def _on_a_line(
    asked: Asked,
    read: Callable[[Value], Decimal | int | None],
    around: Callable[[Sequence[Decimal | int], int], Iterable[Value]],
) -> Values:
    """A constant that cannot be read is equal to no value, and its order is that of texts."""
    points = {read(value) for value in (*asked.equal, *asked.order, *asked.starts, *asked.contains)}
    unreadable = None in {read(value) for value in asked.order if not is_blank(value)}
    known = sorted(point for point in points if point is not None)
    parts = asked.starts or asked.contains
    too_long = any(len(text(point)) > MAX_DIGITS for point in known)
    return Values(tuple(around(known, asked.many)), not (parts or unreadable or too_long))


def _read(step: str, value: Value) -> Value:
    try:
        return convert((Step(step),), value)
    except Unusable:
        return None


def _number(value: Value) -> Decimal | None:
    found = _read("number", value)
    return Decimal(found) if isinstance(found, int | Decimal) else None


def _day(value: Value) -> int | None:
    found = _read("date", value)
    return date.fromisoformat(found).toordinal() if isinstance(found, str) else None


def _millisecond(value: Value) -> int | None:
    found = _read("datetime", value)
    if not isinstance(found, str):
        return None
    return (datetime.fromisoformat(found) - _EPOCH) // timedelta(milliseconds=1)


def _numbers(points: Sequence[Decimal | int], many: int) -> list[Value]:
    if not points:
        return [*range(1, many + 1)]
    found: list[Decimal | int] = [points[0] - at for at in range(many, 0, -1)]
    with localcontext(prec=4 * MAX_DIGITS):  # enough for all of this to be exact
        for low, high in pairwise(points):
            found.append(low)
            whole = low // 1 + 1
            if whole + many <= high:
                found += [whole + at for at in range(many)]
            else:
                parts = 2 ** (many + 1).bit_length()
                found += [low + (high - low) * at / parts for at in range(1, many + 1)]
    found += [points[-1] + at for at in range(many + 1)]
    return [int(each) if each == int(each) else each for each in found]


def _days(points: Sequence[Decimal | int], many: int) -> Iterator[Value]:
    for point in _steps(points or [_day("2026-03-02") or 1], many, (1,)):
        if 1 <= point <= date.max.toordinal():
            yield date.fromordinal(point).isoformat()


def _moments(points: Sequence[Decimal | int], many: int) -> Iterator[Value]:
    for point in _steps(points or [_millisecond("2026-03-02T09:00:00Z") or 0], many, (_DAY, 1)):
        try:
            moment = _EPOCH + timedelta(milliseconds=point)
        except OverflowError:
            continue
        yield convert((Step("datetime"),), moment)


def _steps(points: Sequence[Decimal | int], many: int, sizes: Sequence[int]) -> Iterator[int]:
    """The points, and some between, below and above them: as far apart as there is room."""
    whole = [int(point) for point in points]
    yield from (whole[0] - sizes[0] * at for at in range(many, 0, -1))
    for low, high in pairwise(whole):
        yield low
        size = next((size for size in sizes if size * (many + 1) <= high - low), sizes[-1])
        yield from (low + size * at for at in range(1, many + 1) if low + size * at < high)
    yield from (whole[-1] + sizes[0] * at for at in range(many + 1))


# ── texts, and what is of no known type ──────────────────────────────────────────────────────────


def _texts(asked: Asked, max_length: int | None) -> Values:
    """A property that is read as a number here and there holds numbers, and other texts."""
    equal, order, starts, contains = (
        [text(value) for value in values if not is_blank(value)]
        for values in (asked.equal, asked.order, asked.starts, asked.contains)
    )
    by_number = [text(value) for value in asked.as_numbers if not is_blank(value)]
    among = texts.Compared(
        (*equal, *by_number),
        tuple(order),
        tuple(starts),
        tuple(contains),
        asked.ordered or bool(by_number),  # a text that is no number is compared as a text
        asked.many,
        max_length,
    )
    if not by_number:
        found, complete = texts.values_of(among, lambda _: True)
        return Values(tuple(found), complete)
    found, complete = texts.values_of(among, lambda value: _number(value) is None)
    points = {number for each in asked.as_numbers if (number := _number(each)) is not None}
    numbers = [_unlike(text(number), equal) for number in _numbers(sorted(points), 1)]
    mixed = asked.many > 1 or order or starts or contains
    return Values((*numbers, *found), complete and not mixed)


def _unlike(number: str, others: Sequence[str]) -> str:
    """The same number in digits that none of the others has."""
    if "." not in number:
        number += ".0" if number in others else ""
    while number in others:
        number += "0"
    return number


# ── lists ────────────────────────────────────────────────────────────────────────────────────────


def _lists(asked: Asked) -> Values:
    """The lists that a condition names, and of what they can contain every selection."""
    elements = texts.distinct(text(value) for value in asked.contains if not is_blank(value))
    whole = [list(value) if isinstance(value, tuple) else value for value in asked.equal]
    fresh = texts.fresh([*elements, *map(text, asked.equal)])
    selections = [
        [*selection, fresh * at]
        for selection in texts.selections(elements)
        for at in range(1, asked.many + 1)
    ]
    complete = not asked.ordered and not asked.starts and len(elements) <= texts.MAX_PARTS
    return Values((*(each for each in whole if not is_blank(each)), *selections), complete)


def _as_lists(asked: Asked) -> Iterator[Value]:
    """What is of no known type may be a list, which contains its elements and no parts of them."""
    equal = [text(value) for value in asked.equal if not is_blank(value)]
    elements = texts.distinct(text(value) for value in asked.contains if not is_blank(value))
    starts = texts.distinct(text(value) for value in asked.starts if not is_blank(value))
    fresh = texts.fresh([*equal, *elements, *starts])
    for one in equal:
        yield [one]
        yield one.split(";")
    for start in ("", *starts):
        for selection in texts.selections(elements):
            yield from ([start + fresh * at, *selection] for at in range(1, asked.many + 1))
