"""
One pass over records in memory: what a sync that follows a mapping does, and what it knows then.

A pass takes the steps of the reference in their order. `semantics.pair` finds the pairs; here
`decide` asks each rule about each pair, `write` carries out what changed, and `remember` keeps what
the next pass has to know. Every rule sees the values as they were before the pass, and a property
that two rules would give different values gets neither of them. So nothing depends on the order of
rules or records; what is told stands in the order of the source.

A pass looks at all records of both sides: a linked one that is not among them counts as deleted.

A rule that is in conflict with another one over one property writes nothing at all, and its
baseline stays as after any conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from syncdsl import policy
from syncdsl.convert import Value, same, text
from syncdsl.policy import Fields, Rule
from syncdsl.semantics.decide import decide as outcome_of
from syncdsl.semantics.observe import Moment, effects, observe
from syncdsl.semantics.pair import (
    Alone,
    Ambiguity,
    Before,
    Both,
    Id,
    Link,
    Memory,
    Pair,
    Records,
    Ref,
    create,
    delete,
    pair,
    scope,
)
from syncdsl.semantics.table import questions
from syncdsl.situation import Action, Event, Reason, Row, Side, Written


class Change(NamedTuple):
    """A property gets a new value."""

    record: Ref
    property: str
    old: Value
    new: Value  # None: it is emptied


class Decision(NamedTuple):
    """What one rule says of one pair."""

    rule: str  # the label
    pair: Pair
    row: Row  # its left and right are the ends of the rule as it is written
    changes: tuple[Change, ...]
    in_conflict: bool = False  # with another rule: none of the changes is made

    @property
    def action(self) -> Action:
        return Action.CONFLICT if self.in_conflict else self.row.outcome.action


class Conflict(NamedTuple):
    """Rules that would give one property different values."""

    record: Ref
    property: str
    rules: tuple[str, ...]
    values: tuple[Value, ...]  # one for each rule


class Pass(NamedTuple):
    """What one pass does."""

    pairs: tuple[Pair, ...]  # that the rules were asked about; those that are made come last
    outside: tuple[Pair, ...]  # that do not fit the scope
    alone: tuple[Alone, ...]  # records without a partner, and why
    ambiguities: tuple[Ambiguity, ...]
    decisions: tuple[Decision, ...]  # by pair, and within a pair by rule
    conflicts: tuple[Conflict, ...]
    deleted: tuple[Ref, ...]
    after: Both
    memory: Memory

    @property
    def created(self) -> tuple[Ref, ...]:
        return _made(self.pairs)

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that is written into records; of rules that agree each has its own."""
        return tuple(
            change
            for decision in self.decisions
            for change in decision.changes
            if not decision.in_conflict
        )


def run(
    mapping: policy.Mapping,
    left: Records,
    right: Records,
    memory: Memory,
    *,
    event: Event,
) -> Pass:
    """One pass. `event` is what linked pairs have: initial, update or reactivation."""
    if event is Event.CREATE:
        raise ValueError("every pass creates; `create` is the event of what it creates")
    both = Both(left, right)
    paired = pair(mapping, both, memory, event)
    scoped = scope(mapping, both, paired)
    created = create(mapping, both, scoped.alone)
    deleted = delete(mapping, both, paired.gone)
    pairs = (*scoped.inside, *created.pairs)
    decisions, conflicts = _compared(mapping, decide(mapping, both, pairs))
    after = write(both, created.pairs, decisions, deleted.records)
    return Pass(
        pairs=pairs,
        outside=scoped.outside,
        alone=tuple(each for each in created.alone if each.record not in deleted.records),
        ambiguities=paired.ambiguities,
        decisions=decisions,
        conflicts=conflicts,
        deleted=deleted.records,
        after=after,
        memory=remember(
            mapping,
            memory,
            after,
            pairs,
            decisions,
            outside=scoped.outside,
            kept=deleted.kept,
        ),
    )


# ── decide ───────────────────────────────────────────────────────────────────────────────────────


def decide(mapping: policy.Mapping, both: Both, pairs: Sequence[Pair]) -> tuple[Decision, ...]:
    """What each rule says of each pair, by the values as they were before the pass."""
    return tuple(_decision(rule, both, each) for each in pairs for rule in mapping.rules)


def _decision(rule: Rule, both: Both, at: Pair) -> Decision:
    asks = questions(rule.clauses)
    moment = _moment(rule, both, at)
    situation = observe(rule.wiring, asks, moment)
    outcome = outcome_of(rule.clauses, situation)
    changes = []
    for effect in effects(rule.wiring, asks, moment, outcome):
        end = rule.wiring.left if effect.side is Side.LEFT else rule.wiring.right
        side = effect.side.other if rule.flipped else effect.side
        ref = at.refs[side is Side.RIGHT]
        assert end.name is not None
        old = (both.row(ref) or {}).get(end.name)
        if not same(old, effect.value, end.kind):
            changes.append(Change(ref, end.name, old, effect.value))
    return Decision(rule.label, at, Row(situation, outcome), tuple(changes))


