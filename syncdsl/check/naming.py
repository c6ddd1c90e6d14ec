"""Names and values that a schema does not have: which was meant, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from syncdsl.convert import Value, text
from syncdsl.diagnostic import Edit, Fix
from syncdsl.semantics.test_block import spelled
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
    """Where a name stands in a text; None if that is not plain: it stands there twice, or not."""
    written = re.escape(name)
    for before in (r"(?<=\.)", r"(?<![\w`.-])"):  # behind its system or object, else alone
        pattern = rf"{before}(?:`{written}`|{written}(?![\w`-]))"
        found = list(re.finditer(pattern, span.text))
        if len(found) == 1:
            return Span(span.source, span.start + found[0].start(), span.start + found[0].end())
    return None


def renamed(name: str, near: str, spans: Sequence[Span]) -> tuple[Fix, ...]:
    """The nearest name in all places; no fix if one of them is not plain to see."""
    places = [place_of_name(span, name) for span in spans]
    edits = tuple(Edit(place, spelled(near)) for place in places if place is not None)
    return (Fix(f"write `{near}`", edits),) if len(edits) == len(places) else ()


def _is_a_slip(name: str, known: str) -> bool:
    if abs(len(name) - len(known)) > MAX_DIFFERENT:
        return False
    one, other = name.casefold(), known.casefold()
    start = _alike(one, other)
    if abs(len(one) - len(other)) > 1 and start == min(len(one), len(other)):
        return False  # a word more, such as `company` and `companyid`
    one, other = one[start:], other[start:]
    if max(len(one), len(other)) - _alike(one[::-1], other[::-1]) > MAX_DIFFERENT:
        return False
    return re.findall(r"\d", name) == re.findall(r"\d", known)


def _alike(one: str, other: str) -> int:
    """How many letters they begin with that are the same."""
    different = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(different, min(len(one), len(other)))


def place_of_value(span: Span, value: Value) -> Span | None:
    """Where a value stands in a text, as a word or in quotes; None if that is not plain."""
    word = re.escape(text(value))
    quoted = re.escape(_in_quotes(text(value)))
    found = list(re.finditer(rf'{quoted}|(?<![\w.`"-]){word}(?![\w.`"-])', span.text))
    if len(found) != 1:
        return None
    return Span(span.source, span.start + found[0].start(), span.start + found[0].end())


def in_place_of(span: Span, value: Value, new: Value) -> Edit | None:
    """Another value in the place of one; None if it is not plain where that stands."""
    place = place_of_value(span, value)
    if place is None:
        return None
    is_word = not isinstance(new, str) or _WORD.fullmatch(new)
    stays_word = is_word and not (isinstance(new, str) and place.text.startswith('"'))
    return Edit(place, text(new) if stays_word else _in_quotes(text(new)))


def _in_quotes(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


# A text that needs no quotes; what reads as something else is none.
_WORD = re.compile(r"(?!(?:true|false|blank)$)[^\W\d]\w*(?:-\w+)*")
