"""
Where the parts of a JSON text stand.

Python's parser of JSON tells no places, and one in Python that keeps them all takes many times as
long. So a text that was understood, and in which something turned out to be wrong, is gone through
once more, token by token, and only the places of what is wrong are kept. The way to a part is the
keys and indices that lead to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

Way = tuple[str | int, ...]

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


class Place(NamedTuple):
    """A part of a text: of an object or a list, its bracket."""

    start: int
    end: int


class Found(NamedTuple):
    values: dict[Way, Place]
    keys: dict[Way, Place]  # of values in objects
    doubled: tuple[tuple[str, Place], ...]  # keys that stand in their object already


class _Level:
    """An object or a list that is not closed yet."""

    def __init__(self, wanted: dict[Any, Any], is_list: bool) -> None:
        self.wanted = wanted
        self.key: str | int | None = 0 if is_list else None  # None: a key is next
        self.key_place = Place(0, 0)
        self.seen: set[str] = set()


_HERE = ()  # no key of JSON is that


def find(text: str, ways: Iterable[Way]) -> Found:
    """The places of these parts in a text that is JSON."""
    found = Found({}, {}, ())
    doubled: list[tuple[str, Place]] = []
    levels = [_Level({0: _tree(ways)}, is_list=True)]
    for token in _TOKEN.finditer(text):
        level, first = levels[-1], text[token.start()]
        if first in "]}":
            levels.pop()
        elif first == ",":
            level.key = level.key + 1 if isinstance(level.key, int) else None
        elif first == ":":
            pass
        elif level.key is None:
            key: str = json.loads(token[0])
            level.key, level.key_place = key, Place(*token.span())
            if key in level.seen:
                doubled.append((key, level.key_place))
            level.seen.add(key)
        else:
            wanted = level.wanted.get(level.key, {})
            if _HERE in wanted:
                found.values[wanted[_HERE]] = Place(*token.span())
                found.keys[wanted[_HERE]] = level.key_place
            if first in "[{":
                levels.append(_Level(wanted, is_list=first == "["))
    return found._replace(doubled=tuple(doubled))


def too_deep(text: str, depth: int) -> Place | None:
    """The first bracket that is inside of more than so many others."""
    open_ones = 0
    for token in _TOKEN.finditer(text):
        first = text[token.start()]
        open_ones += (first in "[{") - (first in "]}")
        if open_ones > depth:
            return Place(*token.span())
    return None


def _tree(ways: Iterable[Way]) -> dict[Any, Any]:
    tree: dict[Any, Any] = {}
    for way in ways:
        node = tree
        for part in way:
            node = node.setdefault(part, {})
        node[_HERE] = way
    return tree
