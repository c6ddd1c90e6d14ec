"""
A file that was taken apart into lists and records, and what is to be said about its parts.

A part is named by the way to it: `("results", 3, "type")`. Where that stands in the text is looked
for only when something is said about it, for all parts in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Any, NamedTuple

from syncdsl.diagnostic import Certainty, Diagnostic, Severity
from syncdsl.schema.places import Way
from syncdsl.source import Source, Span

LEFT_OUT, UNKNOWN, REFUSED = "import-left-out", "import-unknown", "import-file"
_LARGEST = 30  # digits of a number before its point
MAX_TOLD = 20  # of one kind in one file; who reads on has understood by then

Places = Callable[[Sequence[Way]], Sequence[Span]]

_SEVERITIES = {REFUSED: Severity.ERROR, LEFT_OUT: Severity.WARNING, UNKNOWN: Severity.INFO}


class _Said(NamedTuple):
    code: str
    way: Way
    message: str
    notes: tuple[str, ...]


class Document:
    """The parts of a file. None of them is more than a policy's reader may trust."""

    def __init__(self, source: Source, data: Any, places: Places) -> None:
        self.source = source
        self.data = data
        self.memo: dict[Way, Any] = {}  # what was worked out of a part that is come to often
        self._places = places
        self._said: list[_Said] = []
        self._counts: dict[str, int] = {}

    @property
    def name(self) -> str:
        """The file's own name, without folder and ending."""
        return PurePath(self.source.path).stem

    def refuse(self, way: Way, message: str, *notes: str) -> None:
        """There is nothing to be had from this file."""
        self._say(REFUSED, way, message, notes)

    def leave_out(self, way: Way, message: str, *notes: str) -> None:
        """A part of the file is passed over."""
        self._say(LEFT_OUT, way, message, notes)

    def cannot_know(self, way: Way, message: str, *notes: str) -> None:
        """The file is silent about something that a check would ask for."""
        self._say(UNKNOWN, way, message, notes)

    def diagnostics(self) -> list[Diagnostic]:
        spans = self._places([each.way for each in self._said]) if self._said else ()
        told = [
            diagnostic(each.code, each.message, span, *each.notes)
            for each, span in zip(self._said, spans, strict=True)
        ]
        return [*told, *_more(self._counts, told)]

    def _say(self, code: str, way: Way, message: str, notes: tuple[str, ...]) -> None:
        count = self._counts[code] = self._counts.get(code, 0) + 1
        if count <= MAX_TOLD:  # to find a place takes its time
            self._said.append(_Said(code, way, message, notes))


def diagnostic(code: str, message: str, span: Span, *notes: str) -> Diagnostic:
    certainty = Certainty.UNKNOWN if code == UNKNOWN else Certainty.CERTAIN
    return Diagnostic(code, _SEVERITIES[code], message, span, notes=notes, certainty=certainty)


def bounded(told: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Of each code the first, and how many more there are."""
    kept: list[Diagnostic] = []
    counts: dict[str, int] = {}
    for each in told:
        count = counts[each.code] = counts.get(each.code, 0) + 1
        if count <= MAX_TOLD:
            kept.append(each)
    return [*kept, *_more(counts, kept)]


def _more(counts: Mapping[str, int], told: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    for code, count in counts.items():
        if count > MAX_TOLD:
            spans = [each.span for each in told if each.code == code]
            last = max(spans, key=lambda span: span.start)
            yield diagnostic(code, f"there are {count - MAX_TOLD:,} more like this", last)


# ── taking parts apart ───────────────────────────────────────────────────────────────────────────
# What is of another type than a vendor documents counts as not there.


def record(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def text(value: Any) -> str | None:
    """A text that says something, in one line."""
    if not isinstance(value, str):
        return None
    return " ".join(value.split()) or None


def flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def whole(value: Any) -> int | None:
    """A number of characters, of places: a whole number that is not negative."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < 2**63 else None


def number(value: Any) -> int | Decimal | None:
    """A number that somebody may have meant: not one of hundreds of digits."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    if isinstance(value, Decimal):
        if not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST):
            return None
        return int(value) if value == value.to_integral_value() else value
    return value if abs(value) < 10**_LARGEST else None


def opposite(value: bool | None) -> bool | None:
    return None if value is None else not value


def only_if(value: Any) -> bool | None:
    """A flag of which only yes says something."""
    return True if value is True else None
