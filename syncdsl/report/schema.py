"""
What a schema says, for people. What is not known is shown as such: by a `?`, or as "not known".
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from syncdsl.report.summary import counted
from syncdsl.report.table import aligned
from syncdsl.report.text import shown
from syncdsl.schema import Object, Option, Part, Property, System, Times, Type, Zone

_UNKNOWN = "not known"
_WORDS: dict[Times | Zone, str] = {
    Times.PROPERTY: "for each property",
    Times.RECORD: "for the record",
    Times.NONE: "not kept",
    Zone.UTC: "a moment (UTC)",
    Zone.NONE: "what a clock shows, without a zone",
}
_FLAGS = ("required", "create", "update", "unique", "calculated")
_NUMBERS = (Type.NUMBER, Type.MONEY)

# How a fact is called, and for which types it is worth saying that it is not known.
FACTS: dict[str, tuple[str, tuple[Type, ...]]] = {
    "label": ("label", tuple(Type)),
    "type": ("type", tuple(Type)),
    "max_length": ("characters at most", (Type.TEXT,)),
    "precision": ("decimal places", _NUMBERS),
    "minimum": ("least", _NUMBERS),
    "maximum": ("greatest", _NUMBERS),
    "currency": ("currency in", (Type.MONEY,)),
    "zone": ("date and time are", (Type.DATETIME,)),
    "targets": ("refers to", (Type.REFERENCE,)),
    "separator": ("elements are separated by", (Type.LIST,)),
    "state": ("states are those of", ()),
    "required": ("must be filled on create", tuple(Type)),
    "create": ("may be written on create", tuple(Type)),
    "update": ("may be written later", tuple(Type)),
    "unique": ("unique", tuple(Type)),
    "calculated": ("calculated", tuple(Type)),
}


def render(system: System, name: str, part: Part) -> str:
    """All of a schema in short, or an object of it, or all that is known of a property."""
    if part.object is None:
        lines = _system(system, name)
    elif part.property is None:
        lines = _object(system, name, system.objects[part.object])
    else:
        found = system.objects[part.object].properties[part.property]
        lines = _property(f"{name}.{part.object}.{part.property}", found)
    return "".join(f"{line}\n" for line in lines)


def _system(system: System, name: str) -> Iterator[str]:
    yield f"{shown(name)}: {counted(len(system.objects), 'object')}; {_others(system.complete)}"
    if system.objects:
        yield ""
        yield from aligned(
            [
                ("object", "label", "properties", "times of change"),
                *(
                    (shown(each.name), _cell(each.label), str(len(each.properties)), _times(each))
                    for each in system.objects.values()
                ),
            ]
        )


def _object(system: System, name: str, found: Object) -> Iterator[str]:
    label = "" if found.label is None else f" ({shown(found.label)})"
    count = counted(len(found.properties), "property", "properties")
    others = _others(system.is_complete(found.name))
    yield f"{shown(name)}.{shown(found.name)}{label}: {count}; {others}"
    yield f"times of change: {_times(found)}"
    if found.properties:
        yield ""
        yield from aligned(
            [
                ("property", "type", "required", "on create", "later", "unique", "calculated"),
                *(
                    (
                        shown(each.name),
                        type_in_words(each),
                        *(_cell(getattr(each, flag)) for flag in _FLAGS),
                    )
                    for each in found.properties.values()
                ),
            ]
        )
        yield ""
        yield "on create, later: may it be written then; ?: not known"


def _property(title: str, found: Property) -> Iterator[str]:
    yield shown(title)
    yield ""
    for fact, (words, types) in FACTS.items():
        value = getattr(found, fact)
        if value is not None or found.type in (None, *types):
            yield f"  {words:<26}{word(value)}"
    if found.options is not None:
        yield "  options"
        values = [stored(option.value) for option in found.options]
        width = max(map(len, values))
        for option, value in zip(found.options, values, strict=True):
            yield f"    {value:<{width}}  {_option(option)}".rstrip()
    elif found.type in (None, Type.OPTION, Type.LIST):
        yield f"  {'options':<26}{_UNKNOWN}"


def _option(option: Option) -> str:
    state = "" if option.state is None else f" (state {stored(option.state)})"
    return f"{shown(option.label or '')}{state}"


def stored(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else shown(str(value))


def _others(complete: bool) -> str:
    return "there are no others" if complete else "there may be others"


def _times(found: Object) -> str:
    where = "" if found.modified is None else f", in `{shown(found.modified)}`"
    return f"{word(found.times)}{where}"


def type_in_words(found: Property) -> str:
    words = _cell(found.type)
    if found.max_length is not None:
        words += f", at most {found.max_length}"
    if found.options is not None:
        words += f", {counted(len(found.options), 'option')}"
    if found.targets is not None:
        words += f" to {', '.join(map(shown, found.targets))}"
    return words


def _cell(value: Any) -> str:
    return "?" if value is None else word(value)


def word(value: Any) -> str:
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(word(each) for each in value)
    if isinstance(value, Times | Zone):
        return _WORDS[value]
    return shown(str(value.value if isinstance(value, Enum) else value))
