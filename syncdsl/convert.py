"""
What the `as` steps of a rule do to one value, and when two values are the same.

Every value has one canonical text, every step takes the forms that docs/reference/conversions.md
lists and always gives the same one back, and whatever else comes is unusable: a step never guesses.
This file is also pasted into compiled modules: the standard library only, and a quick import.

INVARIANT: no clock, locale or local time zone; a value converts to the same on every machine.
INVARIANT: whatever the value, nothing is raised but Unusable and MissingLibrary.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime, tzinfo

Value = object  # str, int, float, Decimal, bool, date, datetime, a list of these, or None
MAX_LENGTH = 500  # of a number; any float is shorter, Decimal("1E+999999999") fills the memory


class Unusable(Exception):  # noqa: N818  (an outcome of the language, not an error)
    """A step cannot take a value. Says why, and not which: values may be personal."""


class MissingLibrary(Exception):  # noqa: N818
    """A step needs what is not installed. Says what to install."""


class Step(NamedTuple):
    name: str
    argument: str | int | None = None


class Facts(NamedTuple):
    """What is known about a step whatever the value."""

    function: Callable[[Any, Any], Value]  # of a value (a list only if not `each`) and the argument
    takes: tuple[str, ...]  # the schema's types that have values it can take
    gives: str  # the type of what it gives; with `each`, a list gives a list of these
    argument: str = "none"  # none, text, whole number
    example: str = ""  # of the step with its argument
    required: bool = False  # there is no default for the argument
    each: bool = True  # in a list it does its work on every element
    can_blank: bool = False  # a value may become blank
    can_refuse: bool = True  # a property's value may be unusable; a list in a list always is


def is_blank(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return next(_leaves(value), None) is None
    return value is None or value == ""


def text(value: Value) -> str:
    """The canonical text of a value, and "" for a blank."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        number = Decimal(float.__repr__(value)) if isinstance(value, float) else Decimal(value)
        if abs(number.adjusted()) > MAX_LENGTH:
            return str(number) if number else "0"
        digits = format(number, "f")  # Decimal.normalize would round to the context's precision
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return digits if number else "0"
    if value is None or isinstance(value, list | tuple):
        return ";".join(text(leaf) for leaf in _leaves(value))
    from datetime import datetime

    try:
        if isinstance(value, datetime):
            return _datetime(value)
        if isinstance(value, dict):
            return "{" + text(sorted(f"{key}={text(value[key])}" for key in value)) + "}"
    except Unusable:
        pass  # a time that in UTC would leave the calendar
    except RecursionError:
        return "{...}"
    return str(value)  # of a date: YYYY-MM-DD


def same(a: Value, b: Value, kind: str | None) -> bool:
    """Do two values agree, read as the schema's type if both can be, else as texts?"""
    return compare(a, b, kind) == 0 or (is_blank(a) and is_blank(b))


def compare(a: Value, b: Value, kind: str | None) -> int | None:
    """Below, at or above 0 as `a` is before, with or after `b`. None: one of them is blank."""
    if is_blank(a) or is_blank(b):
        return None
    read = _READINGS.get(kind or "text", text)
    try:
        left, right = read(a), read(b)
    except Unusable:
        left, right = text(a), text(b)
    return int(left > right) - int(left < right)


def convert(steps: Sequence[Step], value: Value) -> Value:
    """The value after all steps, None for a blank. No step may have an `argument_problem`."""
    for name, argument in steps:
        if is_blank(value):
            return None
        function, each = STEPS[name].function, STEPS[name].each
        elements = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(element, list | tuple | dict) for element in elements):
            raise Unusable("a list or a record inside another")
        if not isinstance(value, list | tuple):
            value = function(value, argument)
        elif each:
            converted = [function(element, argument) for element in value if not is_blank(element)]
            value = [element for element in converted if not is_blank(element)]
        else:
            value = function([element for element in value if not is_blank(element)], argument)
    return None if is_blank(value) else value


