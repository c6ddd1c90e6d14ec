"""
Random policies: trees of the whole language, and texts that say what a tree says in the oddest
layout that is allowed.

The texts are made here, token by token, and not by `format`, so that each can be tested against the
other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

from syncdsl.source import Source, Span
from syncdsl.syntax import tree
from syncdsl.syntax.tables import KEYWORDS

NOWHERE = Span(Source("made", ""), 0, 0)
EVENTS = ("create", "initial", "update", "reactivation")

# ── trees ────────────────────────────────────────────────────────────────────────────────────────

# Characters that a file can hold; what ends a line, and backquotes in names, are left out below.
_CHARACTERS = st.characters(exclude_categories=["Cs"])
_ODD_NAMES = st.text(_CHARACTERS.filter(lambda char: char not in "`\r\n"), min_size=1, max_size=6)
_WORDS = st.sampled_from(
    [
        "a",
        "b1",
        "_x",
        "Lead-Source",
        "größe",
        "2nd_phone",
        "Lead Source",
        "No.",
        "a-b-c",
        "名前",
        "²",
    ]
)
names = st.builds(
    tree.Name, st.just(NOWHERE), _WORDS | st.sampled_from(sorted(KEYWORDS)) | _ODD_NAMES
)
texts = st.builds(
    tree.Constant,
    st.just(NOWHERE),
    _WORDS
    | st.sampled_from(sorted(KEYWORDS))
    | st.text(_CHARACTERS.filter(lambda char: char != "\r"), max_size=8),
)
_decimals = st.builds(
    Decimal, st.from_regex(r"-?(0|[1-9][0-9]{0,30})\.[0-9]{1,20}", fullmatch=True)
)
numbers = st.builds(tree.Constant, st.just(NOWHERE), st.integers() | _decimals)
constants = texts | numbers | st.builds(tree.Constant, st.just(NOWHERE), st.booleans())
arrows = st.builds(tree.Arrow, st.just(NOWHERE), st.sampled_from(["->", "<-", "<->"]))


def _tuples(of: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(of, min_size=least, max_size=most).map(tuple)


def _made(kind: Callable[..., Any], *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, st.just(NOWHERE), *parts)


ends = _made(tree.End, _tuples(names, 1))
steps = _tuples(
    _made(tree.Step, names, st.none() | (texts | numbers).map(lambda constant: constant.value)), 1
)
operands = _made(tree.Operand, names, names)
_comparisons = st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "starts with", "contains"])
_atoms = (
    _made(tree.Compare, operands, _comparisons, constants | operands)
    | _made(tree.IsIn, operands, _tuples(constants))
    | _made(tree.IsBlank, operands, st.booleans())
)
conditions = st.recursive(
    _atoms,
    lambda parts: (
        _made(tree.Negation, parts)
        | _made(tree.AllOf, _tuples(parts, 2))
        | _made(tree.AnyOf, _tuples(parts, 2))
    ),
    max_leaves=6,
)
clauses = (
    _made(tree.Events, _tuples(names, 1), st.booleans())
    | _made(
        tree.Mode, st.sampled_from(["if blank", "once", "append", "union", "sticky"]), st.none()
    )
    | _made(tree.Mode, st.sampled_from(["forward only", "sticky"]), names)
    | _made(tree.Blanks, st.sampled_from(["skip blanks", "clear blanks", "clear emptied"]))
    | _made(tree.Winner, st.just("wins"), names)
    | _made(tree.Winner, st.sampled_from(["most recent wins", "ask"]), st.none())
    | _made(tree.When, conditions)
    | _made(tree.As, steps)
    | _made(tree.UseValues, names)
    | _made(tree.Default, constants)
    | _made(tree.Owned, names)
)
rules = _made(tree.Rule, names, ends | constants, arrows, ends | constants, _tuples(clauses, 0, 5))
_keys = _made(tree.Key, names, names, st.just(()) | steps)
entries = (
    rules
    | rules
    | _made(tree.Via, names)
    | _made(tree.Match, _tuples(_keys, 1))
    | _made(tree.Create, names, st.none() | conditions, st.just(False))
    | _made(tree.Create, names, st.none(), st.just(True))
    | _made(tree.Delete, st.sampled_from(["ignored", "follows", "unlinks"]))
    | _made(tree.Scope, conditions, st.sampled_from([None, "keeps", "stops"]))
    | _made(tree.Usual, _tuples(clauses, 1))
)
_lists = _made(tree.List, _tuples(constants))
_fields = _made(tree.Field, names, st.none() | constants | _lists)
_records = _made(tree.Record, _tuples(_fields))
test_lines = (
    _made(tree.TestOn, names)
    | _made(tree.Given, names, st.none() | _records)
    | _made(tree.Before, names, _records)
    | _made(tree.NewerLine, names)
    | _made(tree.WrittenLine, names)
    | _made(tree.Unlinked)
    | _made(tree.Expect, names, _records)
    | _made(tree.ExpectDecision, st.sampled_from(["conflict", "reject"]), names)
)
_value_lines = _made(tree.ValueLine, constants, arrows, constants) | _made(
    tree.Otherwise, st.sampled_from(["reject", "copy"]) | constants
)
items = (
    rules
    | _made(tree.Use, texts)
    | _made(tree.System, names, _tuples(_made(tree.Kind, names) | _made(tree.Schema, texts), 0, 2))
    | _made(tree.Mapping, st.just(NOWHERE), names, ends, arrows, ends, _tuples(entries, 0, 5))
    | _made(tree.Values, st.just(NOWHERE), names, _tuples(_value_lines, 0, 4))
    | _made(tree.Order, names, _tuples(constants, 1, 5))
    | _made(tree.NeverOverwrite, ends)
    | _made(tree.NeverSend, ends, names)
    | _made(tree.AlwaysConverge, names)
    | _made(tree.Budget, numbers, names)
    | _made(tree.OverwritesBudget, numbers, ends)
    | _made(tree.Test, st.just(NOWHERE), texts, st.none() | names, _tuples(test_lines, 0, 4))
)
policies = _tuples(items, 0, 5)


def file_of(made: Sequence[tree.Item]) -> tree.File:
    """A file that was never a text."""
    return tree.File(NOWHERE.source, tuple(made), (), {})


# ── texts ────────────────────────────────────────────────────────────────────────────────────────

_PLAIN = re.compile(r"[^\W\d]\w*(-\w+)*")
_COMMENTS = ("# why", "#", "## what it is for", "#allow overwritten: meant", '# "not" } a text {')


class Block(NamedTuple):
    """The tokens of a block's opening line, and its lines."""

    head: list[str]
    lines: list[list[str]]


