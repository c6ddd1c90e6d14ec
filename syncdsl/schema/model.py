"""
What can be known of the objects of a system.

Nobody knows all of it. A fact that nobody stated is None, which is not the same as no: a property
of which it is not known whether it may be written may well be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from syncdsl.situation import Word

VERSION = 1


class Type(Word):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    OPTION = "option"  # one of the options
    LIST = "list"  # several of the options, or several texts
    REFERENCE = "reference"  # to another record


class Times(Word):
    """Where a system keeps when something was changed."""

    PROPERTY = "property"  # for every property
    RECORD = "record"  # for the record as a whole
    NONE = "none"


class Zone(Word):
    """What a date with a time means."""

    UTC = "utc"  # a moment, the same everywhere
    NONE = "none"  # what a clock showed, nobody says where


class Option(NamedTuple):
    """A choice: the internal value that is stored, and the label that people see."""

    value: str | int | bool
    label: str | None = None
    state: str | int | bool | None = None  # the value of the state property that goes with it


class Property(NamedTuple):
    name: str
    label: str | None = None
    type: Type | None = None
    max_length: int | None = None  # characters
    precision: int | None = None  # decimal places
    options: tuple[Option, ...] | None = None
    required: bool | None = None  # must be filled when a record is made
    create: bool | None = None  # may be written when a record is made
    update: bool | None = None  # may be written later
    unique: bool | None = None  # no two records share a value
    calculated: bool | None = None  # the system works it out
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    targets: tuple[str, ...] | None = None  # the objects that it can refer to
    currency: str | None = None  # the property beside it that names the currency
    state: str | None = None  # the property beside it that the options' states are of
    separator: str | None = None  # what stands between the elements of a list that is kept as text
    zone: Zone | None = None  # of a date with a time


class Object(NamedTuple):
    name: str
    label: str | None
    times: Times | None
    properties: Mapping[str, Property]
    modified: str | None = None  # the property that holds when the record was changed last
    complete: bool | None = None  # all its properties are here; None: as the schema says


class System(NamedTuple):
    kind: str | None
    complete: bool  # all there is is here: what is not named does not exist
    objects: Mapping[str, Object]

    def is_complete(self, name: str) -> bool:
        """Does this schema list all properties of an object?"""
        stated = self.objects[name].complete
        return self.complete if stated is None else stated


class Objects(Mapping[str, Object]):
    """Objects that are read when somebody asks for them: of many, a policy names a few."""

    def __init__(self, names: Sequence[str], read: Callable[[str], Object]) -> None:
        self._read = read
        self._known: dict[str, Object | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> Object:
        found = self._known[name]
        if found is None:
            found = self._known[name] = self._read(name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
