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
from typing import NamedTuple

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.policy import Policy, Rule
from syncdsl.semantics.alike import rules_where
from syncdsl.source import Span

check = Check(__name__, Severity.WARNING, since="0.2")

MIN_ALIKE = 6  # letters before the one that is missing, and after it: shorter words meet by chance


class _Use(NamedTuple):
    name: str
    span: Span


@check.on_policy
def lacks_a_letter(policy: Policy) -> Iterator[Diagnostic]:
    objects: dict[tuple[str, str | None, str], dict[str, _Use]] = {}
    for rule, _ in rules_where(policy, _has_an_unknown_end):
        for end, span in zip((rule.left, rule.right), rule.ends, strict=True):
            if end is not None and end.facts is None:
                names = objects.setdefault((end.system, end.object, end.home), {})
                names.setdefault(end.name, _Use(end.name, span))
    for uses in objects.values():
        yield from _told(list(uses.values()))


def _has_an_unknown_end(rule: Rule) -> bool:
    return any(end is not None and end.facts is None for end in (rule.left, rule.right))


def _told(uses: Sequence[_Use]) -> Iterator[Diagnostic]:
    for first, second, shorter, longer in _alike([use.name for use in uses]):
        one, other = uses[first], uses[second]
        yield check.finding(
            f"`{one.name}` and `{other.name}` are spelled in two ways: `{shorter}` and `{longer}`",
            one.span,
            labels=(Label(other.span, "the other spelling"),),
            question=f"does its system have `{one.name}`, and does it have `{other.name}`?",
        )


class _Pair(NamedTuple):
    first: int
    second: int
    shorter: str  # what both names begin with, without the letter
    longer: str


def _alike(names: Sequence[str]) -> list[_Pair]:
    """
    The pairs, in the order of the names. A name without one of its letters is looked up among the
    beginnings of all others, so that no name has to be compared with every other one.
    """
    beginnings: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        for end in range(2 * MIN_ALIKE, len(name) + 1):
            beginnings.setdefault(name[:end], []).append(number)
    found = []
    for number, long in enumerate(names):
        for at in range(MIN_ALIKE, len(long) - MIN_ALIKE):
            rest = long[at + 1 : at + 1 + MIN_ALIKE]
            if long[at].isalpha() and rest.isalpha() and long[at] != rest[0]:
                for other in beginnings.get(long[:at] + rest, ()):
                    short = names[other]
                    more = _shared(short[at:], long[at + 1 :])
                    pair = min(number, other), max(number, other)
                    found.append(_Pair(*pair, short[: at + more], long[: at + 1 + more]))
    return sorted(found)


def _shared(one: str, other: str) -> int:
    """How many letters they begin with that are the same."""
    number = 0
    for a, b in zip(one, other, strict=False):
        if a != b or not a.isalpha():
            break
        number += 1
    return number
