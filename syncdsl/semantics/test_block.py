"""
A row of a decision table as the text of a `test` block: run, it brings about the row again.

So a counterexample need not be believed. It can be put into the policy as it stands, where it says
what happens today; with another `expect` it says what should.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from syncdsl.condition import Condition, IsBlank, Negation, Operand, turned
from syncdsl.convert import Value, text
from syncdsl.filters import HOLDS
from syncdsl.filters.question import Demand
from syncdsl.policy import Mapping as PolicyMapping
from syncdsl.policy import Rule
from syncdsl.semantics.example import moment_where
from syncdsl.semantics.observe import Moment, effects
from syncdsl.semantics.table import questions
from syncdsl.situation import Action, Event, Newer, Row, Side, Written

_WORD = re.compile(r"[^\W\d]\w*(?:-\w+)*")


def as_test(rule: Rule, mapping: PolicyMapping, row: Row) -> str | None:
    """The block, or None if no records were found that bring about the row in a pass."""
    demands = _demands(rule, mapping, row)
    moment = None if demands is None else moment_where(rule, row, demands)
    if moment is None:
        return None
    title = f"{rule.label} on {row.situation.event.value}: {row.outcome.reason.value}"
    inside = "" if mapping.name is None else f" in {spelled(mapping.name)}"
    lines = [f"on {row.situation.event.value}", *_given(rule, row, moment)]
    lines += _expected(rule, row, moment)
    return "\n".join(
        [f"test {spelled_value(title)}{inside} {{", *(f"  {line}" for line in lines), "}\n"]
    )


def spelled(name: str) -> str:
    """A name as a policy writes it."""
    return name if _WORD.fullmatch(name) else f"`{name}`"


def spelled_value(value: Value) -> str:
    """A value as a policy writes it."""
    if value is None or value == "":
        return "blank"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(spelled_value, value))}]"
    if isinstance(value, bool | int | Decimal):
        return text(value)
    escaped = text(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _demands(rule: Rule, mapping: PolicyMapping, row: Row) -> tuple[Demand, ...] | None:
    """What else has to hold for a pass to come to the rule; None if a pass never does."""
    conditions: list[Condition] = []
    if mapping.scope is not None:
        conditions.append(mapping.scope.condition)
    made = row.situation.made
    if made is not None:
        made = rule.turned(made)
        line = mapping.creating(made)
        if line is None or line.never:
            return None
        if line.condition is not None:
            conditions.append(line.condition)
        for key in mapping.match:
            there = key.left if made is Side.RIGHT else key.right
            conditions.append(Negation(IsBlank(Operand(made.other, there.name))))
    return tuple(Demand(turned(each) if rule.flipped else each, HOLDS) for each in conditions)


def _given(rule: Rule, row: Row, moment: Moment) -> Iterator[str]:
    for side, now in ((Side.LEFT, moment.left), (Side.RIGHT, moment.right)):
        yield f"given {spelled(rule.system(side))} {'none' if now is None else _record(now)}"
    for side, then in ((Side.LEFT, moment.left_before), (Side.RIGHT, moment.right_before)):
        if then:
            yield f"before {spelled(rule.system(side))} {_record(then)}"
    if row.situation.newer not in (None, Newer.UNKNOWN):
        assert row.situation.newer is not None
        yield f"newer {spelled(rule.system(Side(row.situation.newer.value)))}"
    if row.situation.written is Written.YES:
        yield f"written {spelled(rule.label)}"


def _expected(rule: Rule, row: Row, moment: Moment) -> Iterator[str]:
    if row.outcome.action in (Action.CONFLICT, Action.REJECT):
        yield f"expect {row.outcome.action.value} {spelled(rule.label)}"
        return
    after = {
        effect.side: effect.value
        for effect in effects(rule.wiring, questions(rule.clauses), moment, row.outcome)
    }
    for side, record in ((Side.LEFT, moment.left), (Side.RIGHT, moment.right)):
        end = rule.end(side)
        if end is None or (side not in after and row.situation.event is Event.CREATE):
            continue
        value = after[side] if side in after else (record or {}).get(end.name)
        yield f"expect {spelled(rule.system(side))} {_record({end.name: value})}"


def _record(fields: Mapping[str, Value]) -> str:
    inner = ", ".join(f"{spelled(name)}: {spelled_value(value)}" for name, value in fields.items())
    return f"{{ {inner} }}" if inner else "{ }"
