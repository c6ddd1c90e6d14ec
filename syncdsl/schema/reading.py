"""
Schema files: JSON, format version 1, described by docs/reference/schema.schema.json.

A text is taken apart by Python's own parser, which is quick and does not know where anything
stands. Only when something is wrong are the places looked for, by going through the text once more.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.schema.json_text import NotJson, load
from syncdsl.schema.model import VERSION, Object, Option, Property, System, Times, Type, Zone
from syncdsl.schema.places import Place, Way, doubled, find
from syncdsl.source import Source, Span
from syncdsl.suggest import hint, one_of

MAX_TOLD = 100  # of one file: beyond, it is of something else


def parse(source: Source) -> tuple[System, list[Diagnostic]]:
    """Reads a schema file. What cannot be understood is told, and left out."""
    reader = _Reader()
    try:
        data = load(source.text, reader.object_of)
    except NotJson as problem:
        told = _told(source, f"this is not JSON: {problem}", problem.place)
        return System(None, False, {}), [told]
    system = reader.system(data)
    return system, reader.diagnostics(source)


def _told(source: Source, message: str, place: Place) -> Diagnostic:
    length = len(source.text)
    span = Span(source, min(place.start, length), min(place.end, length))
    return Diagnostic("schema-file", Severity.ERROR, message, span)


# ── values ───────────────────────────────────────────────────────────────────────────────────────


class _Unfit(Exception):  # noqa: N818
    """Why a value cannot be this fact, in words that follow the name of the fact."""


_Read = Callable[[Any], Any]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unfit("is not a text")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unfit("is not true or false")
    return value


def _whole(least: int) -> _Read:
    def read(value: Any) -> int:
        number = value
        if isinstance(number, Decimal) and abs(number.adjusted()) < 20 and number == int(number):
            number = int(number)  # 5.0 is a whole number in JSON
        if not isinstance(number, int) or isinstance(number, bool):
            raise _Unfit("is not a whole number")
        if number < least:
            raise _Unfit(f"is {number}; the least is {least}")
        return number

    return read


def _number(value: Any) -> int | Decimal:
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        raise _Unfit("is not a number")
    return value


def _word(words: type[Enum]) -> _Read:
    known = {each.value: each for each in words}

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise _Unfit("is not a text")
        if value not in known:
            raise _Unfit(f"is `{value}`; {_accepted(value, list(known))}")
        return known[value]

    return read


def _accepted(word: str, known: list[str]) -> str:
    near = hint(word, known, "word")
    return near if near.startswith("did") else f"accepted: {one_of(known)}"


def _texts(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _Unfit("is not a list of texts")
    return tuple(value) or None


def _stored(value: Any) -> Any:
    if not isinstance(value, str | int):
        raise _Unfit("is not a text, a whole number, true or false")
    return value


_OPTION: dict[str, _Read] = {"value": _stored, "label": _text, "state": _stored}
_PROPERTY: dict[str, _Read] = {
    "label": _text,
    "type": _word(Type),
    "max_length": _whole(1),
    "precision": _whole(0),
    "required": _flag,
    "create": _flag,
    "update": _flag,
    "unique": _flag,
    "calculated": _flag,
    "minimum": _number,
    "maximum": _number,
    "targets": _texts,
    "currency": _text,
    "state": _text,
    "separator": _text,
    "zone": _word(Zone),
}
_OBJECT: dict[str, _Read] = {
    "label": _text,
    "times": _word(Times),
    "modified": _text,
    "complete": _flag,
}
_SYSTEM: dict[str, _Read] = {"$schema": _text, "kind": _text, "complete": _flag}


# ── objects ──────────────────────────────────────────────────────────────────────────────────────


class _Problem(NamedTuple):
    way: Way
    message: str
    of_key: bool = False  # the key is wrong, not what it stands for


class _Reader:
    """Takes JSON apart, and notes what is not as it should be."""

    def __init__(self) -> None:
        self.problems: list[_Problem] = []
        self.doubled = False

    def object_of(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            self.doubled = True
        return made

    def diagnostics(self, source: Source) -> list[Diagnostic]:
        if not self.problems and not self.doubled:
            return []
        places = find(source.text, (problem.way for problem in self.problems))
        told = [
            _told(source, message, (places.keys if of_key else places.values)[way])
            for way, message, of_key in self.problems
        ]
        told += [
            _told(source, f"`{key}` stands twice here; only the last one counts", place)
            for key, place in (doubled(source.text) if self.doubled else ())
        ]
        told.sort(key=lambda each: each.span.start)
        return told[:MAX_TOLD]

    def system(self, data: Any) -> System:
        fields = self.named(data, (), "the file")
        if isinstance(data, dict):
            self.check_version(fields)
        facts = self.facts(fields, (), "the file", _SYSTEM, ("version", "objects"))
        objects = self.by_name(fields.get("objects"), ("objects",), "`objects`")
        return System(
            facts.get("kind"),
            facts.get("complete") is True,
            {name: self.object(name, value) for name, value in objects.items()},
        )

    def check_version(self, fields: dict[str, Any]) -> None:
        version = fields.get("version")
        if "version" not in fields:
            self.tell((), f'the file has no `"version"`; this program reads {VERSION}')
        elif isinstance(version, bool) or version != VERSION:
            there = _shown(version)
            self.tell(("version",), f"the version is {there}; this program reads {VERSION}")

    def object(self, name: str, data: Any) -> Object:
        way = ("objects", name)
        where = f"object `{name}`"
        fields = self.named(data, way, where)
        facts = self.facts(fields, way, where, _OBJECT, ("properties",))
        properties = self.by_name(
            fields.get("properties"), (*way, "properties"), f"`properties` of {where}"
        )
        made = {key: self.property(name, key, value) for key, value in properties.items()}
        return Object(
            name,
            facts.get("label"),
            facts.get("times"),
            made,
            facts.get("modified"),
            facts.get("complete"),
        )

    def property(self, owner: str, name: str, data: Any) -> Property:
        way = ("objects", owner, "properties", name)
        where = f"property `{owner}.{name}`"
        fields = self.named(data, way, where)
        facts = self.facts(fields, way, where, _PROPERTY, ("options",))
        options = fields.get("options")
        if options is not None:
            facts["options"] = self.options(options, (*way, "options"), where)
        return Property(name, **facts)

    def options(self, data: Any, way: Way, where: str) -> tuple[Option, ...] | None:
        if not isinstance(data, list):
            self.tell(way, f"`options` of {where} is not a list")
            return None
        options = []
        for index, each in enumerate(data):
            if not isinstance(each, dict) or each.get("value") is None:
                self.tell((*way, index), f"an option of {where} has no `value`")
                continue
            facts = self.facts(each, (*way, index), f"an option of {where}", _OPTION, ())
            if "value" in facts:
                options.append(Option(**facts))
        return tuple(options) or None  # an empty list says nothing: not "nothing is allowed"

    def facts(
        self,
        fields: dict[str, Any],
        way: Way,
        where: str,
        known: dict[str, _Read],
        others: tuple[str, ...],
    ) -> dict[str, Any]:
        """What is said of one thing. `others` are keys that are read elsewhere."""
        facts = {}
        for key, value in fields.items():
            read = known.get(key)
            if read is None:
                if key not in others:
                    near = hint(key, (*known, *others), "key")
                    message = f"{where} has an unknown key `{key}`; {near}"
                    self.problems.append(_Problem((*way, key), message, of_key=True))
            elif value is not None:
                try:
                    facts[key] = read(value)
                except _Unfit as words:
                    self.tell((*way, key), f"`{key}` of {where} {words}")
        return facts

    def by_name(self, data: Any, way: Way, where: str) -> dict[str, Any]:
        """What has names that are a user's own."""
        named = self.named(data, way, where)
        if "" in named:
            message = f"a name in {where} is empty"
            self.problems.append(_Problem((*way, ""), message, of_key=True))
        return {name: value for name, value in named.items() if name}

    def named(self, data: Any, way: Way, where: str) -> dict[str, Any]:
        if data is None and way:
            return {}
        if isinstance(data, dict):
            return data
        self.tell(way, f"{where} is not a JSON object")
        return {}

    def tell(self, way: Way, message: str) -> None:
        self.problems.append(_Problem(way, message))


def _shown(value: Any) -> str:
    return f"`{value}`" if isinstance(value, str | int | Decimal) else "something else"
