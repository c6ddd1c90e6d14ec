"""
What holds of any bytes at all, wherever a policy or a schema is expected. `hold` runs the whole of
`check` on them, in this process, and what the other verbs do on what is still understood.
"""

from __future__ import annotations

import json
import re
import signal
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, ModuleType

from syncdsl import faults
from syncdsl.compile import FORMS
from syncdsl.diagnostic import Diagnostic, Result, Severity
from syncdsl.docs.build import markdown
from syncdsl.project.codes import ALL_CODES
from syncdsl.project.examine import Understood, examine, understand
from syncdsl.project.files import Content, Reader, decode
from syncdsl.project.record import from_json, to_json
from syncdsl.report import json_form, table, text
from syncdsl.report.summary import summarize
from syncdsl.source import Source, Span
from syncdsl.syntax import tree
from syncdsl.syntax.format import format_file
from syncdsl.syntax.parse import parse
from tests.harness import ROOT, shape

# Far more than anything here takes, so that it fails only where there is no end.
SECONDS = 60

MAX_FIXES = 4  # that are tried of one file

# One line where it is printed, and the words of the program's own world.
_LINE_END = re.compile(r"[\r\n]")
_PYTHON = re.compile(
    r"Traceback|NoneType|\bKeyError|\bValueError|RecursionError|object at 0x|Span\(|Source\(|Name\("
    r"|<(?:Side|Event|Action|Content|Severity|Type|class|function)\b"
)
_HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def hold(path: Path, data: bytes, beside: Mapping[Path, bytes] | None = None) -> Result:
    """All laws, of a file with this content at this path; `beside` are other files' contents."""
    beside = beside or {}
    with _ends_in(SECONDS):
        understood, result = examined(path, data, beside)
        told_well(result)
        reported(result)
        kept(result, {str(path): data, **{str(each): more for each, more in beside.items()}})
        nothing_forgotten(understood, result)
        mended(path, data, beside, result)
        formatted(path, data, beside, result)
        if not understood.errors:
            every_form(understood, result)
    return result


def examined(path: Path, data: bytes, beside: Mapping[Path, bytes]) -> tuple[Understood, Result]:
    reader = Reader(str(ROOT))
    contents = [Content(str(each), str(each), more) for each, more in beside.items()]
    listed = Content(str(path), str(path), data)
    reader.contents = {each.path: each for each in [*contents, listed]}
    understood = understand([listed], reader)
    return understood, examine(understood)


# ── one diagnostic after the other ───────────────────────────────────────────────────────────────


def told_well(result: Result) -> None:
    seen: set[tuple[str, str, str, int, int]] = set()
    for found in result.found:
        for span in _spans(found):
            source, start, end = span
            assert 0 <= start <= end <= len(source.text), (found, span)
        for words in _words(found):
            assert words and not _LINE_END.search(words), (found.code, words)
            assert not _PYTHON.search(words), (found.code, words)
        assert found.code in ALL_CODES, found
        source, start, end = found.span
        place = (found.code, found.message, source.path, start, end)
        assert place not in seen, ("told twice", place)
        seen.add(place)
    places = [(found.span.source.path, found.span.start) for found in result.found]
    assert places == sorted(places)


def nothing_forgotten(understood: Understood, result: Result) -> None:
    """What is not understood is told, whatever the file itself allows."""
    told = {(each.code, each.message, each.span[1:]) for each in result.found if not each.allowed}
    for error in understood.errors:
        if error.code not in faults.CAN_BE_IGNORED:
            assert (error.code, error.message, error.span[1:]) in told, error
    assert not understood.errors or not summarize(result).is_clean


def _spans(found: Diagnostic) -> Iterator[Span]:
    yield found.span
    yield from (label.span for label in found.labels)
    yield from (edit.span for fix in found.fixes for edit in fix.edits)


def _words(found: Diagnostic) -> Iterator[str]:
    yield found.message
    yield from found.notes
    yield from (label.words for label in found.labels)
    yield from (fix.title for fix in found.fixes)


# ── reports ──────────────────────────────────────────────────────────────────────────────────────


