"""The laws of the canonical layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from syncdsl.syntax import tree
from syncdsl.syntax.format import format_file
from tests.harness import formatted, read, shape
from tests.laws.trees import Text, file_of, policies, written


@given(policies, st.data())
def test_what_is_written_in_the_oddest_layout_is_read(
    made: Sequence[tree.Item], data: st.DataObject
) -> None:
    file = read(data.draw(written(made)).text)
    assert [shape(item) for item in file.items] == [shape(item) for item in made]


@given(policies)
def test_a_tree_that_is_printed_reads_back_the_same(made: Sequence[tree.Item]) -> None:
    text = format_file(file_of(made))
    assert [shape(item) for item in read(text).items] == [shape(item) for item in made], text


@given(policies.flatmap(written))
def test_formatting_changes_no_meaning_and_no_documentation(policy: Text) -> None:
    assert shape(read(formatted(policy.text))) == shape(read(policy.text))


@given(policies.flatmap(written))
def test_formatting_twice_changes_nothing_more(policy: Text) -> None:
    once = formatted(policy.text)
    assert formatted(once) == once


@given(policies.flatmap(written))
def test_no_comment_is_lost(policy: Text) -> None:
    kept = [comment.text for comment in read(formatted(policy.text)).comments]
    assert Counter(map(_words, kept)) == Counter(map(_words, policy.comments))


@given(policies.flatmap(written))
def test_lines_end_where_they_should(policy: Text) -> None:
    text = formatted(policy.text)
    assert text == "" or text.endswith("\n")
    assert "\r" not in text and "\n\n\n" not in text and not text.startswith("\n")
    assert not any(line.endswith((" ", "\t")) for line in text.split("\n"))


def _words(comment: str) -> str:
    """A documentation comment inside an item documents nothing, and may lose a `#`."""
    return comment.lstrip("#").strip()
