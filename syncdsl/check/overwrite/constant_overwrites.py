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

from syncdsl.check.base import LATER_EVENTS, Check, overwritten
from syncdsl.diagnostic import Severity
from syncdsl.policy import Clauses, Kind
from syncdsl.situation import Event, Row

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_rows("a full pass puts this constant over what stands in `{target}`")
def overwrites_with_a_constant(row: Row, clauses: Clauses) -> bool:
    return (
        clauses.constant
        and overwritten(row) is not None
        and row.situation.event in (Event.INITIAL, Event.REACTIVATION)
        and not clauses.mode.has_stages  # a stage that only goes forward takes nothing back
        and clauses.owner is None  # what overwrites the owner is told as that
    )


check.leave_out("write only when the record is created", *LATER_EVENTS)
check.fix("fill only what is blank", "if blank", Kind.MODE)
