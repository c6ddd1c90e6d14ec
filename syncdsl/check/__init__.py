"""
The checks, in the order in which a reader should meet their findings.

`run` asks them all; `suppression` then takes the policy's own `# allow` comments into account.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check import (
    overwrite_on_reactivation,
)
from syncdsl.check.base import Check, Place
from syncdsl.check.suppression import suppress
from syncdsl.diagnostic import Diagnostic
from syncdsl.policy import Clauses, Policy
from syncdsl.situation import Row

__all__ = ["CHECKS", "Check", "run", "suppress"]

CHECKS: tuple[Check, ...] = (overwrite_on_reactivation.check,)


def run(policy: Policy) -> list[Diagnostic]:
    """What the checks find in a policy, rule by rule, then in the whole."""
    return [*_in_rules(policy), *_in_policy(policy)]


def _in_rules(policy: Policy) -> Iterator[Diagnostic]:
    asking_rows = [check for check in CHECKS if check.rows is not None]
    asking_rules = [check for check in CHECKS if check.rules is not None]
    bad: dict[Clauses, list[tuple[Check, Row]]] = {}
    for mapping in policy.mappings:
        for rule in mapping.rules:
            found = bad.get(rule.clauses)
            if found is None:
                rows = ((check, check.bad_row(rule.clauses)) for check in asking_rows)
                found = bad[rule.clauses] = [(check, row) for check, row in rows if row is not None]
            for check, row in found:
                diagnostic = check.about(rule, row)
                if diagnostic is not None:
                    yield diagnostic
            for check in asking_rules:
                assert check.rules is not None
                yield from check.rules(Place(rule, mapping, policy))


def _in_policy(policy: Policy) -> Iterator[Diagnostic]:
    for check in CHECKS:
        if check.policy is not None:
            yield from check.policy(policy)
