"""Small policies, moments and records for the tests of their meaning."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from syncdsl import schema
from syncdsl.condition import Record
from syncdsl.convert import Value
from syncdsl.diagnostic import Severity
from syncdsl.policy import Clauses, Mapping, Policy, Rule
from syncdsl.resolve import Unit, resolve
from syncdsl.semantics.decide import decide
from syncdsl.semantics.observe import Moment, effects, observe
from syncdsl.semantics.pair import Link, Memory, records
from syncdsl.semantics.run import Pass, run
from syncdsl.semantics.table import questions, table
from syncdsl.situation import Event, Outcome, Side, Situation, Word, Written
from syncdsl.source import Source
from syncdsl.syntax.parse import parse

# What the rules of the tests may name. `crm` is on the left of all mappings, `erp` on the right.
DECLARED = """
order stages { lead < open < won }
values words {
  one   <-> 1
  two   <-> 2
  deux   -> 2
  three <-  3
}
values copying {
  one <-> 1
  otherwise copy
}
values filling {
  one <-> 1
  otherwise 9
}
values staging {
  cold <-> lead
  hot  <-> won
}
"""


@cache
def policy(text: str, types: tuple[tuple[str, str], ...] = ()) -> Policy:
    """A policy without mistakes; the types are those of the properties of both systems."""
    schemas: dict[str, schema.System | None] = {}
    if types:
        facts = {name: schema.Property(name, type=schema.Type(kind)) for name, kind in types}
        known = {"thing": schema.Object("thing", None, None, facts)}
        schemas = {"s": schema.System(None, False, known)}
        text += '\nsystem crm { schema "s" }\nsystem erp { schema "s" }'
    file, found = parse(Source("test.sync", text + DECLARED))
    understood, more = resolve([Unit(file, True, {}, schemas)])
    wrong = [each for each in (*found, *more) if each.severity is not Severity.INFO]
    assert not wrong, (text, [each.message for each in wrong])
    return understood


def mapping(*lines: str, arrow: str = "<->", **types: str) -> Mapping:
    """`mapping("match x = x", "a: crm.x -> erp.y")`"""
    inside = "\n".join(lines)
    text = f"mapping m: crm.thing {arrow} erp.thing {{\n{inside}\n}}"
    return policy(text, tuple(types.items())).mappings[0]


def rule(text: str, **types: str) -> Rule:
    """`rule("crm.x -> erp.y if blank", x="bool")`"""
    return mapping(f"a: {text}", **types).rules[0]


def clauses(text: str) -> Clauses:
    """`clauses("-> if blank")`, between properties of which nothing is known"""
    return rule(between(text)).clauses


def between(text: str) -> str:
    """The rule between `crm.x` and `erp.y`, if it does not name its ends."""
    arrow, _, rest = text.partition(" ")
    return f"crm.x {arrow} erp.y {rest}" if arrow in ("->", "<-", "<->") else text


# ── the table of a rule ──────────────────────────────────────────────────────────────────────────


def ends(text: str, **answers: str) -> set[str]:
    """How the situations end that have these answers, as `changed="left|both"`: `write right` …"""
    found = {end_of(row.outcome) for row in table(clauses(text)) if fits(row.situation, answers)}
    assert found, f"no situation of `{text}` has these answers"
    return found


def reasons(text: str, **answers: str) -> set[str]:
    rows = [row for row in table(clauses(text)) if fits(row.situation, answers)]
    assert rows, f"no situation of `{text}` has these answers"
    return {row.outcome.reason.name.lower().replace("_", " ") for row in rows}


def as_table(text: str, written: str) -> list[str]:
    """
    What of a rule's table is not as it is written: lines of answers, `→`, and how it ends. Each
    situation has to fit one line, and each line some situation.
    """
    lines = [line.rpartition("→") for line in written.strip().splitlines()]
    wanted = [
        (dict(answer.split(": ") for answer in answers.strip().split("  ")), end.strip())
        for answers, _, end in lines
    ]
    wrong, used = [], set()
    for row in table(clauses(text)):
        fitting = [index for index, line in enumerate(wanted) if fits(row.situation, line[0])]
        used.update(fitting)
        ending = end_of(row.outcome)
        if [wanted[index][1] for index in fitting] != [ending]:
            wrong.append(f"{answers_of(row.situation)} → {ending}")
    unused = [f"nothing fits: {''.join(lines[index])}" for index in {*range(len(lines))} - used]
    return wrong + unused


def answers_of(situation: Situation) -> str:
    asked = zip(situation._fields, situation, strict=True)
    return "  ".join(f"{name}: {word_of(each)}" for name, each in asked if each is not None)


def fits(situation: Situation, answers: dict[str, str]) -> bool:
    return all(
        word_of(getattr(situation, question)) in wanted.split("|")
        for question, wanted in answers.items()
    )


def word_of(answer: Word | bool | None) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "none" if answer is None else str(answer.value)


def end_of(outcome: Outcome) -> str:
    side = "" if outcome.side is None else f" {outcome.side.value}"
    return outcome.action.value + side


# ── one rule and two values ──────────────────────────────────────────────────────────────────────


class Meeting(NamedTuple):
    """What a rule between `crm.x` and `erp.y` makes of two values."""

    rule: Rule
    moment: Moment

    @property
    def seen(self) -> Situation:
        return observe(self.rule.wiring, questions(self.rule.clauses), self.moment)

    @property
    def outcome(self) -> Outcome:
        return decide(self.rule.clauses, self.seen)

    @property
    def end(self) -> str:
        return end_of(self.outcome)

    @property
    def contents(self) -> tuple[str, str]:
        return word_of(self.seen.left), word_of(self.seen.right)

    @property
    def after(self) -> tuple[Value, Value]:
        """What both sides hold then."""
        wiring, moment = self.rule.wiring, self.moment
        ends = [(moment.left, wiring.left), (moment.right, wiring.right)]
        left, right = [(record or {}).get(str(end.name)) for record, end in ends]
        for effect in effects(wiring, questions(self.rule.clauses), moment, self.outcome):
            if effect.side is Side.LEFT:
                left = effect.value
            else:
                right = effect.value
        return left, right


def meeting(
    text: str,
    left: Value = None,
    right: Value = None,
    *,
    event: Event = Event.REACTIVATION,
    before: tuple[Value, Value] | None = None,
    written: Written = Written.NO,
    x: str = "",
    y: str = "",
) -> Meeting:
    """`meeting("-> if blank", "a", None)`; `x` and `y` may name the types of the properties"""
    types = {name: kind for name, kind in (("x", x), ("y", y)) if kind}
    found = rule(between(text), **types)
    then = ({}, {}) if before is None else ({"x": before[0]}, {"y": before[1]})
    return Meeting(found, Moment(event, {"x": left}, {"y": right}, *then, written=written))


def seen_times(left: Value, right: Value) -> str:
    """Which side is the more recent one, if these are the times of change."""
    found = meeting("<-> most recent wins", "a", "b")
    moment = found.moment._replace(left_times={"x": left}, right_times={"y": right})
    return word_of(found._replace(moment=moment).seen.newer)


# ── passes ───────────────────────────────────────────────────────────────────────────────────────


def passed(
    over: Mapping,
    left: Sequence[Record],
    right: Sequence[Record],
    memory: Memory = Memory(),  # noqa: B008  (nothing can change it)
    *,
    event: Event = Event.UPDATE,
) -> Pass:
    """A pass over records that are known by their property `id`."""
    return run(over, records(left, "id"), records(right, "id"), memory, event=event)


def again(over: Mapping, done: Pass, *, event: Event = Event.UPDATE) -> Pass:
    """The next pass, with nothing edited in between."""
    return run(over, done.after.left, done.after.right, done.memory, event=event)


def linked(*ids: str) -> Memory:
    """Links between records of the same ids, of which nothing more is known."""
    return Memory(tuple(Link(id, id) for id in ids))


def left(done: Pass) -> list[Record]:
    return list(done.after.left.rows.values())


def right(done: Pass) -> list[Record]:
    return list(done.after.right.rows.values())
