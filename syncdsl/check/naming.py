"""Names that a schema does not have: which one was meant, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from syncdsl.source import Span
from syncdsl.suggest import did_you_mean

MAX_DIFFERENT = 2  # letters in one place: what a slip of the fingers is


def near_name(name: str, known: Iterable[str]) -> str | None:
    """
    The known name that was meant, if it can hardly be otherwise.

    A schema that is not complete may just not list a name, so a similar one proves little:
    `lead_type` is not a misspelt `lead_date`, and `phone_2` beside `phone` is one more of a kind.
    """
    return did_you_mean(name, [each for each in known if _is_a_slip(name, each)])


def place_of_name(span: Span, name: str) -> Span | None:
    """Where the name stands in the text of an end that closes with it."""
    for written in (f"`{name}`", name):
        if span.text.endswith(written):
            return Span(span.source, span.end - len(written), span.end)
    return None


def _is_a_slip(name: str, known: str) -> bool:
    if abs(len(name) - len(known)) > MAX_DIFFERENT:
        return False
    one, other = name.casefold(), known.casefold()
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    if max(len(one), len(other)) - _alike(one[::-1], other[::-1]) > MAX_DIFFERENT:
        return False
    return re.findall(r"\d", name) == re.findall(r"\d", known)


def _alike(one: str, other: str) -> int:
    """How many letters they begin with that are the same."""
    different = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(different, min(len(one), len(other)))
