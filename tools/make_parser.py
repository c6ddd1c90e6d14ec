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

HEAD = '''"""
The parser's tables. Made from grammar/syncdsl.lark by tools/make_parser.py; do not edit.

ACTIONS: for each state what a terminal does: a positive number shifts into state n - 1, a negative
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
    table = lark.parser.parser._parse_table  # type: ignore[attr-defined]
    states = sorted(table.states)
    number = {state: index for index, state in enumerate(states)}
    number = _start_first(number, table.start_states["start"])
    rules: list[Rule] = []
    actions: list[dict[str, int]] = [{} for _ in states]
    gotos: list[dict[str, int]] = [{} for _ in states]
    for state in states:
        for symbol, (kind, argument) in sorted(table.states[state].items()):
            if symbol not in names:
                gotos[number[state]][symbol] = number[argument]
            elif kind is Shift:
                actions[number[state]][names[symbol]] = number[argument] + 1
            else:
                if argument not in rules:
                    rules.append(argument)
                actions[number[state]][names[symbol]] = -rules.index(argument) - 1
    end = number[table.end_states["start"]]
    return "\n".join([
        HEAD,
        f"LEXER = {_lexer(lark)!r}",
        f"KEYWORDS = frozenset({_keywords(lark)!r})",
        f"END_STATE = {end}",
        f"ACTIONS: tuple[dict[str, int], ...] = {_literal(actions)}",
        f"GOTOS: tuple[dict[str, int], ...] = {_literal(gotos)}",
        "RULES: tuple[tuple[str, int, str | None, tuple[tuple[int, bool], ...]], ...] = "
        + _literal([_rule(rule) for rule in rules]),
        "",
    ])  # fmt: skip


def _start_first(number: dict[Any, int], start: Any) -> dict[Any, int]:
    first = next(state for state, index in number.items() if index == 0)
    return {**number, first: number[start], start: 0}


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


def _lexer(lark: Lark) -> str:
    """One expression for all tokens; its group's name is the terminal, signs being the last."""
    patterns = {
        _terminal_name(terminal): terminal.pattern.to_regexp() for terminal in lark.terminals
    }
    parts = [
        f"(?P<{name}>{patterns[name]})"
        for name in ("SPACE", "NAME", "NEWLINE", "STRING", "COMMENT", "NUMBER")
    ]
    signs = [name for name in patterns if not re.match(r"\w", name)]
    signs.sort(key=lambda sign: (-len(sign), sign))
    return "|".join([*parts, f"(?P<SIGN>{'|'.join(map(re.escape, signs))})"])


def _rule(rule: Rule) -> tuple[str, int, str | None, tuple[tuple[int, bool], ...]]:
    origin = str(rule.origin.name)
    takes: list[tuple[int, bool]] = []
    absent = rule.options.empty_indices or [False] * len(rule.expansion)
    index = 0
    for is_absent in absent:
        if is_absent:
            takes.append((-1, False))
            continue
        symbol = rule.expansion[index]
        if rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out):
            takes.append((index, not symbol.is_term and symbol.name.startswith("_")))
        index += 1
    action = rule.alias or origin
    passes_on = rule.options.expand1 and rule.alias is None and len(takes) == 1
    return origin, len(rule.expansion), None if passes_on else action, tuple(takes)


if __name__ == "__main__":
    TABLES.write_text(tables(), encoding="utf-8")
