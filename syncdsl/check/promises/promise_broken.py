"""
A rule can do what the policy promises never to do.

`never overwrite P` holds if no row of any rule writes over a value of P or empties it; adding to a
list takes nothing away. `never send P to SYSTEM` holds if no rule carries the value there, neither
directly nor by way of other properties and systems. `always converge MAPPING` holds if a second
pass without edits writes nothing.

Bad:

    source: hubspot.source -> dynamics.source, owned by hubspot

    never overwrite dynamics.source

Good:

    source: hubspot.source -> dynamics.source on create only

    never overwrite dynamics.source

Right anyway: never; either the rule or the promise has to go. A condition does not excuse a rule,
and neither does `owned by`: a promise is there for the day on which somebody changes these.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import MAX_LABELS, Check, depends_on_engine
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.filters.frame import PropertyKey
from syncdsl.flow.graph import Graph, graph_of
from syncdsl.flow.sending import way_into
from syncdsl.flow.settling import unsettled
from syncdsl.flow.writing import never_made, touches, writing_rows
from syncdsl.policy import (
    AlwaysConverge,
    Clauses,
    Mapping,
    NeverOverwrite,
    NeverSend,
    Policy,
    Rule,
)
from syncdsl.semantics.example import example
from syncdsl.situation import Action, Content, Row, Side

check = Check(__name__, Severity.ERROR, since="0.1")

MAX_ROWS = 6  # in which an example is looked for


@check.on_policy
def does_what_is_never_done(policy: Policy) -> Iterator[Diagnostic]:
    promises = policy.promises
    kept = {each.property.key for each in promises if isinstance(each, NeverOverwrite)}
    breakers: _Breakers = _breakers(policy, kept) if kept else {}
    mappings = {mapping.name: mapping for mapping in policy.mappings[::-1]}
    for promise in promises:
        match promise:
            case NeverOverwrite():
                yield from _overwritten(promise, breakers.get(promise.property.key, []))
            case NeverSend():
                yield from _sent(promise, graph_of(policy))
            case AlwaysConverge() if promise.mapping in mappings:
                yield from _not_settled(promise, mappings[promise.mapping])


# ── never overwrite ──────────────────────────────────────────────────────────────────────────────


def _breakers(
    policy: Policy, kept: set[PropertyKey]
) -> dict[PropertyKey, list[tuple[Rule, tuple[Row, ...]]]]:
    """The rules that write over one of these properties, with rows in which they do."""
    found: _Breakers = {}
    for mapping in policy.mappings:
        for rule in mapping.rules:
            for side in Side:
                end = rule.end(side)
                if end is None or end.key not in kept:
                    continue
                rows = _taking_rows(rule.clauses, never_made(rule, mapping), side)
                if rows:
                    found.setdefault(end.key, []).append((rule, rows))
    return found


@cache
def _taking_rows(clauses: Clauses, never: frozenset[Side], side: Side) -> tuple[Row, ...]:
    """The first rows that write over a value of this side or empty it."""
    rows = [
        row
        for row in writing_rows(clauses, never)
        if touches(row.outcome, side)
        and row.outcome.action is not Action.ADD
        and row.situation.content(side) is not Content.BLANK
    ]
    return tuple(sorted(rows, key=depends_on_engine)[:MAX_ROWS])


def _overwritten(
    promise: NeverOverwrite, breakers: list[tuple[Rule, tuple[Row, ...]]]
) -> Iterator[Diagnostic]:
    if not breakers:
        return
    (rule, rows), *_ = breakers
    row = next((row for row in rows if example(rule, row) is not None), rows[0])
    does = "empty" if row.outcome.action is Action.CLEAR else "overwrite"
    more = len(breakers) - 1
    others = "" if not more else f", and so can {more} more {'rule' if more == 1 else 'rules'}"
    yield check.finding(
        f"`{rule.name}` can {does} `{promise.property}`{others}",
        promise.span,
        rule=rule,
        row=row,
        labels=tuple(
            Label(each.label_span, "this rule writes over it") for each, _ in breakers[:MAX_LABELS]
        ),
        notes=("`on create only` and `if blank` keep what is there",),
    )


# ── never send ───────────────────────────────────────────────────────────────────────────────────


def _sent(promise: NeverSend, graph: Graph) -> Iterator[Diagnostic]:
    taken = way_into(graph, promise.property, promise.system)
    if not taken:
        return
    first, last = taken[0], taken[-1]
    if len(taken) == 1:
        message = f"`{first.rule.name}` sends `{promise.property}` to `{promise.system}`"
    else:
        message = (
            f"`{promise.property}` gets to `{promise.system}` by way of {len(taken)} rules, the "
            f"last of which is `{last.rule.name}`"
        )
    yield check.finding(
        message,
        promise.span,
        rule=first.rule,
        row=first.does.carries,
        labels=tuple(Label(step.rule.label_span, f"gives it to `{step.target}`") for step in taken),
    )


# ── always converge ──────────────────────────────────────────────────────────────────────────────


def _not_settled(promise: AlwaysConverge, mapping: Mapping) -> Iterator[Diagnostic]:
    found = unsettled(mapping)
    first = next(found, None)
    if first is None:
        return
    pair = {first.first.label, first.second.label}
    others = any({each.first.label, each.second.label} != pair for each in found)
    yield check.finding(
        f"a second pass over `{promise.mapping}` can write: {first.words}",
        promise.span,
        rule=first.second,
        row=first.row,
        labels=(
            Label(first.first.label_span, "one of the two rules"),
            Label(first.second.label_span, "the other one"),
        ),
        notes=("other pairs of its rules can too",) if others else (),
    )
