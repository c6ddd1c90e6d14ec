"""
A stage that should only go forward can be set back.

Lists, mails and reports hang on how far somebody has come. Both systems move the stage, and
messages arrive late or out of order, so a plain write makes a lead of a customer again.

Bad:

    order lifecycle { subscriber < lead < customer }
    lifecyclestage: hubspot -> dynamics

Good:

    order lifecycle { subscriber < lead < customer }
    lifecyclestage: hubspot -> dynamics, forward only in lifecycle

Right anyway: when the giving system decides the stage, back as well as forward. Say so:

    lifecyclestage: hubspot -> dynamics, owned by hubspot
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import MAX_ROWS, Check, described, names_owner, overwritten, with_story
from syncdsl.check.known.meanings import is_stage, words
from syncdsl.check.remedies import with_clause
from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.policy import Clauses, Kind, Mode, Order, Policy, Rule
from syncdsl.semantics.alike import rules_where
from syncdsl.semantics.table import table
from syncdsl.semantics.test_block import spelled
from syncdsl.situation import Event, Row, Side

check = Check(__name__, Severity.WARNING, since="0.1")

_WITHOUT_ORDER = (
    "an `order` says which stage comes first, and `forward only in` this order keeps the later one"
)

Kept = dict[tuple[str, str | None, str, str], Order]


@check.on_policy
def sets_a_stage_back(policy: Policy) -> Iterator[Diagnostic]:
    kept = _kept_forward(policy)
    named = {order.name: order for order in policy.orders}
    for rule, _ in rules_where(policy, lambda sample: _going_back(sample.clauses) != ()):
        for receiver, rows in _going_back(rule.clauses):
            target, source = rule.end(receiver), rule.end(receiver.other)
            if target is None:
                continue
            order = kept.get(target.key) or named.get(target.name)
            if order is not None or is_stage(target) or is_stage(source):
                order = order or _named_alike(rule, policy)
                yield _finding(rule, rows, receiver, order)
                break


@cache
def _going_back(clauses: Clauses) -> tuple[tuple[Side, tuple[Row, ...]], ...]:
    """Rows in which a live change of one side overwrites the other, by the other."""
    if clauses.mode.has_stages or names_owner(clauses):
        return ()
    found: dict[Side, list[Row]] = {}
    for row in table(clauses):
        receiver = overwritten(row)
        if row.situation.event is Event.UPDATE and receiver is not None:
            if row.situation.was_changed(receiver.other) is True:
                found.setdefault(receiver, []).append(row)
    return tuple((side, tuple(rows)) for side, rows in found.items())


def _kept_forward(policy: Policy) -> Kept:
    """The properties that some rule only lets go forward, with its order."""
    kept: Kept = {}
    for rule, _ in rules_where(policy, lambda sample: sample.clauses.mode is Mode.FORWARD):
        if rule.order is not None:
            for _, target in rule.targets:
                kept.setdefault(target.key, rule.order)
    return kept


def _named_alike(rule: Rule, policy: Policy) -> Order | None:
    """An order of the same file that is called like one of the ends, if values stay as they are."""
    if rule.values is not None or rule.clause(Kind.CONVERSION) is not None:
        return None
    path = rule.span.source.path
    names = [words(end.name) for end in (rule.left, rule.right) if end is not None]
    for order in policy.orders:
        if order.span.source.path == path and any(words(order.name) in name for name in names):
            return order
    return None


def _finding(rule: Rule, rows: tuple[Row, ...], receiver: Side, order: Order | None) -> Diagnostic:
    fixes: tuple[Fix, ...] = ()
    notes: tuple[str, ...] = ()
    if order is None:
        notes = (_WITHOUT_ORDER,)
    else:
        clause = f"forward only in {spelled(order.name)}"
        fixes = (with_clause(rule, "never go to an earlier stage", clause, Kind.MODE),)
    source, target = described(rule, receiver.other), described(rule, receiver)
    message = f"a change of `{source}` can set `{target}` back to an earlier stage"
    row, told = with_story(rule, rows[:MAX_ROWS])
    return check.finding(
        message, rule.label_span, rule=rule, row=row, told=told, notes=notes, fixes=fixes
    )
