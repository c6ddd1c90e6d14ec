"""
From tokens to the tree: an LALR(1) parser over the tables made from the grammar.

Two things are done here that a generator's own driver does not do. A word is a keyword exactly
where a state accepts it as one. And a mistake costs its line, not its file: at an error the line is
left, the stack goes back to where an item may begin, and a BROKEN item takes the line's place. A
block whose opening line is at fault is read all the same, so that the mistakes in it are found, and
a block that was never closed is closed where the next item begins. Each token is read once
whatever stands in the file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from syncdsl.diagnostic import Diagnostic
from syncdsl.source import Source, Span
from syncdsl.suggest import did_you_mean
from syncdsl.syntax import mistake, tree
from syncdsl.syntax.build import FUNCTIONS, NODES, Head
from syncdsl.syntax.characters import odd_characters
from syncdsl.syntax.expected import DECLARATIONS, ITEMS, UNFINISHED
from syncdsl.syntax.lexer import BLOCKS, ITEM, Tokens, starts_item, tokens
from syncdsl.syntax.mistake import Place
from syncdsl.syntax.tables import ACTIONS, END_STATE, GOTOS, KEYWORDS, RULES

MAX_ERRORS = 100  # in one file; a reader has given up long before


def parse(source: Source) -> tuple[tree.File, list[Diagnostic]]:
    """The tree of a source, and what could not be read of it."""
    found = tokens(source)
    parser = _Parser(source, found)
    items = parser.read(found)
    file = tree.File(source, items, found.comments, found.docs, frozenset(parser.unread))
    return file, [*parser.diagnostics, *odd_characters(source, found.comments)]


# ── the tables, made ready ───────────────────────────────────────────────────────────────────────

_STOP = "STOP"  # the end of a few tokens that are put in; no state accepts it

# Where a state takes a name, it takes every keyword that means nothing else there.
_ROWS = tuple(
    dict.fromkeys(KEYWORDS, row["NAME"]) | row if "NAME" in row else row for row in ACTIONS
)

# What to do with the symbols of a finished rule: hand the one child on, make a list, make a node of
# the tree, or call a function; _FUNCTION is a call with a single symbol.
_PASS, _LIST, _NODE, _FUNCTION, _CALL = range(5)


def _prepared(
    origin: str, length: int, action: str | None, takes: tuple[tuple[int, bool], ...]
) -> tuple[str, int, int, Any, tuple[tuple[int, bool], ...]]:
    """A rule of the grammar: where it goes, how many symbols, what to do, with what, of which."""
    if origin.startswith("_"):
        return origin, length, _PASS if takes == ((0, True),) else _LIST, None, takes
    if action is None:
        return origin, length, _PASS, None, takes
    if action in NODES and all(index >= 0 and not splice for index, splice in takes):
        return origin, length, _NODE, NODES[action], takes
    is_single = length == 1 and takes == ((0, False),)
    make = FUNCTIONS.get(action) or NODES[action]
    return origin, length, _FUNCTION if is_single else _CALL, make, takes


_RULES = tuple(_prepared(*rule) for rule in RULES)


class _Parser:
    """The state of one run: the stacks, and what was found wrong."""

    def __init__(self, source: Source, found: Tokens) -> None:
        self.source = source
        self.found = found
        self.diagnostics: list[Diagnostic] = []
        self.unread: set[str] = set()
        self.item_start = 0  # where an item starts in the middle of a line
        self.states = [0]
        self.values: list[Any] = []
        self.firsts: list[int] = []  # where each symbol on the stack starts
        self.lasts: list[int] = []  # and ends

    def read(self, found: Tokens) -> Any:
        """The one hot loop of the front end; all that is rare is in methods of its own."""
        terminals, words, starts, ends = found.terminals, found.words, found.starts, found.ends
        states, values, firsts, lasts = self.states, self.values, self.firsts, self.lasts
        source, new, rows, rules, gotos = self.source, tuple.__new__, _ROWS, _RULES, GOTOS
        at = 0
        while True:
            action = rows[states[-1]].get(terminals[at])
            if action is None:
                if terminals[at] == _STOP:
                    return None
                at = self.recover(at)
                continue
            if action > 0:
                states.append(action)
                values.append(words[at])
                firsts.append(starts[at])
                lasts.append(ends[at])
                at += 1
                continue
            origin, length, kind, make, takes = rules[~action]
            if length == 1 and kind < _CALL:
                if kind == _FUNCTION:
                    span = new(Span, (source, firsts[-1], lasts[-1]))
                    values[-1] = make(span, values[-1])
                elif kind == _LIST:
                    values[-1] = [values[-1]]
                elif kind == _NODE:
                    span = new(Span, (source, firsts[-1], lasts[-1]))
                    values[-1] = new(make, (span, values[-1]))
                states[-1] = gotos[states[-2]][origin]
                continue
            first, last = (firsts[-length], lasts[-1]) if length else (starts[at], starts[at])
            taken = values[-length:] if length else []
            if kind == _NODE:
                span = new(Span, (source, first, last))
                value = new(make, (span, *[taken[index] for index, _ in takes]))
            elif kind == _PASS:
                value = taken[takes[0][0]]
            else:
                value = []
                for index, splice in takes:
                    if not splice:
                        value.append(taken[index] if index >= 0 else None)
                    elif value or kind == _CALL:
                        value.extend(taken[index])
                    else:
                        value = taken[index]  # the list so far, made longer in place
                if kind == _CALL:
                    value = make(new(Span, (source, first, last)), *value)
            if length:
                del states[-length:], values[-length:], firsts[-length:], lasts[-length:]
            state = gotos[states[-1]][origin]
            if state == END_STATE:
                return value
            states.append(state)
            values.append(value)
            firsts.append(first)
            lasts.append(last)

    # ── mistakes ─────────────────────────────────────────────────────────────────────────────────

    def recover(self, at: int) -> int:
        """Tells what is wrong, puts something that can be read in its place, and says where to go
        on."""
        found, terminals = self.found, self.found.terminals
        line = self.line_of(at)
        place = self.place(line, at)
        if place.block and at <= line + 1 and self.is_top_item(line):
            opening = self.open_brace()
            if terminals[line] == "END" or found.closes.get(opening, 0) is None:
                self.tell(mistake.not_closed, place._replace(at=opening))
                self.pop_to("BROKEN")
                self.put(found.ends[line - 1], found.ends[line - 1], ["}", "NEWLINE"])
                return line
        if terminals[line] == "}" and self.would_shift("NEWLINE"):
            self.tell(mistake.after_block, place)
            self.put(found.ends[at - 1], found.ends[at - 1], ["NEWLINE"])
            self.item_start = at
            is_item = terminals[at] != "}" and starts_item(found, self.source.text, at)
            return at if is_item else self.leave(at, at, self.block())
        if terminals[at] == "NEWLINE" and terminals[at + 1] == "{" and self.would_shift("{"):
            self.tell(mistake.brace_on_next_line, place)
            return at + 1
        self.tell(mistake.unexpected, place)
        return self.leave(line, at, place.block)

    def leave(self, line: int, at: int, block: str) -> int:
        """Puts a BROKEN item in the place of a line, and says where the next one starts."""
        found, terminals = self.found, self.found.terminals
        self.note_name(line)
        end = at
        while terminals[end] != "NEWLINE" and end not in found.closes:
            end += 1
        if end == at and terminals[at - 1] in UNFINISHED and block in ("", "mapping"):
            if not starts_item(found, self.source.text, end + 1):  # the rest of it stands there
                end = self.line_end(end + 1)
        opens = end in found.closes
        self.pop_to("BROKEN")
        head = None if block else self.block_head(line, may_be_misspelt=opens)
        if head is not None and (opens or self.lacks_brace(end)):
            self.put_head(line, end, head, opens)
            return end if opens else end + 1
        if opens:
            closing = found.closes[end]
            end = end + 1 if closing is None else self.line_end(closing)
        self.put(found.starts[line], found.ends[end - 1], ["BROKEN", "NEWLINE"])
        return end + 1 if terminals[end] == "NEWLINE" else end

    def put(self, start: int, end: int, terminals: list[str]) -> None:
        """Reads other tokens in the place of some; the first of them is as wide as they were."""
        starts, ends = [start] + [end] * len(terminals), [end] * len(terminals)
        self.read(Tokens([*terminals, _STOP], terminals, starts, ends, {}, set(), (), {}))

    def put_head(self, line: int, end: int, head: str, opens: bool) -> None:
        """The opening line of a block, and its brace too if that was forgotten."""
        start, last = self.found.starts[line], self.found.ends[end - 1]
        name = self.name(line + 1) if line + 1 < end else None
        words: list[Any] = [head, Head(Span(self.source, start, last), name), "{"]
        terminals = [head, "BROKEN_HEAD", _STOP] if opens else [head, "BROKEN_HEAD", "{", _STOP]
        starts, ends = [start, start, last], [start, last, last]
        self.read(Tokens(terminals, words, starts, ends, {}, set(), (), {}))

    def tell(self, words: Callable[[Place], Diagnostic], place: Place) -> None:
        if len(self.diagnostics) < MAX_ERRORS:
            self.diagnostics.append(words(place))
        elif len(self.diagnostics) == MAX_ERRORS:
            self.diagnostics.append(mistake.too_many(place, MAX_ERRORS))

    def note_name(self, line: int) -> None:
        """Keeps what a line declares, so that nobody calls that name unknown."""
        terminals, words = self.found.terminals, self.found.words
        if terminals[line + 1 : line + 2] == [":"]:
            self.unread.add(words[line].strip("`"))
        elif words[line] in DECLARATIONS and self.is_word(line + 1):
            self.unread.add(words[line + 1].strip("`"))

    # ── where the parser is ──────────────────────────────────────────────────────────────────────

    def place(self, line: int, at: int) -> Place:
        viable: frozenset[str] = frozenset()
        if len(self.diagnostics) < MAX_ERRORS:
            viable = frozenset(name for name in ACTIONS[self.states[-1]] if self.would_shift(name))
        return Place(self.source, self.found, line, at, viable, self.block())

    def block(self) -> str:
        """The head of the block that the parser is in."""
        head = next((value for value in self.values[:2] if isinstance(value, str)), "")
        return head if head in BLOCKS and "{" in self.values else ""

    def open_brace(self) -> int:
        """The token that opened it."""
        start = self.firsts[self.values.index("{")]
        index = bisect_left(self.found.starts, start)
        return index if self.found.terminals[index] == "{" else index + 1

    def is_top_item(self, line: int) -> bool:
        """Is this the start of something that only stands at the top of a file, or its end?"""
        start = self.found.starts[line]
        return self.found.terminals[line] == "END" or bool(ITEM.match(self.source.text, start))

    def block_head(self, line: int, may_be_misspelt: bool) -> str | None:
        """The block that a line means to open."""
        word = self.found.words[line]
        if self.found.terminals[line + 1] == ":":
            return None
        if may_be_misspelt and word not in ITEMS:
            word = did_you_mean(word, sorted(ITEMS)) or ""
        return word if word in BLOCKS else None

    def lacks_brace(self, end: int) -> bool:
        """Is there a brace that closes what should have been opened on the line that ends here?"""
        terminals = self.found.terminals
        while terminals[end] != "END":
            if terminals[end] == "NEWLINE":
                if terminals[end + 1] == "}":
                    return end + 1 in self.found.strays
                if self.found.words[end + 1] in ITEMS and terminals[end + 2] != ":":
                    return False
            end += 1
        return False

    def line_of(self, at: int) -> int:
        """The first token of the item that a token belongs to."""
        terminals, closes = self.found.terminals, self.found.closes
        while terminals[at - 1] != "NEWLINE" and at - 1 not in closes and at > self.item_start:
            at -= 1
        return at

    def line_end(self, at: int) -> int:
        terminals = self.found.terminals
        while terminals[at] not in ("NEWLINE", "END"):
            at += 1
        return at

    def is_word(self, index: int) -> bool:
        terminal = self.found.terminals[index]
        return terminal == "NAME" or terminal in KEYWORDS

    def name(self, index: int) -> tree.Name | None:
        if not self.is_word(index):
            return None
        start, end = self.found.starts[index], self.found.ends[index]
        return tree.Name(Span(self.source, start, end), self.found.words[index].strip("`"))

    def pop_to(self, terminal: str) -> None:
        """Drops what was begun, up to where the terminal may come."""
        while not self.would_shift(terminal):
            for stack in (self.states, self.values, self.firsts, self.lasts):
                stack.pop()

    def would_shift(self, terminal: str) -> bool:
        """Can this terminal really come next? A table's lookaheads are a little too many."""
        states = list(self.states)
        while True:
            action = ACTIONS[states[-1]].get(terminal)
            if action is None:
                return False
            if action > 0:
                return True
            origin, length, *_ = _RULES[~action]
            if length:
                del states[-length:]
            states.append(GOTOS[states[-1]][origin])
            if states[-1] == END_STATE:
                return terminal == "END"
