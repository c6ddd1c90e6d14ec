"""
From text to tokens, in one expression made from the grammar's terminals.

The lexer also decides which ends of lines matter. An item ends with its line; but after a comma,
and inside ( ), [ ], records and the braces of `system` and `order`, the line goes on. Where a
bracket was forgotten, the next line that can only be the start of an item ends the waiting, so that
one forgotten bracket does not swallow the rest of the file. That is decided at the first token of
the line, without looking past it, so that the time stays linear in the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from syncdsl.source import Source, Span
from syncdsl.syntax.tables import KEYWORDS, PATTERNS, SIGNS
from syncdsl.syntax.tree import Comment

MAX_DEPTH = 32  # brackets in brackets; nobody reads more, and what walks the tree may recurse
BLOCKS = frozenset({"mapping", "values", "test"})  # their braces hold items, a line each

# What people write who know other languages, as much of it as belongs together. Nothing that is
# right looks like it.
_FOREIGN = (
    r"(?=[-<=&|/'‘’“”„])(?:<?(?:-{2,9}|={1,9})>|==+|<--+|=<|<>|&&|\|\||//[^\r\n]*"
    r"|'[^'\r\n]*'|[‘’][^‘’\r\n]*[‘’]|[“”„][^“”\r\n]*[“”])"
)
_ODD = r'"[^\r\n]*|`[^\r\n]*|-?[0-9][\w.]*(?:-[\w.]+)*|\S'
_TOKEN = re.compile(
    f"(?:{PATTERNS['SPACE']})?(?:(?P<NAME>{PATTERNS['NAME']})|(?P<FOREIGN>{_FOREIGN})"
    f"|(?P<SIGN>{'|'.join(map(re.escape, SIGNS))})|(?P<NEWLINE>{PATTERNS['NEWLINE']})"
    f"|(?P<STRING>{PATTERNS['STRING']})|(?P<COMMENT>{PATTERNS['COMMENT']})"
    rf"|(?P<NUMBER>{PATTERNS['NUMBER']})|(?P<ODD>{_ODD})|(?P<GAP>\s))"
)

# How a line begins that can only be the start of an item, of an entry of a mapping, of a line of a
# test. Wherever a line goes on, such a word may stand as a name too: `via wins`, `create in [a]`.
_NAME = rf"(?:{PATTERNS['NAME']})"
_LABEL = rf"{_NAME}[ \t]*:"
_GOES_ON = r"(?:wins|and|or|in|is|starts|contains|kind|schema)\b"
_ITEM = (
    rf'(?:use|test)[ \t]*"|system[ \t]+(?!{_GOES_ON}){_NAME}[ \t]*(?:\{{|#|[\r\n]|\Z)'
    rf"|mapping[ \t]+{_NAME}[ \t]*:|(?:values|order)[ \t]+{_NAME}[ \t]*\{{"
    r"|never[ \t]+(?:overwrite|send)\b|always[ \t]+converge\b|at[ \t]+most\b"
)
_ENTRY = (
    rf"(?:via|match|scope|usual)[ \t]+(?!{_GOES_ON})[\w`(]|create[ \t]+in[ \t]+[\w`]"
    r"|delete[ \t]+(?:ignored|follows|unlinks)\b"
)
_TEST_LINE = r"(?:given|before|expect|newer|on|written)[ \t]+(?!wins\b)[\w`]|unlinked\b(?![ \t]*:)"

ITEM = re.compile(_ITEM)
_RULE_LINE = re.compile(rf"\}}|{_LABEL}|{_ITEM}|{_ENTRY}")
_RECORD_END = re.compile(rf"{_TEST_LINE}|{_ITEM}")
_BRACES_END = re.compile(rf"(?!kind\b|schema\b){_LABEL}|{_ITEM}")
_LINE_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:[\r\n]|\Z)")


class Tokens(NamedTuple):
    """Tokens as columns: the terminal (a keyword or a sign goes by its text), text, and place."""

    terminals: list[str]
    words: list[str]
    starts: list[int]
    ends: list[int]
    closes: dict[int, int | None]  # the braces that hold items: where one opens, where it closes
    strays: set[int]  # the braces that close nothing
    comments: tuple[Comment, ...]
    docs: dict[int, str]  # documentation comments, by the start of the token that follows


def tokens(source: Source) -> Tokens:
    """All tokens of a source, ending with END. What can be no token has the terminal ODD."""
    # One long function: calling another one for each token would take longer than all the rest.
    text = source.text
    terminals: list[str] = []
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    closes: dict[int, int | None] = {}
    strays: set[int] = set()
    comments: list[Comment] = []
    docs: dict[int, str] = {}
    doc: list[str] = []  # the documentation comment that waits for its item
    brackets: list[str] = []  # what is open: ( [ { and, for a brace that holds items, its head
    blocks: list[int] = []  # the tokens that opened those
    head = ""  # the first word of the item
    at_item = True  # does the next token start an item?
    at_line = True  # is it the first on its line?

    for match in _TOKEN.finditer(text, 1 if text.startswith("\ufeff") else 0):
        kind = match.lastgroup or ""
        word = match[kind]
        end = match.end()
        start = end - len(word)
        if kind == "NEWLINE":
            at_line = True
            continue
        if kind == "COMMENT":
            word = word.rstrip()
            comments.append(Comment(Span(source, start, start + len(word)), word, at_line))
            if at_line and word.startswith("##") and not word.startswith("###"):
                doc.append(word[2:].removeprefix(" "))
            continue
        if kind == "GAP":
            continue

        if at_line:
            at_line = False
            if not at_item and _item_ended(text, start, terminals[-1], brackets):
                while brackets and brackets[-1] in "([{":
                    brackets.pop()
                terminals.append("NEWLINE")
                words.append("")
                starts.append(ends[-1])
                ends.append(ends[-1])
                at_item = True
            if doc:
                if at_item and word != "}":
                    docs[start] = "\n".join(doc)
                doc = []
        if at_item:
            at_item = False
            if word != "{":  # on a line of its own it still belongs to the line before
                head = word

        if kind == "NAME":
            if word in KEYWORDS:
                kind = word
        elif kind == "SIGN":
            kind = word
            if word in "([{":
                if len(brackets) == MAX_DEPTH:
                    kind = "DEEP"
                elif word == "{" and _holds_items(text, end, head, brackets):
                    brackets.append(head if head in BLOCKS else "block")
                    blocks.append(len(terminals))
                    closes[len(terminals)] = None
                    at_item = True
                else:
                    brackets.append(word)
            elif word in ")]}" and brackets:
                if word != "}":
                    if brackets[-1] == ("(" if word == ")" else "["):
                        brackets.pop()
                else:
                    while brackets and brackets[-1] in "([":
                        brackets.pop()
                    if brackets and brackets.pop() != "{":
                        if terminals[-1] != "NEWLINE" and len(terminals) - 1 not in closes:
                            terminals.append("NEWLINE")
                            words.append("")
                            starts.append(ends[-1])
                            ends.append(ends[-1])
                        closes[blocks.pop()] = len(terminals)
                        head = ""
            elif word == "}":
                strays.add(len(terminals))
        elif kind == "FOREIGN":
            kind = "ODD"
        terminals.append(kind)
        words.append(word)
        starts.append(start)
        ends.append(end)

    for terminal in ("NEWLINE", "END") if not at_item else ("END",):
        terminals.append(terminal)
        words.append("")
        starts.append(len(text) if terminal == "END" else ends[-1])
        ends.append(starts[-1])
    return Tokens(terminals, words, starts, ends, closes, strays, tuple(comments), docs)


def starts_item(found: Tokens, text: str, index: int) -> bool:
    """Can this token, the first on its line, only be the start of an item, or the end of them?"""
    return found.terminals[index] == "END" or bool(_RULE_LINE.match(text, found.starts[index]))


def _item_ended(text: str, start: int, last: str, brackets: list[str]) -> bool:
    """Does the line that starts here begin a new item, or does it go on with the one before?"""
    block = next((head for head in reversed(brackets) if head not in "([{"), "")
    if block == "values":  # no line of a value map goes on
        return True
    if brackets and brackets[-1] in "([{":
        outer = next(bracket for bracket in brackets if bracket in "([{")
        if block == "test":
            return bool(_RECORD_END.match(text, start))
        return bool((_BRACES_END if outer == "{" else _RULE_LINE).match(text, start))
    if last != ",":
        return True
    return block == "test" or bool(_RULE_LINE.match(text, start))


def _holds_items(text: str, end: int, head: str, brackets: list[str]) -> bool:
    """Does the brace that ends here hold items? So it does too where its head is misspelt."""
    if brackets and brackets[-1] in "([{":
        return False
    if head in BLOCKS:
        return True
    return not brackets and head not in ("system", "order") and bool(_LINE_REST.match(text, end))
