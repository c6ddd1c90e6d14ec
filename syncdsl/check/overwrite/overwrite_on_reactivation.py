"""
Switching the sync on again can overwrite a value that nobody asked to change.

A full pass compares every pair of records once more: when the sync is switched on again, when its
mapping is edited and saved, when somebody runs it by hand. Where the two sides disagree, this rule
writes, although the giving side was not edited since the last sync.

Bad:

    source: hubspot -> dynamics

Good:

    source: hubspot -> dynamics on create only

Right anyway: when the giving side is the only place where people edit. Say so:

    source: hubspot -> dynamics, owned by hubspot
"""

from __future__ import annotations

from syncdsl.check.base import LATER_EVENTS, Check, is_settled_by_time, names_owner, overwritten
from syncdsl.check.known.meanings import no_objection
from syncdsl.diagnostic import Severity
from syncdsl.policy import Clauses, Kind
from syncdsl.situation import Event, Row

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_rows("switching this sync on again can overwrite `{target}`", only_for=no_objection)
def overwrites_unasked(row: Row, clauses: Clauses) -> bool:
    receiver = overwritten(row)
    if row.situation.event is not Event.REACTIVATION or receiver is None:
        return False
    if clauses.mode.has_stages or clauses.constant:
        return False  # a stage goes forward only, and what a constant overwrites is told as that
    edited = row.situation.was_changed(receiver.other)
    unasked = edited is False or (edited is None and not is_settled_by_time(row))
    return unasked and not names_owner(clauses)


check.leave_out("write only when the record is created", *LATER_EVENTS, two_way=False)
check.leave_out("leave reactivations out", Event.REACTIVATION)
check.fix("fill only what is blank", "if blank", Kind.MODE, two_way=False)
check.fix("let a person decide", "ask", Kind.WINNER, two_way=True)
check.fix("let the more recent value win", "most recent wins", Kind.WINNER, two_way=True)
check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER, two_way=False)
