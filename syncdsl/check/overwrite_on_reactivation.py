"""
Switching the sync on again can overwrite a value that nobody asked to change.

A full pass compares every pair of records once more: when the sync is switched on again, when its
mapping is edited and saved, when somebody runs it by hand. Where the two sides disagree, this rule
writes, although the giving side was not edited since the last sync.

Bad:

    source: hubspot -> dynamics

Good:

    source: hubspot -> dynamics on create only

Right anyway: when the giving side is the only place where people edit. Say so: `owned by hubspot`.
"""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.diagnostic import Severity
from syncdsl.policy import Arrow, Clauses, Kind, Winner
from syncdsl.situation import Action, Content, Event, Row

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_rows("switching this sync on again can overwrite `{target}`")
def overwrites_unasked(row: Row, clauses: Clauses) -> bool:
    seen, done = row
    receiver = done.receiver
    if seen.event is not Event.REACTIVATION or done.action is not Action.WRITE or receiver is None:
        return False
    edited = seen.was_changed(receiver.other)
    if clauses.mode.has_stages:
        return False  # a stage that only goes forward takes nothing back
    fixed = clauses.arrow is not Arrow.BOTH or clauses.winner in (Winner.LEFT, Winner.RIGHT)
    return (
        seen.content(receiver) is not Content.BLANK
        and (edited is False or (edited is None and fixed))
        and clauses.owner is not receiver.other
    )


check.fix("write only when the record is created", "on create only", Kind.EVENTS)
check.fix("leave full passes out", "not on reactivation", Kind.EVENTS)
check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER)
