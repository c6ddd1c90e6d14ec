"""
The checks, in the order in which a reader should meet their findings.

`run` asks them all; `suppression` then takes the policy's own `# allow` comments into account.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from syncdsl.check import (
    blanks,
    claims,
    idle,
    loops,
    meaning,
    names,
    overwrite,
    promises,
    records,
    suppression,
    values,
)
from syncdsl.check.base import Bad, Check, Place, RuleLook, depends_on_engine
from syncdsl.check.one_mistake import joined, without_parts
from syncdsl.check.over_time import about
from syncdsl.check.promises.verdicts import verdicts
from syncdsl.check.suppression import ANY_TIME, Terms
from syncdsl.check.unexamined import unexamined
from syncdsl.diagnostic import Diagnostic
from syncdsl.laws.law import Broken
from syncdsl.policy import Clauses, Policy
from syncdsl.semantics.alike import Alike, kinds_of
from syncdsl.situation import Event
from syncdsl.syntax import tree

__all__ = [
    "BETWEEN_FILES",
    "CHECKS",
    "GROUPS",
    "Check",
    "Terms",
    "joined",
    "period",
    "run",
    "suppress",
    "verdicts",
]

# A group is a folder: what its checks tell is one kind of harm.
GROUPS: dict[str, tuple[Check, ...]] = {
    "overwrite": overwrite.CHECKS,
    "blanks": blanks.CHECKS,
    "claims": claims.CHECKS,
    "loops": loops.CHECKS,
    "records": records.CHECKS,
    "values": values.CHECKS,
    "meaning": meaning.CHECKS,
    "promises": promises.CHECKS,
    "names": names.CHECKS,
    "idle": idle.CHECKS,
}

CHECKS: tuple[Check, ...] = tuple(check for group in GROUPS.values() for check in group)

_GROUP_OF = {check.code: group for group, checks in GROUPS.items() for check in checks}

# What these find may be between a file and another one.
BETWEEN_FILES = frozenset(check.code for check in CHECKS if check.policy is not None)


def run(policy: Policy) -> list[Diagnostic]:
    """What the checks find in a policy, rule by rule, then in the whole."""
    understood = policy._replace(
        mappings=tuple(
            mapping._replace(rules=tuple(rule for rule in mapping.rules if not rule.broken))
            if any(rule.broken for rule in mapping.rules)
            else mapping
            for mapping in policy.mappings
        )
    )
    return without_parts([*unexamined(understood), *_in_rules(understood), *_in_policy(understood)])


def suppress(
    found: Sequence[Diagnostic],
    files: Sequence[tree.File],
    asked: Callable[[str], Collection[str]],
    terms: Terms = ANY_TIME,
) -> list[Diagnostic]:
    """The findings with what the files allow; `asked` tells what this run is about in a file."""
    return suppression.suppress(found, files, asked, _GROUP_OF, terms)


def period(files: Sequence[tree.File], terms: Terms) -> tuple[str, str] | None:
    """The days on which the files allow the same as today; None: on all days."""
    return suppression.period(files, _GROUP_OF, terms)


class _Concern(NamedTuple):
    """What the checks have to say of rules of one kind, or may have to say of some of them."""

    rows: tuple[tuple[Check, tuple[Bad, ...]], ...]
    histories: tuple[tuple[Check, Broken], ...]
    looks: tuple[RuleLook, ...]


def _in_rules(policy: Policy) -> Iterator[Diagnostic]:
    rules, kinds, different = kinds_of(policy)
    concerns = {id(kind): _concern(kind, policy) for kind in different}
    for (rule, mapping), kind in zip(rules, kinds, strict=True):
        rows, histories, looks = concerns[id(kind)]
        if rows:
            told = [check.about(rule, mapping, bad) for check, bad in rows]
            yield from _worth_telling([each for each in told if each is not None])
        for check, broken in histories:
            found = about(check, rule, mapping, broken)
            if found is not None:
                yield found
        if looks:
            place = Place(rule, mapping, policy)
            for look in looks:
                yield from look(place)


def _concern(kind: Alike, policy: Policy) -> _Concern:
    sample = Place(kind.rule, kind.mapping, policy)
    looks = tuple(
        check.rules
        for check in CHECKS
        if check.rules is not None
        and (not check.by_kind or next(check.rules(sample), None) is not None)
    )
    return _Concern(_bad_rows(kind.rule.clauses), _broken(kind.rule.clauses), looks)


@cache
def _bad_rows(clauses: Clauses) -> tuple[tuple[Check, tuple[Bad, ...]], ...]:
    asked = [(each, each.bad_rows(clauses)) for each in CHECKS if each.rows is not None]
    return tuple((each, rows) for each, rows in asked if rows)


@cache
def _broken(clauses: Clauses) -> tuple[tuple[Check, Broken], ...]:
    asked = [(each, each.laws(clauses)) for each in CHECKS if each.laws is not None]
    return tuple((each, broken) for each, broken in asked if broken is not None)


def _worth_telling(found: list[Diagnostic]) -> list[Diagnostic]:
    """What only some engines do at any time is not worth telling beside what all do once more."""
    again = [each for each in found if each.row and each.row.situation.event is Event.REACTIVATION]
    if not again:
        return found
    return [each for each in found if each.row is None or not depends_on_engine(each.row)]


def _in_policy(policy: Policy) -> Iterator[Diagnostic]:
    for check in CHECKS:
        if check.policy is not None:
            yield from check.policy(policy)
