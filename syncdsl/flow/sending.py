"""
Where the value of a property can get to: by a rule, and from there by further rules.

The ways run over all mappings. A rule carries a value from one end to the other if some row of its
table writes or adds there what the other end gave. A default and a constant are nobody's value, and
emptying a property tells no value. What a guard or a scope lets through today is no promise for
tomorrow, so neither of them is in the way here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from syncdsl.flow.writing import never_made, touches, writing_rows
from syncdsl.policy import Clauses, Mapping, Policy, Property, Rule
from syncdsl.situation import Action, Reason, Row, Side

PropertyKey = tuple[str, str | None, str, str]  # of policy.Property


class Step(NamedTuple):
    """A rule that carries a value on."""

    rule: Rule
    row: Row
    target: Property


Steps = dict[PropertyKey, list[Step]]


def steps(policy: Policy) -> Steps:
    """The rules that carry a property's value on, by its key."""
    found: Steps = {}
    for mapping in policy.mappings:
        for rule in mapping.rules:
            for source, step in _carried(rule, mapping):
                found.setdefault(source.key, []).append(step)
    return found


def way(steps: Steps, start: Property, system: str) -> list[Step]:
    """The shortest way of a value into another system; empty if there is none."""
    if start.system == system:
        return []
    came_by: dict[PropertyKey, tuple[PropertyKey, Step] | None] = {start.key: None}
    waiting = deque([start.key])
    while waiting:
        key = waiting.popleft()
        for step in steps.get(key, ()):
            if step.target.key in came_by:
                continue
            came_by[step.target.key] = key, step
            if step.target.system == system:
                return _back(came_by, step.target.key)
            waiting.append(step.target.key)
    return []


def _back(
    came_by: dict[PropertyKey, tuple[PropertyKey, Step] | None], key: PropertyKey
) -> list[Step]:
    found: list[Step] = []
    last = came_by[key]
    while last is not None:
        key, step = last
        found.append(step)
        last = came_by[key]
    return found[::-1]


def _carried(rule: Rule, mapping: Mapping) -> Iterator[tuple[Property, Step]]:
    for side in Side:
        source, target = rule.end(side.other), rule.end(side)
        if source is None or target is None:
            continue
        row = _carrying_row(rule.clauses, never_made(rule, mapping), side)
        if row is not None:
            yield source, Step(rule, row, target)


@cache
def _carrying_row(clauses: Clauses, never: frozenset[Side], side: Side) -> Row | None:
    """The first row that brings the other end's value to this side."""
    rows = (
        row
        for row in writing_rows(clauses, never)
        if touches(row.outcome, side)
        and row.outcome.action is not Action.CLEAR
        and row.outcome.reason is not Reason.DEFAULT
    )
    return next(rows, None)
