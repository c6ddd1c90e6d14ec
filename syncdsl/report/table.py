"""
The decision table of one rule, in words.

A column is a question, a line says what happens. A question whose answer changes nothing, or that
is not asked in this situation, is left empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from syncdsl.policy import Rule
from syncdsl.report.text import shown
from syncdsl.semantics.table import QUESTIONS, Line, fold, table
from syncdsl.situation import Action, Content, Outcome, Rank, Reason, Row, Side, Sides, Truth

_HEADS = {
    "event": "event",
    "made": "made in",
    "guard": "condition",
    "agree": "sides",
    "changed": "edited in",
    "written": "written before",
    "rank": "stage",
    "lacks": "lacks elements",
    "newer": "newer in",
}
# Of a sticky rule the stages are false and true, and nobody calls that a stage.
_FLAG = "flag"
_FLAG_REASONS = {
    Reason.NOT_LATER: "the flag would be taken back",
    Reason.LATER_STAGE: "a flag that is set stays set",
    Reason.OUTSIDE_ORDER: "it is neither true nor false",
}
_CONTENTS = {
    Content.BLANK: "blank",
    Content.VALUE: "a value",
    Content.UNUSABLE: "unusable",
}
_GUARDS = {
    Truth.HOLDS: "holds",
    Truth.FAILS: "fails",
    Truth.UNKNOWN: "cannot be told",
}


def render(rule: Rule, *, every_row: bool = False) -> str:
    """What one rule does, folded into few lines, or in every situation."""
    rows = table(rule.clauses)
    lines = [_line(row) for row in rows] if every_row else fold(rows)
    asked = {question for line in lines for question, _ in line.answers}
    questions = [question for question in QUESTIONS if question in asked]
    heads = [*(_head(question, rule) for question in questions), "then", "because"]
    body = [
        [
            *(_cell(line, question, rule) for question in questions),
            _then(line.outcome, rule),
            _because(line.outcome, rule),
        ]
        for line in lines
    ]
    return "\n".join([*title(rule), "", *aligned([heads, *body]), ""])


def title(rule: Rule) -> Iterator[str]:
    """A rule's ends and clauses."""
    left, right = (_end(rule, side) for side in Side)
    yield shown(f"{rule.name}: {left} {rule.clauses.arrow.value} {right}")
    if rule.written:
        yield shown(f"    {', '.join(clause.text for clause in rule.written)}")


def _line(row: Row) -> Line:
    answers = zip(row.situation._fields, row.situation, strict=True)
    return Line(
        tuple((question, (answer,)) for question, answer in answers if answer is not None),
        row.outcome,
    )


def _end(rule: Rule, side: Side) -> str:
    end = rule.end(side)
    return f"a constant of {rule.system(side)}" if end is None else str(end)


def _head(question: str, rule: Rule) -> str:
    if question in ("left", "right"):
        return shown(rule.system(Side(question)))
    return _FLAG if question == "rank" and _is_flag(rule) else _HEADS[question]


def _is_flag(rule: Rule) -> bool:
    return rule.wiring.sticky is not None


def _cell(line: Line, question: str, rule: Rule) -> str:
    values = dict(line.answers).get(question)
    if values is None:
        return ""
    words = [_word(question, value, rule) for value in sorted(values, key=_place)]
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _place(value: Any) -> int:
    """Where an answer stands among the answers to its question."""
    return list(type(value)).index(value) if isinstance(value, Enum) else 0


def _word(question: str, value: Any, rule: Rule) -> str:
    if value is None:
        return "-"
    if question == "agree":
        return "agree" if value else "differ"
    if isinstance(value, Rank):
        return _flag(value, rule) if _is_flag(rule) else _stage(value, rule)
    if isinstance(value, Content):
        return _CONTENTS[value]
    if isinstance(value, Truth):
        return _GUARDS[value]
    return _system(value, rule)


def _stage(value: Rank, rule: Rule) -> str:
    if value is Rank.OUTSIDE:
        return "outside the order"
    return f"{rule.system(Side.LEFT)} is {value.value}"


def _flag(value: Rank, rule: Rule) -> str:
    """Where it is set, as the other side reads it: a conversion may turn it round."""
    match value:
        case Rank.LATER:
            return f"set in {rule.system(Side.LEFT)}"
        case Rank.EARLIER:
            return f"set in {rule.system(Side.RIGHT)}"
        case Rank.OUTSIDE:
            return "neither true nor false"


def _because(outcome: Outcome, rule: Rule) -> str:
    own = _FLAG_REASONS if _is_flag(rule) else {}
    return own.get(outcome.reason, outcome.reason.value)


def _system(value: Enum, rule: Rule) -> str:
    """Left and right by the names of their systems; every other word as it is."""
    if value.value in ("left", "right"):
        return rule.system(Side(value.value))
    return str(value.value)


def _then(outcome: Outcome, rule: Rule) -> str:
    side = "" if outcome.side is None else _system(outcome.side, rule)
    side = "both sides" if outcome.side is Sides.BOTH else side
    return {
        Action.KEEP: "nothing is written",
        Action.WRITE: f"{side} is written",
        Action.ADD: f"what is missing is added to {side}",
        Action.CLEAR: f"{side} is emptied",
        Action.CONFLICT: "a conflict: a person decides",
        Action.REJECT: "the record is rejected",
    }[outcome.action]


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    rule = ["-" * width for width in widths]
    for row in (rows[0], rule, *rows[1:]):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
