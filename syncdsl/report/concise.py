"""A finding a line, for editors, for `grep` and for those who know the checks; the summary last."""

from __future__ import annotations

from syncdsl.diagnostic import Diagnostic, Result
from syncdsl.report.text import Paint, shown, shown_path, summary


def render(result: Result) -> str:
    """The whole report."""
    lines = [_line(each) for each in result.found if each.allowed is None]
    return "".join(lines) + (summary(result, Paint(on=False)) if result.is_done else "")


def _line(found: Diagnostic) -> str:
    source = found.span.source
    line, column = source.position(found.span.start)
    place = f"{shown_path(source.path)}:{line}:{column}"
    return f"{place}: {found.severity.value}: {shown(found.message)} [{found.code}]\n"
