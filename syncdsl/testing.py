"""
`test` blocks: each is one pass over its two records, compared with what it expects.

A linked pair counts as one that was synced before; what its rules remember is what the block says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.convert import Value, is_blank, same, text
from syncdsl.policy import Example, Fields
from syncdsl.semantics.pair import Before, Link, Memory, records
from syncdsl.semantics.run import Decision, Pass, kinds_of, run
from syncdsl.situation import Action, Event, Side


class Problem(NamedTuple):
    """Something that a test expects, and that a pass does not do."""

    message: str
    rule: str | None = None  # the label of the rule that it is about, where it is about one


def examine(example: Example) -> list[Problem]:
    """What is not as the test expects."""
    done = play(example)
    problems: list[Problem] = []
    for side, fields in example.expected:
        problems += _unexpected(example, done, side, fields)
    for action, label in example.decisions:
        problems += _undecided(done, Action(action), label)
    return problems


def play(example: Example) -> Pass:
    """The pass that a test block speaks of."""
    left, right = (
        records([] if fields is None else [dict(fields)], times=[_times(example, side)])
        for side, fields in ((Side.LEFT, example.left), (Side.RIGHT, example.right))
    )
    links = []
    if example.linked and example.left is not None and example.right is not None:
        then = example.left_before or (), example.right_before or ()
        before = tuple(Before(rule.label, *then) for rule in example.mapping.rules)
        links.append(Link(0, 0, before=before, wrote=frozenset(example.written)))
    # On `create` the event is that of the record that is made; linked pairs there are none.
    event = Event.UPDATE if example.event is Event.CREATE else example.event
    return run(example.mapping, left, right, Memory(tuple(links)), event=event)


def _times(example: Example, side: Side) -> dict[str, Value]:
    """One day for all properties of a side, and a later one for the newer side."""
    if example.newer is None:
        return {}
    day = "2026-01-02" if side is example.newer else "2026-01-01"
    return {name: day for of, name in kinds_of(example.mapping) if of is side}


# ── what is expected of a record ─────────────────────────────────────────────────────────────────


def _unexpected(example: Example, done: Pass, side: Side, fields: Fields) -> Iterator[Problem]:
    mapping = example.mapping
    system = mapping.end(side)[0]
    row = next(iter(done.after.of(side).rows.values()), None)
    if row is None:
        yield Problem(f"there is no record in `{system}`: {_why_none(done, side)}")
        return
    kinds = kinds_of(mapping)
    for name, wanted in fields:
        found = row.get(name)
        if same(found, wanted, kinds.get((side, name))):
            continue
        about = _about(example, done, side, name)
        because = f"`{about.rule}`: {_reason(about)}" if about else _why_not_asked(done)
        message = f"`{system}.{name}` is {_shown(found)}, not {_shown(wanted)}; {because}"
        yield Problem(message, about.rule if about else None)


def _about(example: Example, done: Pass, side: Side, name: str) -> Decision | None:
    """The decision that a property owes its value to: one that changes it, else one that could."""
    decisions = {decision.rule: decision for decision in done.decisions}
    able = [
        decisions[rule.label]
        for rule in example.mapping.rules
        for end in rule.receivers
        if rule.label in decisions
        and rule.turned(end) is side
        and (rule.wiring.left if end is Side.LEFT else rule.wiring.right).name == name
    ]
    changing = [
        decision
        for decision in able
        if any((change.record.side, change.property) == (side, name) for change in decision.changes)
    ]
    return next(iter([*changing, *able]), None)


def _reason(decision: Decision) -> str:
    if decision.in_conflict:
        return "another rule would write another value"
    return decision.row.outcome.reason.value


def _why_none(done: Pass, side: Side) -> str:
    if any(record.side is side for record in done.deleted):
        return "it was deleted with the other one"
    alone = _alone(done)
    return alone if alone is not None else "none is given"


def _why_not_asked(done: Pass) -> str:
    if done.pairs:
        return "no rule writes it"
    if done.outside:
        return "the pair does not fit the scope"
    return _alone(done) or "there are no records"


def _alone(done: Pass) -> str | None:
    """Why no rule is asked about a record."""
    whys = [each.why.value for each in done.alone if each.why is not None]
    return next(iter(whys), None)


def _shown(value: Value) -> str:
    if is_blank(value):
        return "blank"
    return f'"{value}"' if isinstance(value, str) else text(value)


# ── what is expected of a rule ───────────────────────────────────────────────────────────────────


def _undecided(done: Pass, wanted: Action, label: str) -> Iterator[Problem]:
    decision = next((each for each in done.decisions if each.rule == label), None)
    if decision is None:
        yield Problem(f"`{label}` is not asked: {_why_not_asked(done)}", label)
    elif decision.action is not wanted:
        ends = f"`{label}` ends with {decision.action.value}, not {wanted.value}"
        yield Problem(f"{ends}: {_reason(decision)}", label)
