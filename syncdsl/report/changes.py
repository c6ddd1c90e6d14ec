"""What changed between two schemas, and which policies that breaks: for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from syncdsl.diagnostic import Diagnostic
from syncdsl.report import json_form
from syncdsl.report.schema import FACTS, stored, type_in_words, word
from syncdsl.report.summary import counted
from syncdsl.report.text import render_found, shown
from syncdsl.schema import Change, Object, Option, Property, What

VERSION = 1


class Report(NamedTuple):
    """What there is to tell."""

    old: str
    new: str
    changes: tuple[Change, ...]
    files: int  # policies that were looked at
    systems: tuple[str, ...]  # those of the policies that have the schema
    found: Sequence[Diagnostic]  # what the policies have with the new schema only


def as_text(report: Report, *, colour: bool = False) -> str:
    lines = [*map(_line, report.changes), counted(len(report.changes), "difference")]
    text = "".join(f"{line}\n" for line in lines)
    if report.files == 0 or not report.changes:
        return text
    new, old = shown(report.new), shown(report.old)
    if not report.systems:
        return f"{text}\nno system of the policies has this schema\n"
    count = counted(len(report.found), "finding") if report.found else "no finding"
    text += f"\nthe policies have {count} with `{new}` that they do not have with `{old}`\n"
    return f"{text}\n{render_found(report.found, colour=colour)}" if report.found else text


def as_json(report: Report) -> str:
    data = {
        "version": VERSION,
        "changes": [_as_data(change) for change in report.changes],
        "systems": report.systems,
        "findings": json_form.findings(report.found),
    }
    return json.dumps(data, indent=2) + "\n"


# ── for people ───────────────────────────────────────────────────────────────────────────────────


def _line(change: Change) -> str:
    if change.fact is not None:
        fact = _FACTS[change.fact]
        return f"{_place(change)}{fact}: {_value(change.old)} → {_value(change.new)}"
    known = change.old if change.new is None else change.new
    return f"{_place(change)}{_thing(known)} is {_DONE[change.what]}{_details(known)}"


_FACTS = {fact: words for fact, (words, _) in FACTS.items()} | {
    "kind": "kind",
    "complete": "complete",
    "times": "times of change",
    "modified": "changed last in",
    "options": "options",
}
_DONE = {What.ADDED: "new", What.REMOVED: "gone"}


def _place(change: Change) -> str:
    """What the change is in, or for a fact what it is of."""
    names = [name for name in (change.object, change.property) if name is not None]
    if change.fact is None and change.option is None:
        names = names[:-1]
    place = f"`{shown('.'.join(names))}`: " if names else ""
    if change.fact is not None and change.option is not None:
        place += f"option `{stored(change.option)}`, "
    return place


def _thing(known: Object | Property | Option) -> str:
    if isinstance(known, Option):
        label = "" if known.label is None else f" ({shown(known.label)})"
        return f"option `{stored(known.value)}`{label}"
    what = "object" if isinstance(known, Object) else "property"
    return f"{what} `{shown(known.name)}`"


def _details(known: Object | Property | Option) -> str:
    if isinstance(known, Object):
        return f", with {counted(len(known.properties), 'property', 'properties')}"
    if isinstance(known, Property) and known.type is not None:
        return f": {type_in_words(known)}"
    return ""


def _value(value: Any) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], Option):
        return counted(len(value), "option")
    return word(value)


# ── for machines ─────────────────────────────────────────────────────────────────────────────────


def _as_data(change: Change) -> dict[str, Any]:
    return {
        "change": change.what.value,
        "object": change.object,
        "property": change.property,
        "option": change.option,
        "fact": change.fact,
        "old": _plain(change.old),
        "new": _plain(change.new),
    }


def _plain(value: Any) -> Any:
    """As it stands in a schema file."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Object):
        facts = value._asdict() | {"properties": list(value.properties)}
        return _stated(facts)
    if isinstance(value, Property | Option):
        return _stated(value._asdict())
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _stated(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: _plain(value) for key, value in facts.items() if value is not None}
