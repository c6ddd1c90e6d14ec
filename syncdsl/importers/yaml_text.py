"""
YAML, in which many OpenAPI documents are written, as the same parts that JSON has.

Only PyYAML's events are used (the extra `yaml`): from them the parts are put together here, one
after the other, so that no depth is too deep, an alias cannot multiply itself, a word is what YAML
1.2 says (`no` is a word, not false), and every part knows where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from syncdsl.diagnostic import Diagnostic
from syncdsl.importers.document import REFUSED, Document, diagnostic
from syncdsl.importers.looks import not_json
from syncdsl.schema.places import Way
from syncdsl.source import Source, Span

MAX_DEPTH = 200

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})")
_FRACTION = re.compile(r"[-+]?[0-9]{1,20}\.[0-9]{1,20}")
_WORDS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


class _Refused(Exception):  # noqa: N818  (nothing is wrong in the program)
    def __init__(self, words: str, start: int) -> None:
        super().__init__(words)
        self.start = start


class _Level:
    """A list or a record that is not closed yet."""

    def __init__(self, data: Any, places: dict[str | int, Any], anchor: str | None) -> None:
        self.data = data
        self.places = places  # of each part where it stands, and the places in it
        self.anchor = anchor
        self.key: str | None = None


def read_yaml(source: Source) -> tuple[Document | None, list[Diagnostic]]:
    """The document of a text, and what is wrong with the text."""
    try:
        import yaml  # noqa: PLC0415  (an extra)
    except ImportError:
        words = "YAML is read by PyYAML: install `syncdsl[yaml]`, or give the document as JSON"
        return None, [_told(source, words, 0)]
    other = not_json(source.text) if source.text.lstrip().startswith("<") else None
    if other is not None:
        return None, [diagnostic(REFUSED, other[0], Span(source, 0, 1), *other[1:])]
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data, places = _built(yaml, yaml.parse(source.text, loader))
    except _Refused as problem:
        return None, [_told(source, str(problem), problem.start)]
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        words = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "it ends"
        odd = _CONTROL.search(source.text)
        start = mark.index if mark is not None else odd.start() if odd is not None else 0
        return None, [_told(source, f"this is not YAML: {words}", start)]
    return Document(source, data, lambda ways: _spans(source, places, ways)), []


def _built(yaml: Any, events: Any) -> tuple[Any, Any]:
    """All parts of the first document, and their places as a tree of the same form."""
    levels = [_Level([], {}, None)]
    anchors: dict[str, tuple[Any, Any]] = {}
    for event in events:
        start = event.start_mark.index
        if isinstance(event, yaml.ScalarEvent):
            level = levels[-1]
            if isinstance(level.data, dict) and level.key is None:
                level.key = event.value
                continue
            part: tuple[Any, Any] = (_value(event), (start, {}))
            if event.anchor is not None:
                anchors[event.anchor] = part
            _put(level, *part)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in anchors:
                raise _Refused(
                    f"`*{event.anchor}` stands before what it repeats, or inside it", start
                )
            if isinstance(levels[-1].data, dict) and levels[-1].key is None:
                raise _Refused("a name that is an alias (`*…`) is not read here", start)
            _put(levels[-1], *anchors[event.anchor])
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if isinstance(levels[-1].data, dict) and levels[-1].key is None:
                raise _Refused("a name has to be a text", start)
            if len(levels) > MAX_DEPTH:
                raise _Refused(f"more than {MAX_DEPTH} lists and records in one another", start)
            data: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            inner: dict[str | int, Any] = {}
            _put(levels[-1], data, (start, inner))
            levels.append(_Level(data, inner, event.anchor))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            closed = levels.pop()
            if closed.anchor is not None:
                anchors[closed.anchor] = (closed.data, (start, closed.places))
        elif isinstance(event, yaml.DocumentEndEvent):
            break
    if not levels[0].data:
        raise _Refused("this file is empty", 0)
    return levels[0].data[0], levels[0].places[0]


def _put(level: _Level, data: Any, place: Any) -> None:
    if isinstance(level.data, list):
        level.places[len(level.data)] = place
        level.data.append(data)
        return
    key, level.key = level.key, None
    assert key is not None
    if key == "<<" and isinstance(data, dict):
        for name, value in data.items():
            level.data.setdefault(name, value)
            level.places.setdefault(name, place[1][name])
        return
    level.data[key] = data
    level.places[key] = place


def _value(event: Any) -> Any:
    """A text in quotes is a text; what stands there plainly may be a number, a truth, nothing."""
    text = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _FRACTION.fullmatch(text) else text


def _spans(source: Source, places: Any, ways: Sequence[Way]) -> list[Span]:
    spans = []
    for way in ways:
        start, inner = places
        for key in way:
            start, inner = inner.get(key, (start, {}))
        spans.append(Span(source, start, min(start + 1, len(source.text))))
    return spans


def _told(source: Source, words: str, start: int) -> Diagnostic:
    start = min(start, len(source.text))
    return diagnostic(REFUSED, words, Span(source, start, min(start + 1, len(source.text))))
