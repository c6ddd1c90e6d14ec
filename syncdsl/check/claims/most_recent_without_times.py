"""
The more recent value wins, but nothing says when the value was changed.

`most recent wins` compares two times, where both sides were edited or nobody knows which one. A
system that keeps one time for a whole record gives the time at which anything in it was changed:
somebody corrects a street, and the old phone number of that record counts as the newer one. A
system that keeps no times at all gives none, and every dispute is left to a person.

Bad:

    system hubspot { kind hubspot }
    system dynamics { kind dynamics365 }
    mapping contacts: hubspot.contacts <-> dynamics.contact {
      phone: hubspot.phone <-> dynamics.telephone1, most recent wins
    }

Good:

    system hubspot { kind hubspot }
    system dynamics { kind dynamics365 }
    mapping contacts: hubspot.contacts <-> dynamics.contact {
      phone: hubspot.phone <-> dynamics.telephone1, ask
    }

Right anyway: when the engine itself keeps the time of each value that it sees change. Allow it with
this reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import Check, Place, described
from syncdsl.check.remedies import with_clause
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Clauses, Kind
from syncdsl.schema import Times
from syncdsl.semantics.table import table
from syncdsl.situation import Newer, Reason, Row, Side

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_rules
def compares_no_times(place: Place) -> Iterator[Diagnostic]:
    rule = place.rule
    rows = _disputes(rule.clauses)
    if not rows:
        return
    kept = {side: _times(place, side) for side in Side}
    fixes = (with_clause(rule, "let a person decide", "ask", Kind.WINNER),)
    for side in Side:
        end = described(rule, side)
        if kept[side] is Times.NONE:
            yield check.finding(
                f"nobody knows when `{end}` was changed: `{rule.system(side)}` keeps no times, so "
                "every dispute is left to a person",
                rule.label_span,
                severity=Severity.WARNING,
                rule=rule,
                row=next(row for row in rows if row.outcome.reason is Reason.EQUAL_TIMES),
                fixes=fixes,
            )
            return
    for side in Side:
        if kept[side] is Times.RECORD:
            end, other = described(rule, side), described(rule, side.other)
            newer = (row for row in rows if row.situation.newer is Newer(side.value))
            yield check.finding(
                f"an older `{end}` can win over `{other}`: `{rule.system(side)}` keeps one time "
                "for a whole record",
                rule.label_span,
                rule=rule,
                row=next((row for row in newer if row.outcome.reason is Reason.NEWEST), None),
                fixes=fixes,
                question=(
                    f"in how many pairs do the two differ, and what was edited last is something "
                    f"else in the record of `{end}`?"
                ),
            )
            return


@cache
def _disputes(clauses: Clauses) -> tuple[Row, ...]:
    """The rows that ask which value is the more recent one."""
    asked = (Reason.NEWEST, Reason.EQUAL_TIMES)
    return tuple(row for row in table(clauses) if row.outcome.reason in asked)


def _times(place: Place, side: Side) -> Times | None:
    """Where the times of a side's values are kept; None: nobody knows."""
    mapping = place.mapping
    left = (side is Side.LEFT) != place.rule.flipped
    found = place.policy.object(mapping.left if left else mapping.right)
    return None if found is None else found.times