def reported(result: Result) -> None:
    """Each finding is in both reports once, and no report speaks to the terminal."""
    told = [each for each in result.found if each.allowed is None]
    plain = text.render(result)
    assert not _HIDDEN.search(plain)
    ends = r"^ *\| [a-z ]+; more: syncdsl explain |^\S.*: (?:error|warning|info): .*\[[a-z-]+\]$"
    assert len(re.findall(ends, plain, re.MULTILINE)) == len(told)
    painted = re.sub(r"\x1b\[[\d;]*m", "", text.render(result, colour=True))
    assert [line.rstrip() for line in painted.split("\n")] == plain.split("\n")
    data = json.loads(json_form.render(result))
    assert [each["message"] for each in data["findings"]] == [each.message for each in told]


def kept(result: Result, contents: Mapping[str, bytes]) -> None:
    """What the cache gives back is reported as it was the first time."""
    sources = {each.span.source.path: each.span.source for each in result.found}
    sources |= {span.source.path: span.source for each in result.found for span in _spans(each)}

    def source_of(path: str) -> Source:
        return decode(path, contents[path])[0] if path in contents else sources[path]

    again = from_json(json.loads(json.dumps(to_json(result))), source_of)
    assert text.render(again) == text.render(result)
    assert json_form.render(again) == json_form.render(result)


def mended(path: Path, data: bytes, beside: Mapping[Path, bytes], result: Result) -> None:
    """A fix can be made: the file can still be read, and what it was for is gone."""
    source, problem = decode(str(path), data)
    if problem is not None:
        return
    unread = _errors(parse(source)[1])
    fixes = [(found, fix) for found in result.found for fix in found.fixes]
    for found, fix in fixes[:MAX_FIXES]:
        if any(edit.span.source.path != str(path) for edit in fix.edits):
            continue
        better = source.text
        last = len(better)
        for (_, start, end), words in sorted(fix.edits, key=lambda edit: -edit.span.start):
            assert end <= last, fix
            better = better[:start] + words + better[end:]
            last = start
        assert len(_errors(parse(Source(str(path), better))[1])) <= len(unread), (fix, better)
        again = examined(path, better.encode(), beside)[1]
        assert _alike(found, again) < _alike(found, result), (found.code, fix.title, better)
        new = Counter(
            (e.code, e.rule) for e in again.found if e.severity is Severity.ERROR and not e.allowed
        ) - Counter((e.code, e.rule) for e in result.found)
        assert not new, ([k[0] for k in new], found.code, fix.title, better)


def _alike(found: Diagnostic, result: Result) -> int:
    """How many findings say the same."""
    same = (found.code, found.rule, found.message)
    return sum((each.code, each.rule, each.message) == same for each in result.found)


# ── the other verbs ──────────────────────────────────────────────────────────────────────────────


def formatted(path: Path, data: bytes, beside: Mapping[Path, bytes], result: Result) -> None:
    """The layout of what can be read says the same, and is the layout of itself."""
    source, problem = decode(str(path), data)
    if problem is not None:
        return
    file, found = parse(source)
    once = format_file(file)
    if _errors(found):
        return
    again, found = parse(Source(str(path), once))
    assert not _errors(found), (_errors(found), once)
    assert shape(again) == shape(file), once
    assert format_file(again) == once, once
    assert _comments(again) == _comments(file), once
    assert _told(examined(path, once.encode(), beside)[1]) == _told(result), once


def every_form(understood: Understood, result: Result) -> None:
    """The documentation, the compiled forms and the tables of what has no mistakes."""
    policy = understood.policy
    assert markdown(policy, result.found).endswith("\n")
    json.loads(FORMS["json"](policy))
    module = ModuleType("rules")
    exec(compile(FORMS["python"](policy), "rules.py", "exec"), module.__dict__)
    for rule in policy.rules:
        for every_row in (False, True):
            assert not _HIDDEN.search(table.render(rule, every_row=every_row))


def _errors(found: Sequence[Diagnostic]) -> list[str]:
    return [each.message for each in found if each.severity is Severity.ERROR]


def _comments(file: tree.File) -> Counter[str]:
    return Counter(comment.text.lstrip("#").strip() for comment in file.comments)


def _told(result: Result) -> list[tuple[str, str, str]]:
    """What was found, wherever it stands and however it was written there."""
    return sorted(
        (each.code, each.rule or "", each.allowed or "")
        for each in result.found
        if each.code != "hidden-character"  # where these are spaces, the layout has one
    )


# ── time ─────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _ends_in(seconds: float) -> Iterator[None]:
    """Without this, what never ends would be seen only by who waits for the tests."""

    def late(_: int, __: FrameType | None) -> None:
        raise AssertionError(f"this took more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
