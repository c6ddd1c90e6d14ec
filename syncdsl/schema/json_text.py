"""JSON from anywhere, taken apart by Python's own parser; what is none is told with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from syncdsl.schema.places import Place, too_deep

MAX_DEPTH = 100  # to point at; where the parser itself stops differs from one Python to another
_LONG_NUMBER = re.compile(r"-?\d{4301,}")  # Python's own limit


class NotJson(Exception):  # noqa: N818  (nothing is wrong in the program)
    """Why a text is no JSON, and where."""

    def __init__(self, words: str, place: Place) -> None:
        super().__init__(words)
        self.place = place


def load(text: str, object_of: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """The parts of a text; an object becomes what `object_of` makes of its keys and values."""
    try:
        return json.loads(
            text, parse_float=_decimal, parse_constant=_no_number, object_pairs_hook=object_of
        )
    except json.JSONDecodeError as problem:
        words = problem.msg.lower().removesuffix(" starting at")
        raise NotJson(words, Place(problem.pos, problem.pos + 1)) from None
    except _NoNumber as problem:
        word = problem.args[0]
        start = text.find(word)
        raise NotJson(f"`{word[:20]}` is no number", Place(start, start + len(word))) from None
    except RecursionError:
        place = too_deep(text, MAX_DEPTH) or Place(0, 1)
        raise NotJson("it is nested too deeply", place) from None
    except ValueError:
        number = _LONG_NUMBER.search(text)
        place = Place(0, 1) if number is None else Place(*number.span())
        raise NotJson("a number in it is too long", place) from None


class _NoNumber(Exception):  # noqa: N818
    """What Python takes for a number, or nearly so, and JSON or we do not."""


def _no_number(word: str) -> Any:
    raise _NoNumber(word)


def _decimal(word: str) -> Decimal:
    try:
        return Decimal(word)
    except InvalidOperation:
        raise _NoNumber(word) from None
