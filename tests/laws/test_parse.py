"""The laws of reading: of any text at all, of texts that are nearly right, and of bad lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from syncdsl.diagnostic import Diagnostic
from syncdsl.source import Source, Span
from syncdsl.syntax import tree
from syncdsl.syntax.characters import MAX_WARNINGS
from syncdsl.syntax.format import format_file
from syncdsl.syntax.parse import MAX_ERRORS, parse
from syncdsl.syntax.tables import KEYWORDS, SIGNS
from tests.harness import read, shape
from tests.laws.trees import Text, file_of, policies, written

_PIECES = [
    *sorted(KEYWORDS), *SIGNS, "\n", "\n", "\r\n", "\r", "\t", " ", "# why\n", "## what for\n", '"',
    "`", "a", "hubspot", "`Lead Source`", '"a text"', '"\\"', "01", "-5", "2.50", "2nd", "=>", "==",
    "//", "'a'", "\ufeff", "\u202e", "\x00", "é", "{\n", "}\n", "mapping m: a <-> b {\n",
    "values v {\n", 'test "t" {\n', "a: b -> c\n", "given a {", "order o {",
]  # fmt: skip
soups = st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join) | st.lists(
    st.sampled_from(_PIECES), max_size=40
).map("".join)


@st.composite
def nearly_right(draw: st.DrawFn) -> str:
    """A policy in which something is missing, twice, or put in."""
    text = draw(policies.flatmap(written)).text
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        piece = draw(st.sampled_from(["", text[start:end] * 2, *_PIECES]))
        text = text[:start] + piece + text[end:]
    return text


texts = st.text() | soups | nearly_right()


@given(texts)
def test_any_text_is_read_without_a_crash_and_with_few_words(text: str) -> None:
    _, found = parse(Source("any.sync", text))
    assert len(found) <= MAX_ERRORS + 1 + 2 * MAX_WARNINGS


@given(texts)
def test_places_are_inside_the_file_and_inside_each_other(text: str) -> None:
    source = Source("any.sync", text)
    file, found = parse(source)
    whole = Span(source, 0, len(text))
    for item in file.items:
        _is_inside(item, whole)
    for span in _places(found, file):
        assert span.source is source and 0 <= span.start <= span.end <= len(text)
        assert text[span.start : span.end] == span.text


@given(policies.flatmap(written))
def test_the_place_of_a_name_is_where_it_is_written(policy: Text) -> None:
    for node in _nodes(read(policy.text).items):
        if isinstance(node, tree.Name):
            assert node.span.text.strip("`") == node.text
        elif isinstance(node, tree.Arrow):
            assert node.span.text == node.text


@given(texts)
def test_any_file_can_be_printed_and_keeps_what_could_not_be_read(text: str) -> None:
    file, _ = parse(Source("any.sync", text))
    printed = format_file(file)
    for node in _nodes(file.items):
        if isinstance(node, tree.Broken):
            for line in node.span.text.splitlines():
                assert line.rstrip() in printed


# ── a bad line ───────────────────────────────────────────────────────────────────────────────────

# What is wrong with these shows on the line itself.
_BAD_LINES = [
    "email hubspot.email -> dynamics.email", "a: b => c", "a: b -> c -> d", '"not closed', "!!",
    "`not closed", ") ]", "01", "a b c", "a: b", ",", ":", "a: b -> c, once twice", "// hello",
]  # fmt: skip
# With these it shows only where the next rule begins.
_WAITING_LINES = [
    "a: b -> c,", "a: b -> c when (d.e = 1", "a: b -> c when d.e in [f,", "a: b -> c as e164(",
    "a: b ->", "a: b -> c when", "match a = b,", "a: b -> c when not (d.e in [",
]  # fmt: skip


@given(policies, st.sampled_from([*_BAD_LINES, *_WAITING_LINES]), st.data())
def test_good_lines_beside_a_bad_one_survive(
    made: Sequence[tree.Item], bad: str, data: st.DataObject
) -> None:
    text = format_file(file_of(made))
    file = read(text)
    lines = [
        node
        for item in file.items
        for node in (item, *_lines_of(item))
        if isinstance(node, tree.Rule) or bad in _BAD_LINES
    ]
    assume(lines)
    start = data.draw(st.sampled_from(lines)).span.start
    start = text.rfind("\n", 0, start) + 1
    spoilt, found = parse(Source("spoilt.sync", text[:start] + bad + "\n" + text[start:]))
    assert len(found) - len(parse(file.source)[1]) == 1, [each.message for each in found]
    assert _good_lines(spoilt.items) == _good_lines(file.items)


def _good_lines(items: Sequence[tree.Item]) -> list[Any]:
    found = []
    for item in items:
        if not isinstance(item, tree.Broken):
            lines = _lines_of(item)
            found.append(shape(item[:-1]) if lines else shape(item))
            found += [shape(line) for line in lines if not isinstance(line, tree.Broken)]
    return found


def _lines_of(item: tree.Item) -> Sequence[Any]:
    match item:
        case tree.Mapping():
            return item.entries
        case tree.Values() | tree.Test():
            return item.lines
        case _:
            return ()


# ── time ─────────────────────────────────────────────────────────────────────────────────────────

_SIZES: dict[str, Callable[[int], str]] = {
    "rules": lambda size: "a: b.c -> d.e on create only, values v\n" * size,
    "bad lines": lambda size: "a b -> c\n" * size,
    "open brackets": lambda size: "a: b -> c when (d.e in [f\n" * size,
    "brackets in brackets": lambda size: "a: b -> c when " + "(\n" * size,
    "brackets closed": lambda size: "a: b -> c when " + "(\n" * size + ")\n" * size,
    "open blocks": lambda size: "mapping m: a -> b {\n" * size,
    "open blocks on a line": lambda size: "mapping m: a -> b {" * size,
    "blocks in a block": lambda size: "mapping m: a -> b {\n" + "values v {\n}\n" * size + "}",
    "no braces": lambda size: "values v\n" * size,
    "no braces in a block": lambda size: "mapping m: a <-> b {\n" + "values v\n" * size + "}",
    "closing braces": lambda size: "}\n" * size,
    "braces": lambda size: "{}" * size,
    "commas": lambda size: "a: b -> c,\n" * size,
    "comments after a comma": lambda size: "a: b -> c,\n" + "# d\n" * size,
    "empty lines in a bracket": lambda size: "a: b -> c when (" + "\n" * size,
    "a long condition": lambda size: "a: b -> c when d.e = 1" + " and d.e = 1" * size,
    "a long list": lambda size: "a: b -> c when d.e in [" + "f,\n" * size + "]",
    "a long rule": lambda size: "a: b -> c" + ", once" * size,
    "a long record": lambda size: 'test "t" {\ngiven a {' + "b: c,\n" * size + "}\n}",
    "open records": lambda size: 'test "t" {\n' + "given a {\n" * size + "}",
    "one end": lambda size: "a: b" + ".c" * size,
    "documentation": lambda size: "## d\n" * size + "a: b -> c",
    "quotes": lambda size: '"a\n' * size,
    "spaces": lambda size: " " * size + "a: b -> c",
}


@pytest.mark.parametrize("name", _SIZES)
def test_twice_the_text_takes_twice_the_steps(name: str) -> None:
    make = _SIZES[name]
    assert _steps(make(1200)) < 2.3 * _steps(make(600)) + 2000


def _steps(text: str) -> int:
    """How many lines of Python it takes to read and print a text."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        format_file(parse(Source("long.sync", text))[0])
    finally:
        sys.settrace(before)
    return count


# ── walking over trees ───────────────────────────────────────────────────────────────────────────


def _nodes(node: Any) -> Iterator[Any]:
    if isinstance(node, tuple) and not isinstance(node, Span):
        yield node
        for part in node:
            yield from _nodes(part)


def _is_inside(node: Any, around: Span) -> None:
    if isinstance(node, Span):
        assert around.start <= node.start <= node.end <= around.end
    elif isinstance(node, tuple):
        span = getattr(node, "span", around)
        for part in node:
            _is_inside(part, around if part is span else span)


def _places(found: Sequence[Diagnostic], file: tree.File) -> Iterator[Span]:
    for each in found:
        yield each.span
        yield from (label.span for label in each.labels)
    for comment in file.comments:
        yield comment.span
