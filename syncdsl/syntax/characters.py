"""
Characters that make a text look like another one: controls that turn the direction of what is
shown, and letters of two alphabets in one word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.source import Source, Span
from syncdsl.syntax.tree import Comment

MAX_WARNINGS = 20  # of one kind in one file

# Unicode's bidirectional controls, characters of no width, and ends of lines that end no line here.
_HIDDEN = re.compile("[\x85\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
_WORD = re.compile(r"\w+")
# Alphabets with letters that look like Latin ones.
_CONFUSABLE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


def odd_characters(source: Source, comments: tuple[Comment, ...]) -> list[Diagnostic]:
    """Warnings for what a reviewer cannot see: one for each place, and a few at most."""
    if source.text.isascii():
        return []
    return [*islice(_hidden(source), MAX_WARNINGS), *islice(_mixed(source, comments), MAX_WARNINGS)]


def _hidden(source: Source) -> Iterator[Diagnostic]:
    for match in _HIDDEN.finditer(source.text, 1):  # a file may begin with a byte order mark
        name = unicodedata.name(match.group(), "control").lower()
        yield Diagnostic(
            "hidden-character",
            Severity.WARNING,
            f"there is an invisible character here ({name}, U+{ord(match.group()):04X})",
            Span(source, match.start(), match.end()),
            notes=("what is shown may not be what is read: take the character out",),
        )


def _mixed(source: Source, comments: tuple[Comment, ...]) -> Iterator[Diagnostic]:
    silent = [(comment.span.start, comment.span.end) for comment in comments]
    for match in _WORD.finditer(source.text):
        word = match.group()
        if word.isascii():
            continue
        scripts = {unicodedata.name(char, "").split(" ")[0] for char in word if char.isalpha()}
        other = next((script for script in _CONFUSABLE if script in scripts), None)
        if "LATIN" not in scripts or other is None:
            continue
        before = bisect_right(silent, (match.start(), len(source.text))) - 1
        if before >= 0 and match.start() < silent[before][1]:
            continue  # in a comment nothing depends on it
        yield Diagnostic(
            "confusable-name",
            Severity.WARNING,
            f"`{word[:60]}` mixes Latin letters with {other.capitalize()} ones",
            Span(source, match.start(), match.end()),
            notes=("two names that look alike may be different ones",),
        )
