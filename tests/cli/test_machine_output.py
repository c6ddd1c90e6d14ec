"""What machines read has the form that its JSON Schema says, and says which version it is."""

import json
from typing import Any

import jsonschema
import pytest

from syncdsl.check import CHECKS
from syncdsl.faults import PAGES
from tests.cli.harness import ROOT, read, run, write

FAULTY = "source: hubspot -> dynamics\nphone: hubspot <-> dynamics\n"
OLD = {"objects": {"x": {"properties": {"a": {"type": "text", "options": [{"value": 1}]}}}}}
NEW = {"objects": {"x": {"properties": {"b": {"type": "date"}}}, "y": {"properties": {}}}}


def valid(name: str, text: str) -> Any:
    schema = json.loads((ROOT / f"docs/reference/{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(text)
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    return data


@pytest.mark.parametrize("code", [*(check.code for check in CHECKS), *PAGES])
def test_a_page(code: str) -> None:
    data = valid("explain", run("explain", code, "--format", "json").out)
    assert data["code"] == code


@pytest.mark.parametrize("words", [[], ["loops"], ["switched on again"]])
def test_a_list_of_pages(words: list[str]) -> None:
    assert valid("explain", run("explain", *words, "--format", "json").out)["codes"]


def test_statistics() -> None:
    write("a.sync", FAULTY)
    data = valid("statistics", run("check", "a.sync", "--statistics", "--format", "json").out)
    counts = [each["count"] for each in data["statistics"]]
    assert counts and counts == sorted(counts, reverse=True)


def test_the_difference_of_schemas() -> None:
    for name, data in (("old", OLD), ("new", NEW)):
        write(f"{name}.json", json.dumps({"version": 1, "complete": True, **data}))
    write("syncdsl.toml", "")
    systems = 'system s { schema "../new.json" }\nsystem t { kind t }\n'
    write("p/a.sync", systems + "mapping m: s.x -> t.y {\n  a: s.a -> t.a\n}\n")
    ran = run("schema", "diff", "old.json", "new.json", "p", "--format", "json")
    data = valid("schema-diff", ran.out)
    assert ran.code == 1
    assert {each["change"] for each in data["changes"]} >= {"added", "removed"}
    assert data["findings"]


def test_a_baseline() -> None:
    write("syncdsl.toml", "")
    write("a.sync", FAULTY)
    run("check", "--write-baseline", "a.sync")
    assert valid("baseline", read(".syncdsl-baseline.json"))["findings"]
