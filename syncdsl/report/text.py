"""
Findings for people: the place, the line, what would happen, and the line that would not do it.

What stands in a policy goes to a terminal here, and a policy may come from anywhere: characters
that a terminal obeys or does not show are replaced by ones that it shows.

Of one kind, a mapping's first findings are told in full, and the others in a line each: whoever has
seen three examples of it knows what the fourth one means, and wants to see what else there is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from syncdsl.diagnostic import (
    Certainty,
    Diagnostic,
    Edit,
    Fix,
    Label,
    Promises,
    Result,
    Severity,
    Story,
)
from syncdsl.report.summary import Summary, counted, summarize
from syncdsl.source import Source, Span

MAX_WIDTH = 160  # characters of a line that are shown
MAX_CHANGED_LINES = 4  # of one fix
MAX_IN_FULL = 3  # findings of one code in one mapping
TAB = "    "

_RED, _YELLOW, _CYAN, _BLUE, _GREEN, _BOLD, _DIM = "31", "33", "36", "34", "32", "1", "2"
_COLOURS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.INFO: _CYAN}

# Control characters, those that turn the direction of the text, and those of no width.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# Build servers obey these wherever in a line they stand: `##vso[…]`, `##[…]`.
_COMMAND = re.compile(r"##(?=[a-z]*\[)", re.IGNORECASE)


def render(result: Result, *, colour: bool = False) -> str:
    """The whole report, the summary last."""
    paint = Paint(colour)
    parts = list(_findings(result.found, paint))
    if result.is_done:
        parts.append(summary(result, paint))
    return "\n".join(parts)


def render_found(found: Sequence[Diagnostic], *, colour: bool = False) -> str:
    """The findings without a summary."""
    paint = Paint(colour)
    return "\n".join(_finding(each, paint) for each in found if each.allowed is None)


def shown(text: str) -> str:
    """A text in which nothing is hidden, and nothing speaks to the terminal."""
    if text.isascii() and text.isprintable() and "##" not in text:
        return text
    text = _COMMAND.sub("#＃", text)
    return _UNSHOWN.sub(_picture, text.replace("\t", TAB))


def shown_path(path: str) -> str:
    """A path at the beginning of a line, where build servers look for `::` and a command."""
    return shown(f"./{path}" if path.lstrip().startswith("::") else path)


class Paint(NamedTuple):
    """Colours, or none."""

    on: bool

    def __call__(self, text: str, *codes: str) -> str:
        return f"\033[{';'.join(codes)}m{text}\033[0m" if self.on and text else text


def summary(result: Result, paint: Paint) -> str:
    """What it comes to, in one line; the promises, if there are any, in another one."""
    counts = summarize(result)
    return _counts(result, counts, paint) + _promises(counts.promises, paint)


def _promises(promises: Promises, paint: Paint) -> str:
    kinds = (
        (promises.proved, "proved", _GREEN),
        (promises.broken, "broken", _RED),
        (promises.undecided, "undecided", _YELLOW),
    )
    parts = [(number, word, colour) for number, word, colour in kinds if number]
    words = [
        paint(f"{number if at else counted(number, 'promise')} {word}", _BOLD, colour)
        for at, (number, word, colour) in enumerate(parts)
    ]
    if promises.hidden_by is not None:
        words[-1] += f" (what stands at {promises.hidden_by} was not understood)"
    if promises.budgets:
        words.append(f"{counted(promises.budgets, 'budget')} left to `plan`")
    return f"{', '.join(words)}\n" if words else ""


def _counts(result: Result, counts: Summary, paint: Paint) -> str:
    kinds = (
        (counts.errors, "error", _RED),
        (counts.warnings, "warning", _YELLOW),
        (counts.infos, "info", _CYAN),
    )
    words = [
        paint(counted(number, word), _BOLD, colour) for number, word, colour in kinds if number
    ]
    allowed = f"; {counts.allowed} allowed" if counts.allowed else ""
    allowed += f"; {counts.known} in the baseline" if counts.known else ""
    gone = f"the baseline has {counts.gone} more, which are gone: write it anew\n"
    after = gone if counts.gone else ""
    if not words:
        checked = f"{counted(counts.files, 'file')} ({counted(counts.rules, 'rule')}{allowed})"
        return f"{paint('no findings', _BOLD, _GREEN)} in {checked}\n{after}"
    paths = {each.span.source.path for each in result.found if each.allowed is None}
    unsure = counts.depends_on_data
    depending = f"; {unsure} {'depends' if unsure == 1 else 'depend'} on data" if unsure else ""
    return f"{', '.join(words)} in {counted(len(paths), 'file')}{depending}{allowed}\n{after}"


def _findings(found: Sequence[Diagnostic], paint: Paint) -> Iterator[str]:
    """Each finding in full, or in a line where there were enough like it."""
    told: Counter[tuple[str, str, str]] = Counter()
    short: list[str] = []
    for each in found:
        if each.allowed is not None:
            continue
        mapping = (each.rule or "").rpartition(".")[0]
        kind = each.code, each.span.source.path, mapping
        told[kind] += 1
        if told[kind] > MAX_IN_FULL:
            short.append(f"{_headline(each, paint)} {paint(f'[{each.code}]', _DIM)}\n")
            continue
        if short:
            yield "".join(short)
            short.clear()
        yield _finding(each, paint)
    if short:
        yield "".join(short)


def _headline(found: Diagnostic, paint: Paint) -> str:
    """Where it is, how severe, and what."""
    source = found.span.source
    line, column = source.position(found.span.start)
    severity = paint(found.severity.value, _BOLD, _COLOURS[found.severity])
    place = paint(f"{shown_path(source.path)}:{line}:{column}", _BOLD)
    return f"{place}: {severity}: {paint(shown(found.message), _BOLD)}"


def _finding(found: Diagnostic, paint: Paint) -> str:
    source = found.span.source
    here = [label for label in found.labels if label.span.source is source]
    spans = [found.span, *(label.span for label in found.labels)]
    last_lines = [each.source.position(max(each.start, each.end - 1))[0] for each in spans]
    gutter = _Gutter(max(2, *(len(str(number)) for number in last_lines)), paint)
    lines = [_headline(found, paint)]
    if source.text:
        lines.append(gutter())
        lines += _snippet(found.span, "", "^", _COLOURS[found.severity], gutter)
    for label in (*here, *(each for each in found.labels if each not in here)):
        lines += _label(label, source, gutter)
    if found.story is not None:
        lines += _story(found.story, gutter)
    lines += [gutter(f"note: {shown(note)}") for note in found.notes]
    if found.question is not None:
        lines.append(gutter(f"question: {shown(found.question)}"))
    for fix in found.fixes:
        lines += _fix(fix, gutter)
    lines.append(gutter(_tail(found, paint)))
    return "\n".join(lines) + "\n"


def _tail(found: Diagnostic, paint: Paint) -> str:
    """
    What a finding rests on, and where there is more. It is the same line under all findings, so it
    stands back, but for the word that tells apart what is sure and what records would answer.
    """
    word = found.certainty.value
    sure = found.certainty is Certainty.CERTAIN
    more = paint(f"; more: syncdsl explain {found.code}", _DIM)
    return f"{paint(word, _DIM) if sure else paint(word, _BOLD)}{more}"


def _story(story: Story, gutter: _Gutter) -> Iterator[str]:
    """What happens, and what comes of it. Several steps have a line each."""
    several = len(story.steps) > 1
    for number, step in enumerate(story.steps, 1):
        head = "for example:" if number == 1 else " " * len("for example:")
        yield gutter(f"{head} {f'{number}. ' if several else ''}{shown(step)}")
    yield gutter(f"             → {shown(story.after)}")


class _Gutter(NamedTuple):
    """What stands before every line of a finding but the first: a line's number, a bar."""

    width: int
    paint: Paint

    def __call__(self, text: str = "", number: int | str = "", bar: str = "|") -> str:
        colour = {"|": _BLUE, "+": _GREEN, "-": _RED}[bar]
        head = f"{self.paint(f'{number:>{self.width}} {bar}', _BOLD, colour)} {text}"
        return head.rstrip() if not self.paint.on or not text else head


