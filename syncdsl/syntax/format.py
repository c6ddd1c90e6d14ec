"""
The one canonical layout.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import assert_never

from syncdsl.syntax import tree
from syncdsl.syntax.layout import Group, Row, flat

# Words that mean something else than themselves where a value may stand.
_NO_TEXTS = frozenset({"true", "false", "blank", "none", "reject", "copy", "otherwise"})
_CONSTANTS = frozenset({"true", "false"})
_BEFORE_WINS = frozenset({"when", "as", "values", "default"})
_WORD = re.compile(r"[^\W\d]\w*(?:-\w+)*")


def format_constant(constant: tree.Constant) -> str:
    """A constant where a value stands: a text is a bare word if that reads back the same."""
    value = constant.value
    if isinstance(value, str):
        is_word = _WORD.fullmatch(value) and value not in _NO_TEXTS
        return value if is_word else _quoted(value)
    return _unquoted(value)


def format_condition(condition: tree.Condition) -> str:
    """A condition on one line."""
    return flat(_condition(condition))


def format_clause(clause: tree.Clause) -> str:
    """A clause of a rule on one line."""
    return flat(_clause(clause))


# ── names and values ─────────────────────────────────────────────────────────────────────────────


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _unquoted(value: int | Decimal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _literal(constant: tree.Constant) -> str:
    value = constant.value
    return _quoted(value) if isinstance(value, str) else _unquoted(value)


def _name(name: tree.Name, taken: frozenset[str] = frozenset()) -> str:
    """A name, in backquotes where it is no word, or where that word would be a keyword."""
    is_word = _WORD.fullmatch(name.text) and name.text not in taken
    return name.text if is_word else f"`{name.text}`"


def _end(end: tree.End, taken: frozenset[str] = frozenset()) -> str:
    return ".".join([_name(end.parts[0], taken), *(_name(part) for part in end.parts[1:])])


def _step(step: tree.Step) -> str:
    if step.argument is None:
        return _name(step.name)
    return f"{_name(step.name)}({_literal(tree.Constant(step.span, step.argument))})"


def _steps(steps: tuple[tree.Step, ...]) -> str:
    return " | ".join([_step(step) for step in steps])


# ── clauses ──────────────────────────────────────────────────────────────────────────────────────


def _clause(clause: tree.Clause) -> Row:
    pieces: tuple[str | Group, ...]
    match clause:
        case tree.Events(_, names, excluded):
            events = " or ".join([_name(name) for name in names])
            only = " only" if len(names) == 1 and not excluded else ""
            pieces = (f"{'not ' if excluded else ''}on {events}{only}",)
        case tree.Mode(_, words, of):
            pieces = (words if of is None else f"{words} in {_name(of)}",)
        case tree.Blanks(_, words):
            pieces = (words,)
        case tree.Winner(_, words, system):
            pieces = (words if system is None else f"{_name(system, _BEFORE_WINS)} {words}",)
        case tree.When(_, condition):
            pieces = ("when ", *_condition(condition).pieces)
        case tree.As(_, steps):
            pieces = (f"as {_steps(steps)}",)
        case tree.UseValues(_, name):
            pieces = (f"values {_name(name)}",)
        case tree.Default(_, value):
            pieces = (f"default {format_constant(value)}",)
        case tree.Owned(_, system):
            pieces = (f"owned by {_name(system)}",)
        case _:
            assert_never(clause)
    return Row(clause.span.start, clause.span.end, pieces)


# ── conditions ───────────────────────────────────────────────────────────────────────────────────


def _condition(condition: tree.Condition) -> Row:
    span = condition.span
    pieces: tuple[str | Group, ...]
    match condition:
        case tree.Compare(_, operand, comparison, value):
            pieces = (f"{_operand(operand)} {comparison} {_operand(value)}",)
        case tree.IsIn(_, operand, values):
            pieces = (f"{_operand(operand)} in ", _list(operand.span.end, span.end, values))
        case tree.IsBlank(_, operand, negated):
            pieces = (f"{_operand(operand)} is {'not ' if negated else ''}blank",)
        case tree.Negation(_, part):
            in_brackets = isinstance(part, tree.Negation | tree.AllOf | tree.AnyOf)
            pieces = ("not ", *_part(part, in_brackets).pieces)
        case tree.AllOf(_, parts):
            rows = tuple(_part(part, isinstance(part, tree.AllOf | tree.AnyOf)) for part in parts)
            pieces = (Group(span.start, span.end, "(", rows, ")", "and", bare=True),)
        case tree.AnyOf(_, parts):
            rows = tuple(_part(part, isinstance(part, tree.AnyOf)) for part in parts)
            pieces = (Group(span.start, span.end, "(", rows, ")", "or", bare=True),)
        case _:
            assert_never(condition)
    return Row(span.start, span.end, pieces)


def _part(condition: tree.Condition, in_brackets: bool) -> Row:
    row = _condition(condition)
    if not in_brackets:
        return row
    first = row.pieces[0]
    if isinstance(first, Group):  # a chain brings its own
        return Row(row.start, row.end, (first._replace(bare=False),))
    return Row(row.start, row.end, (Group(row.start, row.end, "(", (row,), ")"),))


def _operand(operand: tree.Operand | tree.Constant) -> str:
    if isinstance(operand, tree.Constant):
        return format_constant(operand)
    return f"{_name(operand.system, _CONSTANTS)}.{_name(operand.name)}"


def _list(start: int, end: int, values: tuple[tree.Constant, ...]) -> Group:
    rows = tuple(_row(value.span.start, value.span.end, format_constant(value)) for value in values)
    return Group(start, end, "[", rows, "]")


def _row(start: int, end: int, text: str) -> Row:
    return Row(start, end, (text,))
