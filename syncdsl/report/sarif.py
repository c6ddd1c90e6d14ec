"""
SARIF 2.1.0, the exchange format of static analysis: GitHub code scanning and most others read it.

Section numbers are those of the OASIS standard "Static Analysis Results Interchange Format 2.1.0".
The log says nothing that depends on the machine or the hour, so that two runs can be compared:
paths are relative to `%SRCROOT%`, which is the folder in which syncdsl runs and whose place on the
disk is left out (3.14.14 allows that). Columns count characters (3.14.26), as ours do.

What a policy allows is a result all the same, with its reason as a suppression in the source
(3.27.23). A rule has its whole page as `help`, which GitHub shows beside the alert; there is no
`helpUri`, because the pages have no address. A fix has a title, and one artifact change for each
file (3.55). A history is a code flow (3.36): a thread flow with a location for each step, which all
point at the rule, since the steps happen in records and not in the text.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from syncdsl import __version__
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Label, Result, Severity, Story
from syncdsl.identity import identities
from syncdsl.report.details import in_lines
from syncdsl.report.json_form import json_text
from syncdsl.report.page import Page, page_of
from syncdsl.source import Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
FINGERPRINT = "syncdslIdentity/v1"  # the number changes when `identity` does

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(result: Result) -> str:
    """The whole log: one run."""
    codes = list(dict.fromkeys(each.code for each in result.found))
    marks = identities(result.found)
    run = {
        "tool": {"driver": _driver(codes)},
        "invocations": [{"executionSuccessful": result.is_done}],
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The folder in which syncdsl was run."}}
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(each, codes.index(each.code), mark)
            for each, mark in zip(result.found, marks, strict=True)
        ],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


# ── the tool and its rules ───────────────────────────────────────────────────────────────────────


def _driver(codes: list[str]) -> dict[str, Any]:
    return {
        "name": "syncdsl",
        "semanticVersion": __version__,
        "rules": [_rule(code, page_of(code)) for code in codes],
    }


def _rule(code: str, page: Page | None) -> dict[str, Any]:
    if page is None:
        return {"id": code}
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.why},
        "help": {"text": page.text, "markdown": page.markdown},
        "properties": {"tags": [page.group]},
    }
    if page.severity is not None:
        rule["defaultConfiguration"] = {"level": _LEVELS[page.severity]}
    return rule


# ── results ──────────────────────────────────────────────────────────────────────────────────────


def _result(found: Diagnostic, index: int, mark: str) -> dict[str, Any]:
    related = [_related(label) for label in found.labels]
    fixes = [_fix(fix) for fix in found.fixes if fix.edits]
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": _message(in_lines(found)),
        "locations": [_location(found)],
        "partialFingerprints": {FINGERPRINT: mark},
        "properties": {"certainty": found.certainty.value},
    }
    if found.question is not None:
        result["properties"]["question"] = found.question
    if related:
        result["relatedLocations"] = related
    if found.story is not None and len(found.story.steps) > 1:
        result["codeFlows"] = [_flow(found, found.story)]
    if fixes:
        result["fixes"] = fixes
    # An empty list says that suppressions were looked for, and that there is none (3.27.23).
    result["suppressions"] = (
        [] if found.allowed is None else [{"kind": "inSource", "justification": found.allowed}]
    )
    return result


def _location(found: Diagnostic) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _place(found.span)}
    if found.rule is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": found.rule, "kind": "member"}]
    return location


def _related(label: Label) -> dict[str, Any]:
    return {"physicalLocation": _place(label.span), "message": _message(label.words)}


def _flow(found: Diagnostic, story: Story) -> dict[str, Any]:
    steps = [
        {
            "executionOrder": number,
            "location": {"physicalLocation": _place(found.span), "message": _message(step)},
        }
        for number, step in enumerate((*story.steps, story.after), 1)
    ]
    return {"threadFlows": [{"locations": steps}]}


def _fix(fix: Fix) -> dict[str, Any]:
    by_file: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        by_file.setdefault(edit.span.source.path, []).append(_replacement(edit))
    changes = [
        {"artifactLocation": _artifact(path), "replacements": replacements}
        for path, replacements in by_file.items()
    ]
    return {
        "description": _message(fix.title),
        "artifactChanges": changes,
        "properties": {"safe": fix.safe},
    }


def _message(text: str) -> dict[str, str]:
    """Names of a policy are no placeholders (`{0}`, 3.11.5) and no links (`[a](1)`, 3.11.6)."""
    text = re.sub(r"\{(\d+)\}", r"{{\1}}", text)
    return {"text": re.sub(r"\[(?=[^\]\n]*\]\()", r"\\[", text)}


def _replacement(edit: Edit) -> dict[str, Any]:
    deleted = {"deletedRegion": _region(edit.span)}
    return {**deleted, "insertedContent": {"text": edit.text}} if edit.text else deleted


# ── places ───────────────────────────────────────────────────────────────────────────────────────


def _place(span: Span) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(span.source.path)}
    if span.source.text:  # a file that is not there has no line
        place["region"] = {**_region(span), "snippet": {"text": span.text}}
    return place


def _region(span: Span) -> dict[str, Any]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _artifact(path: str) -> dict[str, str]:
    plain = PurePath(path)
    uri = quote(plain.as_posix(), safe="/", errors="surrogateescape")
    if plain.is_absolute():
        return {"uri": f"file://{'' if uri.startswith('/') else '/'}{uri}"}
    return {"uri": uri, "uriBaseId": ROOT}
