"""
Does a changed policy write anywhere where the old one did not? That is what makes a fix a safe one.

Of a rule, the tables tell. A row of the new table that writes is compared with every row of the old
one that can be about the same two records: the answers that both have are equal, and a question
that only one of them asks may have any answer. All of these have to do the same to the same side.
Two rules that ask differently about agreement (values, stages, elements) are comparable in one
direction: where stages or elements differ, the values do too, and not the other way round.

Nothing is compared across different conversions, orders, conditions or ends: what cannot be
answered by two tables counts as writing more. So "safe" is always right, and "not safe" may only
mean that nobody knows. A rule, a mapping or a value map that is gone writes nothing.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from syncdsl.policy import Clauses, Mapping, Policy, Rule
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Content, Row, Sides
from syncdsl.source import Source, Span

_WRITES = (Action.WRITE, Action.ADD, Action.CLEAR)

_Key = tuple[Any, ...]


def refines(new: Policy, old: Policy) -> bool:
    """Is everything that the new policy writes written by the old one too?"""
    return not writes_more(new, old)


def writes_more(new: Policy, old: Policy) -> tuple[Rule, ...]:
    """The rules of the new policy that may write where none of the old one did."""
    olds: dict[_Key, tuple[Rule, Mapping]] = {}
    for mapping in old.mappings:
        for rule in mapping.rules:
            olds.setdefault(_rule_key(rule, mapping), (rule, mapping))
    more = []
    for mapping in new.mappings:
        for rule in mapping.rules:
            before = olds.get(_rule_key(rule, mapping))
            if before is None or not _rule_refines((rule, mapping), before):
                more.append(rule)
    return tuple(more)


def kept(new: Policy, old: Policy) -> int:
    """How much of what the old policy can do is left: the rows that write, over all rules."""
    names = {_rule_key(rule, mapping) for mapping in old.mappings for rule in mapping.rules}
    return sum(
        _writing(rule.clauses)
        for mapping in new.mappings
        for rule in mapping.rules
        if _rule_key(rule, mapping) in names
    )


@cache
def clauses_refine(new: Clauses, old: Clauses) -> bool:
    """Of two rules with the same ends and conversions: does the new one write only with the old?"""
    if new == old:
        return True
    if not _agreement(new) >= _agreement(old):
        return False
    # To a rule that adds, a text of empty lines is a blank; to another one it is a value.
    fades = new.mode.adds and not old.mode.adds
    return all(
        _all_do(row, [other for other in table(old) if _may_be_one(row, other, fades)])
        for row in table(new)
        if row.outcome.action in _WRITES
    )


def _all_do(row: Row, olds: list[Row]) -> bool:
    """Do all of these write what this row writes? Emptying is only covered by emptying."""
    done = row.outcome
    return bool(olds) and all(
        other.outcome.action in _WRITES
        and (other.outcome.action is Action.CLEAR) == (done.action is Action.CLEAR)
        and other.outcome.side in (done.side, Sides.BOTH)
        for other in olds
    )


def _may_be_one(new: Row, old: Row, fades: bool) -> bool:
    """Can both rows be about the same two records at the same moment?"""
    return all(
        one is None
        or other is None
        or one is other
        or (fades and one is Content.BLANK and other is Content.VALUE)
        for one, other in zip(new.situation, old.situation, strict=True)
    )


def _agreement(clauses: Clauses) -> set[str]:
    """What two sides can agree in beside their values."""
    kinds = set()
    if clauses.mode.has_stages:
        kinds.add("stages")
    if clauses.mode.adds:
        kinds.add("elements")
    return kinds


@cache
def _writing(clauses: Clauses) -> int:
    return sum(row.outcome.action in _WRITES for row in table(clauses))


def _rule_refines(new: tuple[Rule, Mapping], old: tuple[Rule, Mapping]) -> bool:
    (rule, mapping), (before, mapping_before) = new, old
    if _beside_rules(mapping) != _beside_rules(mapping_before):
        return False
    wiring, wiring_before = rule.wiring, before.wiring
    if wiring_before.guard is None:
        wiring = wiring._replace(guard=None)
    if wiring_before.stages is None and wiring_before.sticky is None:
        wiring = wiring._replace(stages=None, sticky=None)
    if wiring.default is None:
        wiring_before = wiring_before._replace(default=None)
    return wiring == wiring_before and clauses_refine(rule.clauses, before.clauses)


def _rule_key(rule: Rule, mapping: Mapping) -> _Key:
    ends = tuple(None if end is None else end.key for end in (rule.left, rule.right))
    return mapping.name, mapping.left, mapping.right, mapping.home, rule.label, ends


def _beside_rules(mapping: Mapping) -> Any:
    """What a mapping does beside its rules; what it only says is left out."""
    scope = None if mapping.scope is None else mapping.scope._replace(says_leaving=True)
    return _without_places(mapping._replace(rules=(), doc="", usual=(), scope=scope))


def _without_places(value: Any) -> Any:
    """A part of a policy as what it says, wherever it stands."""
    if isinstance(value, Span | Source):
        return None
    if isinstance(value, tuple):
        return tuple(_without_places(part) for part in value)
    return value
