"""What a case file cannot show: ends of lines, hidden characters, depth, places, and trees."""

from __future__ import annotations

import sys
import threading
from typing import Any

import pytest

from syncdsl.diagnostic import Severity
from syncdsl.source import Source
from syncdsl.syntax import tree
from syncdsl.syntax.format import format_file
from syncdsl.syntax.lexer import MAX_DEPTH
from syncdsl.syntax.parse import MAX_ERRORS, parse
from syncdsl.syntax.tables import KEYWORDS
from tests.harness import read, shape

POLICY = """\
## Contacts.
mapping contacts: hubspot <-> dynamics {
  email: hubspot.email <-> dynamics.emailaddress1,
    hubspot wins   # the marketing team
}
"""


def told(text: str) -> list[tuple[str, str, str]]:
    return [
        (each.code, each.span.text, each.message) for each in parse(Source("test.sync", text))[1]
    ]


# ── files ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_every_kind_of_line_end_is_one(line_end: str) -> None:
    assert shape(read(POLICY.replace("\n", line_end))) == shape(read(POLICY))


def test_lines_may_end_differently() -> None:
    assert len(read("a: b -> c\r\nd: b -> c\re: b -> c\n\rf: b -> c").items) == 4


def test_a_byte_order_mark_is_nothing() -> None:
    file = read("\ufeff" + POLICY)
    assert shape(file) == shape(read(POLICY))
    assert file.items[0].span.start == POLICY.index("mapping") + 1


def test_the_last_line_needs_no_end() -> None:
    assert shape(read(POLICY.rstrip())) == shape(read(POLICY))
    assert shape(read("a: b -> c # d")) == shape(read("a: b -> c\n"))


@pytest.mark.parametrize("text", ["", "\n", " \t\n\n", "# nothing\n", "## nothing", "\ufeff"])
def test_an_empty_file_is_right(text: str) -> None:
    assert read(text).items == ()


def test_tabs_and_other_spaces_are_spaces() -> None:
    spaced = POLICY.replace("  ", "\t").replace(" <->", "\u00a0\t\f<->")
    assert shape(read(spaced)) == shape(read(POLICY))


def test_nothing_needs_a_space_that_does_not_run_into_a_word() -> None:
    text = 'a:b.c->d.e as text(4)|trim,when b.c in[f,"g"]and(b.c>=-1or b.c<1)'
    assert len(read(text.replace("1or", "1 or")).items) == 1


# ── what stands where ────────────────────────────────────────────────────────────────────────────


def test_documentation_belongs_to_the_item_below_it() -> None:
    file = read(
        "## one\n##  two\n\n# not this\n##\n## three\n"
        "a: b -> c ## not this\n### nor this\nd: e -> f\n"
        "mapping m: a <-> b { ## nor this\n  ## four\n  via x\n  ## nobody's\n}\n"
        "g: h -> i,\n  ## in the middle of an item\n  once\nj: k -> l\n"
    )
    a, mapping = file.items[0], file.items[2]
    assert isinstance(mapping, tree.Mapping)
    assert file.docs == {
        a.span.start: "one\n two\n\nthree",
        mapping.entries[0].span.start: "four",
    }


def test_comments_know_whether_they_stand_alone() -> None:
    file = read("# a\nb: c -> d, # e\n  # f\n  once#g\n\n  # h  \n")
    found = [(comment.text, comment.own_line) for comment in file.comments]
    assert found == [("# a", True), ("# e", False), ("# f", True), ("#g", False), ("# h", True)]


def test_brackets_are_not_in_the_tree_but_in_the_place() -> None:
    rule = read("a: b -> c when ((b.x = 1) and b.y = 2)").items[0]
    assert isinstance(rule, tree.Rule) and isinstance(rule.clauses[0], tree.When)
    condition = rule.clauses[0].condition
    assert isinstance(condition, tree.AllOf)
    assert condition.span.text == "((b.x = 1) and b.y = 2)"
    assert condition.parts[0].span.text == "(b.x = 1)"


