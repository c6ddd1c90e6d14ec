"""The places of keys and values are those where they stand, whatever else the text is."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncdsl.project.toml_places import Key, places

TEXT = '''\
# [not] = "this"
policies = "crm" # "nor this"
select = [ "one",   # a comment, with a ]
  'two' , """thr"ee""" ]
"a.b"."c\\"d" . e = { x = 1, 'y z' = [true, {q = 2}] }
day = 1979-05-27 07:32:00

[severity]
names = "info"

[[paths]]
glob = "a/**"
select = ["x"]
[paths.severity]
y = "off"

[[paths]]
glob = 'b'
'''


def walk(data: Any, path: Key = ()) -> Iterator[tuple[Key, Any]]:
    items = enumerate(data) if isinstance(data, list) else data.items()
    for key, value in items:
        yield (*path, key), value
        if isinstance(value, dict | list):
            yield from walk(value, (*path, key))


def read_at(text: str, place: tuple[int, int]) -> Any:
    return tomllib.loads(f"x = {text[place[0] : place[1]]}")["x"]


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")])
def test_every_value_stands_where_it_is_said_to_stand(text: str) -> None:
    found = places(text)
    tables = ("severity", "paths")
    for path, value in walk(tomllib.loads(text)):
        if path in found.values:
            assert read_at(text, found.values[path]) == value
        else:
            assert path[0] in tables or isinstance(value, dict), path


def test_a_key_stands_where_it_is_written() -> None:
    found = places(TEXT)
    at = {path: TEXT[start:end] for path, (start, end) in found.keys.items()}
    assert at[("a.b", 'c"d', "e", "y z")] == "'y z'"
    assert at[("paths", 0, "severity", "y")] == "y"
    assert at[("paths", 1, "glob")] == "glob" and at[("paths", 1)] == "paths"
    assert found.values[("paths", 1, "glob")][0] == TEXT.index("'b'")


words = st.text(st.sampled_from("ab \"'#[]{}=.,\\\n"), max_size=6)


@given(st.dictionaries(words, st.lists(words, max_size=3), max_size=4))
def test_it_holds_of_any_texts(data: dict[str, list[str]]) -> None:
    lines = (f"{quoted(key)} = [{', '.join(map(quoted, each))}]" for key, each in data.items())
    text = "\n".join(lines)
    found = places(text)
    for path, value in walk(tomllib.loads(text)):
        assert read_at(text, found.values[path]) == value
        if len(path) == 1:
            start, end = found.keys[path]
            assert tomllib.loads(f"{text[start:end]} = 1") == {path[0]: 1}


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
