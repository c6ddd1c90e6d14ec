"""
The syntax tree: what stands in a file, in the order of the grammar, with its place.

Every node begins with its span. The nodes know nothing of what names mean; `resolve` does.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from syncdsl.source import Source, Span


class Comment(NamedTuple):
    span: Span
    text: str  # with its `#`
    own_line: bool  # nothing stands before it on its line


class Name(NamedTuple):
    span: Span
    text: str  # without backquotes


class Constant(NamedTuple):
    span: Span
    value: str | int | Decimal | bool


class Arrow(NamedTuple):
    span: Span
    text: str  # -> <- <->


class Broken(NamedTuple):
    """An item that could not be read; it was told already."""

    span: Span


class Use(NamedTuple):
    span: Span
    path: Constant


class System(NamedTuple):
    span: Span
    name: Name
    facts: tuple[Kind | Schema, ...]


class Kind(NamedTuple):
    span: Span
    name: Name


class Schema(NamedTuple):
    span: Span
    path: Constant


class End(NamedTuple):
    """system, system.property or system.object.property"""

    span: Span
    parts: tuple[Name, ...]


class Mapping(NamedTuple):
    span: Span
    head: Span  # the line that opens it
    name: Name | None  # None: the opening line could not be read
    left: End | None
    arrow: Arrow | None
    right: End | None
    entries: tuple[Entry, ...]


class Via(NamedTuple):
    span: Span
    name: Name


class Step(NamedTuple):
    span: Span
    name: Name
    argument: str | int | Decimal | None


class Key(NamedTuple):
    span: Span
    left: Name
    right: Name
    steps: tuple[Step, ...]


class Match(NamedTuple):
    span: Span
    keys: tuple[Key, ...]


class Create(NamedTuple):
    span: Span
    system: Name
    condition: Condition | None
    never: bool


class Delete(NamedTuple):
    span: Span
    then: str  # ignored, follows, unlinks


class Scope(NamedTuple):
    span: Span
    condition: Condition
    leaving: str | None  # keeps, stops; None: it does not say


class Usual(NamedTuple):
    span: Span
    clauses: tuple[Clause, ...]


class Rule(NamedTuple):
    span: Span
    label: Name
    left: End | Constant
    arrow: Arrow
    right: End | Constant
    clauses: tuple[Clause, ...]


# ── clauses ──────────────────────────────────────────────────────────────────────────────────────


class Events(NamedTuple):
    span: Span
    names: tuple[Name, ...]
    excluded: bool  # `not on`


class Mode(NamedTuple):
    span: Span
    words: str  # if blank, once, append, union, forward only, sticky
    of: Name | None = None  # the order of `forward only in`, the system of `sticky in`


class Blanks(NamedTuple):
    span: Span
    words: str  # skip blanks, clear blanks, clear emptied


class Winner(NamedTuple):
    span: Span
    words: str  # wins, most recent wins, ask
    system: Name | None = None


class When(NamedTuple):
    span: Span
    condition: Condition


class As(NamedTuple):
    span: Span
    steps: tuple[Step, ...]


class UseValues(NamedTuple):
    span: Span
    name: Name


class Default(NamedTuple):
    span: Span
    value: Constant


class Owned(NamedTuple):
    span: Span
    system: Name


# ── conditions (one in brackets has a span with the brackets) ────────────────────────────────────


class Operand(NamedTuple):
    span: Span
    system: Name
    name: Name


class Compare(NamedTuple):
    span: Span
    operand: Operand
    comparison: str
    value: Constant | Operand


class IsIn(NamedTuple):
    span: Span
    operand: Operand
    values: tuple[Constant, ...]


class IsBlank(NamedTuple):
    span: Span
    operand: Operand
    negated: bool


class Negation(NamedTuple):
    span: Span
    part: Condition


class AllOf(NamedTuple):
    span: Span
    parts: tuple[Condition, ...]


class AnyOf(NamedTuple):
    span: Span
    parts: tuple[Condition, ...]


# ── value maps, orders, promises ─────────────────────────────────────────────────────────────────


class Values(NamedTuple):
    span: Span
    head: Span
    name: Name | None
    lines: tuple[ValueLine | Otherwise | Broken, ...]


class ValueLine(NamedTuple):
    span: Span
    left: Constant
    arrow: Arrow
    right: Constant


class Otherwise(NamedTuple):
    span: Span
    then: str | Constant  # reject, copy, or a value


class Order(NamedTuple):
    span: Span
    name: Name
    stages: tuple[Constant, ...]


class NeverOverwrite(NamedTuple):
    span: Span
    property: End


class NeverSend(NamedTuple):
    span: Span
    property: End
    system: Name


class AlwaysConverge(NamedTuple):
    span: Span
    mapping: Name


class Budget(NamedTuple):
    span: Span
    percent: Constant
    mapping: Name


class OverwritesBudget(NamedTuple):
    span: Span
    most: Constant
    property: End


# ── tests ────────────────────────────────────────────────────────────────────────────────────────


class Test(NamedTuple):
    span: Span
    head: Span
    text: Constant | None
    mapping: Name | None
    lines: tuple[TestLine, ...]


class List(NamedTuple):
    span: Span
    values: tuple[Constant, ...]


class Field(NamedTuple):
    span: Span
    name: Name
    value: Constant | List | None  # None: blank


class Record(NamedTuple):
    span: Span
    fields: tuple[Field, ...]


class TestOn(NamedTuple):
    span: Span
    event: Name


class Given(NamedTuple):
    span: Span
    system: Name
    record: Record | None  # None: there is no such record


class Before(NamedTuple):
    span: Span
    system: Name
    record: Record


class NewerLine(NamedTuple):
    span: Span
    system: Name


class WrittenLine(NamedTuple):
    span: Span
    label: Name


class Unlinked(NamedTuple):
    span: Span


class Expect(NamedTuple):
    span: Span
    system: Name
    record: Record


class ExpectDecision(NamedTuple):
    span: Span
    decision: str  # conflict, reject
    label: Name


Clause = Events | Mode | Blanks | Winner | When | As | UseValues | Default | Owned
Condition = Compare | IsIn | IsBlank | Negation | AllOf | AnyOf
Entry = Via | Match | Create | Delete | Scope | Usual | Rule | Broken
Promise = NeverOverwrite | NeverSend | AlwaysConverge | Budget | OverwritesBudget
TestLine = (
    TestOn | Given | Before | NewerLine | WrittenLine | Unlinked | Expect | ExpectDecision | Broken
)
Item = Use | System | Mapping | Values | Order | Promise | Test | Rule | Broken


class File(NamedTuple):
    source: Source
    items: tuple[Item, ...]
    comments: tuple[Comment, ...]
    docs: dict[int, str]  # the documentation comments before an item, by where it starts
    unread: frozenset[str] = frozenset()  # what is named on lines that could not be read
