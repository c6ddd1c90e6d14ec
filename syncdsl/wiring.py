"""
What a rule is wired to: names and values, and nothing of what its clauses mean.

A rule's meaning is its `Clauses`, shared by many rules; its wiring is its own. `semantics.observe`
reads a pair of records through the wiring and answers with a situation.
This file is also pasted into compiled modules.
"""

from __future__ import annotations

from typing import NamedTuple

from syncdsl.condition import Condition
from syncdsl.convert import Step, Unusable, Value, convert, is_blank, same


class Entry(NamedTuple):
    """One line of a value map, in the direction in which it is read."""

    given: Value
    becomes: Value


class ValueMap(NamedTuple):
    """A value map read in one direction: whole values, never a blank."""

    entries: tuple[Entry, ...]
    otherwise: str = "reject"  # reject, copy, value
    fallback: Value = None  # with otherwise "value"


class Conversion(NamedTuple):
    """From one end's value to the other's: first comes what `first` names."""

    steps: tuple[Step, ...] = ()
    values: ValueMap | None = None
    map_first: bool = False  # a two-way rule read from right to left


class End(NamedTuple):
    """One end of a rule: a property of the record on its side, or a constant."""

    name: str | None  # None: a constant
    kind: str | None = None  # the schema's type of the property
    constant: Value = None


class Wiring(NamedTuple):
    left: End
    right: End
    forward: Conversion = Conversion()  # from left to right
    backward: Conversion = Conversion()  # from right to left
    stages: tuple[Value, ...] | None = None  # `forward only`: earliest first
    sticky: bool | None = (
        None  # `sticky`: the value that stays, as the right end (or target) says it
    )
    default: Value = None
    guard: Condition | None = None


def becomes(conversion: Conversion, value: Value) -> Value:
    """A value after the conversion, None for a blank. Raises Unusable."""
    if conversion.map_first:
        return convert(conversion.steps, _mapped(conversion.values, value))
    return _mapped(conversion.values, convert(conversion.steps, value))


def _mapped(values: ValueMap | None, value: Value) -> Value:
    if values is None or is_blank(value):
        return None if is_blank(value) else value
    for entry in values.entries:
        if same(entry.given, value, None):
            return entry.becomes
    if values.otherwise == "copy":
        return value
    if values.otherwise == "value":
        return values.fallback
    raise Unusable("the value map does not name it")
