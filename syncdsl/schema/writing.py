"""
Schemas as JSON, in one layout.

The same schema is always the same bytes: objects and properties by their names, facts in the order
of the model, a line for a property and a line for an option, so that a change is a line in a diff.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from syncdsl.schema.model import VERSION, Object, Option, Property, System

_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold


def write(system: System) -> str:
    """A schema file. Reading it gives the schema back."""
    return "".join(f"{line}\n" for line in _system(system))


def _system(system: System) -> Iterator[str]:
    yield "{"
    yield f' "version": {VERSION},'
    if system.kind is not None:
        yield f' "kind": {_json(system.kind)},'
    if system.complete:
        yield ' "complete": true,'
    yield ' "objects": {'
    for last, name in _in_order(system.objects):
        yield f"  {_json(name)}: {{"
        yield from _object(system.objects[name])
        yield "  }" if last else "  },"
    yield " }"
    yield "}"


def _object(found: Object) -> Iterator[str]:
    for key in ("label", "times", "modified", "complete"):
        value = getattr(found, key)
        if value is not None:
            yield f"   {_json(key)}: {_json(value)},"
    yield '   "properties": {'
    for last, name in _in_order(found.properties):
        yield from _property(found.properties[name], "" if last else ",")
    yield "   }"


def _property(found: Property, comma: str) -> Iterator[str]:
    facts = found._asdict()
    name, options = facts.pop("name"), facts.pop("options")
    start = f"    {_json(name)}: {{{_facts(facts)}"
    if not options:
        yield f"{start}}}{comma}"
        return
    yield f'{start}{", " if _facts(facts) else ""}"options": ['
    *others, last = map(_option, options)
    yield from (f"     {option}," for option in others)
    yield f"     {last}]}}{comma}"


def _option(option: Option) -> str:
    return f"{{{_facts(option._asdict())}}}"


def _facts(facts: dict[str, Any]) -> str:
    known = ((key, value) for key, value in facts.items() if value is not None)
    return ", ".join(f"{_json(key)}: {_json(value)}" for key, value in known)


def _in_order(names: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """The names, sorted, and whether one is the last."""
    ordered = sorted(names)
    return ((name == ordered[-1], name) for name in ordered)


def _json(value: Any) -> str:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, Decimal):
        return str(value)
    text = json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
