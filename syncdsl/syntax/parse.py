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

from typing import Any

from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.source import Source, Span
from syncdsl.suggest import did_you_mean
from syncdsl.syntax import tree
from syncdsl.syntax.build import ACTIONS as BUILD
from syncdsl.syntax.characters import odd_characters
from syncdsl.syntax.lexer import MAX_DEPTH, Tokens, tokens
from syncdsl.syntax.tables import ACTIONS, END_STATE, GOTOS, KEYWORDS, RULES

MAX_ERRORS = 100  # in one file; a reader has given up long before

_BLOCK_HEADS = ("mapping", "values", "test")
# Rules of the grammar: (where it goes, how many symbols, its action, its children, is it a list?)
_RULES = tuple(
    (origin, length, BUILD[action] if action and action[0] != "_" else None, children,
     origin[0] == "_")
    for origin, length, action, children in RULES
)  # fmt: skip


def parse(source: Source) -> tuple[tree.File, list[Diagnostic]]:
    """The tree of a source, and what could not be read of it."""
    parser = _Parser(source)
    items = parser.run()
    found = parser.tokens
    diagnostics = [*parser.diagnostics, *odd_characters(source)]
    return tree.File(source, items, found.comments, found.docs), diagnostics


class _Parser:
    """The state of one run: the stacks, and the token that comes next."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens: Tokens = tokens(source)
        self.diagnostics: list[Diagnostic] = []
        self.errors = 0
        self.states = [0]
        self.values: list[Any] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.at = 0

    def run(self) -> tuple[tree.Item, ...]:
        """The one hot loop of the front end; all that is rare is in methods of its own."""
        terminals, starts, ends = self.tokens.terminals, self.tokens.starts, self.tokens.ends
        states, values = self.states, self.values
        first, last = self.starts, self.ends
        source, text = self.source, self.source.text
        while True:
            terminal = terminals[self.at]
            accepted = ACTIONS[states[-1]]
            word = ""
            if terminal == "NAME":
                word = text[starts[self.at] : ends[self.at]]
                if word in KEYWORDS and word in accepted:
                    terminal = word
            action = accepted.get(terminal)
            if action is None:
                self.recover()
                continue
            if action > 0:
                states.append(action - 1)
                values.append(word or text[starts[self.at] : ends[self.at]])
                first.append(starts[self.at])
                last.append(ends[self.at])
                self.at += 1
                continue
            origin, length, build, children, is_list = _RULES[-action - 1]
            if length:
                start, end = first[-length], last[-1]
                taken = values[-length:]
                del states[-length:], values[-length:], first[-length:], last[-length:]
            else:
                start = end = starts[self.at]
                taken = []
            if len(children) == 1 and children[0][0] >= 0:
                index, splice = children[0]
                value = taken[index]
                if is_list:
                    value = value if splice else [value]
                elif build is not None:
                    span = Span(source, start, end)
                    value = build(span, *value) if splice else build(span, value)
            else:
                arguments: list[Any] = []
                for index, splice in children:
                    if splice:
                        if is_list and not arguments:
                            arguments = taken[index]  # the list so far, made longer in place
                        else:
                            arguments.extend(taken[index])
                    else:
                        arguments.append(taken[index] if index >= 0 else None)
                value = arguments
                if not is_list and build is not None:
                    value = build(Span(source, start, end), *arguments)
            state = GOTOS[states[-1]][origin]
            states.append(state)
            values.append(value)
            first.append(start)
            last.append(end)
            if state == END_STATE:
                return value  # type: ignore[no-any-return]

    # ── mistakes ─────────────────────────────────────────────────────────────────────────────────

    def recover(self) -> None:
        """Tells what is wrong, and puts something that can be read in the line's place."""
        terminals, opens = self.tokens.terminals, self.tokens.opens
        line = self.at
        while line and terminals[line - 1] != "NEWLINE" and not opens[line - 1]:
            line -= 1
        if self.at <= line + 1 and self.closes_a_forgotten_block(line):
            return
        self.tell_unexpected()
        end = max(self.at, line + 1)
        while terminals[end] not in ("NEWLINE", "END") and not opens[end]:
            end += 1
        while not self.would_shift("BROKEN"):
            self.pop()
        head = self.text(line)
        if opens[end] and head in _BLOCK_HEADS and self.would_shift(head):
            self.replace(line, end, (head, "BROKEN_HEAD"))
        else:
            end = self.after_block(end) if opens[end] else end
            self.replace(line, end, ("BROKEN",))
        self.at = line

    def closes_a_forgotten_block(self, line: int) -> bool:
        """Is this an item that can only stand at the top of a file, or its end, in a block?"""
        terminals = self.tokens.terminals
        top_item = self.text(line) in _ITEMS and terminals[line + 1] in ("NAME", "STRING")
        if terminals[line] != "END" and not (terminals[line] == "NAME" and top_item):
            return False
        while not self.would_shift("BROKEN"):
            self.pop()
        if not self.would_shift("}"):
            return False
        opened = line - 1
        while not self.tokens.opens[opened]:
            opened -= 1
        label = Label(self.span(opened), "it opens here")
        self.tell("a block is not closed with `}` before this", self.span(line), (label,))
        self.replace(line, line, ("}", "NEWLINE"))
        self.at = line
        return True

    def replace(self, start: int, end: int, terminals: tuple[str, ...]) -> None:
        """Other tokens in the place of some, the last of them as wide as they were."""
        found = self.tokens
        place = found.starts[start]
        until = found.ends[end - 1] if end > start else place
        found.starts[start:end] = [place] * len(terminals)
        found.ends[start:end] = [place] * (len(terminals) - 1) + [until]
        found.opens[start:end] = [False] * len(terminals)
        found.terminals[start:end] = terminals

    def tell_unexpected(self) -> None:
        terminal, span = self.tokens.terminals[self.at], self.span(self.at)
        text = span.text
        expected = expectations([name for name in self.viable() if name != terminal])
        if terminal == "DEEP":
            self.tell(f"brackets are nested more than {MAX_DEPTH} deep", span)
        elif terminal == "ODD":
            self.tell(_odd(text), span)
        elif terminal == "END":
            self.tell(f"the file ends too early; expected {expected}", span)
        elif terminal == "NEWLINE":
            self.tell(f"the line ends too early; expected {expected}", span)
        else:
            near = did_you_mean(text, sorted(KEYWORDS & set(self.viable())))
            meant = f"; did you mean `{near}`?" if near else ""
            self.tell(f"`{text[:60]}` cannot stand here; expected {expected}{meant}", span)

    def tell(self, message: str, span: Span, labels: tuple[Label, ...] = ()) -> None:
        self.errors += 1
        if self.errors == MAX_ERRORS + 1:
            message, labels = f"more than {MAX_ERRORS} lines cannot be read; no more are told", ()
        if self.errors <= MAX_ERRORS + 1:
            found = Diagnostic("syntax", Severity.ERROR, message, span, labels)
            self.diagnostics.append(found)

    def viable(self) -> list[str]:
        """The terminals that can really come next; a table's lookaheads are a little too many."""
        if self.errors > MAX_ERRORS:
            return []
        return [terminal for terminal in ACTIONS[self.states[-1]] if self.would_shift(terminal)]

    def would_shift(self, terminal: str) -> bool:
        states = list(self.states)
        while True:
            action = ACTIONS[states[-1]].get(terminal)
            if action is None:
                return False
            if action > 0:
                return True
            origin, length, *_ = _RULES[-action - 1]
            if length:
                del states[-length:]
            states.append(GOTOS[states[-1]][origin])
            if states[-1] == END_STATE:
                return terminal == "END"

    def after_block(self, index: int) -> int:
        """The end of the line on which the block that opens here is closed."""
        terminals, depth = self.tokens.terminals, 0
        while terminals[index] != "END":
            depth += {"{": 1, "}": -1}.get(terminals[index], 0)
            index += 1
            if depth == 0:
                break
        while terminals[index] not in ("NEWLINE", "END"):
            index += 1
        return index

    def text(self, index: int) -> str:
        return self.source.text[self.tokens.starts[index] : self.tokens.ends[index]]

    def span(self, index: int) -> Span:
        return Span(self.source, self.tokens.starts[index], self.tokens.ends[index])

    def pop(self) -> None:
        for stack in (self.states, self.values, self.starts, self.ends):
            stack.pop()


