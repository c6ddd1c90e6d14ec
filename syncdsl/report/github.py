"""
Workflow commands of GitHub Actions: each finding becomes an annotation of its line.

The form is that of GitHub's page "Workflow commands for GitHub Actions". A command is one line;
what would end it, or one of its properties, is written as `%` and a number.
"""

from __future__ import annotations

from pathlib import PurePath

from syncdsl.diagnostic import Diagnostic, Result, Severity
from syncdsl.report.details import in_lines
from syncdsl.report.text import shown

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(result: Result) -> str:
    """A command a line."""
    return "".join(_command(each) for each in result.found if each.allowed is None)


def _command(found: Diagnostic) -> str:
    source = found.span.source
    line, column = source.position(found.span.start)
    end_line, end_column = source.position(max(found.span.start, found.span.end))
    properties = {"title": found.code, "file": PurePath(source.path).as_posix()}
    properties |= {"line": str(line), "endLine": str(end_line)}
    if line == end_line:  # GitHub takes columns of one line only; its end is the last column
        properties |= {"col": str(column), "endColumn": str(max(column, end_column - 1))}
    words = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[found.severity]} {words}::{_data(in_lines(found))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(shown(text)).replace(":", "%3A").replace(",", "%2C")
