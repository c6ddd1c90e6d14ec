"""
The first full pass overwrites values that were there before the sync.

When a sync is set up, or when two records are first found to be a pair, both may have been cared
for for years. So it is when the new answer of a form meets a contact who is known already. Nobody
knows then which side was edited last, and this rule lets one side win all the same.

Bad:

    phone: hubspot -> dynamics not on reactivation

Good:

    phone: hubspot -> dynamics on create or update, owned by hubspot

Right anyway: when the giving side holds the better values, and the other one is to be filled from
it. Say so:

    phone: hubspot -> dynamics, owned by hubspot
"""

from __future__ import annotations

from syncdsl.check.base import LATER_EVENTS, Check, is_settled_by_time, names_owner, overwritten
from syncdsl.check.known.meanings import no_objection
from syncdsl.diagnostic import Severity
from syncdsl.policy import Clauses, Kind
from syncdsl.situation import Event, Row

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_rows("the first full pass can overwrite `{target}`", only_for=no_objection)
def overwrites_what_was_there(row: Row, clauses: Clauses) -> bool:
    return (
        row.situation.event is Event.INITIAL
        and overwritten(row) is not None
        and not is_settled_by_time(row)
        and not clauses.mode.has_stages  # they take nothing back
        and not names_owner(clauses)
        and not clauses.constant  # and what a constant overwrites as that
    )


check.leave_out("write only when the record is created", *LATER_EVENTS, two_way=False)
check.leave_out("leave full passes out", Event.INITIAL, Event.REACTIVATION)
check.fix("fill only what is blank", "if blank", Kind.MODE, two_way=False)
check.fix("let a person decide", "ask", Kind.WINNER, two_way=True)
check.fix("let the more recent value win", "most recent wins", Kind.WINNER, two_way=True)
check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER, two_way=False)
