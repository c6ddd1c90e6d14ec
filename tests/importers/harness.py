"""Importing what stands in a test, and what came of it in a form that is quick to compare."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any

from jsonschema import Draft202012Validator

from syncdsl import schema
from syncdsl.diagnostic import Diagnostic
from syncdsl.importers import KINDS, Bytes, Result, Table, Text
from syncdsl.schema import System
from syncdsl.source import Source
from tests.harness import ROOT

_PAGE = ROOT / "docs" / "reference" / "schema.schema.json"
_FORM = Draft202012Validator(json.loads(_PAGE.read_text(encoding="utf-8")))


def imported(kind: str, *texts: str, objects: tuple[str, ...] = (), name: str = "file") -> Result:
    """Files of a kind, called `file.json` or as they are named."""
    how = KINDS[kind]
    assert isinstance(how, Text)
    ending = ".yaml" if kind == "openapi" and not texts[0].lstrip().startswith("{") else ".json"
    return how.read([Source(f"{name}{ending}", text) for text in texts], objects)


def table(data: bytes | str, *, is_whole: bool = True) -> Result:
    how = KINDS["csv"]
    assert isinstance(how, Bytes)
    data = data.encode() if isinstance(data, str) else data
    return how.read([Table("rows.csv", data, is_whole)], ())


def understood(result: Result) -> System:
    """The schema, if there is nothing to say about it; and its file can be read back."""
    system, found = result
    assert told(found) == []
    return read_back(system)


def read_back(system: System) -> System:
    text = schema.write(system)
    again, problems = schema.parse(Source("schema.json", text))
    assert not problems, (problems[0].message, text)
    assert schema.write(again) == text
    _FORM.validate(json.loads(text))
    return system


def facts(system: System, name: str) -> dict[str, Any]:
    """What is known of a property `object.property`, or of an object."""
    owner, _, own = name.partition(".")
    found = system.objects[owner]
    known = found.properties[own]._asdict() if own else found._asdict()
    return {
        key: _plain(value)
        for key, value in known.items()
        if value is not None and key not in ("name", "properties")
    }


def told(found: list[Diagnostic]) -> list[str]:
    """Where something is said, how, and what: `3:7 warning there is …`."""
    return [
        "{}:{} {} {}".format(
            *each.span.source.position(each.span.start), each.severity.value, each.message
        )
        for each in found
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple) and value and isinstance(value[0], schema.Option):
        return [tuple(part for part in option if part is not None) for option in value]
    return value