def turned_round(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps as a two-way rule applies them from right to left."""
    opposite = {"split": "join", "join": "split"}
    return tuple(Step(opposite.get(name, name), argument) for name, argument in reversed(steps))


def argument_problem(step: Step) -> str | None:
    """What is wrong with a step as it is written, and what would be accepted."""
    name, argument = step
    facts = STEPS.get(name)
    if facts is None:
        return f"there is no step `{name}`; the steps are {', '.join(STEPS)}"
    if argument is None:
        return f"`{name}` needs an argument, as in `{facts.example}`" if facts.required else None
    if facts.argument == "none":
        return f"`{name}` takes no argument"
    if facts.argument == "whole number":
        fits, accepted = type(argument) is int and argument >= 1, "a whole number from 1 on"
    else:
        fits, accepted = isinstance(argument, str) and argument != "", "a text that is not empty"
    if not fits:
        return f"`{name}` takes {accepted}, as in `{facts.example}`"
    if name != "e164" and _is_zone(str(argument)):
        return None  # to list all zones takes longer than to look for one
    known = known_arguments(name)
    if not known or argument in known:
        return None
    what = "region" if name == "e164" else "time zone"
    return f"there is no {what} `{argument}`; accepted is one such as in `{facts.example}`"


@cache
def known_arguments(step: str) -> tuple[str, ...]:
    """All that a step takes as its argument; empty if that is any text, or not known here."""
    if step in ("date", "datetime"):
        from zoneinfo import available_timezones

        return tuple(sorted(available_timezones() - {"localtime", "Factory"}))  # no places
    if step != "e164":
        return ()
    try:
        from phonenumbers import SUPPORTED_REGIONS

        return tuple(sorted(SUPPORTED_REGIONS))
    except ImportError:
        capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return tuple(first + second for first in capitals for second in capitals)


def _is_zone(name: str) -> bool:
    if name in ("localtime", "Factory") or "/" not in name:
        return False  # few, and some are no places: the list tells
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return not name.startswith(("posix/", "right/"))


def _leaves(value: Value) -> Iterator[Value]:
    """All in a value that is not blank. A loop: lists may be nested deeper than Python calls."""
    rest = [value]
    while rest:
        first = rest.pop()
        if isinstance(first, list | tuple):
            rest.extend(reversed(first))
        elif first is not None and not (isinstance(first, str) and first == ""):
            yield first


# str.lower and str.upper apply the full case mapping to a whole text: ß becomes SS, and a sigma
# looks at its neighbours. On one letter they are the simple mapping wherever they give one letter.
def _lower(value: Value, _: None) -> str:
    return "".join(one.lower()[0] for one in text(value))  # only U+0130 gives two


def _upper(value: Value, _: None) -> str:
    # Greek letters with an iota below (U+1F80 …) have one title case, which is their simple upper
    # case too. The rest (ß, the ligatures …) have none and stay.
    return "".join(min(one.upper(), one.title(), one, key=len) for one in text(value))


def _text(value: Value, most: int) -> str:
    if len(whole := text(value)) > most:
        raise Unusable(f"longer than {most} characters")
    return whole


def _number(value: Value, _: None = None) -> int | Decimal:
    plain = r"[+-]?[0-9]+(\.[0-9]+)?"
    if isinstance(value, str) and re.fullmatch(plain, value):
        value = Decimal(value)
    digits = "" if isinstance(value, str | bool) else text(value)
    if len(digits) > MAX_LENGTH or "E" in digits:
        raise Unusable(f"a number of more than {MAX_LENGTH} characters")
    if not re.fullmatch(plain, digits):
        raise Unusable("not a number such as 12, -3 or 0.50")
    return Decimal(digits) if "." in digits else int(digits)


def _bool(value: Value, _: None = None) -> bool:
    word = text(value).lower()
    if word not in _TRUE + _FALSE:
        raise Unusable(f"neither {', '.join(_TRUE)} nor {', '.join(_FALSE)}")
    return word in _TRUE


def _date(value: Value, zone: str | None = None) -> str:
    return _moment(value, _zone(zone), _zone(zone)).date().isoformat()


def _datetime(value: Value, zone: str | None = None) -> str:
    moment = _moment(value, _zone(zone), _zone("UTC")).replace(tzinfo=None)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds") + "Z"


def _moment(value: Value, zone: tzinfo, shown: tzinfo) -> datetime:
    """What a value means in one zone, by the clocks of another, in whole milliseconds."""
    from datetime import UTC, datetime, timedelta

    written = "" if isinstance(value, datetime) else text(value)
    fewest = 10 if isinstance(value, str) else 1  # the text 20240131 is more likely a day
    try:
        if isinstance(value, datetime):
            moment = value
        elif re.fullmatch(rf"-?[0-9]{{{fewest},15}}", written):
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(written))
        elif re.fullmatch(_ISO, written):
            moment = datetime.fromisoformat(written)
        else:
            raise Unusable("not a date such as 2024-01-31 or 2024-01-31T09:30:00Z")
        moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        if moment.utcoffset() is None:
            moment = moment.replace(tzinfo=zone, fold=0)  # of a time that comes twice, the first
        return moment.astimezone(shown)
    except (OverflowError, ValueError):
        raise Unusable("no day or time in the years 1 to 9999") from None


def _zone(name: str | None) -> tzinfo:
    from datetime import UTC
    from zoneinfo import ZoneInfo

    try:
        return UTC if name is None or name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        if known_arguments("date"):
            raise Unusable(f"there is no time zone `{name}`") from None
        raise MissingLibrary("this machine knows no time zones: install `tzdata`") from None


def _e164(value: Value, region: str) -> str:
    try:
        import phonenumbers

        number = phonenumbers.parse(text(value), region)
    except ImportError:
        raise MissingLibrary("`e164` needs phonenumbers: install `syncdsl[phone]`") from None
    except phonenumbers.NumberParseException:
        raise Unusable("not a phone number") from None
    if not phonenumbers.is_valid_number(number):
        raise Unusable("a phone number that nobody can have")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _split(value: Value, separator: str | None = None) -> list[Value]:
    if isinstance(value, list | tuple):
        return list(value)
    return [element for element in text(value).split(separator or ";") if element]


def _join(value: Value, separator: str | None) -> str:
    if not isinstance(value, list):
        return text(value)
    elements = [text(element) for element in value]
    joined = (separator or ";").join(elements)
    # With "::" between them, the elements "a:" and "b" would come back as "a" and ":b".
    if _split(joined, separator) != elements:
        raise Unusable(f"an element contains the separator `{separator or ';'}`")
    return joined


_ISO = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ]([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}(:?[0-5][0-9])?)?)?"
)
_TRUE = ("true", "yes", "y", "1", "on")
_FALSE = ("false", "no", "n", "0", "off")
_READINGS: dict[str, Callable[[Any], Any]] = {
    "number": _number,
    "money": _number,
    "bool": _bool,
    "date": _date,
    "datetime": lambda value: _datetime(value)[:-1],  # without the Z, a later time sorts later
    "list": lambda value: sorted({*map(text, _leaves(_split(value)))}),  # a set
}
_ALL = ("text", "number", "money", "bool", "date", "datetime", "option", "list", "reference")
_NUMBERS = ("text", "number", "money", "option", "list")
_TRUTHS = ("text", "number", "bool", "option", "list")
_TIMES = ("text", "number", "date", "datetime", "list")

# In the order in which the language lists them.
STEPS: dict[str, Facts] = {
    "trim": Facts(lambda one, _: text(one).strip(), _ALL, "text", can_blank=True, can_refuse=False),
    "lower": Facts(_lower, _ALL, "text", can_refuse=False),
    "upper": Facts(_upper, _ALL, "text", can_refuse=False),
    "text": Facts(_text, _ALL, "text", "whole number", "text(40)", required=True),
    "number": Facts(_number, _NUMBERS, "number"),
    "date": Facts(_date, _TIMES, "date", "text", 'date("Europe/Berlin")'),
    "datetime": Facts(_datetime, _TIMES, "datetime", "text", 'datetime("Europe/Berlin")'),
    "bool": Facts(_bool, _TRUTHS, "bool"),
    "e164": Facts(_e164, ("text", "number", "list"), "text", "text", 'e164("DE")', required=True),
    "split": Facts(
        _split, _ALL, "list", "text", 'split(";")', each=False, can_blank=True, can_refuse=False
    ),
    "join": Facts(_join, _ALL, "text", "text", 'join(";")', each=False),
    "negate": Facts(lambda one, _: not _bool(one), _TRUTHS, "bool"),
}
