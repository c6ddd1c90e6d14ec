"""
The few texts that are enough to try.

Texts are in the order of their code points. What starts with "ab" is what lies from "ab" up to, and
without, "ac"; so equality, order and beginnings all cut the line of texts at some points, and a
text at each point and between any two is enough. Directly after a text comes the same with U+0000
at its end; where there is no text between that and the next point, there is none at all.

What a text contains is no stretch of this line. But with a letter that no constant has as a joint,
any selection of parts can be put behind any beginning, and nothing comes about by accident. Only
order and parts together are beyond this: there the texts are a good guess, and not all sorts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from syncdsl.convert import text

MAX_PARTS = 6  # that a condition looks for in one text: 64 selections

_READABLE = "-_ .xyzabcdefghijklmnopqrstuvw0123456789"
_FIRST_OTHER = 0x4E00  # letters that hardly any constant has
_SURROGATES = range(0xD800, 0xE000)  # no letters of a text
_LEAST = "\0"  # between a text and the same with this at its end there is no other
_SUFFIXES = (" and more", "a", "A", "0", " ", "!", _LEAST)
_OTHER = "something else"


class Compared(NamedTuple):
    """The constants that texts are compared with, by how they are."""

    equal: tuple[str, ...]
    order: tuple[str, ...]
    starts: tuple[str, ...]
    contains: tuple[str, ...]
    ordered: bool
    many: int  # texts of each sort that are wanted
    max_length: int | None


def values_of(asked: Compared, wanted: Callable[[str], bool]) -> tuple[list[str], bool]:
    """Texts of all sorts, as far as they are wanted, and whether all sorts are there."""
    constants = distinct((*asked.equal, *asked.order, *asked.starts, *asked.contains))
    found = list(constants)
    parts = distinct(asked.contains)
    complete = len(parts) <= MAX_PARTS and not (parts and asked.ordered)
    if asked.ordered:
        points = sorted({*constants, *(end for one in asked.starts for end in _end(one))})
        between, all_there = _between(points, asked, wanted)
        found += [*points, *between]
        complete = complete and all_there
    if parts or not asked.ordered:
        composed = [*_composed(asked, parts, fresh(constants))]
        found += [_OTHER, *composed]
        complete = complete and all(_is_short(one, asked) for one in composed)
    short = [one for one in distinct(found) if _is_short(one, asked)]
    return [one for one in short if one in constants or wanted(one)], complete


def _is_short(one: str, asked: Compared) -> bool:
    return asked.max_length is None or len(one) <= asked.max_length


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def selections(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every selection of some parts, none of them first."""
    few = parts[:MAX_PARTS]
    for many in range(len(few) + 1):
        yield from combinations(few, many)


def fresh(constants: Iterable[str]) -> str:
    """A letter that is in none of them."""
    used = {letter for one in constants for letter in text(one)}
    return next(
        (letter for letter in _READABLE if letter not in used),
        next(chr(at) for at in range(_FIRST_OTHER, 0x110000) if chr(at) not in used),
    )


def _composed(asked: Compared, parts: Sequence[str], joint: str) -> Iterator[str]:
    """Behind each beginning each selection of parts, and nothing that any constant is in."""
    for start in ("", *distinct(asked.starts)):
        for selection in selections(parts):
            whole = joint.join((start, *selection))
            yield from (whole + joint * at for at in range(1, asked.many + 1))


def _between(
    points: Sequence[str], asked: Compared, wanted: Callable[[str], bool]
) -> tuple[list[str], bool]:
    """Texts before, between and after some points; and are they as many as wanted, or all?"""
    found: list[str] = []
    complete = True
    for start, end in zip(("", *points), (*points, None), strict=True):
        several = (start + suffix * at for suffix in _SUFFIXES for at in range(1, asked.many + 1))
        inside = [one for one in several if (end is None or one < end) and wanted(one)]
        short = [one for one in inside if _is_short(one, asked)]
        found += short
        last = start + _LEAST * asked.many
        complete = complete and (
            len(short) >= asked.many
            or (len(short) == len(inside) and end is not None and last >= end)
        )
    return found, complete


def _end(start: str) -> Iterator[str]:
    """The first text after all that begin so, if there is one."""
    for length in range(len(start), 0, -1):
        after = ord(start[length - 1]) + 1
        if after in _SURROGATES:
            after = _SURROGATES.stop
        if after <= 0x10FFFF:
            yield start[: length - 1] + chr(after)
            return
