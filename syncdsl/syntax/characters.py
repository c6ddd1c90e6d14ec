"""
Characters that make a text look like another one: controls that turn the direction of what is
shown, and letters of two alphabets in one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.source import Source, Span

# Unicode's bidirectional controls, and characters of no width.
_HIDDEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_WORD = re.compile(r"\w+")
# Alphabets with letters that look like Latin ones.
_CONFUSABLE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


def odd_characters(source: Source) -> Iterator[Diagnostic]:
    """Warnings for what a reviewer cannot see. One for each word or character, a few at most."""
    if source.text.isascii():
        return
    for match in _HIDDEN.finditer(source.text):
        name = unicodedata.name(match.group(), "control").lower()
        yield Diagnostic(
            "hidden-character",
            Severity.WARNING,
            f"there is an invisible character here ({name}, U+{ord(match.group()):04X})",
            Span(source, match.start(), match.end()),
            notes=("what is shown may not be what is read; write it out in words or take it out",),
        )
    for match in _WORD.finditer(source.text):
        word = match.group()
        if word.isascii():
            continue
        scripts = {unicodedata.name(char, "").split(" ")[0] for char in word if char.isalpha()}
        other = next((script for script in _CONFUSABLE if script in scripts), None)
        if "LATIN" in scripts and other is not None:
            yield Diagnostic(
                "confusable-name",
                Severity.WARNING,
                f"`{word}` mixes Latin letters with {other.capitalize()} ones",
                Span(source, match.start(), match.end()),
                notes=("two names that look alike may be different ones",),
            )