class Text(NamedTuple):
    text: str
    comments: tuple[str, ...]


def written(made: Sequence[tree.Item]) -> st.SearchStrategy[Text]:
    """Texts that say what the items say."""
    return st.builds(
        lambda seed, oddness: _Writer(seed, oddness).write(made),
        st.integers(0, 2**32),
        st.integers(0, 3),
    )


class _Writer:
    """Writes a text, rolling dice about everything that is free."""

    def __init__(self, seed: int, oddness: int) -> None:
        self.random = Random(seed)
        self.oddness = oddness
        self.parts: list[str] = []
        self.comments: list[str] = []
        self.line_end = self.any_of("\n", "\r\n", "\r") if oddness else "\n"

    def chance(self, percent: int) -> bool:
        return self.random.random() * 200 < percent * self.oddness

    def any_of(self, *texts: str) -> str:
        return self.random.choice(texts) if self.oddness else texts[0]

    def write(self, made: Sequence[tree.Item]) -> Text:
        self.between()
        for item in made:
            tokens = self.item(item)
            if isinstance(tokens, Block):
                self.write_block(tokens)
            else:
                self.write_line(tokens)
            self.end_line()
            self.between()
        if self.parts and self.chance(30):
            self.parts.append(self.comment("# the last line ends without its end"))
        return Text("".join(self.parts), tuple(self.comments))

    def write_block(self, block: Block) -> None:
        self.write_line(block.head)
        self.parts += [" ", "{"]
        if not block.lines and self.chance(50):
            self.parts += [" ", "}"]
            return
        if self.chance(80):
            self.end_line()
            self.between()
        for line in block.lines:
            self.write_line(line)
            self.end_line()
            self.between()
        self.parts.append(" }")

    def write_line(self, tokens: list[str]) -> None:
        """The tokens of an item, with line ends and comments wherever they may stand."""
        depth = 0
        before = ""
        for token in tokens:
            if depth > 0 or before == ",":
                self.maybe_go_on()
            if _needs_space(before, token):
                self.parts.append(self.any_of(" ", "  ", "\t", "\u00a0"))
            else:
                self.parts.append(self.any_of("", " ", "\t"))
            self.parts.append(token)
            depth += (token in "([{") - (token in ")]}")
            before = token

    def maybe_go_on(self) -> None:
        if self.chance(10):
            self.end_line()
            if self.chance(30):
                self.between()

    def end_line(self) -> None:
        if self.chance(20):
            self.parts.append(self.comment(" " + self.any_of(*_COMMENTS)))
        self.parts.append(self.line_end)

    def between(self) -> None:
        """Empty lines and comments on lines of their own."""
        while self.chance(40):
            indent = self.any_of("", "  ", "\t")
            words = self.comment(self.any_of(*_COMMENTS)) if self.chance(60) else ""
            self.parts += [indent, words, self.line_end]

    def comment(self, words: str) -> str:
        self.comments.append(words.strip())
        return words

    # What follows says how the language is written; each yields the tokens of a node.

    def item(self, item: tree.Item) -> Block | list[str]:
        match item:
            case tree.Mapping(_, _, tree.Name() as name, tree.End() as left, arrow, right, lines):
                assert arrow is not None and right is not None
                head = ["mapping", self.name(name), ":", *self.end(left), arrow.text]
                return Block([*head, *self.end(right)], [self.line(each) for each in lines])
            case tree.Values(_, _, tree.Name() as name, lines):
                return Block(["values", self.name(name)], [self.line(each) for each in lines])
            case tree.Test(_, _, tree.Constant() as text, mapping, lines):
                where = ["in", self.name(mapping)] if mapping else []
                head = ["test", self.text(text), *where]
                return Block(head, [self.line(each) for each in lines])
            case _:
                return self.line(item)

    def line(self, item: Any) -> list[str]:
        return list(self.tokens(item))

    def tokens(self, item: Any) -> Iterator[str]:
        name, end, constant = self.name, self.end, self.constant
        match item:
            case tree.Rule(_, label, left, arrow, right, clauses):
                yield from (name(label), ":", *self.giver(left), arrow.text, *self.giver(right))
                for index, clause in enumerate(clauses):
                    if index or self.chance(50):
                        yield ","
                    yield from self.clause(clause)
            case tree.Use(_, path):
                yield from ("use", self.text(path))
            case tree.System(_, system, facts):
                yield from ("system", name(system))
                if facts or self.chance(50):
                    yield "{"
                    for index, fact in enumerate(facts):
                        if index and self.chance(50):
                            yield ","
                        if isinstance(fact, tree.Kind):
                            yield from ("kind", name(fact.name))
                        else:
                            yield from ("schema", self.text(fact.path))
                    if facts and self.chance(30):
                        yield ","
                    yield "}"
            case tree.Order(_, order, stages):
                joined = [token for stage in stages for token in ("<", constant(stage))]
                yield from ("order", name(order), "{", *joined[1:], "}")
            case tree.Via(_, engine):
                yield from ("via", name(engine))
            case tree.Match(_, keys):
                yield "match"
                for index, key in enumerate(keys):
                    yield from ([","] if index else [])
                    yield from (name(key.left), "=", name(key.right))
                    yield from self.steps(key.steps) if key.steps else ()
            case tree.Create(_, system, condition, never):
                yield from ("create", "in", name(system))
                if condition is not None:
                    yield from ("when", *self.condition(condition))
                elif never:
                    yield "never"
            case tree.Delete(_, then):
                yield from ("delete", then)
            case tree.Scope(_, condition, leaving):
                yield from ("scope", *self.condition(condition))
                yield from (",", "leaving", leaving) if leaving else ()
            case tree.Usual(_, clauses):
                yield "usual"
                for index, clause in enumerate(clauses):
                    yield from ([","] if index else [])
                    yield from self.clause(clause)
            case tree.ValueLine(_, left, arrow, right):
                yield from (constant(left), arrow.text, constant(right))
            case tree.Otherwise(_, then):
                yield from ("otherwise", then if isinstance(then, str) else constant(then))
            case tree.NeverOverwrite(_, property):
                yield from ("never", "overwrite", *end(property))
            case tree.NeverSend(_, property, system):
                yield from ("never", "send", *end(property), "to", name(system))
            case tree.AlwaysConverge(_, mapping):
                yield from ("always", "converge", name(mapping))
            case tree.Budget(_, percent, mapping):
                yield from ("at", "most", constant(percent), "%", "of", name(mapping), "change")
            case tree.OverwritesBudget(_, most, property):
                yield from ("at", "most", constant(most), "overwrites", "of", *end(property))
            case tree.TestOn(_, event):
                yield from ("on", name(event))
            case tree.Given(_, system, None):
                yield from ("given", name(system), "none")
            case tree.Given(_, system, tree.Record() as record):
                yield from ("given", name(system), *self.record(record))
            case tree.Before(_, system, record):
                yield from ("before", name(system), *self.record(record))
            case tree.Expect(_, system, record):
                yield from ("expect", name(system), *self.record(record))
            case tree.ExpectDecision(_, decision, label):
                yield from ("expect", decision, name(label))
            case tree.NewerLine(_, system):
                yield from ("newer", name(system))
            case tree.WrittenLine(_, label):
                yield from ("written", name(label))
            case tree.Unlinked():
                yield "unlinked"
            case _:
                raise AssertionError(item)

    def clause(self, clause: Any) -> Iterator[str]:
        match clause:
            case tree.Events(_, events, excluded):
                joined = [token for event in events for token in ("or", self.name(event, "wins"))]
                yield from ("not", "on", *joined[1:]) if excluded else ("on", *joined[1:])
                yield from ["only"] if not excluded and self.chance(50) else []
            case tree.Mode(_, words, of):
                yield from (*words.split(), *(["in", self.name(of)] if of else []))
            case tree.Blanks(_, words) | tree.Winner(_, words, None):
                yield from words.split()
            case tree.Winner(_, words, tree.Name() as system):
                yield from (self.name(system, "when", "as", "values", "default"), words)
            case tree.When(_, condition):
                yield from ("when", *self.condition(condition))
            case tree.As(_, steps):
                yield from self.steps(steps)
            case tree.UseValues(_, name):
                yield from ("values", self.name(name))
            case tree.Default(_, value):
                yield from ("default", self.constant(value))
            case tree.Owned(_, system):
                yield from ("owned", "by", self.name(system))
            case _:
                raise AssertionError(clause)

    def steps(self, steps: Sequence[tree.Step]) -> Iterator[str]:
        for index, step in enumerate(steps):
            yield "|" if index else "as"
            yield self.name(step.name)
            if step.argument is not None:
                value = tree.Constant(NOWHERE, step.argument)
                yield from ("(", self.giver(value)[0], ")")

    def condition(self, condition: Any, within: int = 0) -> list[str]:
        """Within: 0 takes everything, 1 is a part of `or`, 2 a part of `and`, 3 follows `not`."""
        match condition:
            case tree.Compare(_, operand, comparison, value):
                right = (
                    self.operand(value)
                    if isinstance(value, tree.Operand)
                    else [self.constant(value)]
                )
                tokens, level = [*self.operand(operand), *comparison.split(), *right], 4
            case tree.IsIn(_, operand, values):
                tokens, level = [*self.operand(operand), "in", *self.values(values)], 4
            case tree.IsBlank(_, operand, negated):
                blank = ["is", "not", "blank"] if negated else ["is", "blank"]
                tokens, level = [*self.operand(operand), *blank], 4
            case tree.Negation(_, part):
                tokens, level = ["not", *self.condition(part, 4)], 3
            case tree.AllOf(_, parts):
                joined = [["and", *self.condition(part, 3)] for part in parts]
                tokens, level = [token for part in joined for token in part][1:], 2
            case tree.AnyOf(_, parts):
                joined = [["or", *self.condition(part, 2)] for part in parts]
                tokens, level = [token for part in joined for token in part][1:], 1
            case _:
                raise AssertionError(condition)
        while level < within or self.chance(10):
            tokens, level = ["(", *tokens, ")"], 4
        return tokens

    def operand(self, operand: tree.Operand) -> list[str]:
        return [self.name(operand.system, "true", "false"), ".", self.name(operand.name)]

    def record(self, record: tree.Record) -> Iterator[str]:
        yield "{"
        for index, field in enumerate(record.fields):
            yield from ([","] if index else [])
            yield from (self.name(field.name), ":")
            match field.value:
                case None:
                    yield "blank"
                case tree.List(_, values):
                    yield from self.values(values)
                case value:
                    yield self.constant(value)
        yield from [","] if record.fields and self.chance(30) else []
        yield "}"

    def values(self, values: Sequence[tree.Constant]) -> Iterator[str]:
        yield "["
        for index, value in enumerate(values):
            yield from ([","] if index else [])
            yield self.constant(value)
        yield from [","] if values and self.chance(30) else []
        yield "]"

    def giver(self, end: tree.End | tree.Constant) -> list[str]:
        if isinstance(end, tree.End):
            return self.end(end, "true", "false")
        return [self.text(end) if isinstance(end.value, str) else self.constant(end)]

    def end(self, end: tree.End, *taken: str) -> list[str]:
        tokens = [self.name(end.parts[0], *taken)]
        for part in end.parts[1:]:
            tokens += [".", self.name(part)]
        return tokens

    def name(self, name: tree.Name, *taken: str) -> str:
        is_plain = _PLAIN.fullmatch(name.text) and name.text not in taken
        return f"`{name.text}`" if not is_plain or self.chance(10) else name.text

    def constant(self, constant: tree.Constant) -> str:
        value = constant.value
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            words = ("true", "false", "blank", "none", "reject", "copy", "otherwise")
            is_word = _PLAIN.fullmatch(value) and value not in words
            return value if is_word and self.chance(50) else self.text(constant)
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    def text(self, constant: tree.Constant) -> str:
        escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}
        return '"' + "".join(escapes.get(char, char) for char in str(constant.value)) + '"'


def _needs_space(before: str, token: str) -> bool:
    if not before:
        return False
    is_word = re.compile(r"[\w-]")
    left, right = is_word.match(before[-1]), is_word.match(token[0])
    if token in ("->", "<-", "<->"):
        return bool(re.match(r"[-<]", before[-1]))
    return bool(left and right) or (before == "<" and token[0] == "-")
