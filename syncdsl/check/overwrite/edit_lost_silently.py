"""
Both sides were edited, and one of the two edits is dropped without a record.

Two people changed the same property between two passes. This rule lets one side give, so the other
person's work is gone, and nobody is told that it was ever there.

Bad:

    phone: hubspot <-> dynamics, hubspot wins, on create or update

Good:

    phone: hubspot <-> dynamics, ask, on create or update

Right anyway: when only one side is edited by people. Say so:

    phone: hubspot -> dynamics, owned by hubspot

With `most recent wins` the policy itself says that the older of two edits is dropped. That is told
as an information.
"""

from __future__ import annotations

from syncdsl.check.base import LATER_EVENTS, Check, is_settled_by_time, names_owner, overwritten
from syncdsl.check.known.meanings import no_objection
from syncdsl.diagnostic import Severity
from syncdsl.policy import Clauses, Kind
from syncdsl.situation import Action, Changed, Row

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_rows("an edit of `{target}` is lost where both sides were edited", only_for=no_objection)
def drops_an_edit(row: Row, clauses: Clauses) -> bool:
    return (
        row.situation.changed is Changed.BOTH
        and (overwritten(row) is not None or row.outcome.action is Action.CLEAR)
        and not clauses.mode.has_stages  # the earlier stage is not a loss
        and not names_owner(clauses)
    )


@check.information("`most recent wins` says so: of two edits the older one is dropped")
def is_declared(row: Row, clauses: Clauses) -> bool:
    return is_settled_by_time(row)


check.fix("let a person decide", "ask", Kind.WINNER, two_way=True)
check.leave_out("write only when the record is created", *LATER_EVENTS, two_way=False)
check.fix("fill only what is blank", "if blank", Kind.MODE, two_way=False)
check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER, two_way=False)
