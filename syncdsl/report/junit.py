"""
JUnit's XML, which every build server shows: a file is a suite, a finding a test that failed.

Informations are never a reason to fail: they are tests that passed and said something. A run
without findings is one test that passed, because servers call a report without tests a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from syncdsl.diagnostic import Diagnostic, Result, Severity
from syncdsl.report.details import in_lines
from syncdsl.report.text import shown, shown_path

# What XML 1.0 cannot hold in any form.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def render(result: Result) -> str:
    """The whole report."""
    told = [each for each in result.found if each.allowed is None]
    by_file = groupby(told, key=lambda each: PurePath(each.span.source.path).as_posix())
    suites = [line for path, group in by_file for line in _suite(path, list(group))]
    if not told:
        suites = list(_suite_without_findings(result))
    counts = _counts(told)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="syncdsl" {counts}>',
        *suites,
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _counts(told: Sequence[Diagnostic]) -> str:
    failures = sum(map(_fails, told))
    return f'tests="{max(1, len(told))}" failures="{failures}" errors="0" time="0"'


def _fails(found: Diagnostic) -> bool:
    return found.severity is not Severity.INFO


def _suite(path: str, told: Sequence[Diagnostic]) -> Iterator[str]:
    yield f"  <testsuite name={_quoted(path)} {_counts(told)}>"
    for each in told:
        line, column = each.span.source.position(each.span.start)
        name = _quoted(f"{each.code} ({line}:{column})")
        text = f"{shown_path(path)}:{line}:{column}: {in_lines(each)}"
        yield f'    <testcase name={name} classname={_quoted(path)} time="0">'
        if _fails(each):
            head = f"<failure message={_quoted(each.message)} type={_quoted(each.severity.value)}>"
            yield f"      {head}{_text(text)}</failure>"
        else:
            yield f"      <system-out>{_text(text)}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _suite_without_findings(result: Result) -> Iterator[str]:
    yield f'  <testsuite name="syncdsl" {_counts(())}>'
    yield f'    <testcase name="no findings in {result.files} files" classname="syncdsl" time="0"/>'
    yield "  </testsuite>"


def _quoted(value: str) -> str:
    return f'"{_text(shown(value))}"'


def _text(text: str) -> str:
    return "".join(_SIGNS.get(char, char) for char in _NO_XML.sub("�", text))