def _moment(rule: Rule, both: Both, at: Pair) -> Moment:
    """A pair as one rule sees it, whose left end may be on the mapping's right side."""
    before = [] if at.link is None else [one for one in at.link.before if one.rule == rule.label]
    wrote = at.link is not None and rule.label in at.link.wrote
    rows = [both.row(ref) for ref in at.refs]
    times = [both.of(ref.side).times.get(ref.id) for ref in at.refs]
    held = [dict(before[0].left), dict(before[0].right)] if before else [None, None]
    left, right = (1, 0) if rule.flipped else (0, 1)
    return Moment(
        at.event,
        rows[left],
        rows[right],
        held[left],
        held[right],
        times[left],
        times[right],
        Written.YES if wrote else Written.NO,
    )


def _compared(
    mapping: policy.Mapping, decisions: Sequence[Decision]
) -> tuple[tuple[Decision, ...], tuple[Conflict, ...]]:
    """The decisions, with those marked that would give one property different values."""
    kinds = kinds_of(mapping)
    given: dict[tuple[Ref, str], list[tuple[str, Value]]] = {}
    for decision in decisions:
        for change in decision.changes:
            place = change.record, change.property
            given.setdefault(place, []).append((decision.rule, change.new))
    conflicts = {}
    for (record, name), several in given.items():
        rules, values = zip(*several, strict=True)
        if not all(same(value, values[0], kinds[record.side, name]) for value in values):
            conflicts[record, name] = Conflict(record, name, rules, values)
    marked = tuple(
        decision._replace(
            in_conflict=any(
                (change.record, change.property) in conflicts for change in decision.changes
            )
        )
        for decision in decisions
    )
    return marked, tuple(conflicts.values())


def kinds_of(mapping: policy.Mapping) -> dict[tuple[Side, str], str | None]:
    """The types of the properties that rules are about, by side of the mapping."""
    return {
        (side.other if rule.flipped else side, end.name): end.kind
        for rule in mapping.rules
        for side, end in zip(Side, (rule.wiring.left, rule.wiring.right), strict=True)
        if end.name is not None
    }


# ── write ────────────────────────────────────────────────────────────────────────────────────────


def write(
    both: Both, created: Sequence[Pair], decisions: Sequence[Decision], deleted: Sequence[Ref]
) -> Both:
    """The records as they are after the pass. When a written value was changed is not known."""
    rows = {side: dict(both.of(side).rows) for side in Side}
    times = {side: dict(both.of(side).times) for side in Side}
    for side, id in _made(created):
        rows[side][id] = {}
    given: dict[tuple[Ref, str], list[Value]] = {}
    for decision in decisions:
        for change in () if decision.in_conflict else decision.changes:
            given.setdefault((change.record, change.property), []).append(change.new)
    for ((side, id), name), values in given.items():
        new = min(
            values, key=lambda value: (text(value), type(value).__name__)
        )  # they are the same
        rows[side][id] = {**rows[side][id], name: new}
        known = times[side].get(id, {})
        times[side][id] = {other: known[other] for other in known if other != name}
    for side, id in deleted:
        del rows[side][id]
    left, right = (Records(rows[side], times[side]) for side in Side)
    return Both(left, right)


def _made(pairs: Sequence[Pair]) -> tuple[Ref, ...]:
    return tuple(ref for each in pairs for ref in each.refs if ref.side is each.made)


# ── remember ─────────────────────────────────────────────────────────────────────────────────────


def remember(
    mapping: policy.Mapping,
    memory: Memory,
    after: Both,
    pairs: Sequence[Pair],
    decisions: Sequence[Decision],
    *,
    outside: Sequence[Pair],
    kept: Sequence[Link],
) -> Memory:
    """The links with what the rules now know of them, the old ones first."""
    links = {link[:2]: link for link in kept}
    links |= {each[:2]: each.link._replace(inside=False) for each in outside if each.link}
    said: dict[tuple[Id, Id], list[Decision]] = {each[:2]: [] for each in pairs}
    for decision in decisions:
        said[decision.pair[:2]].append(decision)
    links |= {each[:2]: _link(mapping, after, each, said[each[:2]]) for each in pairs}
    order = dict.fromkeys([*(link[:2] for link in memory.links), *links])
    return Memory(tuple(links[ids] for ids in order if ids in links))


def _link(mapping: policy.Mapping, after: Both, at: Pair, decisions: Sequence[Decision]) -> Link:
    old = at.link or Link(at.left, at.right)
    baselines = {before.rule: before for before in old.before}
    before = []
    for rule, decision in zip(mapping.rules, decisions, strict=True):
        known = baselines.get(rule.label)
        if not leaves_baseline(decision.action, decision.row.outcome.reason, known):
            before.append(_held(rule, after, at))
        elif known is not None:
            before.append(known)
    wrote = {each.rule for each in decisions if each.changes and not each.in_conflict}
    return old._replace(inside=True, before=tuple(before), wrote=old.wrote | wrote)


def leaves_baseline(action: Action, reason: Reason, known: object) -> bool:
    """Does the baseline stay, so that an edit made meanwhile is still known as one?"""
    return (
        action in (Action.CONFLICT, Action.REJECT)
        or reason in (Reason.GUARD_FAILS, Reason.GUARD_UNKNOWN)
        or (reason is Reason.EVENTS and known is not None)
    )


def _held(rule: Rule, after: Both, at: Pair) -> Before:
    """What both sides hold, by the sides of the mapping."""
    ends = [rule.wiring.left, rule.wiring.right]
    held: list[Fields] = []
    for ref, end in zip(at.refs, reversed(ends) if rule.flipped else ends, strict=True):
        row = after.row(ref) or {}
        held.append(() if end.name is None else ((end.name, row.get(end.name)),))
    return Before(rule.label, *held)
