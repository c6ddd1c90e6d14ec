"""
Finding a page by what it is about: every word has to be in it, and where it is decides the order.

A word of the code counts more than one of the first sentence, and that more than one of the rest.
Letters that are missing at the end do not matter (`overwr`), nor does one that is wrong, if no page
has the word as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from syncdsl.report.page import Page
from syncdsl.suggest import did_you_mean

_CODE, _GROUP, _SUMMARY, _TEXT = 8, 6, 3, 1
_SHORTEST_WRONG = 5  # letters; of a shorter word, one wrong letter makes another word


def found(words: Sequence[str], pages: Sequence[Page]) -> list[Page]:
    """The pages that are about all these words, the nearest first."""
    asked = [part for word in words for part in _words(word)]
    corrected = [_known(word, pages) for word in asked]
    ranked = [(_rank(corrected, page), page) for page in pages] if corrected else []
    ranked.sort(key=lambda each: -each[0])  # of equal ones the order of reading stays
    return [page for rank, page in ranked if rank]


def _rank(words: Iterable[str], page: Page) -> int:
    """Nothing, if one of the words is nowhere in the page."""
    ranks = [_place(word, page) for word in words]
    return sum(ranks) if all(ranks) else 0


def _place(word: str, page: Page) -> int:
    places = (
        (_CODE, page.code),
        (_GROUP, page.group),
        (_SUMMARY, page.summary),
        (_TEXT, page.text),
    )
    return sum(rank for rank, text in places if any(each.startswith(word) for each in _words(text)))


def _known(word: str, pages: Iterable[Page]) -> str:
    """A word that begins one on the pages, or the nearest that stands in a code or a summary."""
    pages = tuple(pages)
    if len(word) < _SHORTEST_WRONG or any(_place(word, page) for page in pages):
        return word
    known = {each for page in pages for each in _words(f"{page.code} {page.summary}")}
    return did_you_mean(word, sorted(known)) or word


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
