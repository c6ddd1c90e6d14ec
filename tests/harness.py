"""
What the tests know of our API: case files, and what it means that two trees are the same.

A case file is policies, each below a line `# --- a sentence`. What is wrong with them is marked at
the end of the line that has it:

    mail: hubspot.emial -> dynamics   #! unknown-property "did you mean `email`"

A mark names the code and, in quotes, a part of the message; there may be several on a line. For a
line that cannot carry one, such as a text that is not closed, it stands on a line of its own above.
Every mark has to be found, and nothing else may be; only informations need no mark.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.project.examine import examine, understand
from syncdsl.project.files import Content, Reader
from syncdsl.source import Source, Span
from syncdsl.syntax import tree
from syncdsl.syntax.format import format_file
from syncdsl.syntax.parse import parse

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"

_TITLE = re.compile(r"^# --- (.+)$", re.MULTILINE)
_MARK = re.compile(r'#! ([a-z][a-z-]*)(?: "(.*?)")?[ \t]*(?=#!|$)')


class Case(NamedTuple):
    """One policy of a case file."""

    path: Path
    title: str
    line: int  # of its first line in the file
    text: str


class Mark(NamedTuple):
    line: int  # in the file
    code: str
    words: str


# ── what runs on the cases of a folder ───────────────────────────────────────────────────────────


def _parsed(case: Case) -> list[Diagnostic]:
    return parse(Source(str(case.path), case.text))[1]


def _resolved(case: Case) -> list[Diagnostic]:
    return understand(*_listed(case)).diagnostics


def _checked(case: Case) -> list[Diagnostic]:
    return list(examine(understand(*_listed(case))).found)


def _listed(case: Case) -> tuple[list[Content], Reader]:
    """The case as a file in its folder, so that paths in it are relative to that."""
    path = os.path.relpath(case.path, ROOT)
    return [Content(path, str(case.path), case.text.encode())], Reader(str(ROOT))


RUNS: dict[str, Callable[[Case], list[Diagnostic]]] = {
    "syntax": _parsed,
    "resolve": _resolved,
    "check": _checked,
}


# ── case files ───────────────────────────────────────────────────────────────────────────────────


def is_case_file(path: Path) -> bool:
    return path.suffix == ".sync" and path.parent.parent == TESTS and path.parent.name in RUNS


def cases(path: Path) -> Iterator[Case]:
    text = path.read_bytes().decode()
    titles = list(_TITLE.finditer(text))
    for index, title in enumerate(titles):
        start = title.end() + 1
        end = titles[index + 1].start() if index + 1 < len(titles) else len(text)
        yield Case(path, title[1].strip(), text.count("\n", 0, start) + 1, text[start:end])


def wrong_in(case: Case) -> list[str]:
    """What of a case is not as marked, a line each."""
    marks = list(_marks(case))
    wrong = []
    for found in RUNS[case.path.parent.name](case):
        line = found.span.line + case.line - 1
        if found.span.source.path.endswith(case.path.name):
            fitting = [each for each in marks if _fits(each, found, line)]
            if fitting:
                marks.remove(fitting[0])
                continue
        if found.severity is not Severity.INFO:
            wrong.append(f"line {line}: not marked: {found.code} {found.message!r}")
    wrong += [f"line {mark.line}: not found: {mark.code} {mark.words!r}" for mark in marks]
    return wrong


def _marks(case: Case) -> Iterator[Mark]:
    waiting: list[tuple[str, str]] = []
    for number, line in enumerate(case.text.split("\n"), case.line):
        marks = _MARK.findall(line)
        if line.lstrip().startswith("#!"):
            waiting += marks
            continue
        for code, words in [*waiting, *marks]:
            yield Mark(number, code, words)
        waiting = []


def _fits(mark: Mark, found: Diagnostic, line: int) -> bool:
    return mark.line == line and mark.code == found.code and mark.words in found.message


# ── trees ────────────────────────────────────────────────────────────────────────────────────────


def read(text: str) -> tree.File:
    """The tree of a text that has no mistakes."""
    file, found = parse(Source("test.sync", text))
    errors = [each.message for each in found if each.severity is Severity.ERROR]
    assert not errors, (errors, text)
    return file


def formatted(text: str) -> str:
    return format_file(read(text))


def shape(node: Any) -> Any:
    """What a node says, wherever it stands."""
    if isinstance(node, tree.File):
        return [(shape(item), *docs_of(node, item)) for item in node.items]
    if isinstance(node, tuple):
        name = type(node).__name__ if hasattr(node, "_fields") else ""
        return name, *[shape(part) for part in node if not isinstance(part, Span)]
    return type(node).__name__, str(node)


def docs_of(file: tree.File, item: Any) -> list[str]:
    """The documentation of an item and of what stands in it."""
    inner = getattr(item, "entries", ()) or getattr(item, "lines", ())
    return [file.docs.get(part.span.start, "") for part in (item, *inner)]
