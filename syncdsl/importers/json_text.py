"""JSON that anybody may have written: taken apart in bounded depth, with all that is odd told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from syncdsl.diagnostic import Diagnostic
from syncdsl.importers.document import LEFT_OUT, MAX_TOLD, REFUSED, Document, diagnostic
from syncdsl.importers.looks import not_json
from syncdsl.schema.json_text import NotJson, load
from syncdsl.schema.places import Way, doubled, find
from syncdsl.source import Source, Span


def read_json(source: Source) -> tuple[Document | None, list[Diagnostic]]:
    """The document of a text, and what is wrong with the text; None if it is no JSON."""
    has_doubled = False

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal has_doubled
        made = dict(pairs)
        has_doubled |= len(made) < len(pairs)
        return made

    other = not_json(source.text)
    if other is not None:
        return None, [_refused(source, 0, *other)]
    try:
        data = load(source.text, object_of)
    except NotJson as problem:
        end = len(source.text.rstrip())
        if problem.place.start >= end:
            return None, [_refused(source, end - 1, "this file ends in the middle of its JSON")]
        return None, [_refused(source, problem.place.start, f"this is not JSON: {problem}")]
    document = Document(source, data, lambda ways: _spans(source, ways))
    return document, _told_twice(source) if has_doubled else []


def _refused(source: Source, start: int, message: str, *notes: str) -> Diagnostic:
    start = max(0, min(start, len(source.text)))
    span = Span(source, start, min(start + 1, len(source.text)))
    return diagnostic(REFUSED, message, span, *notes)


def _spans(source: Source, ways: Sequence[Way]) -> list[Span]:
    found = find(source.text, ways).values
    return [Span(source, *found[way]) if way in found else Span(source, 0, 0) for way in ways]


def _told_twice(source: Source) -> list[Diagnostic]:
    words = "`{}` stands here twice; the last one counts"
    told = islice(doubled(source.text), MAX_TOLD)
    return [diagnostic(LEFT_OUT, words.format(key), Span(source, *place)) for key, place in told]
