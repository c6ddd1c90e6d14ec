"""Whatever is given to an importer, it says what is wrong with it, and raises nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncdsl.importers import KINDS, Bytes, Table, Text
from syncdsl.source import Source
from tests.importers import test_dataverse, test_hubspot, test_jotform, test_json_schema
from tests.importers.answers import ANSWERS
from tests.importers.harness import imported, read_back, table, told

TEXTS = [kind for kind, how in KINDS.items() if isinstance(how, Text)]
GOOD = [
    ("hubspot", test_hubspot.answer(options=[{"value": "a", "label": "A"}], type="enumeration")),
    ("dataverse", test_dataverse.entity(test_dataverse.column(MaxLength=5))),
    ("dataverse", test_dataverse.EDMX.format("Microsoft.Dynamics.CRM", test_dataverse.CONTACT)),
    ("jotform", test_jotform.form({"type": "control_radio", "options": "A|B"})),
    ("json-schema", '{"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"enum": [1]}}}'),
    ("openapi", test_json_schema.SHOP),
]


def read(kind: str, *texts: str) -> None:
    """Nothing is raised, what comes of it can be read back, and nothing comes of it in silence."""
    for ending in (".json", ".yaml") if kind == "openapi" else (".json",):
        how = KINDS[kind]
        assert isinstance(how, Text)
        system, found = how.read([Source(f"a{ending}", text) for text in texts], ())
        assert system.objects or found
        read_back(system)
        for each in found:
            each.span.source.position(each.span.start)
            assert each.span.start <= each.span.end <= len(each.span.source.text)
            assert "\n" not in each.message


@pytest.mark.parametrize("kind", TEXTS)
@given(text=st.text())
def test_any_text(kind: str, text: str) -> None:
    read(kind, text)


_TEXT = st.text(max_size=5)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXT,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
_WORDS = [
    "results", "name", "type", "fieldType", "label", "options", "value", "content", "properties",
    "modificationMetadata", "LogicalName", "Attributes", "AttributeType", "OptionSet", "Options",
    "Label", "Value", "Keys", "control_radio", "string", "object", "array", "enum", "items", "$ref",
    "#", "#/properties", "allOf", "oneOf", "const", "$defs", "definitions", "openapi", "components",
    "schemas", "required", "paths", "post", "requestBody", "order", "text", "Targets", "format",
]  # fmt: skip
_KEYS = st.sampled_from(_WORDS) | st.text(max_size=3)
_ANSWERS = st.recursive(
    _VALUES | st.sampled_from(_WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=25,
)


@pytest.mark.parametrize("kind", TEXTS)
@given(answer=_ANSWERS)
def test_any_json_with_words_that_mean_something(kind: str, answer: Any) -> None:
    read(kind, json.dumps(answer))


@pytest.mark.parametrize(("kind", "text"), GOOD)
def test_a_good_file_with_some_letters_changed(kind: str, text: str) -> None:
    chance = random.Random(text)
    for _ in range(200):
        letters = list(text)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(letters))
            letters[place] = chance.choice(["", '"', "{", "}", "[", "<", "&", "0", "\0", "x", "é"])
        read(kind, "".join(letters))


INSTEAD: list[Any] = [
    None,
    True,
    -1,
    0.5,
    10**40,
    1e300,
    "",
    "a",
    "#",
    [],
    [1],
    ["a"],
    [{}],
    [[]],
    {},
]
INSTEAD += [{"a": 1}, {"a": {}}, {"type": "null"}, {"$ref": "#"}, {"$ref": 1}]


def _parts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list and record in a value, with each key of it."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _parts(value[key])


@pytest.mark.parametrize(("kind", "answer"), ANSWERS)
def test_every_part_may_be_something_else(kind: str, answer: Any) -> None:
    whole = json.dumps(answer)
    _, found = imported(kind, whole)
    assert not any(each.code == "import-file" for each in found)
    for number in range(len(list(_parts(answer)))):
        for other in INSTEAD:
            changed = json.loads(whole)
            holder, key = list(_parts(changed))[number]
            holder[key] = other
            read(kind, json.dumps(changed))


@pytest.mark.parametrize(("kind", "text"), GOOD)
def test_a_file_that_is_cut_off(kind: str, text: str) -> None:
    for length in range(0, len(text), 7):
        read(kind, text[:length])


@given(data=st.binary() | st.text().map(str.encode), is_whole=st.booleans())
def test_any_bytes_as_a_table(data: bytes, is_whole: bool) -> None:
    how = KINDS["csv"]
    assert isinstance(how, Bytes)
    system, found = how.read([Table("a.csv", data, is_whole)], ())
    assert system.objects or found
    read_back(system)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "1:1 error this file is empty"),
        ("  \n ", "1:1 error this file is empty"),
        ("<!doctype html><html>", "1:1 error this is a web page, not the answer of an API"),
        ('{"results": [{"na', "1:15 error this is not JSON: unterminated string"),
        ('{"results": [', "1:13 error this file ends in the middle of its JSON"),
        ('{"results": [NaN]}', "1:14 error this is not JSON: `NaN` is no number"),
        ("[" * 100_000, "1:101 error this is not JSON: it is nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "1:7 error this is not JSON: a number in it is too long"),
        ("Sign in", "1:1 error this is not JSON: expecting value"),
        ("<a/>", "1:1 error this is XML, not JSON"),
    ],
)
def test_what_is_no_json(text: str, words: str) -> None:
    _, found = imported("hubspot", text)
    assert told(found) == [words]


def test_a_key_that_stands_twice_is_told() -> None:
    text = '{"results": [{"name": "a", "name": "b", "type": "string", "fieldType": "text"}]}'
    system, found = imported("hubspot", text, name="deals")
    assert told(found) == ["1:28 warning `name` stands here twice; the last one counts"]
    assert list(system.objects["deals"].properties) == ["b"]


@pytest.mark.parametrize(("kind", "text"), GOOD)
def test_a_file_of_another_kind_says_which(kind: str, text: str) -> None:
    for other in TEXTS:
        if other == kind or (kind, other) == ("openapi", "json-schema"):
            continue
        if kind == "openapi":
            continue  # of YAML only OpenAPI is read
        _, found = imported(other, text)
        assert found[0].message.endswith(f"import it with `syncdsl schema import {kind}`"), other


def test_a_schema_is_not_imported() -> None:
    _, found = imported("json-schema", '{"version": 1, "objects": {"a": {"properties": {}}}}')
    assert told(found)[0].startswith("1:1 error this is a schema file already")


def test_what_is_told_is_bounded() -> None:
    odd = ['{"type": "string"}'] * 1000
    text = f'{{"results": [{{"name": "a", "fieldType": "text"}}, {", ".join(odd)}]}}'
    _, found = imported("hubspot", text, name="deals")
    assert len(found) == 21
    assert found[-1].message == "there are 980 more like this"


def test_what_is_told_of_a_table_is_bounded() -> None:
    _, found = table("a" + "," * 3000 + "\n")
    assert len(found) == 21
