"""
Both sides can have a claim, and the rule does not say which one gives.

After two edits, or where nobody knows which side was edited, as at the first full pass, this rule
cannot decide. Nothing is written, and the two records stay different for good.

Bad:

    phone: hubspot <-> dynamics

Good:

    phone: hubspot <-> dynamics, most recent wins

Right anyway: never as it stands. If a person is to decide, say that:

    phone: hubspot <-> dynamics, ask

A named winner (`hubspot wins`) settles it too. It then overwrites edits of the other side, which
other checks tell; so it is not offered as a fix.
"""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.diagnostic import Severity
from syncdsl.policy import Clauses, Kind
from syncdsl.situation import Reason, Row

check = Check(__name__, Severity.ERROR, since="0.1")


@check.on_rows("`{source}` and `{target}` can both have a claim, and no winner is named")
def cannot_decide(row: Row, clauses: Clauses) -> bool:
    return row.outcome.reason is Reason.NO_WINNER


check.fix("let the more recent value win", "most recent wins", Kind.WINNER)
check.fix("let a person decide", "ask", Kind.WINNER)
