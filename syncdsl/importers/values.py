"""
What a column's values say about its type.

A value is what `as number`, `as bool` and `as date` can read, so a type that comes of it is one
that the conversions keep. All values have to fit, blanks aside, and what has two readings has none:
0 and 1 are yes and no or two numbers, 01067 is a postcode, 4915112345678 is no date.

Nothing else comes of values. That all those of today are short, different or of five kinds does not
bind the one of tomorrow: no length, no options, nothing unique, nothing required.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from syncdsl.convert import Step, Unusable, convert, is_blank
from syncdsl.schema import Type, Zone

MIN_VALUES = 3  # fewer say nothing
MAX_DIFFERENT = 10_000  # values that are kept of a column
CODE_LENGTH = 4  # whole numbers that all have so many digits or more are rather names of something

_NUMBER_STEP, _BOOL_STEP, _MOMENT_STEP = Step("number"), Step("bool"), Step("datetime")
_DIGITS = re.compile(r"[0-9]+")
# A number that is spelled as nobody spells one who counts.
_CODE = re.compile(r"\+.*|-?0[0-9].*|[0-9]{16,}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ZONED = re.compile(r".*(Z|[+-][0-9]{2}(:?[0-9]{2})?)", re.DOTALL)
_LIST = re.compile(r"[^;]+;\S")


class Column:
    """The different values of a column, as many as are needed."""

    def __init__(self) -> None:
        self.count = 0
        self.values: dict[str, None] = {}  # in the order in which they were met

    def add(self, value: str | None) -> None:
        if is_blank(value) or (isinstance(value, str) and not value.strip()):
            return
        self.count += 1
        if value not in self.values and len(self.values) < MAX_DIFFERENT:
            self.values[str(value)] = None

    def type(self) -> tuple[Type | None, Zone | None]:
        if self.count < MIN_VALUES:
            return None, None
        return inferred(tuple(self.values))


def inferred(values: tuple[str, ...]) -> tuple[Type | None, Zone | None]:
    """The one type that all these texts have, and of a date with a time what it means."""
    if _all(values, _NUMBER_STEP):
        return (None if _may_be_codes(values) else Type.NUMBER), None
    if _all(values, _BOOL_STEP):
        return Type.BOOL, None
    if not any(_DIGITS.fullmatch(value.strip("-")) for value in values):
        if _all(values, _MOMENT_STEP):
            if all(_DAY.fullmatch(value) for value in values):
                return Type.DATE, None
            return Type.DATETIME, _zone(values)
    if any(_LIST.match(value) for value in values):
        return None, None  # a list, or a sentence
    return Type.TEXT, None


def _all(values: Iterable[str], step: Step) -> bool:
    try:
        for value in values:
            convert((step,), value)
    except Unusable:
        return False
    return True


def _may_be_codes(values: tuple[str, ...]) -> bool:
    if any(_CODE.fullmatch(value) for value in values):
        return True
    if set(values) <= {"0", "1"}:
        return True
    lengths = {len(value) for value in values if _DIGITS.fullmatch(value)}
    is_one_length = len(lengths) == 1 and all(_DIGITS.fullmatch(value) for value in values)
    return is_one_length and len(values) > 1 and lengths.pop() >= CODE_LENGTH


def _zone(values: tuple[str, ...]) -> Zone | None:
    zoned = {_ZONED.fullmatch(value) is not None and not _DAY.fullmatch(value) for value in values}
    if len(zoned) != 1:
        return None
    return Zone.UTC if zoned.pop() else Zone.NONE
