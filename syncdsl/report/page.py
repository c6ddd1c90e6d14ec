"""
The page of each code, taken apart: of a check its docstring, of a fault what `faults` says.

A page is one sentence, paragraphs of why, and the parts `Bad:`, `Good:` and `Right anyway:`, whose
examples are indented. `explain`, SARIF and the reference are made from it.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from types import FunctionType
from typing import NamedTuple

from syncdsl import faults
from syncdsl.check import CHECKS, Check
from syncdsl.diagnostic import Certainty, Fix, Severity
from syncdsl.report.text import shown

FAULTS = "faults"  # the group of what cannot be read, looked up or made sense of

_PART = re.compile(r"^(Bad|Good|Right anyway):", re.MULTILINE)


class Page(NamedTuple):
    """What there is to know of a code."""

    code: str
    group: str
    severity: Severity | None  # None: a fault; how severe it is depends on what is there
    since: str | None
    certainty: Certainty | None
    is_fixable: bool  # some of its findings come with a fix
    text: str

    @property
    def summary(self) -> str:
        """The first sentence."""
        return " ".join(self.text.partition("\n\n")[0].split())

    @property
    def why(self) -> str:
        """What stands between the first sentence and the first part."""
        body = _PART.split(self.text)[0].strip()
        return body.partition("\n\n")[2] or self.summary

    def part(self, heading: str) -> str | None:
        """All that a part says."""
        pieces = _PART.split(self.text)
        parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
        return parts[heading].strip("\n ") if heading in parts else None

    def example(self, heading: str) -> str | None:
        """The policy of a part."""
        pieces = _PART.split(self.text)
        text = dict(zip(pieces[1::2], pieces[2::2], strict=True)).get(heading, "")
        examples = [example for is_example, example in _pieces(text) if is_example]
        return examples[0] if examples else None

    @property
    def markdown(self) -> str:
        """The whole page, its examples in fences. Those of faults may be no policies at all."""
        language = "text" if self.group == FAULTS else "sync"
        return "\n\n".join(
            f"```{language}\n{piece}\n```" if is_example else _PART.sub(r"**\1:**", piece)
            for is_example, piece in _pieces(self.text)
        )


@cache
def every_page() -> tuple[Page, ...]:
    """All pages, in the order in which a reader should meet them."""
    others = (
        Page(code, FAULTS, None, None, None, False, _visible(text))
        for code, text in faults.PAGES.items()
    )
    return (*(_page(check) for check in CHECKS), *others)


def page_of(code: str) -> Page | None:
    """The page of a code, if there is such a code."""
    return next((page for page in every_page() if page.code == code), None)


def _page(check: Check) -> Page:
    return Page(
        check.code,
        check.group,
        check.severity,
        check.since,
        check.certainty,
        _makes_fixes(check),
        _visible(check.page),
    )


def _makes_fixes(check: Check) -> bool:
    """A check has remedies, or its module, or one that finds for it, has what makes a fix."""
    find = check.rules or check.policy
    if check.remedies or find is None:
        return bool(check.remedies)
    own = vars(sys.modules[find.__module__])
    finders = [each for each in own.values() if isinstance(each, FunctionType)]
    return any(map(_makes_fix, own.values())) or any(
        each.__annotations__.get("return") == "Iterator[Diagnostic]"
        and any(map(_makes_fix, vars(sys.modules[each.__module__]).values()))
        for each in finders
    )


def _makes_fix(thing: object) -> bool:
    return thing is Fix or "Fix" in str(getattr(thing, "__annotations__", {}).get("return"))


def _visible(text: str) -> str:
    """One page has a character that cannot be seen; here it is to be seen."""
    return "\n".join(shown(line) for line in text.strip().split("\n"))


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Paragraphs, and what is indented between them as a whole."""
    paragraphs = [part for part in text.strip("\n").split("\n\n") if part.strip()]
    for is_example, group in groupby(paragraphs, lambda part: part.startswith("    ")):
        if is_example:
            yield True, textwrap.dedent("\n\n".join(group)).strip("\n")
        else:
            yield from ((False, part.strip()) for part in group)
