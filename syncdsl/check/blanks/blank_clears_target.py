"""
A blank empties a property although nobody emptied anything.

With `clear blanks` every blank counts: also that of a record which never had a value, of a form
that was sent half empty, of a field that an import left out. What people entered on the other side
is gone, and nothing says what it was.

Bad:

    phone: hubspot -> dynamics, clear blanks

Good:

    phone: hubspot -> dynamics, clear emptied

Right anyway: when the giving side is the only place where people edit. Say so:

    phone: hubspot -> dynamics, clear blanks, owned by hubspot
"""

from __future__ import annotations

from syncdsl.check.base import Check, is_settled_by_time, names_owner
from syncdsl.check.remedies import leaves_nothing, with_clause, without_clause
from syncdsl.diagnostic import Fix, Severity
from syncdsl.policy import Clauses, Kind, Rule
from syncdsl.situation import Action, Row

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_rows("a blank `{source}` can empty `{target}`, although nobody emptied it")
def empties_unasked(row: Row, clauses: Clauses) -> bool:
    receiver = row.outcome.receiver
    return (
        row.outcome.action is Action.CLEAR
        and receiver is not None
        and row.situation.was_changed(receiver.other) is not True
        and not is_settled_by_time(row)  # the blank is the more recent of the two
        and not names_owner(clauses)
    )


check.fix("empty it only after the other side was emptied", "clear emptied", Kind.BLANKS)


@check.remedy
def skip_blanks(rule: Rule, row: Row) -> Fix | None:
    title = "keep what is there"
    if leaves_nothing(rule.clauses, "skip blanks", Kind.BLANKS):
        return None
    dropped = without_clause(rule, title, Kind.BLANKS)
    return dropped or with_clause(rule, title, "skip blanks", Kind.BLANKS)


check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER, two_way=False)
