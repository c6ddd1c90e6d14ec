"""
The checks, in the order in which a reader should meet their findings.

`run` asks them all; `suppression` then takes the policy's own `# allow` comments into account.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

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
from syncdsl.check.base import Bad, Check, Place, depends_on_engine
from syncdsl.check.over_time import about
from syncdsl.check.promises.verdicts import verdicts
from syncdsl.check.suppression import ANY_TIME, Terms
from syncdsl.diagnostic import Diagnostic
from syncdsl.laws.law import Broken
from syncdsl.policy import Clauses, Policy
from syncdsl.situation import Event
from syncdsl.syntax import tree

__all__ = [
    "BETWEEN_FILES",
    "CHECKS",
    "GROUPS",
    "Check",
    "Terms",
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
    return [*_in_rules(understood), *_in_policy(understood)]


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


def _in_rules(policy: Policy) -> Iterator[Diagnostic]:
    asking_rows = [check for check in CHECKS if check.rows is not None]
    asking_laws = [check for check in CHECKS if check.laws is not None]
    looks = [check.rules for check in CHECKS if check.rules is not None]
    histories: dict[Clauses, list[tuple[Check, Broken]]] = {}
    bad: dict[Clauses, list[tuple[Check, tuple[Bad, ...]]]] = {}
    for mapping in policy.mappings:
        for rule in mapping.rules:
            found = bad.get(rule.clauses)
            if found is None:
                asked = ((check, check.bad_rows(rule.clauses)) for check in asking_rows)
                found = bad[rule.clauses] = [(check, rows) for check, rows in asked if rows]
            told = [check.about(rule, mapping, rows) for check, rows in found]
            yield from _worth_telling([each for each in told if each is not None])
            if rule.clauses not in histories:
                histories[rule.clauses] = [*_broken(asking_laws, rule.clauses)]
            over_time = (
                about(check, rule, mapping, broken) for check, broken in histories[rule.clauses]
            )
            yield from (each for each in over_time if each is not None)
            place = Place(rule, mapping, policy)
            for look in looks:
                yield from look(place)


def _broken(checks: Sequence[Check], clauses: Clauses) -> Iterator[tuple[Check, Broken]]:
    for check in checks:
        assert check.laws is not None
        broken = check.laws(clauses)
        if broken is not None:
            yield check, broken


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
