"""
A value map has nothing for the direction in which its rule reads it, or a line no value can reach.

A map is read from left to right by its `->` and `<->` lines, and from right to left by `<-` and
`<->`. Without such a line every value is unusable: the rule rejects every record. And the steps of
a rule come before its map: after `lower` no value has a capital letter, and a line that waits for
one is never read.

Bad:

    source: hubspot -> dynamics on create only, as lower, values source

    values source {
      ORGANIC_SEARCH -> 8
      referrals -> 3
      otherwise reject
    }

Good:

    source: hubspot -> dynamics on create only, as lower, values source

    values source {
      organic_search -> 8
      referrals -> 3
      otherwise reject
    }

Right anyway: never; a line that is never read can go.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.arriving import given_names, hidden_by
from syncdsl.check.naming import in_place_of, place_of_value
from syncdsl.convert import Step, Unusable, Value, convert, text
from syncdsl.diagnostic import Diagnostic, Fix, Label, Severity
from syncdsl.policy import Kind, Policy, Rule
from syncdsl.situation import Side
from syncdsl.source import Span
from syncdsl.wiring import Conversion

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def is_never_read(policy: Policy) -> Iterator[Diagnostic]:
    read: set[Span] = set()
    unread: dict[Span, tuple[Value, Step, Rule]] = {}
    looked_at: set[int] = set()
    for mapping in policy.mappings:
        for rule in mapping.rules:
            if rule.values is None:
                continue
            for side in rule.receivers:
                conversion = rule.conversion(side)
                if _gives_nothing(conversion):
                    yield _told(rule, side)
                if id(conversion) not in looked_at:
                    looked_at.add(id(conversion))
                    for each in given_names(rule, side):
                        step = hidden_by(conversion, each.value)
                        if step is None:
                            read.add(each.span)
                        else:
                            unread.setdefault(each.span, (each.value, step, rule))
    for span, (value, step, rule) in unread.items():
        if span not in read:
            clause = rule.clause(Kind.CONVERSION)
            yield check.finding(
                f"`{step.name}` never gives `{text(value)}`: this line is never read",
                place_of_value(span, value) or span,
                rule=rule,
                labels=() if clause is None else (Label(clause.span, "this comes first"),),
                fixes=tuple(_fixes(span, value, step)),
            )


def _fixes(span: Span, value: Value, step: Step) -> Iterator[Fix]:
    try:
        given = convert((step,), value)
    except Unusable:
        return
    edit = in_place_of(span, value, given)
    if edit is not None:
        yield Fix(f"write `{text(given)}`", (edit,))


def _gives_nothing(conversion: Conversion) -> bool:
    values = conversion.values
    return values is not None and not values.entries and values.otherwise == "reject"


def _told(rule: Rule, side: Side) -> Diagnostic:
    assert rule.values is not None
    clause = rule.clause(Kind.VALUES)
    direction = "left to right" if side is Side.RIGHT else "right to left"
    return check.finding(
        f"`{rule.values.name}` has no line that is read from {direction}: every value is rejected",
        rule.label_span if clause is None or clause.usual else clause.span,
        rule=rule,
        labels=(Label(rule.values.span, "the map"),),
    )
