"""A cache for what is made of a whole policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def of_the_latest(make: Callable[[Given], Made]) -> Callable[[Given], Made]:
    """
    A cache of one. A policy has no key that is quicker than making what is made of it, so the last
    one is known again by being it.
    """
    latest: list[tuple[Given, Made]] = []

    def known(given: Given) -> Made:
        if not latest or latest[0][0] is not given:
            latest[:] = [(given, make(given))]
        return latest[0][1]

    return known