def _label(label: Label, source: Source, gutter: _Gutter) -> Iterator[str]:
    span = label.span
    if span.source is source:
        yield gutter()
    else:
        line, column = span.source.position(span.start)
        where = f"{shown(span.source.path)}:{line}:{column}"
        yield f"{' ' * gutter.width}{gutter.paint('-->', _BOLD, _BLUE)} {where}"
    if span.source.text:
        yield from _snippet(span, label.words, "-", _BLUE, gutter)
    else:
        yield gutter(shown(label.words))


def _snippet(span: Span, words: str, mark: str, colour: str, gutter: _Gutter) -> Iterator[str]:
    """A line, and marks under what the span covers of it."""
    number, column = span.source.position(span.start)
    line = span.source.line(number)
    start = column - 1
    end = min(start + span.end - span.start, len(line))
    text, start, end = _window(line, start, max(end, start))
    before, marked = _width(shown(text[:start])), _width(shown(text[start:end]))
    yield gutter(shown(text), number)
    marks = gutter.paint(mark * max(1, marked), _BOLD, colour)
    yield gutter(f"{' ' * before}{marks}{' ' if words else ''}{shown(words)}")


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """As much of a long line as can be looked at, around what is marked."""
    if len(line) <= MAX_WIDTH:
        return line, start, end
    first = max(0, min(start - MAX_WIDTH // 3, len(line) - MAX_WIDTH))
    last = first + MAX_WIDTH
    head, tail = "…" if first else "", "…" if last < len(line) else ""
    moved = len(head) - first
    return f"{head}{line[first:last]}{tail}", start + moved, min(end, last) + moved


def _width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 2 if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )  # fmt: skip


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"


# ── fixes ────────────────────────────────────────────────────────────────────────────────────────


def _fix(fix: Fix, gutter: _Gutter) -> Iterator[str]:
    """A fix as the lines that it changes. Where a line goes, it is shown as what goes."""
    yield gutter(f"fix: {shown(fix.title)}")
    if not fix.edits or len({edit.span.source.path for edit in fix.edits}) > 1:
        return
    number, old, new = changed_lines(fix.edits)
    if len(new) > MAX_CHANGED_LINES:
        return
    if new:
        for index, line in enumerate(new):
            yield gutter(shown(_window(line, 0, 0)[0]), number + index, "+")
    else:
        for index, line in enumerate(old[:MAX_CHANGED_LINES]):
            yield gutter(shown(_window(line, 0, 0)[0]), number + index, "-")


def changed_lines(edits: Sequence[Edit]) -> tuple[int, list[str], list[str]]:
    """The number of the first line that changes, the lines that change, and what they become."""
    source = edits[0].span.source
    ordered = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    first = source.position(ordered[0].span.start)[0]
    last = source.position(max(edit.span.end for edit in ordered))[0]
    start = source.line_starts[first - 1]
    end = source.line_starts[last] if last < len(source.line_starts) else len(source.text)
    parts, at = [], start
    for edit in ordered:
        parts += [source.text[at : edit.span.start], edit.text]
        at = edit.span.end
    new = "".join([*parts, source.text[at:end]])
    old, changed = _lines(source.text[start:end]), _lines(new)
    while old and changed and old[-1] == changed[-1]:
        del old[-1], changed[-1]
    while old and changed and old[0] == changed[0]:
        del old[0], changed[0]
        first += 1
    return first, old, changed


def _lines(text: str) -> list[str]:
    """The lines that a source counts; the end of the last one makes no line more."""
    lines = re.split(r"\r\n|\n|\r", text)
    return lines if lines[-1] else lines[:-1]
