"""
Findings for machines: one JSON object, whose form is in docs/reference/check.schema.json.

A finding stands on a line of its own. The order is that of the text, nothing depends on the run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import Enum
from typing import Any

from syncdsl.diagnostic import Diagnostic, Fix, Result
from syncdsl.report.summary import summarize
from syncdsl.situation import Outcome, Row
from syncdsl.source import Span

VERSION = 1


def render(result: Result) -> str:
    """The whole report."""
    findings = [json_text(_finding(each)) for each in result.found if each.allowed is None]
    counts = summarize(result)._asdict() | {"promises": result.promises._asdict()}
    return in_lines(VERSION, "findings", findings, summary=counts)


def in_lines(version: int, name: str, items: Sequence[str], **more: Any) -> str:
    """An object with a list, of which each item has a line, and other parts."""
    body = "[\n    " + ",\n    ".join(items) + "\n  ]" if items else "[]"
    rest = "".join(f',\n  "{key}": {json_text(value)}' for key, value in more.items())
    return f'{{\n  "version": {version},\n  "{name}": {body}{rest}\n}}\n'


def json_text(data: Any, indent: int | None = None) -> str:
    """
    JSON that any terminal can show and no build server obeys: these look for `##vso[` and `##[` in
    all that a step prints.
    """
    return json.dumps(data, indent=indent).replace("##", "#\\u0023")


def findings(found: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    """The findings alone, for other reports."""
    return [_finding(each) for each in found if each.allowed is None]


def _finding(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        **_place(found.span),
        "rule": found.rule,
        "row": found.row and _row(found.row),
        "story": found.story and {"steps": found.story.steps, "after": found.story.after},
        "certainty": found.certainty.value,
        "question": found.question,
        "notes": found.notes,
        "fixes": [_fix(fix) for fix in found.fixes],
    }


def _place(span: Span) -> dict[str, Any]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {
        "path": span.source.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_place(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _row(row: Row) -> dict[str, Any]:
    answers = row.situation._asdict().items()
    return {
        "situation": {question: _word(answer) for question, answer in answers},
        "outcome": _outcome(row.outcome),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "action": _word(outcome.action),
        "side": _word(outcome.side),
        "reason": outcome.reason.name.lower().replace("_", "-"),
    }


def _word(answer: Enum | bool | None) -> Any:
    return answer.value if isinstance(answer, Enum) else answer
