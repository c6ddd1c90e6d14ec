"""
The Diagnostic Format of reviewdog, which posts findings, and fixes as suggestions, to any forge.

Its columns count bytes of UTF-8. A suggestion is one replacement, so a fix with several edits is
one of all that stands between the first and the last of them.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from syncdsl.diagnostic import Diagnostic, Fix, Result, Severity
from syncdsl.report.details import in_lines
from syncdsl.report.json_form import json_text
from syncdsl.source import Source, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(result: Result) -> str:
    """One `DiagnosticResult`."""
    told = [each for each in result.found if each.allowed is None]
    data = {"source": {"name": "syncdsl"}, "diagnostics": [_diagnostic(each) for each in told]}
    return json_text(data, indent=2) + "\n"


def _diagnostic(found: Diagnostic) -> dict[str, Any]:
    source = found.span.source
    suggestions = [_suggestion(fix, source) for fix in found.fixes if _is_here(fix, source)]
    return {
        "message": in_lines(found),
        "location": {"path": PurePath(source.path).as_posix(), "range": _range(found.span)},
        "severity": _SEVERITIES[found.severity],
        "code": {"value": found.code},
        **({"suggestions": suggestions} if suggestions else {}),
    }


def _is_here(fix: Fix, source: Source) -> bool:
    """A suggestion is about the file of its finding."""
    return bool(fix.edits) and all(edit.span.source is source for edit in fix.edits)


def _suggestion(fix: Fix, source: Source) -> dict[str, Any]:
    edits = sorted(fix.edits, key=lambda edit: (edit.span.start, edit.span.end))
    start, end = edits[0].span.start, max(edit.span.end for edit in edits)
    parts, at = [], start
    for edit in edits:
        parts += [source.text[at : edit.span.start], edit.text]
        at = edit.span.end
    return {"range": _range(Span(source, start, end)), "text": "".join(parts)}


def _range(span: Span) -> dict[str, Any]:
    return {
        name: _position(span.source, offset)
        for name, offset in (("start", span.start), ("end", span.end))
    }


def _position(source: Source, offset: int) -> dict[str, int]:
    line, column = source.position(offset)
    before = source.text[offset - column + 1 : offset]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
