"""
What the parser makes of a finished rule of the grammar: one function for each action, by its name
in the grammar. A function takes the span and the children, tokens as their text.

Most actions are the tree's own constructors.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from syncdsl.source import Span
from syncdsl.syntax import tree
from syncdsl.syntax.tree import Constant, Name

_ESCAPES = {'\\"': '"', "\\\\": "\\", "\\n": "\n"}


class Head(NamedTuple):
    """The opening line of a block that could not be read, in the place of a token's text."""

    span: Span
    name: Name | None  # what the block seems to be called


def name(span: Span, text: str) -> Name:
    return Name(span, text[1:-1] if text[0] == "`" else text)


def constant(span: Span, text: str) -> Constant:
    first = text[0]
    if first == '"':
        return Constant(span, _unescaped(text[1:-1]))
    if first == "`":
        return Constant(span, text[1:-1])
    if first in "-0123456789":
        return Constant(span, _number(text))
    return Constant(span, {"true": True, "false": False}.get(text, text))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    parts = []
    index = 0
    while index < len(text):
        width = 2 if text[index] == "\\" else 1
        piece = text[index : index + width]
        parts.append(_ESCAPES.get(piece, piece))
        index += width
    return "".join(parts)


def _number(text: str) -> int | Decimal:
    # Python refuses to read whole numbers of more than some thousand digits; Decimal does not.
    return Decimal(text) if "." in text or len(text) > 4000 else int(text)


def mapping(
    span: Span, name: Name, left: tree.End, arrow: tree.Arrow, right: tree.End, *entries: tree.Entry
) -> tree.Mapping:
    head = Span(span.source, span.start, right.span.end)
    return tree.Mapping(span, head, name, left, arrow, right, entries)


def broken_mapping(span: Span, head: Head, *entries: tree.Entry) -> tree.Mapping:
    return tree.Mapping(span, head.span, None, None, None, None, entries)


def step(span: Span, name: Name, argument: str | None) -> tree.Step:
    if argument is None:
        return tree.Step(span, name, None)
    return tree.Step(span, name, constant(span, argument).value)


def values(span: Span, name: Name, *lines: Any) -> tree.Values:
    return tree.Values(span, Span(span.source, span.start, name.span.end), name, lines)


def broken_values(span: Span, head: Head, *lines: Any) -> tree.Values:
    return tree.Values(span, head.span, head.name, lines)


def test(span: Span, text: Constant, mapping: Name | None, *lines: tree.TestLine) -> tree.Test:
    last = mapping or text
    return tree.Test(span, Span(span.source, span.start, last.span.end), text, mapping, lines)


def broken_test(span: Span, head: Head, *lines: tree.TestLine) -> tree.Test:
    return tree.Test(span, head.span, None, None, lines)


def given(span: Span, system: Name, record: tree.Record | str) -> tree.Given:
    return tree.Given(span, system, None if isinstance(record, str) else record)


def field(span: Span, name: Name, value: Constant | tree.List | str) -> tree.Field:
    return tree.Field(span, name, None if isinstance(value, str) else value)


def rule(span: Span, label: Name, left: Any, arrow: Any, right: Any, *clauses: Any) -> tree.Rule:
    return tree.Rule(span, label, left, arrow, right, _present(clauses))


def budget(span: Span, percent: str, mapping: Name) -> tree.Budget:
    return tree.Budget(span, constant(span, percent), mapping)


def overwrites_budget(span: Span, count: str, property: tree.End) -> tree.OverwritesBudget:
    return tree.OverwritesBudget(span, constant(span, count), property)


