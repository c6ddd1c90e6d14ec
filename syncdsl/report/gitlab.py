"""
The code quality report of GitLab: what a merge request adds and what it takes away.

GitLab tells a finding of the target branch from a new one by its fingerprint, which therefore does
not know the line. It has five severities; what can lose data for good is a blocker's neighbour.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from syncdsl.diagnostic import Diagnostic, Result, Severity
from syncdsl.identity import identities
from syncdsl.report.json_form import json_text

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(result: Result) -> str:
    """A list of findings, as GitLab reads it."""
    marked = zip(result.found, identities(result.found), strict=True)
    items = [_issue(each, mark) for each, mark in marked if each.allowed is None]
    return json_text(items, indent=2) + "\n"


def _issue(found: Diagnostic, fingerprint: str) -> dict[str, Any]:
    source = found.span.source
    first, last = (source.position(offset)[0] for offset in (found.span.start, found.span.end))
    return {
        "description": found.message,
        "check_name": found.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.severity],
        "location": {
            "path": PurePath(source.path).as_posix(),
            "lines": {"begin": first, "end": last},
        },
    }
