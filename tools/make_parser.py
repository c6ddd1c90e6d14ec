"""
Makes the parser's tables from the grammar: `python tools/make_parser.py` writes
`syncdsl/syntax/tables.py`. Lark reads the grammar and works the LALR(1) tables out; the program
itself then needs neither Lark nor the time to import it.
"""

from __future__ import annotations

import pprint
import re
from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import Rule
from lark.lexer import PatternStr
from lark.parsers.lalr_analysis import Shift

ROOT = Path(__file__).resolve().parent.parent
GRAMMAR = ROOT / "grammar" / "syncdsl.lark"
TABLES = ROOT / "syncdsl" / "syntax" / "tables.py"

HEAD = '''# ruff: noqa: E501
# fmt: off
"""
The parser's tables. Made from grammar/syncdsl.lark by tools/make_parser.py; do not edit. The file
is long, being one idea: an automaton.

PATTERNS and SIGNS: the terminals that are no words.
ACTIONS: for each state what a terminal does: a positive number shifts into that state, a negative
one reduces by rule -n - 1. GOTOS: for each state where a finished rule leads.
RULES: what is made, from how many symbols, by which action (None: the one child goes up as it is),
and which children it takes: (index, splice), index -1 standing for an optional part that is absent.
"""

from __future__ import annotations
'''


def tables() -> str:
    """The text of the tables' module."""
    lark = Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", maybe_placeholders=True)
    names = {terminal.name: _terminal_name(terminal) for terminal in lark.terminals}
    names |= {"$END": "END", "BROKEN": "BROKEN", "BROKEN_HEAD": "BROKEN_HEAD"}
    table = lark.parser.parser._parse_table
    number = _numbered(table)
    rules: list[Rule] = []
    actions: list[dict[str, int]] = [{} for _ in number]
    gotos: list[dict[str, int]] = [{} for _ in number]
    for state, index in number.items():
        for symbol, (kind, argument) in sorted(table.states[state].items()):
            if symbol not in names:
                gotos[index][symbol] = number[argument]
            elif kind is Shift:
                actions[index][names[symbol]] = number[argument]
            else:
                if argument not in rules:
                    rules.append(argument)
                actions[index][names[symbol]] = -rules.index(argument) - 1
    end = number[table.end_states["start"]]
    return "\n".join([
        HEAD,
        f"PATTERNS: dict[str, str] = {_patterns(lark)!r}",
        f"SIGNS: tuple[str, ...] = {_signs(lark)!r}",
        f"KEYWORDS: frozenset[str] = frozenset({_keywords(lark)!r})",
        f"END_STATE = {end}",
        f"ACTIONS: tuple[dict[str, int], ...] = {_literal(actions)}",
        f"GOTOS: tuple[dict[str, int], ...] = {_literal(gotos)}",
        "RULES: tuple[tuple[str, int, str | None, tuple[tuple[int, bool], ...]], ...] = "
        + _literal([_rule(rule) for rule in rules]),
        "",
    ])  # fmt: skip


def _numbered(table: Any) -> dict[Any, int]:
    """The states in the order in which a walk from the start meets them: the same at every run."""
    number = {table.start_states["start"]: 0}
    for state in (walk := list(number)):
        for _, (kind, argument) in sorted(table.states[state].items()):
            if kind is Shift and argument not in number:
                number[argument] = len(number)
                walk.append(argument)
    return number


def _literal(items: list[Any]) -> str:
    return "(\n" + "".join(f"    {pprint.pformat(item, width=10_000)},\n" for item in items) + ")"


def _terminal_name(terminal: Any) -> str:
    """A keyword or a sign goes by its text, any other terminal by its name."""
    if isinstance(terminal.pattern, PatternStr):
        return str(terminal.pattern.value)
    return str(terminal.name).lstrip("_")


def _keywords(lark: Lark) -> list[str]:
    words = [_terminal_name(terminal) for terminal in lark.terminals]
    return sorted(word for word in words if word.islower())


def _patterns(lark: Lark) -> dict[str, str]:
    """The expression of each terminal that is neither a keyword nor a sign."""
    names = ("NAME", "STRING", "NUMBER", "COMMENT", "NEWLINE", "SPACE")
    patterns = {
        _terminal_name(terminal): terminal.pattern.to_regexp() for terminal in lark.terminals
    }
    return {name: patterns[name] for name in names}


def _signs(lark: Lark) -> tuple[str, ...]:
    """The longest first, as an expression must try them."""
    texts = [_terminal_name(terminal) for terminal in lark.terminals]
    signs = [text for text in texts if not re.match(r"\w", text)]
    return tuple(sorted(signs, key=lambda sign: (-len(sign), sign)))


def _rule(rule: Rule) -> tuple[str, int, str | None, tuple[tuple[int, bool], ...]]:
    origin = str(rule.origin.name)
    takes: list[tuple[int, bool]] = []
    absent = rule.options.empty_indices or [False] * len(rule.expansion)
    index = 0
    for is_absent in absent:
        if is_absent:
            takes.append((-1, False))
            continue
        symbol: Any = rule.expansion[index]
        if rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out):
            takes.append((index, not symbol.is_term and symbol.name.startswith("_")))
        index += 1
    action = rule.alias or origin
    passes_on = rule.options.expand1 and rule.alias is None and len(takes) == 1
    return origin, len(rule.expansion), None if passes_on else action, tuple(takes)


if __name__ == "__main__":
    TABLES.write_text(tables(), encoding="utf-8")
