"""
Where in a TOML text each key and each value stands. Python's own reader keeps no places.

It is asked only about texts that this reader has accepted, so it need not know what is wrong: it
follows brackets, texts and keys, and notes where they begin and end. A place is named by the keys
that lead to it, and in a list by a number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Key = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_TEXT = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_WORD = re.compile(r"[\w-]+")
_OTHER = re.compile(r"[^,\]\}\n#]+")  # a number, a date, true
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SIGNS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


class Places(NamedTuple):
    """Begin and end, by key."""

    keys: dict[Key, tuple[int, int]]
    values: dict[Key, tuple[int, int]]


def places(text: str) -> Places:
    """The places of all keys and values of a text that is TOML."""
    return _Reading(text).all()


class _Reading:
    """How far the text is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = Places({}, {})
        self.lengths: dict[Key, int] = {}  # of the lists of tables

    def all(self) -> Places:
        table: Key = ()
        while self.more():
            if self.text.startswith("[", self.at):
                table = self.heading()
            else:
                self.pair(table)
        return self.found

    def more(self) -> bool:
        match = _SPACE.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return self.at < len(self.text)

    def heading(self) -> Key:
        """`[a.b]`, or `[[a.b]]`, which adds a table to a list."""
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        path = self.key(())
        if is_list:
            number = self.lengths[path] = self.lengths.get(path, -1) + 1
            self.found.keys[(*path, number)] = self.found.keys[path]
            path = (*path, number)
        self.at = self.text.index("]", self.at) + (2 if is_list else 1)
        return path

    def pair(self, table: Key) -> None:
        path = self.key(table)
        self.at = self.text.index("=", self.at) + 1
        self.value(path)

    def key(self, path: Key) -> Key:
        """A key after others; of a list of tables its last one is meant."""
        while True:
            self.more()
            match = _TEXT.match(self.text, self.at) or _WORD.match(self.text, self.at)
            assert match is not None
            if path in self.lengths:
                path = (*path, self.lengths[path])
            path = (*path, _unquoted(match.group()))
            self.found.keys[path] = match.span()
            self.at = match.end()
            self.more()
            if not self.text.startswith(".", self.at):
                return path
            self.at += 1

    def value(self, path: Key) -> None:
        self.more()
        start = self.at
        if self.text.startswith("[", start):
            number = 0
            self.at += 1
            while self.more() and not self.text.startswith("]", self.at):
                self.value((*path, number))
                number += 1
                self.skip(",")
            self.at += 1
        elif self.text.startswith("{", start):
            self.at += 1
            while self.more() and not self.text.startswith("}", self.at):
                self.pair(path)
                self.skip(",")
            self.at += 1
        else:
            match = _TEXT.match(self.text, start) or _OTHER.match(self.text, start)
            assert match is not None
            self.at = match.end()
        end = start + len(self.text[start : self.at].rstrip())
        self.found.values[path] = (start, end)

    def skip(self, sign: str) -> None:
        self.more()
        if self.text.startswith(sign, self.at):
            self.at += 1


def _unquoted(written: str) -> str:
    if written[0] == "'":
        return written[1:-1]
    if written[0] != '"':
        return written
    return _ESCAPE.sub(_unescaped, written[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    short, long, sign = match.groups()
    return _SIGNS.get(sign, sign) if sign else chr(int(short or long, 16))