def test_constants_are_what_they_say() -> None:
    file = read('order o { 1 < -0 < 1.50 < true < "true" < word < "a\\n\\"\\\\" < `true` < "" }')
    order = file.items[0]
    assert isinstance(order, tree.Order)
    found = [(type(stage.value).__name__, str(stage.value)) for stage in order.stages]
    assert found == [
        ("int", "1"),
        ("int", "0"),
        ("Decimal", "1.50"),
        ("bool", "True"),
        ("str", "true"),
        ("str", "word"),
        ("str", 'a\n"\\'),
        ("str", "true"),
        ("str", ""),
    ]


def test_a_number_of_any_length_is_a_number() -> None:
    digits = "9" * 10_000
    rule = read(f"a: {digits} -> b").items[0]
    assert isinstance(rule, tree.Rule) and isinstance(rule.left, tree.Constant)
    assert rule.left.value == int("9" * 4000) * 10**6000 + int("9" * 3000) * 10**3000 + int(
        "9" * 3000
    )


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_a_property_a_label_and_a_system_may_be_called_like_a_keyword(word: str) -> None:
    constant = word in ("true", "false")
    event = f"`{word}`" if word == "wins" else word
    winner = f"`{word}`" if word in ("when", "as", "values", "default") else word
    system = f"`{word}`" if constant else word
    text = (
        f"{word}: {system}.{word} -> {system}.{word}.{word},"
        f" {winner} wins, sticky in {word}, owned by {word}, values {word}, forward only in {word},"
        f" when {word}.{word} = {system}.{word} or not {word}.{word} is blank, as {word} | {word}\n"
        f"system {word} {{ kind {word} }}\n"
        f"mapping {word}: {word}.{word} <-> {word}.{word} {{\n"
        f"  {word}: {system} -> x on {event} or {event} only\n"
        f"  via {word}\n"
        f"  match {word} = {word} as {word}, {word} = {word}\n"
        f"  create in {word} when {word}.{word} = 1\n"
        f"  scope {word}.{word} = 1\n"
        f"  usual {winner} wins\n"
        "}\n"
        f"values {word} {{ }}\norder {word} {{ a < b }}\n"
        f"never overwrite {word}.{word}\nnever send {word}.{word} to {word}\n"
        f"always converge {word}\nat most 1% of {word} change\n"
        f'test "t" in {word} {{\n'
        f"  on {word}\n  given {word} {{ {word}: 1, {word}: 2 }}\n  newer {word}\n"
        f"  written {word}\n  expect {word} {{ {word}: 1 }}\n  expect conflict {word}\n"
        "}\n"
    )
    assert shape(read(format_file(read(text)))) == shape(read(text))
    names = {node.text for node in _all(read(text).items, tree.Name)}
    assert names <= {word, "x"}


@pytest.mark.parametrize("word", sorted(KEYWORDS - {"true", "false"}))
def test_a_bare_value_may_be_any_keyword(word: str) -> None:
    text = (
        f"a: b -> c when b.x = {word} or b.x in [{word}], default {word}\n"
        f"order o {{ {word} < {word} }}\nvalues v {{\n  {word} -> {word}\n}}\n"
    )
    values = {node.value for node in _all(read(text).items, tree.Constant)}
    assert values == {word}


def _all(node: object, kind: type) -> list[Any]:
    if isinstance(node, kind):
        return [node]
    if isinstance(node, tuple):
        return [found for part in node for found in _all(part, kind)]
    return []


# ── what cannot be seen ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u2028"])
def test_a_hidden_character_is_told_wherever_it_stands(char: str) -> None:
    for text in (f'a: "x{char}" -> b', f"a: b -> c # x{char}", f"a: b.`x{char}` -> c"):
        ((code, span, message),) = told(text)
        assert (code, span) == ("hidden-character", char)
        assert f"U+{ord(char):04X}" in message


