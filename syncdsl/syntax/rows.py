"""
The tree in words: rows of text for items, clauses, conditions and values, in their canonical form.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import assert_never

from syncdsl.syntax import tree
from syncdsl.syntax.layout import Group, Row

Block = tree.Mapping | tree.Values | tree.Test
Line = tree.Item | tree.Entry | tree.ValueLine | tree.Otherwise | tree.TestLine

_WORD = re.compile(r"[^\W\d]\w*(?:-\w+)*")
# Words that mean something else than themselves where a value may stand.
_NO_TEXTS = frozenset({"true", "false", "blank", "none", "reject", "copy", "otherwise"})
_CONSTANTS = frozenset({"true", "false"})
_AFTER_ON = frozenset({"wins"})
_BEFORE_WINS = frozenset({"when", "as", "values", "default"})


def head(block: Block) -> str:
    """The opening line; as it was, if it could not be read."""
    text = block.head.text
    match block:
        case tree.Mapping():
            if block.name and block.left and block.arrow and block.right:
                ends = f"{_end(block.left)} {block.arrow.text} {_end(block.right)}"
                return f"mapping {_name(block.name)}: {ends}"
        case tree.Values():
            if block.name is not None and block.head.end == block.name.span.end:
                return f"values {_name(block.name)}"
        case tree.Test():
            if block.text is not None:
                return f"test {_literal(block.text)}{_in(block.mapping)}"
        case _:
            assert_never(block)
    return text


# ── items ────────────────────────────────────────────────────────────────────────────────────────


def rows_of(item: Line) -> tuple[list[Row], str]:
    """What of an item may take a line of its own, and what joins the first two on one line."""
    start, end = item.span.start, item.span.end
    match item:
        case tree.Rule(_, label, left, arrow, right, clauses):
            text = f"{_name(label)}: {_giver(left)} {arrow.text} {_giver(right)}"
            rows = [Row(start, right.span.end, (text,)), *map(clause_row, clauses)]
            return rows, " " if clauses and _reads_on(clauses[0]) else ", "
        case tree.Usual(_, clauses):
            first, *rest = map(clause_row, clauses)
            return [Row(start, first.end, ("usual ", *first.pieces)), *rest], ", "
        case tree.Match(_, keys):
            first, *rest = map(_key, keys)
            return [Row(start, first.end, ("match ", *first.pieces)), *rest], ", "
        case tree.Scope(_, condition, leaving):
            last = end if leaving is None else condition.span.end
            scope = Row(start, last, ("scope ", _guard(condition, start, last)))
            if leaving is None:
                return [scope], ""
            return [scope, Row(end - 1, end, (f"leaving {leaving}",))], ", "
        case _:
            return [Row(start, end, _pieces(item))], ""


def _pieces(item: Line) -> tuple[str | Group, ...]:
    """An item of a single row."""
    match item:
        case tree.Use(_, path):
            return (f"use {_literal(path)}",)
        case tree.System(span, name, facts):
            rows = tuple(map(_fact, facts))
            braces = Group(name.span.end, span.end, "{", rows, "}", padded=True)
            return (f"system {_name(name)} ", braces) if facts else (f"system {_name(name)}",)
        case tree.Order(span, name, stages):
            rows = tuple(map(_value, stages))
            braces = Group(name.span.end, span.end, "{", rows, "}", "<", padded=True)
            return f"order {_name(name)} ", braces
        case tree.Via(_, name):
            return (f"via {_name(name)}",)
        case tree.Create(span, system, condition, never):
            head = f"create in {_name(system)}"
            if condition is None:
                return (f"{head} never" if never else head,)
            return f"{head} when ", _guard(condition, system.span.end, span.end)
        case tree.Delete(_, then):
            return (f"delete {then}",)
        case tree.ValueLine(_, left, arrow, right):
            return (f"{constant_text(left)} {arrow.text} {constant_text(right)}",)
        case tree.Otherwise(_, then):
            return (f"otherwise {then if isinstance(then, str) else constant_text(then)}",)
        case tree.NeverOverwrite(_, end):
            return (f"never overwrite {_end(end)}",)
        case tree.NeverSend(_, end, system):
            return (f"never send {_end(end)} to {_name(system)}",)
        case tree.AlwaysConverge(_, mapping):
            return (f"always converge {_name(mapping)}",)
        case tree.Budget(_, percent, mapping):
            return (f"at most {constant_text(percent)}% of {_name(mapping)} change",)
        case tree.OverwritesBudget(_, most, end):
            return (f"at most {constant_text(most)} overwrites of {_end(end)}",)
        case tree.TestOn(_, event):
            return (f"on {_name(event)}",)
        case tree.Given(_, system, None):
            return (f"given {_name(system)} none",)
        case tree.Given(_, system, tree.Record() as record):
            return f"given {_name(system)} ", _record(record)
        case tree.Before(_, system, record):
            return f"before {_name(system)} ", _record(record)
        case tree.Expect(_, system, record):
            return f"expect {_name(system)} ", _record(record)
        case tree.NewerLine(_, system):
            return (f"newer {_name(system)}",)
        case tree.WrittenLine(_, label):
            return (f"written {_name(label)}",)
        case tree.Unlinked():
            return ("unlinked",)
        case tree.ExpectDecision(_, decision, label):
            return (f"expect {decision} {_name(label)}",)
        case _:
            raise AssertionError(item)


def _fact(fact: tree.Kind | tree.Schema) -> Row:
    match fact:
        case tree.Kind(span, name):
            return Row(span.start, span.end, (f"kind {_name(name)}",))
        case tree.Schema(span, path):
            return Row(span.start, span.end, (f"schema {_literal(path)}",))
        case _:
            assert_never(fact)


def _key(key: tree.Key) -> Row:
    steps = f" as {_steps(key.steps)}" if key.steps else ""
    text = f"{_name(key.left)} = {_name(key.right)}{steps}"
    return Row(key.span.start, key.span.end, (text,))


def _record(record: tree.Record) -> Group:
    rows = tuple(map(_field, record.fields))
    return Group(record.span.start, record.span.end, "{", rows, "}", padded=True)


def _field(field: tree.Field) -> Row:
    name = f"{_name(field.name)}: "
    start, end = field.span.start, field.span.end
    match field.value:
        case None:
            return Row(start, end, (f"{name}blank",))
        case tree.Constant() as constant:
            return Row(start, end, (name + constant_text(constant),))
        case tree.List(span, values):
            return Row(start, end, (name, _list(span.start, span.end, values)))


# ── clauses ──────────────────────────────────────────────────────────────────────────────────────


def clause_row(clause: tree.Clause) -> Row:
    pieces: tuple[str | Group, ...]
    start, end = clause.span.start, clause.span.end
    match clause:
        case tree.Events(_, names, excluded):
            events = " or ".join([_name(name, _AFTER_ON) for name in names])
            only = " only" if len(names) == 1 and not excluded else ""
            pieces = (f"{'not ' if excluded else ''}on {events}{only}",)
        case tree.Mode(_, words, of):
            pieces = (words + _in(of),)
        case tree.Blanks(_, words):
            pieces = (words,)
        case tree.Winner(_, words, system):
            pieces = (words if system is None else f"{_name(system, _BEFORE_WINS)} {words}",)
        case tree.When(_, condition):
            pieces = ("when ", _guard(condition, start, end))
        case tree.As(_, steps):
            pieces = (f"as {_steps(steps)}",)
        case tree.UseValues(_, name):
            pieces = (f"values {_name(name)}",)
        case tree.Default(_, value):
            pieces = (f"default {constant_text(value)}",)
        case tree.Owned(_, system):
            pieces = (f"owned by {_name(system)}",)
        case _:
            assert_never(clause)
    return Row(start, end, pieces)


def _reads_on(clause: tree.Clause) -> bool:
    """Does the line read as one sentence without a comma before this clause?"""
    if isinstance(clause, tree.Mode):
        return clause.words in ("if blank", "once")
    return isinstance(clause, tree.Events | tree.As | tree.When)


# ── conditions ───────────────────────────────────────────────────────────────────────────────────


def _guard(condition: tree.Condition, start: int, end: int) -> Group:
    """A whole condition, in brackets if it takes several lines."""
    row = condition_row(condition)
    first = row.pieces[0]
    if isinstance(first, Group):  # a chain
        return first._replace(start=start, end=end)
    return Group(start, end, "(", (row,), ")", "and", bare=True)


def condition_row(condition: tree.Condition) -> Row:
    start, end = condition.span.start, condition.span.end
    pieces: tuple[str | Group, ...]
    match condition:
        case tree.Compare(_, operand, comparison, value):
            pieces = (f"{_operand(operand)} {comparison} {_operand(value)}",)
        case tree.IsIn(_, operand, values):
            pieces = (f"{_operand(operand)} in ", _list(operand.span.end, end, values))
        case tree.IsBlank(_, operand, negated):
            pieces = (f"{_operand(operand)} is {'not ' if negated else ''}blank",)
        case tree.Negation(_, part):
            in_brackets = isinstance(part, tree.Negation | tree.AllOf | tree.AnyOf)
            pieces = ("not ", *_part(part, in_brackets).pieces)
        case tree.AllOf(_, parts):
            rows = tuple([_part(part, isinstance(part, tree.AllOf | tree.AnyOf)) for part in parts])
            pieces = (Group(start, end, "(", rows, ")", "and", bare=True),)
        case tree.AnyOf(_, parts):
            rows = tuple([_part(part, isinstance(part, tree.AnyOf)) for part in parts])
            pieces = (Group(start, end, "(", rows, ")", "or", bare=True),)
        case _:
            assert_never(condition)
    return Row(start, end, pieces)


def _part(condition: tree.Condition, in_brackets: bool) -> Row:
    row = condition_row(condition)
    if not in_brackets:
        return row
    first = row.pieces[0]
    if isinstance(first, Group):  # a chain brings its own
        return row._replace(pieces=(first._replace(bare=False),))
    return row._replace(pieces=(Group(row.start, row.end, "(", (row,), ")", "and"),))


def _operand(operand: tree.Operand | tree.Constant) -> str:
    if isinstance(operand, tree.Constant):
        return constant_text(operand)
    return f"{_name(operand.system, _CONSTANTS)}.{_name(operand.name)}"


# ── names and values ─────────────────────────────────────────────────────────────────────────────


def _list(start: int, end: int, values: tuple[tree.Constant, ...]) -> Group:
    return Group(start, end, "[", tuple(map(_value, values)), "]")


def _value(value: tree.Constant) -> Row:
    return Row(value.span.start, value.span.end, (constant_text(value),))


def constant_text(constant: tree.Constant) -> str:
    """A constant where a value stands: a text is a bare word if that reads back the same."""
    value = constant.value
    if isinstance(value, str) and _WORD.fullmatch(value) and value not in _NO_TEXTS:
        return value
    return _literal(constant)


def _literal(constant: tree.Constant) -> str:
    """A constant where a bare word would be something else."""
    match constant.value:
        case bool() as value:
            return "true" if value else "false"
        case Decimal() as value:
            return f"{value:f}"
        case str() as value:
            text = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{text}"'
        case value:
            return str(value)


def _giver(end: tree.End | tree.Constant) -> str:
    return _literal(end) if isinstance(end, tree.Constant) else _end(end, _CONSTANTS)


def _end(end: tree.End, taken: frozenset[str] = frozenset()) -> str:
    return ".".join([_name(end.parts[0], taken), *[_name(part) for part in end.parts[1:]]])


def _in(name: tree.Name | None) -> str:
    return "" if name is None else f" in {_name(name)}"


def _name(name: tree.Name, taken: frozenset[str] = frozenset()) -> str:
    """A name, in backquotes where it is no word, or where that word would be a keyword."""
    is_word = _WORD.fullmatch(name.text) and name.text not in taken
    return name.text if is_word else f"`{name.text}`"


def _steps(steps: tuple[tree.Step, ...]) -> str:
    return " | ".join([_step(step) for step in steps])


def _step(step: tree.Step) -> str:
    if step.argument is None:
        return _name(step.name)
    return f"{_name(step.name)}({_literal(tree.Constant(step.span, step.argument))})"