def _present(children: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without the places that stand for an optional part that is absent."""
    return tuple([child for child in children if child is not None])


# The actions that are a node of the tree, its fields being the span and the children.
NODES: dict[str, type[tuple[Any, ...]]] = {
    "kind": tree.Kind,
    "schema": tree.Schema,
    "via": tree.Via,
    "delete": tree.Delete,
    "scope": tree.Scope,
    "arrow": tree.Arrow,
    "when": tree.When,
    "convert": tree.As,
    "values_clause": tree.UseValues,
    "default": tree.Default,
    "owned": tree.Owned,
    "negation": tree.Negation,
    "compare": tree.Compare,
    "property": tree.Operand,
    "value_line": tree.ValueLine,
    "otherwise": tree.Otherwise,
    "never_overwrite": tree.NeverOverwrite,
    "never_send": tree.NeverSend,
    "always_converge": tree.AlwaysConverge,
    "test_on": tree.TestOn,
    "before": tree.Before,
    "newer": tree.NewerLine,
    "written": tree.WrittenLine,
    "unlinked": tree.Unlinked,
    "expect": tree.Expect,
    "expect_decision": tree.ExpectDecision,
}

# The others.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "start": lambda span, *items: items,
    "broken": lambda span, _: tree.Broken(span),
    "use": lambda span, path: tree.Use(span, constant(span, path)),
    "system": lambda span, name, *facts: tree.System(span, name, _present(facts)),
    "mapping": mapping,
    "broken_mapping": broken_mapping,
    "match": lambda span, *keys: tree.Match(span, keys),
    "key": lambda span, left, right, steps: tree.Key(span, left, right, steps or ()),
    "create": lambda span, system, condition: tree.Create(span, system, condition, never=False),
    "create_never": lambda span, system: tree.Create(span, system, None, never=True),
    "usual": lambda span, *clauses: tree.Usual(span, clauses),
    "rule": rule,
    "end": lambda span, *parts: tree.End(span, _present(parts)),
    "on": lambda span, *events: tree.Events(span, events, excluded=False),
    "not_on": lambda span, *events: tree.Events(span, events, excluded=True),
    "if_blank": lambda span: tree.Mode(span, "if blank"),
    "once": lambda span: tree.Mode(span, "once"),
    "append": lambda span: tree.Mode(span, "append"),
    "union": lambda span: tree.Mode(span, "union"),
    "forward": lambda span, order: tree.Mode(span, "forward only", order),
    "sticky": lambda span, system: tree.Mode(span, "sticky", system),
    "skip_blanks": lambda span: tree.Blanks(span, "skip blanks"),
    "clear_blanks": lambda span: tree.Blanks(span, "clear blanks"),
    "clear_emptied": lambda span: tree.Blanks(span, "clear emptied"),
    "wins": lambda span, system: tree.Winner(span, "wins", system),
    "most_recent": lambda span: tree.Winner(span, "most recent wins"),
    "ask": lambda span: tree.Winner(span, "ask"),
    "event": lambda span, name: name,
    "steps": lambda span, *steps: steps,
    "step": step,
    "any_of": lambda span, *parts: tree.AnyOf(span, parts),
    "all_of": lambda span, *parts: tree.AllOf(span, parts),
    "in_brackets": lambda span, condition: condition._replace(span=span),
    "is_in": lambda span, operand, *values: tree.IsIn(span, operand, _present(values)),
    "is_blank": lambda span, operand: tree.IsBlank(span, operand, negated=False),
    "is_not_blank": lambda span, operand: tree.IsBlank(span, operand, negated=True),
    "comparison": lambda span, *words: " ".join(words),
    "values": values,
    "broken_values": broken_values,
    "order": lambda span, name, *stages: tree.Order(span, name, stages),
    "budget": budget,
    "overwrites_budget": overwrites_budget,
    "test": test,
    "broken_test": broken_test,
    "given": given,
    "record": lambda span, *fields: tree.Record(span, _present(fields)),
    "field": field,
    "list_value": lambda span, *values: tree.List(span, _present(values)),
    "text": constant,
    "value": constant,
    "literal": constant,
    "mapped_value": constant,
    "name": name,
    "label": name,
    "system_name": name,
    "winner_name": name,
    "guard_name": name,
    "expect_name": name,
}