@pytest.mark.parametrize("name", ["nаme", "`nаme`", "ΑB", "paуpal"])
def test_a_word_of_two_alphabets_is_told(name: str) -> None:
    ((code, span, _),) = told(f"a: hubspot.{name} -> b")
    assert (code, span) == ("confusable-name", name.strip("`"))


@pytest.mark.parametrize(
    "text", ["a: hubspot.größe -> b", "a: b -> c # µm, Δt and nаme", "имя: b -> c"]
)
def test_a_word_of_one_alphabet_is_right(text: str) -> None:
    assert told(text) == []


# ── many mistakes, and deep ones ─────────────────────────────────────────────────────────────────


def test_after_many_mistakes_no_more_are_told_but_the_rest_is_read() -> None:
    file, found = parse(Source("bad.sync", "a b\n" * 1000 + "c: d -> e\n"))
    assert len(found) == MAX_ERRORS + 1
    assert found[-1].message == "more than 100 lines cannot be read; no more are told"
    assert isinstance(file.items[-1], tree.Rule)


def test_brackets_are_read_up_to_a_depth() -> None:
    deep = "a: b -> c when " + "(" * MAX_DEPTH + "b.x = 1" + ")" * MAX_DEPTH
    assert told(deep) == []
    deeper = "a: b -> c when " + "(" * 10_000 + "b.x = 1" + ")" * 10_000
    ((_, span, message),) = told(deeper)
    assert (span, message) == ("(", f"brackets are nested more than {MAX_DEPTH} deep")


def test_the_deepest_and_the_longest_condition_need_little_stack() -> None:
    deep = "b.x = 1"
    for index in range(MAX_DEPTH):
        deep = f"not ({deep} {'or' if index % 2 else 'and'} b.y = 2)"
    deep = f"b.z in [1] and {deep} or b.z = 1"
    text = f"a: b -> c when {deep}\nd: e -> f when g.h = 1" + " and g.h = 1 or g.h = 2" * 20_000

    problems: list[BaseException] = []

    def run() -> None:
        before = sys.getrecursionlimit()
        try:
            sys.setrecursionlimit(500)
            format_file(read(text))
        except BaseException as problem:  # noqa: BLE001  (a thread's own would be lost)
            problems.append(problem)
        finally:
            sys.setrecursionlimit(before)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert problems == []


# ── what is left of a line that cannot be read ───────────────────────────────────────────────────


def test_names_of_lines_that_cannot_be_read_are_kept() -> None:
    file, found = parse(
        Source(
            "bad.sync",
            "email: a => b\nvalues `lead source` 5\norder stages (a)\nsystem crm }\n"
            "mapping contacts a <-> b {\n  phone: a => b\n}\n",
        )
    )
    assert file.unread == {"email", "lead source", "stages", "crm", "contacts", "phone"}
    assert all(each.severity is Severity.ERROR for each in found)


def test_a_block_whose_opening_line_is_broken_is_still_a_block() -> None:
    file, _ = parse(
        Source("bad.sync", "values v = {\n  a -> b\n}\nmaping m: a <-> b {\n  via x\n}\n")
    )
    values, mapping = file.items
    assert isinstance(values, tree.Values) and values.name is not None and len(values.lines) == 1
    assert values.head.text == "values v ="
    assert isinstance(mapping, tree.Mapping) and mapping.name is None and len(mapping.entries) == 1


def test_the_brace_of_a_block_is_pointed_at_and_the_next_item_labelled() -> None:
    source = Source("bad.sync", "mapping m: a <-> b {\n  via x\nvalues v {\n  a -> b\n}\n")
    (found,) = parse(source)[1]
    assert source.position(found.span.start) == (1, 20)
    (label,) = found.labels
    assert (label.words, label.span.text) == ("expected `}` before this", "values")
