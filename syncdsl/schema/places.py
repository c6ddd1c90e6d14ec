"""
Where the parts of a JSON text stand.

Python's parser of JSON tells no places, and one in Python that keeps them all takes many times as
long. So a text that was understood, and in which something turned out to be wrong, is gone through
once more, and only on the way to what is wrong: all beside it is left to the parser, which says
where it ends. The way to a part is the keys and indices that lead to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

Way = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]', re.DOTALL)


class Place(NamedTuple):
    """A part of a text: of an object or a list, its bracket."""

    start: int
    end: int


class Found(NamedTuple):
    values: dict[Way, Place]
    keys: dict[Way, Place]  # of values in objects


def find(text: str, ways: Iterable[Way]) -> Found:
    """The places of these parts in a text that is JSON."""
    found = Found({}, {})
    _visit(text, _after_space(text, 0), _tree(ways), found)
    return found


_HERE = ()  # no key of JSON is that


def _tree(ways: Iterable[Way]) -> dict[Any, Any]:
    tree: dict[Any, Any] = {}
    for way in ways:
        node = tree
        for part in way:
            node = node.setdefault(part, {})
        node[_HERE] = way
    return tree


_value_at = json.JSONDecoder().raw_decode  # what stands at an offset, and where it ends


def _visit(text: str, start: int, wanted: dict[Any, Any], found: Found) -> int:
    """Notes the places of what is wanted of the value that begins here, and returns its end."""
    bracket = text[start]
    if _HERE in wanted:
        end = start + 1 if bracket in "[{" else _value_at(text, start)[1]
        found.values[wanted[_HERE]] = Place(start, end)
    if bracket not in "[{" or wanted.keys() <= {_HERE}:
        return _value_at(text, start)[1]
    at = _after_space(text, start + 1)
    index = 0
    while text[at] not in "]}":
        if bracket == "{":
            key, end = _value_at(text, at)
            inner = wanted.get(key, {})
            if _HERE in inner:
                found.keys[inner[_HERE]] = Place(at, end)
            at = _after_space(text, _after_space(text, end) + 1)
        else:
            inner = wanted.get(index, {})
            index += 1
        at = _after_space(text, _visit(text, at, inner, found))
        if text[at] == ",":
            at = _after_space(text, at + 1)
    return at + 1


def _after_space(text: str, start: int) -> int:
    space = _SPACE.match(text, start)
    assert space is not None
    return space.end()


# ── the whole of a text ──────────────────────────────────────────────────────────────────────────


def doubled(text: str) -> Iterator[tuple[str, Place]]:
    """The keys that stand in their object already."""
    seen: list[set[str] | None] = []  # of what is open: the keys of an object, None for a list
    is_key = False
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        if first in "[{":
            seen.append(set() if first == "{" else None)
        elif first in "]}":
            seen.pop()
        keys = seen[-1] if seen else None
        if first == '"' and is_key and keys is not None:
            key = json.loads(token[0])
            if key in keys:
                yield key, Place(*token.span())
            keys.add(key)
        is_key = first in "{,"


def too_deep(text: str, depth: int) -> Place | None:
    """The first bracket that is inside of more than so many others."""
    open_ones = 0
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        open_ones += (first in "[{") - (first in "]}")
        if open_ones > depth:
            return Place(*token.span())
    return None
