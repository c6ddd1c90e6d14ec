"""
The checks, in the order in which a reader should meet their findings.

`run` asks them all; `suppression` then takes the policy's own `# allow` comments into account.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from syncdsl.check import (
    blank_clears_target,
    clause_without_effect,
    consent_not_sticky,
    create_without_match_key,
    edit_lost_silently,
    first_touch_not_write_once,
    overwrite_on_initial_sync,
    overwrite_on_reactivation,
    owner_overwritten,
    promise_broken,
    rule_never_writes,
    stage_can_go_back,
    stale_value_wins,
    suppression,
    two_rules_write_one_property,
    two_way_without_winner,
    undeclared_system,
    unknown_engine,
    unknown_object,
    unknown_property,
    unused_order,
    unused_value_map,
    value_map_not_one_to_one,
    value_map_not_total,
    winner_on_one_way,
)
from syncdsl.check.base import Bad, Check, Place, depends_on_engine
from syncdsl.diagnostic import Diagnostic
from syncdsl.policy import Clauses, Policy
from syncdsl.situation import Event
from syncdsl.syntax import tree

__all__ = ["BETWEEN_FILES", "CHECKS", "Check", "run", "suppress"]

CHECKS: tuple[Check, ...] = (
    overwrite_on_reactivation.check,
    overwrite_on_initial_sync.check,
    owner_overwritten.check,
    blank_clears_target.check,
    two_way_without_winner.check,
    edit_lost_silently.check,
    stale_value_wins.check,
    consent_not_sticky.check,
    stage_can_go_back.check,
    first_touch_not_write_once.check,
    rule_never_writes.check,
    winner_on_one_way.check,
    clause_without_effect.check,
    promise_broken.check,
    two_rules_write_one_property.check,
    create_without_match_key.check,
    unknown_object.check,
    unknown_property.check,
    value_map_not_total.check,
    value_map_not_one_to_one.check,
    unused_value_map.check,
    unused_order.check,
    undeclared_system.check,
    unknown_engine.check,
)


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
    asked: Collection[str],
    known: Collection[str] = (),
) -> list[Diagnostic]:
    """The findings with what the files allow; `asked` are the codes that this run is about."""
    return suppression.suppress(found, files, asked, known or [check.code for check in CHECKS])


def _in_rules(policy: Policy) -> Iterator[Diagnostic]:
    asking_rows = [check for check in CHECKS if check.rows is not None]
    asking_rules = [check for check in CHECKS if check.rules is not None]
    bad: dict[Clauses, list[tuple[Check, tuple[Bad, ...]]]] = {}
    for mapping in policy.mappings:
        for rule in mapping.rules:
            found = bad.get(rule.clauses)
            if found is None:
                asked = ((check, check.bad_rows(rule.clauses)) for check in asking_rows)
                found = bad[rule.clauses] = [(check, rows) for check, rows in asked if rows]
            told = [check.about(rule, mapping, rows) for check, rows in found]
            yield from _worth_telling([each for each in told if each is not None])
            for check in asking_rules:
                assert check.rules is not None
                yield from check.rules(Place(rule, mapping, policy))


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
