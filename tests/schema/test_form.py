"""
docs/reference/schema.schema.json and our reader agree on what a schema file is.

The JSON Schema is judged by another program; the files are ours, and mutations of one that has
every fact.
"""

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncdsl import schema
from syncdsl.diagnostic import Diagnostic
from syncdsl.schema import Object, Option, Property, System, Times, Type, Zone
from syncdsl.source import Source

ROOT = Path(__file__).resolve().parents[2]
FORM = json.loads((ROOT / "docs/reference/schema.schema.json").read_text(encoding="utf-8"))
JUDGE = jsonschema.Draft202012Validator(FORM)
FOLDERS = (
    "syncdsl/schema/kinds/*",
    "policies/schemas",
    "tests/check/schemas",
    "docs/tutorial/schemas",
)
FILES = sorted(path for folder in FOLDERS for path in ROOT.glob(f"{folder}/*.json"))

# Every fact once.
WHOLE: dict[str, Any] = {
    "$schema": "schema.schema.json",
    "version": 1,
    "kind": "crm",
    "complete": True,
    "objects": {
        "person": {
            "label": "Person",
            "times": "record",
            "modified": "changed",
            "complete": False,
            "properties": {
                "changed": {"type": "datetime", "zone": "utc", "update": False},
                "status": {
                    "label": "Status",
                    "type": "option",
                    "state": "open",
                    "required": True,
                    "options": [{"value": 1, "label": "New", "state": True}, {"value": "x"}],
                },
                "worth": {
                    "type": "money",
                    "precision": 2,
                    "minimum": 0.5,
                    "maximum": 1000,
                    "currency": "coin",
                    "create": True,
                    "unique": False,
                    "calculated": False,
                },
                "likes": {"type": "list", "separator": ";", "max_length": 80},
                "boss": {"type": "reference", "targets": ["person"]},
                "coin": None,
            },
        }
    },
}


def read(data: Any) -> tuple[System, list[Diagnostic]]:
    return schema.parse(Source("s.json", json.dumps(data)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_all_our_files_have_the_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    JUDGE.validate(json.loads(text))
    assert schema.parse(Source(path.name, text))[1] == []


def test_every_fact_is_in_the_form() -> None:
    """What the form names, the model knows; and a file that says all of it is understood."""
    JUDGE.validate(WHOLE)
    assert read(WHOLE)[1] == []
    facts = {
        "object": set(Object._fields) - {"name"},
        "property": set(Property._fields) - {"name"},
        "option": set(Option._fields),
    }
    assert {name: set(FORM["$defs"][name]["properties"]) for name in facts} == facts
    said = WHOLE["objects"]["person"]["properties"].values()
    assert {fact for each in said if each is not None for fact in each} == facts["property"]
    for name, words in (("type", Type), ("zone", Zone)):
        known = FORM["$defs"]["property"]["properties"][name]["enum"]
        assert known == [*(word.value for word in words), None]
    known = FORM["$defs"]["object"]["properties"]["times"]["enum"]
    assert known == [*(word.value for word in Times), None]


# ── mutations ────────────────────────────────────────────────────────────────────────────────────

anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.floats(-1, 3).map(lambda number: round(number, 1)),
    st.sampled_from(["", "x", "text", "record", "utc", "none", "property"]),
    st.sampled_from([[], {}, [1], ["x"], {"value": 1}, {"value": 1.5}, {"x": None}, [{}]]),
)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every key and index of a JSON value, with what it is in."""
    found: list[tuple[Any, Any]] = []
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            found += [(data, key), *places(data[key])]
    return found


@st.composite
def mutations(draw: st.DrawFn) -> Any:
    data = deepcopy(WHOLE)
    for _ in range(draw(st.integers(1, 3))):
        owner, key = draw(st.sampled_from(places(data)))
        match draw(st.sampled_from(["set", "drop", "add"])):
            case "set":
                owner[key] = draw(anything)
            case "drop":
                del owner[key]
            case _ if isinstance(owner, dict):
                owner[draw(st.sampled_from(["", "label", "value", "lable", "complete"]))] = draw(
                    anything
                )
            case _:
                owner.append(draw(anything))
    return data


@given(mutations())
def test_both_refuse_the_same(data: Any) -> None:
    refused = not JUDGE.is_valid(data)
    found, problems = read(data)
    assert bool(problems) is refused, [problem.message for problem in problems]
    for problem in problems:
        assert problem.code == "schema-file" and problem.span.text != ""
        assert problem.message[0] == problem.message[0].lower() and "\n" not in problem.message
    text = schema.write(found)
    assert schema.parse(Source("s.json", text)) == (found, [])


# ── writing ──────────────────────────────────────────────────────────────────────────────────────

names = st.text(min_size=1)
stored = st.one_of(st.text(), st.integers(), st.booleans())
numbers = st.one_of(
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False).filter(lambda one: one != int(one)),
)
options = st.builds(Option, stored, st.none() | st.text(), st.none() | stored)
flags = st.none() | st.booleans()
properties = st.builds(
    Property,
    names,
    st.none() | st.text(),
    st.none() | st.sampled_from(Type),
    st.none() | st.integers(1),
    st.none() | st.integers(0),
    st.none() | st.lists(options, min_size=1, max_size=3).map(tuple),
    flags,
    flags,
    flags,
    flags,
    flags,
    st.none() | numbers,
    st.none() | numbers,
    st.none() | st.lists(st.text(), min_size=1, max_size=2).map(tuple),
    st.none() | names,
    st.none() | names,
    st.none() | names,
    st.none() | st.sampled_from(Zone),
)
objects = st.builds(
    Object,
    names,
    st.none() | st.text(),
    st.none() | st.sampled_from(Times),
    st.lists(properties, max_size=3).map(lambda found: {each.name: each for each in found}),
    st.none() | names,
    flags,
)
systems = st.builds(
    System,
    st.none() | st.text(),
    st.booleans(),
    st.lists(objects, max_size=2).map(lambda found: {each.name: each for each in found}),
)


@given(systems)
def test_what_is_written_is_read_back(system: System) -> None:
    text = schema.write(system)
    text.encode()
    found, problems = schema.parse(Source("s.json", text))
    assert (found, problems) == (system, [])
    assert schema.write(found) == text
    JUDGE.validate(json.loads(text))


@given(systems, systems)
def test_a_schema_over_itself_or_over_nothing_is_itself(system: System, other: System) -> None:
    def whole(one: System) -> System:
        return one._replace(objects=dict(one.objects))

    open_one = system._replace(complete=False)
    assert whole(schema.extended(open_one, open_one)) == open_one
    nothing = System(None, False, {})
    assert whole(schema.extended(open_one, nothing)) == open_one
    both = whole(schema.extended(open_one, other._replace(complete=False)))
    assert set(both.objects) == set(open_one.objects) | set(other.objects)


def test_numbers_are_kept_as_they_are() -> None:
    limits = {"minimum": 1e-10, "maximum": 12345678901234567890123456789012345678901234567890}
    data = {"version": 1, "objects": {"a": {"properties": {"b": limits}}}}
    facts = read(data)[0].objects["a"].properties["b"]
    assert facts.minimum == Decimal("1E-10") and facts.maximum == limits["maximum"]
