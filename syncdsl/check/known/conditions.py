"""
What a policy's conditions can be, where they stand.

A guard, a scope or the condition of a `create` line is asked in its surroundings: a guard of pairs
that fit the scope, a `create` line of one record whose partner is not there yet. What the schemas
say of the properties is known. A scope whose condition cannot be told lets no pair in and none out,
so all that is sure of the pairs of a mapping is that it does not fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from syncdsl import filters
from syncdsl.check.story import in_words
from syncdsl.condition import Compare, Condition, IsIn, Operand, operands
from syncdsl.convert import same
from syncdsl.diagnostic import Edit, Fix
from syncdsl.filters.frame import framed, key_of, known_of, place
from syncdsl.filters.question import Answer, Demand, Known, Verdict, Where, Witness, leaves
from syncdsl.policy import Create, Mapping, Policy, Property, Rule, Scope
from syncdsl.situation import Side, Truth
from syncdsl.source import Span
from syncdsl.suggest import one_of

NOT_FAILING = (Truth.HOLDS, Truth.UNKNOWN)


def at_the_guard(policy: Policy, mapping: Mapping, *demands: Demand) -> Verdict:
    """Are there pairs that a pass asks rules about, of which the demands hold?"""
    scope = mapping.scope
    if scope is not None and scope.stops:
        demands = (*demands, Demand(scope.condition, NOT_FAILING))
    return ask(policy, mapping, *demands)


def at_the_create_line(
    policy: Policy, mapping: Mapping, create: Create, *demands: Demand
) -> Verdict:
    """Are there records that a partner may be made for, of which the demands hold?"""
    if mapping.scope is not None:
        demands = (*demands, Demand(mapping.scope.condition, filters.HOLDS))
    read = [operand for demand in demands for operand in operands(demand.condition)]
    missing = {
        place(key_of(operand, mapping)): Known((None,))
        for operand in read
        if operand.side is create.side
    }
    return ask(policy, mapping, *demands, but=missing)


def ask(
    policy: Policy, mapping: Mapping, *demands: Demand, but: dict[Where, Known] | None = None
) -> Verdict:
    """Are there two records, as the schemas allow them, of which the demands hold?"""
    known: dict[Where, Known] = {}
    for demand in demands:
        known |= known_of(policy, mapping, demand.condition)
    known |= but or {}
    said = [Demand(framed(each.condition, mapping), each.truths) for each in demands]
    return filters.find(known, *said)


def names_no_option(policy: Policy, mapping: Mapping, condition: Condition) -> bool:
    """Does it compare with a value that its property never has? Then that is what is to be told."""
    known = known_of(policy, mapping, condition)
    for leaf in leaves(condition):
        if not isinstance(leaf, Compare | IsIn):
            continue
        values = known.get(place(key_of(leaf.operand, mapping)), Known()).values
        named = leaf.values if isinstance(leaf, IsIn) else (leaf.value,)
        if values is None or isinstance(named[0], Operand):
            continue
        if not all(any(same(each, value, leaf.kind) for value in values) for each in named):
            return True
    return False


def shown(witness: Witness) -> str:
    """The record of the frame in words."""
    return one_of([*_each(witness)], quote="", last="and")


def is_no(verdict: Verdict) -> bool:
    return verdict.answer is Answer.NO


def asked_by_rule(rule: Rule, mapping: Mapping) -> list[Operand]:
    """What the rule's condition and the mapping's scope read; the sides are those of either."""
    return _asked(rule.wiring.guard, mapping)


def asked_to_create(create: Create, mapping: Mapping) -> list[Operand]:
    """What the condition of a `create` line and the mapping's scope read."""
    return _asked(create.condition, mapping)


def reads(condition: Condition, side: Side) -> list[str]:
    """The names of the properties of a side that it reads."""
    return list(dict.fromkeys(each.name for each in operands(condition) if each.side is side))


def property_name(mapping: Mapping, side: Side, name: str) -> str:
    return str(Property(*mapping.end(side), name, None))


def go_on(scope: Scope) -> Fix:
    """Pairs that no longer fit are synced on."""
    span = scope.span
    said = re.search(r",\s*leaving\s+\w+\s*$", span.text)
    end = span.end if said is None else span.start + said.start()
    return Fix(
        "go on syncing pairs that no longer fit",
        (Edit(Span(span.source, end, span.end), ", leaving keeps"),),
    )


def _each(witness: Witness) -> Iterator[str]:
    for name, value in witness.left.items():
        whole = name.rpartition("\n")[2]
        yield f"`{whole}` is {in_words(value)}"


def _asked(condition: Condition | None, mapping: Mapping) -> list[Operand]:
    scope = None if mapping.scope is None else mapping.scope.condition
    given = [each for each in (condition, scope) if each is not None]
    return [operand for each in given for operand in operands(each)]
