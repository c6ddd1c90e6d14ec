"""Names that a schema does not have: which one was meant, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from syncdsl.source import Span
from syncdsl.suggest import did_you_mean


def near_name(name: str, known: Iterable[str]) -> str | None:
    """The name that was meant. `address3` beside `address2` is not misspelt, but one more."""
    near = did_you_mean(name, known)
    return None if near is None or _without_digits(near) == _without_digits(name) else near


def place_of_name(span: Span, name: str) -> Span | None:
    """Where the name stands in the text of an end that closes with it."""
    for written in (f"`{name}`", name):
        if span.text.endswith(written):
            return Span(span.source, span.end - len(written), span.end)
    return None


def _without_digits(name: str) -> str:
    return re.sub(r"\d", "", name).casefold()
