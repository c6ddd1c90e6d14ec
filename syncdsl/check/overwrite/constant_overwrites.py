"""
A constant is put over whatever people have made of a property.

Every full pass writes the same value into every record once more. What was set by hand since then
is gone: a closed order is open again, a customer is a lead again, and the record belongs to whoever
it was given to at the beginning. A constant is a value to begin with.

Bad:

    status: "NEW" -> hubspot.hs_lead_status

Good:

    status: "NEW" -> hubspot.hs_lead_status on create only

Right anyway: when nobody may ever have another value there. Say so.
"""

from __future__ import annotations

from syncdsl.check.base import LATER_EVENTS, Check, names_owner, overwritten, receiver_of
from syncdsl.check.known.states import state_of
from syncdsl.check.remedies import with_clause
from syncdsl.diagnostic import Fix, Severity
from syncdsl.policy import Clauses, Kind, Rule
from syncdsl.schema import Type
from syncdsl.situation import Event, Row

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_rows("a full pass puts this constant over what stands in `{target}`")
def overwrites_with_a_constant(row: Row, clauses: Clauses) -> bool:
    return (
        clauses.constant
        and overwritten(row) is not None
        and row.situation.event in (Event.INITIAL, Event.REACTIVATION)
        and not clauses.mode.has_stages  # a stage that only goes forward takes nothing back
        and not names_owner(clauses)
    )


check.leave_out("write only when the record is created", *LATER_EVENTS)


@check.remedy
def fill_a_blank(rule: Rule, row: Row) -> Fix | None:
    """A state, a flag and what every record must have are never blank."""
    target = rule.end(receiver_of(rule, row))
    facts = None if target is None else target.facts
    if target is None or state_of(target) is not None:
        return None
    if facts is not None and (facts.type is Type.BOOL or facts.required is True):
        return None
    return with_clause(rule, "fill only what is blank", "if blank", Kind.MODE)
