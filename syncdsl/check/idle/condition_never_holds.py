"""
A condition that no record fulfils.

What depends on it never happens: the rule writes nothing, the scope lets no pair in, no record is
made. The policy looks as if it did something. Often an `and` stands where an `or` was meant, or the
condition excludes what the scope demands.

Bad:

    phone: hubspot.phone -> dynamics.telephone1 on create only,
        when hubspot.type = store and hubspot.type = partner

Good:

    phone: hubspot.phone -> dynamics.telephone1 on create only,
        when hubspot.type in [store, partner]

Right anyway: never; to keep a rule for later, put a `#` before it. A value that is none of a
property's options is told as `unknown-option`.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl import filters
from syncdsl.check.base import Check
from syncdsl.check.known.conditions import (
    ask,
    at_the_create_line,
    at_the_guard,
    is_no,
    names_no_option,
    property_name,
    reads,
)
from syncdsl.condition import Condition
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.filters.question import Demand
from syncdsl.policy import Create, Kind, Mapping, Policy, Rule
from syncdsl.source import Span

check = Check(__name__, Severity.WARNING, since="0.2")

_ALONE = "its condition never holds"


@check.on_policy
def nothing_fulfils_it(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        scope = mapping.scope
        if scope is not None and _never(policy, mapping, scope.condition):
            yield check.finding(
                f"no pair of records fits the scope of `{mapping.title}`, so nothing is synced",
                scope.span,
            )
            continue
        for create in mapping.creates:
            yield from _creates_nothing(policy, mapping, create)
        yield from _write_nothing(policy, mapping)


def why_never(policy: Policy, mapping: Mapping, rule: Rule) -> str | None:
    """Why the guard of a rule never holds, None if it can."""
    guard = rule.guard
    if guard is None or names_no_option(policy, mapping, guard):
        return None
    if is_no(ask(policy, mapping, Demand(guard, filters.HOLDS))):
        return _ALONE
    scope = mapping.scope
    if scope is None or not scope.stops:
        return None
    if is_no(at_the_guard(policy, mapping, Demand(guard, filters.HOLDS))):
        return f"{_ALONE} for a pair that fits the scope"
    return None


def _never(policy: Policy, mapping: Mapping, condition: Condition) -> bool:
    if names_no_option(policy, mapping, condition):
        return False
    return is_no(ask(policy, mapping, Demand(condition, filters.HOLDS)))


def _write_nothing(policy: Policy, mapping: Mapping) -> Iterator[Diagnostic]:
    """The rules whose guard never holds. Those with the same words share one guard."""
    known: dict[int, str | None] = {}
    told: set[Span] = set()  # a usual clause is told once
    for rule in mapping.rules:
        guard = rule.wiring.guard
        if guard is None:
            continue
        if id(guard) not in known:
            known[id(guard)] = why_never(policy, mapping, rule)
        for found in _writes_nothing(mapping, rule, known[id(guard)]):
            if found.span not in told:
                told.add(found.span)
                yield found


def _writes_nothing(mapping: Mapping, rule: Rule, why: str | None) -> Iterator[Diagnostic]:
    clause = rule.clause(Kind.GUARD)
    if clause is not None and why is not None:
        scope = mapping.scope if why != _ALONE else None
        yield check.finding(
            f"`{rule.name}` never writes anything: {why}",
            clause.span,
            rule=rule,
            labels=() if scope is None else (Label(scope.span, "the scope"),),
        )


def _creates_nothing(policy: Policy, mapping: Mapping, create: Create) -> Iterator[Diagnostic]:
    own, scope = create.condition, mapping.scope
    conditions = [own] if own is not None else []
    conditions += [scope.condition] if scope is not None else []
    if create.never or any(names_no_option(policy, mapping, each) for each in conditions):
        return
    demands = [Demand(own, filters.HOLDS)] if own is not None else []
    if not conditions or not is_no(at_the_create_line(policy, mapping, create, *demands)):
        return
    if own is None or (scope is not None and is_no(at_the_create_line(policy, mapping, create))):
        assert scope is not None
        why, read = "what has no partner yet never fits the scope", scope.condition
    elif is_no(at_the_create_line(policy, mapping._replace(scope=None), create, *demands)):
        why, read = _ALONE, own
    else:
        why, read = f"{_ALONE} for what fits the scope", own
    asked = [property_name(mapping, create.side, name) for name in reads(read, create.side)]
    yield check.finding(
        f"no record is ever created in `{mapping.end(create.side)[0]}`: {why}",
        create.span,
        labels=() if scope is None else (Label(scope.span, "the scope"),),
        notes=tuple(f"before it is created, `{name}` is blank" for name in asked),
    )
