"""
Two properties of one object begin with the same words, but for one letter that one of them lacks.

Nobody calls a property `primaryinkedin…` beside another one that is called `primarylinkedin…`: one
of the two is misspelt, and it is the one that the system does not have. Its rule writes nothing, or
fails. The schema knows neither of them, so it cannot say which.

Bad:

    mapping people: erp.customer -> crm.contact {
      linkedin:    erp.linkedin -> crm.primaryinkedinid on create only
      description: erp.linkedin_text -> crm.primarylinkedindescription on create only
    }

Good:

    mapping people: erp.customer -> crm.contact {
      linkedin:    erp.linkedin -> crm.primarylinkedinid on create only
      description: erp.linkedin_text -> crm.primarylinkedindescription on create only
    }

Right anyway: when the system really spells them so, which happens where somebody misspelt a name
long ago and everybody has had to live with it since.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from syncdsl.check.base import Check
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity
from syncdsl.policy import Policy
from syncdsl.source import Span

check = Check(__name__, Severity.WARNING, since="0.2")

MIN_ALIKE = 6  # letters before the one that is missing, and after it: shorter words meet by chance
MAX_NAMES = 300  # of one object; nobody writes more rules for one by hand


class _Use(NamedTuple):
    name: str
    span: Span


@check.on_policy
def lacks_a_letter(policy: Policy) -> Iterator[Diagnostic]:
    objects: dict[tuple[str, str | None, str], dict[str, _Use]] = {}
    for rule in policy.rules:
        for end, span in zip((rule.left, rule.right), rule.ends, strict=True):
            if end is not None and end.facts is None:
                names = objects.setdefault((end.system, end.object, end.home), {})
                names.setdefault(end.name, _Use(end.name, span))
    for uses in objects.values():
        yield from _told(list(uses.values())[:MAX_NAMES])


def _told(uses: Sequence[_Use]) -> Iterator[Diagnostic]:
    for one, other in combinations(uses, 2):
        alike = _lacking(one.name, other.name)
        if alike is None:
            continue
        shorter, longer = alike
        yield check.finding(
            f"`{one.name}` and `{other.name}` are spelled in two ways: `{shorter}` and `{longer}`",
            one.span,
            labels=(Label(other.span, "the other spelling"),),
            certainty=Certainty.UNKNOWN,
        )


def _lacking(one: str, other: str) -> tuple[str, str] | None:
    """What both begin with, first as it is without the letter; None: they are not alike."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None or at < MIN_ALIKE:
        return None
    for short, long in ((one, other), (other, one)):
        more = _alike(short[at:], long[at + 1 :])
        if long[at].isalpha() and more >= MIN_ALIKE:
            return short[: at + more], long[: at + 1 + more]
    return None


def _alike(one: str, other: str) -> int:
    """How many letters they begin with that are the same."""
    number = 0
    for a, b in zip(one, other, strict=False):
        if a != b or not a.isalpha():
            break
        number += 1
    return number
