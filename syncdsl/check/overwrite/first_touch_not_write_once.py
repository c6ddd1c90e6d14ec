"""
A property that says where somebody first came from changes when somebody comes again.

Reports of what brings customers rest on the first touch. It is true once, when the record is made;
every later value is another fact. This rule writes later values over it.

Bad:

    source: hubspot -> dynamics on create or update

Good:

    source: hubspot -> dynamics once

Right anyway: when the giving system itself keeps the first touch and corrects it. Say so:

    source: hubspot -> dynamics, owned by hubspot
"""

from __future__ import annotations

from syncdsl.check.base import LATER_EVENTS, Check, names_owner, overwritten
from syncdsl.check.known.meanings import is_first_touch, is_meant_to_change
from syncdsl.diagnostic import Severity
from syncdsl.policy import Clauses, Kind, Rule
from syncdsl.situation import Event, Row, Side

check = Check(__name__, Severity.WARNING, since="0.1")


def keeps_a_first_touch(rule: Rule, receiver: Side) -> bool:
    target, source = rule.end(receiver), rule.end(receiver.other)
    if target is None or is_meant_to_change(target):
        return False
    return is_first_touch(target) or is_first_touch(source)


@check.on_rows(
    "a change of `{source}` overwrites `{target}`, which keeps the first touch",
    only_for=keeps_a_first_touch,
)
def overwrites_later(row: Row, clauses: Clauses) -> bool:
    receiver = overwritten(row)
    return (
        row.situation.event is Event.UPDATE
        and receiver is not None
        and row.situation.was_changed(receiver.other) is True
        and not clauses.mode.has_stages
        and not names_owner(clauses)
    )


check.leave_out("write only when the record is created", *LATER_EVENTS, two_way=False)
check.fix("write once, into a blank", "once", Kind.MODE)
check.fix("fill only what is blank", "if blank", Kind.MODE, two_way=False)
check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER, two_way=False)
