"""
A property is emptied in a system that keeps 0 or false in the place of a blank.

Business Central has no empty number. Where the rule empties one, 0 is written: a credit limit that
nobody knows becomes one of nothing, and the next rule that reads it takes the 0 for a value.

Bad:

    system erp { kind business-central }

    mapping accounts: dynamics.account -> erp.customer {
      limit: dynamics.creditlimit -> erp.`Credit Limit (LCY)`, clear blanks, owned by dynamics
    }

Good:

    system erp { kind business-central }

    mapping accounts: dynamics.account -> erp.customer {
      limit: dynamics.creditlimit -> erp.`Credit Limit (LCY)`, owned by dynamics
    }

Right anyway: when 0 means the same as a blank there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import Check, Place, with_story
from syncdsl.check.known.zeros import nothing_in
from syncdsl.check.remedies import with_clause, without_clause
from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.flow.writing import touches, writing_rows
from syncdsl.policy import Clauses, Kind, Rule
from syncdsl.situation import Action, Row, Side

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_alike
def is_written_as_zero(place: Place) -> Iterator[Diagnostic]:
    rule = place.rule
    for side in rule.receivers:
        rows = _emptying(rule.clauses, side)
        nothing = nothing_in(place.policy, rule.end(side)) if rows else None
        if nothing is not None:
            row, told = with_story(rule, rows[:1])
            yield check.finding(
                f"where this rule empties `{rule.end(side)}`, it becomes {nothing}, which is a "
                "value to all that read it",
                rule.label_span,
                rule=rule,
                row=row,
                told=told,
                fixes=(_keep(rule),),
            )


@cache
def _emptying(clauses: Clauses, side: Side) -> tuple[Row, ...]:
    return tuple(
        row
        for row in writing_rows(clauses, frozenset())
        if row.outcome.action is Action.CLEAR and touches(row.outcome, side)
    )


def _keep(rule: Rule) -> Fix:
    title = "keep what is there"
    dropped = without_clause(rule, title, Kind.BLANKS)
    return dropped or with_clause(rule, title, "skip blanks", Kind.BLANKS)
