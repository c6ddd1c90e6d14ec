"""
A rule waits for a blank where its system has 0 or false instead.

Business Central has no empty number: it is 0 until somebody enters one, and 0 is a value. So
`if blank` finds no blank there and a `default` for a blank source is never used. And where such a
number fills a blank elsewhere, the 0 of a record that has none yet fills it, and the real number
that comes later finds a value and stays out.

Bad:

    system erp { kind business-central }

    mapping accounts: erp.customer -> dynamics.account {
      limit: erp.`Credit Limit (LCY)` -> dynamics.creditlimit if blank
    }

Good:

    system erp { kind business-central }

    mapping accounts: erp.customer -> dynamics.account {
      limit: erp.`Credit Limit (LCY)` -> dynamics.creditlimit if blank,
          when erp.`Credit Limit (LCY)` != 0
    }

Right anyway: when 0 is what is to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import LATER_EVENTS, Check, Place
from syncdsl.check.known.zeros import nothing_in
from syncdsl.check.remedies import with_clause
from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.flow.writing import reach, touches, writing_rows
from syncdsl.policy import Clauses, Kind, Rule
from syncdsl.semantics.test_block import spelled
from syncdsl.situation import Content, Event, Side

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_alike
def waits_for_a_blank(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, policy = place
    for side in rule.receivers:
        giver, target = rule.end(side.other), rule.end(side)
        fills = _only_fills(rule.clauses, side)
        if not fills and rule.wiring.default is None:
            continue
        there = nothing_in(policy, target)
        if fills and there is not None:
            made = Event.CREATE in reach(rule, mapping).of(side)
            yield check.finding(
                f"`{target}` is never blank, it has {there} instead: this rule "
                f"{'writes only when a record is made' if made else 'never writes it'}",
                rule.label_span,
                rule=rule,
            )
            continue
        given = nothing_in(policy, giver)
        if given is None:
            continue
        if rule.wiring.default is not None:
            clause = rule.clause(Kind.DEFAULT)
            yield check.finding(
                f"`{giver}` is never blank, it has {given} instead: this default is never used",
                rule.label_span if clause is None else clause.span,
                rule=rule,
            )
        elif given == "0" and rule.wiring.guard is None and rule.values is None:
            yield check.finding(
                f"`{giver}` has 0 where nobody entered a number: the 0 fills `{target}`, and the "
                "number that comes later stays out",
                rule.label_span,
                rule=rule,
                fixes=(_without_zeros(rule, side.other),),
                question=f"how many values of `{giver}` are 0?",
            )


@cache
def _only_fills(clauses: Clauses, side: Side) -> bool:
    """Does it write this side only where it is blank, once both records exist?"""
    contents = {
        row.situation.content(side)
        for row in writing_rows(clauses, frozenset())
        if row.situation.event in LATER_EVENTS and touches(row.outcome, side)
    }
    return contents == {Content.BLANK}


def _without_zeros(rule: Rule, side: Side) -> Fix:
    end = rule.end(side)
    assert end is not None
    operand = f"{spelled(end.system)}.{spelled(end.name)}"
    return with_clause(rule, "leave 0 out", f"when {operand} != 0", Kind.GUARD)
