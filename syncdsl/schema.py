"""
Schemas: what the objects of a system look like, as far as somebody wrote it down.

A schema file is JSON, format version 1. What a file does not say is unknown, which is not the same
as no: every fact of a `Property` that nobody stated is None.
"""

from __future__ import annotations

import json
from enum import Enum
from typing import Any, NamedTuple

from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.source import Source, Span
from syncdsl.suggest import hint, one_of

VERSION = 1


class Type(Enum):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    OPTION = "option"  # one of the options
    LIST = "list"  # several of the options, or several texts
    REFERENCE = "reference"  # to another record


class Option(NamedTuple):
    """A choice: the internal value that is stored, and the label that people see."""

    value: str | int | bool
    label: str | None


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
    unique: bool | None = None
    calculated: bool | None = None


class Object(NamedTuple):
    name: str
    label: str | None
    times: str | None  # where times of change are kept: property, record, none
    properties: dict[str, Property]


class System(NamedTuple):
    kind: str | None
    complete: bool  # the file lists all there is: what it does not name does not exist
    objects: dict[str, Object]


def parse(source: Source) -> tuple[System, list[Diagnostic]]:
    """Reads a schema file. What cannot be understood is told, and left out."""
    reader = _Reader(source)
    try:
        # A digit limit and a depth limit are the parser's own: both end in an exception.
        data = json.loads(source.text)
    except json.JSONDecodeError as problem:
        reader.tell(f"this is not JSON: {problem.msg.lower()}", problem.pos)
        data = {}
    except (RecursionError, ValueError):
        reader.tell("this JSON is nested too deeply, or has a number that is too long")
        data = {}
    return reader.system(data), reader.diagnostics


class _Reader:
    """Takes JSON apart, and notes what is not as it should be."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []

    def tell(self, message: str, offset: int = 0) -> None:
        end = min(offset + 1, len(self.source.text))
        span = Span(self.source, offset, end)
        self.diagnostics.append(Diagnostic("schema-file", Severity.ERROR, message, span))

    def system(self, data: Any) -> System:
        fields = self.fields(data, "the file", ("version", "kind", "complete", "objects"))
        if fields and fields.get("version") != VERSION:
            self.tell(f'`"version"` is {fields.get("version")!r}; this program reads {VERSION}')
        objects = self.named(fields.get("objects"), "`objects`")
        return System(
            kind=self.text(fields, "kind", "the file"),
            complete=self.flag(fields, "complete", "the file") is True,
            objects={name: self.object(name, value) for name, value in objects.items()},
        )

    def object(self, name: str, data: Any) -> Object:
        where = f"object `{name}`"
        fields = self.fields(data, where, ("label", "times", "properties"))
        times = self.text(fields, "times", where)
        if times not in (None, "property", "record", "none"):
            accepted = one_of(("property", "record", "none"))
            self.tell(f"`times` of {where} is `{times}`; accepted: {accepted}")
            times = None
        properties = self.named(fields.get("properties"), f"`properties` of {where}")
        return Object(
            name=name,
            label=self.text(fields, "label", where),
            times=times,
            properties={
                key: self.property(key, value, f"property `{name}.{key}`")
                for key, value in properties.items()
            },
        )

    def property(self, name: str, data: Any, where: str) -> Property:
        fields = self.fields(data, where, Property._fields[1:])
        kind = self.text(fields, "type", where)
        known = [each.value for each in Type]
        if kind is not None and kind not in known:
            self.tell(f"{where} has the type `{kind}`; {hint(kind, known, 'type')}")
            kind = None
        return Property(
            name=name,
            label=self.text(fields, "label", where),
            type=None if kind is None else Type(kind),
            max_length=self.whole(fields, "max_length", where),
            precision=self.whole(fields, "precision", where),
            options=self.options(fields.get("options"), where),
            required=self.flag(fields, "required", where),
            create=self.flag(fields, "create", where),
            update=self.flag(fields, "update", where),
            unique=self.flag(fields, "unique", where),
            calculated=self.flag(fields, "calculated", where),
        )

    def options(self, data: Any, where: str) -> tuple[Option, ...] | None:
        if data is None:
            return None
        if not isinstance(data, list):
            self.tell(f"`options` of {where} is not a list")
            return None
        options = []
        for each in data:
            fields = self.fields(each, f"an option of {where}", ("value", "label"))
            value = fields.get("value")
            if isinstance(value, str | int):
                options.append(Option(value, self.text(fields, "label", where)))
            elif fields:
                self.tell(f"an option of {where} has no `value` that is a text or a whole number")
        return tuple(options) or None  # an empty list says nothing: not "nothing is allowed"

    def fields(self, data: Any, where: str, known: tuple[str, ...]) -> dict[str, Any]:
        fields = self.named(data, where)
        for key in fields:
            if key not in known:
                self.tell(f"{where} has an unknown key `{key}`; {hint(key, known, 'key')}")
        return fields

    def named(self, data: Any, where: str) -> dict[str, Any]:
        if data is None:
            return {}
        if isinstance(data, dict):
            return data
        self.tell(f"{where} is not a JSON object")
        return {}

    def text(self, fields: dict[str, Any], key: str, where: str) -> str | None:
        return self.typed(fields, key, where, str, "a text")  # type: ignore[no-any-return]

    def flag(self, fields: dict[str, Any], key: str, where: str) -> bool | None:
        return self.typed(fields, key, where, bool, "true or false")  # type: ignore[no-any-return]

    def whole(self, fields: dict[str, Any], key: str, where: str) -> int | None:
        return self.typed(fields, key, where, int, "a whole number")  # type: ignore[no-any-return]

    def typed(self, fields: dict[str, Any], key: str, where: str, kind: type, words: str) -> Any:
        value = fields.get(key)
        if value is None or (isinstance(value, kind) and (kind is bool) == isinstance(value, bool)):
            return value
        self.tell(f"`{key}` of {where} is not {words}")
        return None
