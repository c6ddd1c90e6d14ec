"""
A value that nobody touched can overwrite one that somebody has just edited.

An engine that does not remember what it synced last sees only that the two sides differ. An edit on
the receiving side then looks like a change to be carried over, and this rule, in which one side
always gives, undoes it. Where every engine does the same at a reactivation, only
`overwrite-on-reactivation` is told.

Bad:

    phone: hubspot -> dynamics on create or update

Good:

    phone: hubspot <-> dynamics, most recent wins

Right anyway: when the giving side is the only place where people edit. Say so:

    phone: hubspot -> dynamics, owned by hubspot
"""

from __future__ import annotations

from syncdsl.check.base import LATER_EVENTS, Check, is_settled_by_time, names_owner, overwritten
from syncdsl.check.known.meanings import no_objection
from syncdsl.diagnostic import Severity
from syncdsl.policy import Clauses, Kind
from syncdsl.situation import Event, Row

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_rows(
    "an old value of `{source}` can overwrite an edit of `{target}`", only_for=no_objection
)
def undoes_an_edit(row: Row, clauses: Clauses) -> bool:
    receiver = overwritten(row)
    if row.situation.event is not Event.UPDATE or receiver is None or clauses.mode.has_stages:
        return False
    giver, other = row.situation.was_changed(receiver.other), row.situation.was_changed(receiver)
    edited = giver is False and other is True
    unknown = giver is None and not is_settled_by_time(row)
    return (edited or unknown) and not names_owner(clauses)


check.leave_out("write only when the record is created", *LATER_EVENTS, two_way=False)
check.fix("fill only what is blank", "if blank", Kind.MODE)
check.fix("let the more recent value win", "most recent wins", Kind.WINNER, two_way=True)
check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER, two_way=False)
