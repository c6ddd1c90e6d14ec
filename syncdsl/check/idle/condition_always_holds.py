"""
A condition that leaves nothing out.

It never fails: whatever the values are, it holds, or cannot be told because one is blank. So it
says no more than that these properties have a value, and often not even that. `!= a or != b` is the
classic: one of the two always holds, and `and` was meant. A condition that only says again what the
scope demands is an information.

Bad:

    phone: hubspot.phone -> dynamics.telephone1 on create only,
        when hubspot.type != store or hubspot.type != partner

Good:

    phone: hubspot.phone -> dynamics.telephone1 on create only,
        when hubspot.type != store and hubspot.type != partner

Right anyway: to say that a property has a value, write `is not blank`:

    phone: hubspot.phone -> dynamics.telephone1 on create only, when hubspot.type is not blank
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl import filters
from syncdsl.check.base import Check
from syncdsl.check.known.conditions import (
    ask,
    at_the_create_line,
    is_no,
    names_no_option,
    property_name,
)
from syncdsl.check.remedies import without_clause
from syncdsl.condition import Condition, operands
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.filters.question import Demand
from syncdsl.policy import Kind, Mapping, Policy
from syncdsl.situation import Truth
from syncdsl.source import Span

check = Check(__name__, Severity.WARNING, since="0.2")

FAILS = (Truth.FAILS,)


@check.on_policy
def leaves_nothing_out(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        if mapping.scope is not None:
            scope = mapping.scope
            yield from _says_nothing(mapping, scope.condition, "the scope", scope.span)
        for create in mapping.creates:
            if create.condition is None:
                continue
            told = [*_says_nothing(mapping, create.condition, "this condition", create.span)]
            otherwise = Demand(create.condition, filters.DOES_NOT_HOLD)
            if told or mapping.scope is None:
                yield from told
            elif is_no(at_the_create_line(policy, mapping, create, otherwise)):
                yield from _again(policy, mapping, create.condition, create.span)
        usual: set[Span] = set()  # a usual clause is told once
        said: set[int] = set()  # guards that say something; rules with the same words share one
        for rule in mapping.rules:
            if rule.wiring.guard is None or id(rule.wiring.guard) in said:
                continue
            guard, clause = rule.guard, rule.clause(Kind.GUARD)
            if guard is None or clause is None or clause.span in usual:
                continue
            if clause.usual:
                usual.add(clause.span)
            fix = without_clause(rule, "leave the condition out", Kind.GUARD)
            told = [*_says_nothing(mapping, guard, "this condition", clause.span)]
            if not told and mapping.scope is not None and mapping.scope.stops:
                told = [*_again(policy, mapping, guard, clause.span)]
            if not told:
                said.add(id(rule.wiring.guard))
            for each in told:
                fixes = () if fix is None else (fix,)
                yield each._replace(rule=rule.name, fixes=() if clause.usual else fixes)


def _says_nothing(
    mapping: Mapping, condition: Condition, what: str, span: Span
) -> Iterator[Diagnostic]:
    """By logic alone: tomorrow there may be an option more than the condition names."""
    if not is_no(filters.find({}, Demand(condition, FAILS))):
        return
    if is_no(filters.find({}, Demand(condition, filters.HOLDS))):
        return  # it is always unknown, and told as one that never holds
    if is_no(filters.find({}, Demand(condition, (Truth.UNKNOWN,)))):
        yield check.finding(f"{what} always holds", span)
        return
    names = dict.fromkeys(
        f"`{property_name(mapping, each.side, each.name)}`" for each in operands(condition)
    )
    words = "is, unless it is blank" if len(names) == 1 else "are, unless one is blank"
    yield check.finding(f"{what} holds whatever {' and '.join(names)} {words}", span)


def _again(
    policy: Policy, mapping: Mapping, condition: Condition, span: Span
) -> Iterator[Diagnostic]:
    scope = mapping.scope
    assert scope is not None
    if names_no_option(policy, mapping, condition):
        return
    within = Demand(scope.condition, filters.HOLDS)
    if is_no(ask(policy, mapping, within, Demand(condition, filters.DOES_NOT_HOLD))):
        yield check.finding(
            "this condition holds for all that fits the scope",
            span,
            severity=Severity.INFO,
            labels=(Label(scope.span, "the scope"),),
        )
