"""
From text to tokens, in one expression made from the grammar's terminals.

The lexer also decides which ends of lines matter. An item ends with its line; but after a comma,
and inside ( ), [ ], records and the braces of `system` and `order`, the line goes on. Where a
bracket was forgotten, the next line that can only be the start of an item ends the waiting, so that
one forgotten bracket does not swallow the rest of the file.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from syncdsl.source import Source, Span
from syncdsl.syntax.tables import LEXER
from syncdsl.syntax.tree import Comment

# After the grammar's tokens: what is no token at all, as much of it as belongs together.
_TOKEN = re.compile(rf'{LEXER}|(?P<ODD>"[^\r\n]*|`[^\r\n]*|-?[0-9][\w.]*|[^\s])|(?P<GAP>\s)')

MAX_DEPTH = 100  # brackets in brackets; nobody reads more, and what walks the tree may recurse

_BLOCKS = ("mapping", "values", "test")  # their braces hold items, a line each
_ITEM_HEAD = r"(?:use|system|mapping|values|order|never|always|at|test)[ \t]+[\w`\"]"
_LABEL = r"(?:[^\W\d][\w-]*|`[^`\r\n]+`)[ \t]*:"
_STARTS_ITEM = re.compile(rf"(?:[ \t\r\n\f\v]|#[^\r\n]*)*(?:{_LABEL}|{_ITEM_HEAD}|\}})")
_STARTS_TEST_LINE = re.compile(
    r"(?:[ \t\r\n\f\v]|#[^\r\n]*)*(?:(?:given|before|expect|newer|on|written)[ \t]+[\w`]|unlinked\b)"
)
_STARTS_TOP_ITEM = re.compile(rf"(?:[ \t\r\n\f\v]|#[^\r\n]*)*(?:{_LABEL}|{_ITEM_HEAD})")


class Tokens(NamedTuple):
    """Tokens as columns: the terminal (a sign or a word goes by its text), and the place."""

    terminals: list[str]
    starts: list[int]
    ends: list[int]
    opens: list[bool]  # is it a brace that holds items?
    comments: tuple[Comment, ...]
    docs: dict[int, str]  # documentation comments, by the start of the token that follows


def tokens(source: Source) -> Tokens:
    """All tokens of a source, ending with END. An odd character is a token, of terminal ODD."""
    text = source.text
    terminals: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    opens: list[bool] = []
    comments: list[Comment] = []
    docs: dict[int, str] = {}
    doc: list[str] = []  # the documentation comment that waits for its item
    brackets: list[str] = []  # what is open: ( [ { and `block`
    line_head = ""  # the first word of the item
    last = "NEWLINE"

    def emit(terminal: str, start: int, end: int) -> None:
        nonlocal last
        terminals.append(terminal)
        starts.append(start)
        ends.append(end)
        opens.append(False)
        last = terminal

    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "SPACE" or kind == "GAP":
            continue
        start, end = match.span()
        if kind == "COMMENT":
            line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
            own_line = not text[line_start:start].strip()
            words = match.group().rstrip()
            comments.append(Comment(Span(source, start, start + len(words)), words, own_line))
            if own_line and words.startswith("##") and not words.startswith("###"):
                doc.append(words[2:].removeprefix(" "))
            continue
        if kind == "NEWLINE":
            if last == "NEWLINE":
                continue
            if brackets and brackets[-1] != "block":
                if not _was_forgotten(brackets, text, end):
                    continue
                while brackets and brackets[-1] != "block":
                    brackets.pop()
            elif last == "," and not _STARTS_ITEM.match(text, end):
                continue
            emit("NEWLINE", ends[-1], ends[-1])
            continue
        if last == "NEWLINE":
            line_head = match.group()
            if doc:
                docs[start] = "\n".join(doc)
                doc = []
        if kind == "SIGN":
            kind = match.group()
            if kind == "{":
                block = (not brackets and line_head in _BLOCKS)
                brackets.append("block" if block else "{")
                if block:
                    emit("{", start, end)
                    opens[-1] = True
                    last = "NEWLINE"  # the end of the opening line says nothing
                    continue
            elif kind in "([":
                brackets.append(kind)
                if len(brackets) > MAX_DEPTH:
                    kind = "DEEP"
            elif kind == "}":
                while brackets and brackets[-1] in "([":
                    brackets.pop()
                if brackets and brackets.pop() == "block" and last != "NEWLINE":
                    emit("NEWLINE", ends[-1], ends[-1])
            elif kind in ")]" and brackets and brackets[-1] == {")": "(", "]": "["}[kind]:
                brackets.pop()
        emit(kind or "ODD", start, end)
    if last != "NEWLINE":
        emit("NEWLINE", ends[-1], ends[-1])
    emit("END", len(text), len(text))
    return Tokens(terminals, starts, ends, opens, tuple(comments), docs)


def _was_forgotten(brackets: list[str], text: str, end: int) -> bool:
    """Does the next line show that the open bracket will never be closed?"""
    if brackets[-1] in "([":
        return bool(_STARTS_ITEM.match(text, end)) or "block" in brackets and bool(
            _STARTS_TEST_LINE.match(text, end)
        )
    if "block" in brackets:  # a record
        return bool(_STARTS_TEST_LINE.match(text, end))
    return bool(_STARTS_TOP_ITEM.match(text, end))
