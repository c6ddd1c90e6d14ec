"""What is wrong in a schema file is told where it stands, and the rest of it is read."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncdsl import schema
from syncdsl.schema.places import Place, Way, doubled, find
from syncdsl.source import Source

# «» stands around what is to be pointed at.
WRONG = [
    ("«[»]", "the file is not a JSON object"),
    ("«{»}", 'the file has no `"version"`; this program reads 1'),
    ('{"version": «2»}', "the version is `2`; this program reads 1"),
    ('{"version": «true»}', "the version is `True`; this program reads 1"),
    (
        '{"version": 1, «"objcts"»: {}}',
        "the file has an unknown key `objcts`; did you mean `objects`?",
    ),
    ('{"version": 1, "kind": «7»}', "`kind` of the file is not a text"),
    ('{"version": 1, "complete": «"yes"»}', "`complete` of the file is not true or false"),
    ('{"version": 1, "objects": «[»]}', "`objects` is not a JSON object"),
    ('{"version": 1, "objects": {«""»: {}}}', "a name in `objects` is empty"),
    (
        '{"version": 1, "objects": {"a": {"times": «"recrod"»}}}',
        "`times` of object `a` is `recrod`; did you mean `record`?",
    ),
    (
        '{"version": 1, "objects": {"a": {"times": «"yearly"»}}}',
        "`times` of object `a` is `yearly`; accepted: `property`, `record` or `none`",
    ),
    (
        '{"version": 1, "objects": {"a": {"properties": {"b": «3»}}}}',
        "property `a.b` is not a JSON object",
    ),
    (
        '{"version": 1, "objects": {"a": {"properties": {"b": {"type": «"string"»}}}}}',
        "`type` of property `a.b` is `string`; accepted: `text`, `number`, `money`, `bool`, ",
    ),
    (
        '{"version": 1, "objects": {"a": {"properties": {"b": {"max_length": «0»}}}}}',
        "`max_length` of property `a.b` is 0; the least is 1",
    ),
    (
        '{"version": 1, "objects": {"a": {"properties": {"b": {"precision": «1e400»}}}}}',
        "`precision` of property `a.b` is not a whole number",
    ),
    (
        '{"version": 1, "objects": {"a": {"properties": {"b": {"options": [{"value": 1},«{»}]}}}}}',
        "an option of property `a.b` has no `value`",
    ),
    (
        '{"version": 1, "objects": {"a": {}, "b": {}, «"a"»: {}}}',
        "`a` stands twice here; only the last one counts",
    ),
    (
        '{"version": 1, "objects": {"a": {"label": 1}, «"a"»: {}}}',
        "`a` stands twice here; only the last one counts",
    ),
    ('{"version": 1 «x»}', "this is not JSON: "),
    ('{"version": «NaN»}', "this is not JSON: `NaN` is no number"),
    (
        '{"version": «1e99999999999999999999»}',
        "this is not JSON: `1e999999999999999999` is no number",
    ),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=[message for _, message in WRONG])
def test_it_is_told_in_words_at_its_place(text: str, message: str) -> None:
    start, end = text.index("«"), text.index("»") - 1
    plain = text.replace("«", "").replace("»", "")
    _, problems = schema.parse(Source("s.json", plain))
    told = [(each.message, each.span.start, each.span.end) for each in problems]
    assert len(told) == 1
    assert told[0][0].startswith(message) and told[0][1:] == (start, end)


def test_several_problems_stand_in_the_order_of_the_text() -> None:
    text = '{"version": 1,\n "objects": {\n  "a": {"labl": 1},\n  "b": {"label": 1}},\n "kid": 2}'
    _, problems = schema.parse(Source("s.json", text))
    assert [each.span.line for each in problems] == [3, 4, 5]


def test_what_is_right_beside_it_is_read() -> None:
    text = """{"version": 1, "objects": {"a": {"properties": {
        "b": {"type": "nothing", "label": "B", "options": [{"value": 1.5}, {"value": "x"}]},
        "c": {"type": "text", "options": []}}}}}"""
    system, problems = schema.parse(Source("s.json", text))
    assert len(problems) == 2
    found = system.objects["a"].properties
    assert found["b"] == schema.Property("b", "B", options=(schema.Option("x"),))
    assert found["c"] == schema.Property("c", type=schema.Type.TEXT), "no options are no answer"


@pytest.mark.parametrize(
    ("text", "words", "offset"),
    [
        ("[" * 100_000, "nested too deeply", 100),
        ('{"version": ' + "9" * 5000 + "}", "a number in it is too long", 12),
        ("", "this is not JSON", 0),
        ("\ud800", "this is not JSON", 0),
    ],
)
def test_hostile_files_are_diagnostics(text: str, words: str, offset: int) -> None:
    system, (problem,) = schema.parse(Source("s.json", text))
    assert words in problem.message and problem.span.start == offset
    assert system.objects == {}


def test_of_a_file_of_something_else_not_everything_is_told() -> None:
    text = json.dumps({"version": 1, **{f"key {number}": 1 for number in range(1000)}})
    assert len(schema.parse(Source("s.json", text))[1]) == schema.reading.MAX_TOLD


# ── places ───────────────────────────────────────────────────────────────────────────────────────

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


def ways(data: Any, way: Way = ()) -> list[tuple[Way, Any]]:
    found = [(way, data)]
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            found += ways(data[key], (*way, key))
    return found


@given(values, st.sampled_from([None, 2]), st.booleans())
def test_every_part_of_a_text_is_found(data: Any, indent: int | None, ascii: bool) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii)
    parts = dict(ways(data))
    found = find(text, parts)
    assert set(found.values) == set(parts) and list(doubled(text)) == []
    for way, part in parts.items():
        start, end = found.values[way]
        if isinstance(part, dict | list):
            assert text[start:end] == ("{" if isinstance(part, dict) else "[")
        else:
            assert json.loads(text[start:end]) == part
        if way and isinstance(way[-1], str):
            start, end = found.keys[way]
            assert json.loads(text[start:end]) == way[-1]


def test_a_key_that_stands_twice_is_found_in_its_object_only() -> None:
    text = '{"a": {"b": 1, "c": {"b": 2}, "b": 3}, "b": 4}'
    assert find(text, [("a", "b")]).values == {("a", "b"): Place(35, 36)}
    assert list(doubled(text)) == [("b", Place(30, 33))]


# ── whatever the text is ─────────────────────────────────────────────────────────────────────────

RIGHT = """{"version": 1, "kind": "crm", "complete": false, "objects": {"a": {"times": "none",
 "properties": {"b": {"type": "option", "options": [{"value": 1, "label": "é"}], "minimum": 1.5}}}}}
"""


@given(st.text() | st.binary().map(lambda data: data.decode("utf-8", "surrogateescape")))
def test_no_text_breaks_the_reader(text: str) -> None:
    for problem in schema.parse(Source("s.json", text))[1]:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)


@given(
    st.integers(0, len(RIGHT)),
    st.integers(0, 12),
    st.sampled_from(["", "{", "}", "[", '"', ",", "1", "null", "\\", "\0", "1e5", '"a": ', "NaN"]),
)
def test_nor_does_a_schema_in_which_something_was_replaced(at: int, length: int, new: str) -> None:
    text = RIGHT[:at] + new + RIGHT[at + length :]
    system, problems = schema.parse(Source("s.json", text))
    assert all(problem.code == "schema-file" for problem in problems)
    assert schema.parse(Source("s.json", schema.write(system))) == (system, [])
