"""The report for machines has the form that docs/reference/check.schema.json promises."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from syncdsl.diagnostic import Diagnostic, Edit, Fix, Label, Result, Severity, Story
from syncdsl.policy import Arrow, Clauses, Mode, Winner
from syncdsl.report.json_form import render
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Reason, Row
from syncdsl.source import Source, Span

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "check.schema.json"

POLICY = Source("a.sync", "source: hubspot -> dynamics\nsecond: größe -> x\n")


def report(*found: Diagnostic, files: int = 1, rules: int = 1) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render(Result(found, files, rules)))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    return data


def told(row: Row | None = None, allowed: str | None = None) -> Diagnostic:
    return Diagnostic(
        "a-code",
        Severity.WARNING,
        "a message",
        Span(POLICY, 36, 41),
        (Label(Span(POLICY, 0, 6), "not told here"),),
        ("a note",),
        "contacts.source",
        row,
        Story(("this", "then that"), "comes of it"),
        (Fix("a title", (Edit(Span(POLICY, 0, 6), "origin"),), safe=True),),
        allowed,
    )


def test_a_finding_has_exactly_what_the_format_promises() -> None:
    (row,) = [
        row
        for row in table(Clauses(Arrow.RIGHT, default=True))
        if row.outcome.reason.name == "DEFAULT"
    ]
    assert report(told(row), rules=2) == {
        "version": 1,
        "findings": [
            {
                "code": "a-code",
                "severity": "warning",
                "message": "a message",
                "path": "a.sync",
                "line": 2,
                "column": 9,
                "end_line": 2,
                "end_column": 14,
                "rule": "contacts.source",
                "row": {
                    "situation": {
                        "event": "create",
                        "made": "right",
                        "left": "blank",
                        "right": "blank",
                        "agree": None,
                        "changed": None,
                        "newer": None,
                        "guard": None,
                        "rank": None,
                        "lacks": None,
                        "written": None,
                    },
                    "outcome": {"action": "write", "side": "right", "reason": "default"},
                },
                "story": {"steps": ["this", "then that"], "after": "comes of it"},
                "certainty": "certain",
                "question": None,
                "notes": ["a note"],
                "fixes": [
                    {
                        "title": "a title",
                        "safe": True,
                        "edits": [
                            {
                                "path": "a.sync",
                                "line": 1,
                                "column": 1,
                                "end_line": 1,
                                "end_column": 7,
                                "text": "origin",
                            }
                        ],
                    }
                ],
            }
        ],
        "summary": {
            "errors": 0,
            "warnings": 1,
            "infos": 0,
            "allowed": 0,
            "files": 1,
            "rules": 2,
            "depends_on_data": 0,
            "promises": {"proved": 0, "broken": 0, "undecided": 0, "budgets": 0, "hidden_by": None},
            "known": 0,
            "gone": 0,
        },
    }


def test_a_run_without_findings_has_its_summary() -> None:
    data = report(files=7, rules=142)
    assert data["findings"] == []
    assert data["summary"]["files"] == 7 and data["summary"]["rules"] == 142


def test_what_is_allowed_is_counted_and_not_told() -> None:
    data = report(told(allowed="why"), told())
    assert len(data["findings"]) == 1
    assert data["summary"]["allowed"] == 1 and data["summary"]["warnings"] == 1


CLAUSES = [
    Clauses(arrow, mode=mode, winner=winner, left_refusable=True, right_refusable=True)
    for arrow in Arrow
    for mode in Mode
    for winner in (None, Winner.NEWEST)
]


@pytest.mark.parametrize("clauses", CLAUSES)
def test_every_row_of_a_table_fits_the_form(clauses: Clauses) -> None:
    report(*(told(row) for row in table(clauses)))


def test_the_form_names_every_reason_that_there_is() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    outcome = schema["$defs"]["row"]["properties"]["outcome"]["properties"]
    assert outcome["reason"]["enum"] == [reason.name.lower().replace("_", "-") for reason in Reason]
    assert outcome["action"]["enum"] == [action.value for action in Action]


def test_a_finding_is_one_line_and_any_terminal_can_show_it() -> None:
    text = render(Result((told(), told()), 1, 1))
    assert text.isascii()
    assert sum(line.startswith('    {"code"') for line in text.splitlines()) == 2
