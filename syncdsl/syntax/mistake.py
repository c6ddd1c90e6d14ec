"""
What to say about a line that cannot be read.

The parser knows which token cannot stand where it stands, and which others could. That alone makes
a poor message: somebody who forgot a comma is not helped by a list of twenty words. So the mistakes
that people really make are recognised first, each by a function of its own, in the order of
`_MISTAKES`; the last of them always has something to say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.situation import Event
from syncdsl.source import Source, Span
from syncdsl.suggest import did_you_mean, one_of
from syncdsl.syntax.expected import (
    ARROWS,
    CLAUSES,
    CLAUSES_CALLED,
    ENTRIES,
    ENTRIES_CALLED,
    ITEMS,
    TEST_LINES,
    expectations,
)
from syncdsl.syntax.lexer import MAX_DEPTH, Tokens
from syncdsl.syntax.tables import KEYWORDS

MAX_QUOTED = 40  # characters of the user's text in a message

_QUOTES = "texts of several words stand in double quotes, names of several words in backquotes"


class Place(NamedTuple):
    """Where the parser cannot go on."""

    source: Source
    found: Tokens
    line: int  # the first token of the item
    at: int  # the token that cannot stand here
    viable: frozenset[str]  # the terminals that could
    block: str  # the head of the block around it; "": it stands at the top of the file

    @property
    def terminal(self) -> str:
        return self.found.terminals[self.at]

    @property
    def before(self) -> str:
        """The terminal before it in the same item."""
        return self.found.terminals[self.at - 1] if self.at > self.line else ""

    def word(self, index: int) -> str:
        """The text of a token, as it can be quoted."""
        word = self.found.words[index]
        return word if len(word) <= MAX_QUOTED else word[:MAX_QUOTED] + "…"

    def span(self, index: int) -> Span:
        return Span(self.source, self.found.starts[index], self.found.ends[index])

    def error(self, message: str, index: int, *notes: str) -> Diagnostic:
        return Diagnostic("syntax", Severity.ERROR, message, self.span(index), notes=notes)


def unexpected(place: Place) -> Diagnostic:
    """A token that cannot stand where it stands."""
    return next(found for mistake in _MISTAKES if (found := mistake(place)) is not None)


def not_closed(place: Place) -> Diagnostic:
    """A block that is still open where the next item begins, or the file ends."""
    label = Label(place.span(place.line), "expected `}` before this")
    message = "the block that opens here is not closed"
    return Diagnostic("syntax", Severity.ERROR, message, place.span(place.at), (label,))


def after_block(place: Place) -> Diagnostic:
    """Something behind the brace that closes a block."""
    message = f"`{place.word(place.at)}` cannot stand behind the `}}` of a block"
    return place.error(f"{message}; expected the end of the line", place.at)


def brace_on_next_line(place: Place) -> Diagnostic:
    """A block whose opening brace stands on a line of its own."""
    return place.error("`{` stands at the end of the line that it belongs to", place.at + 1)


def too_many(place: Place, number: int) -> Diagnostic:
    """The last that is said."""
    return place.error(f"more than {number} lines cannot be read; no more are told", place.at)


# ── one function for each mistake ────────────────────────────────────────────────────────────────


def _too_deep(place: Place) -> Diagnostic | None:
    if place.terminal != "DEEP":
        return None
    return place.error(f"brackets are nested more than {MAX_DEPTH} deep", place.at)


_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_BAD_ESCAPE = re.compile(r'[^\\]*(?:\\["\\n][^\\]*)*(\\.)')
_INSTEAD = {
    "→": "->", "⇒": "->", "=>": "->", "-->": "->", "==>": "->", "–>": "->",
    "←": "<-", "⇐": "<-", "<--": "<-",
    "↔": "<->", "⇔": "<->", "<=>": "<->", "<-->": "<->", "<==>": "<->",
    "==": "=", "===": "=", "≠": "!=", "<>": "!=", "≤": "<=", "=<": "<=", "≥": ">=",
    "&&": "and", "&": "and", "||": "or", "!": "not",
}  # fmt: skip


def _no_token(place: Place) -> Diagnostic | None:
    """What the lexer could make nothing of."""
    if place.terminal != "ODD":
        return None
    text, quoted = place.found.words[place.at], place.word(place.at)
    first = text[0]
    if first == '"':
        return _bad_text(place, text)
    if first == "`":
        return place.error("the name in backquotes is empty, or not closed on its line", place.at)
    if first in "'‘’“”„" and len(text) > 1:
        inner = text[1:-1] if len(text) <= MAX_QUOTED else "…"
        return place.error(f'a text stands in straight double quotes: `"{inner}"`', place.at)
    if text.startswith("//"):
        return place.error("a comment starts with `#`", place.at)
    if text == ";":
        return place.error("`;` means nothing here; an item ends with its line", place.at)
    if first in "-0123456789" and len(text) > 1 and text not in _INSTEAD:
        return _bad_number(place, text, quoted)
    if text in _INSTEAD:
        return place.error(
            f"`{text}` means nothing here; did you mean `{_INSTEAD[text]}`?", place.at
        )
    return place.error(
        f"`{quoted}` means nothing here",
        place.at,
        "texts with other signs than letters, digits, `_` and `-` stand in double quotes, such "
        "names in backquotes",
    )


def _bad_text(place: Place, text: str) -> Diagnostic:
    bad = _BAD_ESCAPE.match(text) if _TEXT.match(text) else None
    if bad is None:
        return place.error('the text is not closed on its line; expected `"`', place.at)
    start = place.found.starts[place.at]
    span = Span(place.source, start + bad.start(1), start + bad.end(1))
    message = f"`{bad[1]}` means nothing in a text; a backslash itself is written `\\\\`"
    return Diagnostic("syntax", Severity.ERROR, message, span)


def _bad_number(place: Place, text: str, quoted: str) -> Diagnostic:
    if text.lstrip("-").isdigit():
        return place.error(
            f'a number has no leading zero; as a text it is written `"{quoted}"`', place.at
        )
    forms = f'as a text it is written `"{quoted}"`, as a name `` `{quoted}` ``'
    return place.error(f"`{quoted}` is no number; {forms}", place.at)


def _stray_brace(place: Place) -> Diagnostic | None:
    if place.terminal != "}" or place.at != place.line:
        return None
    return place.error("`}` closes nothing here", place.at)


def _no_comma_before_line(place: Place) -> Diagnostic | None:
    """A clause on a line of its own, where the line before does not end with a comma."""
    terminals = place.found.terminals
    is_clause = terminals[place.line] in CLAUSES or terminals[place.line + 1] == "wins"
    if place.at > place.line + 1 or place.block not in ("", "mapping") or not is_clause:
        return None
    before = place.line - 1
    while (
        before > 0 and terminals[before - 1] != "NEWLINE" and before - 1 not in place.found.closes
    ):
        before -= 1
    if not ARROWS & set(terminals[max(before, 0) : place.line]):
        return None
    word = place.word(place.line)
    message = f"`{word}` goes on from the line before, which does not end with a comma"
    return place.error(message, place.line)


def _wrong_place(place: Place) -> Diagnostic | None:
    """A line that would be right in another place."""
    word = place.found.terminals[place.line]
    if place.at > place.line + 1 or place.found.terminals[place.line + 1] == ":":
        return None
    here = {"": ITEMS, "mapping": ENTRIES, "test": TEST_LINES}.get(place.block, frozenset())
    if word in here:
        return None
    for words, home in (
        (ITEMS, "at the top of a file"),
        (ENTRIES, "inside the braces of a `mapping`"),
        (TEST_LINES, "inside the braces of a `test`"),
    ):
        if word in words:
            return place.error(f"`{word}` cannot stand here; it stands {home}", place.line)
    return None


def _no_item(place: Place) -> Diagnostic | None:
    """A first word that nothing starts with, or a label without its colon."""
    if place.at != place.line + 1 or place.viable != {":"}:
        return None
    word = place.word(place.line)
    known = sorted(ITEMS if place.block == "" else ENTRIES)
    near = _called(place, word) or did_you_mean(word, known)
    end = place.line
    while place.found.terminals[end] != "NEWLINE" and end not in place.found.closes:
        end += 1
    if near is not None or end in place.found.closes:
        meant = f"did you mean `{near}`?" if near else f"expected {one_of(known)}"
        return place.error(f"nothing starts with `{word}`; {meant}", place.line)
    of_words = _is_word(place.terminal) and place.found.terminals[place.at + 1] == ":"
    message = f"there is no colon after the label `{word}`; a rule is `label: end -> end`"
    return place.error(message, place.line, *((_QUOTES,) if of_words else ()))


def _called(place: Place, word: str) -> str | None:
    return ENTRIES_CALLED.get(word.casefold()) if place.block == "mapping" else None


def _no_key(place: Place) -> Diagnostic | None:
    """A key that names one side only, or the systems as well."""
    if place.found.terminals[place.line] != "match" or place.at == place.line + 1:
        return None
    form = "as in `match email = emailaddress1`"
    if place.terminal == "." and _is_word(place.before):
        return place.error(f"a key names properties without their systems, {form}", place.at)
    if place.viable == {"="} and place.terminal not in ARROWS:
        return place.error(f"a key names a property of either side, {form}", place.at)
    return None


def _open_bracket(place: Place) -> Diagnostic | None:
    """The end of the item comes before the bracket that would close a bracket in it."""
    if place.terminal not in ("NEWLINE", "}"):
        return None
    opened: list[int] = []
    for index in range(place.line, place.at):
        if place.found.terminals[index] in ("(", "[", "{"):
            opened.append(index)
        elif place.found.terminals[index] in (")", "]", "}") and opened:
            opened.pop()
    if not opened or (place.terminal == "}" and place.found.terminals[opened[-1]] == "{"):
        return None
    word = place.found.words[opened[-1]]
    return place.error(f"this `{word}` is not closed; expected {_expected(place)}", opened[-1])


def _comma_at_end(place: Place) -> Diagnostic | None:
    if place.terminal != "NEWLINE" or place.before != ",":
        return None
    return place.error("nothing follows this comma", place.at - 1)


def _no_clause(place: Place) -> Diagnostic | None:
    """A word where a clause should start, read as the system of a winner."""
    if place.viable != {"wins"} or not _is_word(place.before):
        return None
    start = place.at - 1
    word = place.word(start)
    if did_you_mean(place.word(place.at), ["wins"]) is not None:
        return _any(place)
    if word in {event.value for event in Event}:
        return place.error(f"events are joined by `or`, as in `or {word}`", start)
    clause = _words_of_clause(place, start - 1)
    if place.terminal == "." and "when" in clause:
        return place.error("conditions are joined by `and` or `or`, not by a comma", start - 1)
    if place.terminal in ("NEWLINE", ",", "|") and "as" in clause:
        return place.error("the steps of a conversion are joined by `|`, not by a comma", start - 1)
    near = CLAUSES_CALLED.get(word.casefold()) or did_you_mean(word, sorted(CLAUSES))
    if near is not None:
        return place.error(f"no clause starts with `{word}`; did you mean `{near}`?", start)
    expected = expectations(CLAUSES | {"NAME"})
    return place.error(f"no clause starts with `{word}`; expected {expected}", start, _QUOTES)


def _words_of_clause(place: Place, comma: int) -> set[str]:
    """The terminals of the clause that a comma ends."""
    start = comma
    while start > place.line and place.found.terminals[start - 1] != ",":
        start -= 1
    return set(place.found.terminals[start:comma]) if place.found.terminals[comma] == "," else set()


def _no_system(place: Place) -> Diagnostic | None:
    """A property in a condition without its system."""
    if place.viable != {"."} or not _is_word(place.before):
        return None
    word = place.word(place.at - 1)
    message = f"`{word}` stands without its system; in a condition a property is `system.property`"
    return place.error(message, place.at - 1)


def _glued_minus(place: Place) -> Diagnostic | None:
    if place.terminal != "<-" or "<" not in place.viable:
        return None
    return place.error("`<-` is an arrow; before a negative number write `<` and a space", place.at)


def _no_comma(place: Place) -> Diagnostic | None:
    terminal = place.terminal
    is_value = terminal in ("STRING", "NUMBER") or _is_word(terminal)
    if "," not in place.viable or not is_value:
        return None
    if did_you_mean(place.word(place.at), sorted(KEYWORDS & place.viable)) is not None:
        return None
    word = place.word(place.at)
    if "|" in place.viable and terminal == "NAME":
        return place.error(f"there is no comma, and no `|`, before `{word}`", place.at)
    are_words = _is_word(place.before) and terminal == "NAME"
    notes = (_QUOTES,) if are_words else ()
    return place.error(f"there is no comma before `{word}`", place.at, *notes)


def _no_arrow(place: Place) -> Diagnostic | None:
    if not place.viable >= ARROWS or place.terminal == "NEWLINE":
        return None
    if place.block == "values" and did_you_mean(place.word(place.line), ["otherwise"]):
        word = place.word(place.line)
        return place.error(f"`{word}` cannot stand here; did you mean `otherwise`?", place.line)
    notes: tuple[str, ...] = ()
    are_words = _is_word(place.before) and _is_word(place.terminal)
    if are_words and place.found.terminals[place.at + 1] != ".":
        notes = (_QUOTES,)
    if place.terminal == ".":
        notes = ("an end is `system`, `system.property` or `system.object.property`",)
    message = f"`{place.word(place.at)}` cannot stand here; expected {expectations(ARROWS)}"
    return place.error(message, place.at, *notes)


def _any(place: Place) -> Diagnostic:
    if place.terminal == "NEWLINE":
        return place.error(f"the line ends too early; expected {_expected(place)}", place.at)
    word = place.word(place.at)
    near = did_you_mean(word, sorted(KEYWORDS & place.viable))
    meant = f"did you mean `{near}`?" if near else f"expected {_expected(place)}"
    return place.error(f"`{word}` cannot stand here; {meant}", place.at)


def _is_word(terminal: str) -> bool:
    return terminal == "NAME" or terminal in KEYWORDS


def _expected(place: Place) -> str:
    viable = place.viable
    if place.at == place.line + 1 and len(viable) > 1:
        viable -= {":"}  # the first word of an item might also be a label
    is_value = place.block == "values" and place.before in ARROWS  # there no end can stand
    return expectations(viable, "" if is_value else place.before)


_MISTAKES = (
    _too_deep,
    _no_token,
    _stray_brace,
    _no_comma_before_line,
    _wrong_place,
    _no_item,
    _no_key,
    _open_bracket,
    _comma_at_end,
    _no_clause,
    _no_system,
    _glued_minus,
    _no_comma,
    _no_arrow,
    _any,
)