_CLAUSES = {
    "on", "not", "if", "once", "append", "union", "forward", "sticky", "skip", "clear", "most",
    "ask", "when", "as", "values", "default", "owned",
}  # fmt: skip
_ITEMS = {"use", "system", "mapping", "values", "order", "never", "always", "at", "test"}
_ENTRIES = {"via", "match", "create", "delete", "scope", "usual"}
# What is said for a whole set of terminals, larger sets first.
_GROUPS: tuple[tuple[set[str], str], ...] = (
    (_CLAUSES | {"NAME"}, "a clause (such as `on create only`, `if blank`, `when …`)"),
    (
        _ITEMS | _ENTRIES | {"NAME"},  # where an item may begin, every word may be a label
        "a rule (`label: end -> end`) or an item (`system`, `mapping`, `values`, `order`, `use`, "
        "`never`, `always`, `at most`, `test`)",
    ),
    (
        _ENTRIES | {"NAME"},
        "a rule (`label: end -> end`) or one of `via`, `match`, `create`, `delete`, `scope`, "
        "`usual`",
    ),
    ({"STRING", "NUMBER", "true", "false", "NAME"}, "a name or a value"),
    ({"STRING", "NUMBER", "true", "false"}, "a constant"),
    (
        {"=", "!=", "<", "<=", ">", ">=", "starts", "contains"},
        "a comparison (`=`, `<`, `starts with`, `contains` …)",
    ),
)
_WORDS = {
    "NAME": "a name",
    "STRING": "a text in double quotes",
    "NUMBER": "a number",
    "NEWLINE": "the end of the line",
    "END": "the end of the file",
}


def expectations(terminals: list[str]) -> str:
    """What would have been accepted, in words."""
    left = {name for name in terminals if name not in ("BROKEN", "BROKEN_HEAD")}
    words = []
    for group, name in _GROUPS:
        if group <= left:
            words.append(name)
            left -= group
    if "END" in left and len(left) + len(words) > 1:
        left.discard("END")
    signs = sorted(name for name in left if name not in _WORDS)
    words += [f"`{sign}`" for sign in signs]
    words += [_WORDS[name] for name in _WORDS if name in left]
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _odd(text: str) -> str:
    first = text[0]
    if first == '"':
        if text.rstrip().endswith('"') and len(text.rstrip()) > 1:
            return 'in a text only `\\"`, `\\\\` and `\\n` may follow a backslash'
        return 'a text in double quotes is not closed on its line; expected `"`'
    if first == "`":
        return "a name in backquotes is not closed on its line, or is empty"
    if first in "-0123456789" and len(text) > 1:
        if text.lstrip("-").isdigit():
            return f'a number has no leading zero; for a text write `"{text}"`'
        return f"`{text[:60]}` is no number; a name that starts with a digit stands in backquotes"
    return f"`{text}` means nothing here"
