"""
When a rule is applied, and whether two rules ever are to one record.

A rule is applied where its guard holds, to pairs that fit its mapping's scope. A scope that pairs
may leave and stay (`leaving keeps`) says nothing about them later on, so it does not count.
"""

from __future__ import annotations

from typing import NamedTuple

from syncdsl import filters
from syncdsl.condition import AllOf, Condition
from syncdsl.convert import Value
from syncdsl.filters.frame import PropertyKey, at_another_time, framed, place
from syncdsl.filters.question import Answer, Demand, Known
from syncdsl.policy import Mapping, Rule


class When(NamedTuple):
    """The condition under which a rule is applied, in the frame. None: always."""

    condition: Condition | None


def when(rule: Rule, mapping: Mapping) -> When:
    parts = []
    if mapping.scope is not None and mapping.scope.stops:
        parts.append(framed(mapping.scope.condition, mapping))
    if rule.guard is not None:
        parts.append(framed(rule.guard, mapping))
    if len(parts) > 1:
        return When(AllOf(tuple(parts)))
    return When(parts[0] if parts else None)


def never_together(some: When, other: When, *, without: PropertyKey | None = None) -> bool:
    """
    Are the two never applied to one record? What a rule writes itself says nothing about that: it
    is one value now and another one a moment later.
    """
    if some.condition is None or other.condition is None:
        return False
    later = other.condition if without is None else at_another_time(other.condition, without)
    return filters.apart(some.condition, later).answer is Answer.YES


def may_hold(given: When, key: PropertyKey, value: Value) -> bool:
    """Can a property have a value while a rule is applied?"""
    if given.condition is None:
        return True
    known = {place(key): Known((value,))}
    demand = Demand(given.condition, filters.HOLDS)
    return filters.find(known, demand).answer is not Answer.NO
