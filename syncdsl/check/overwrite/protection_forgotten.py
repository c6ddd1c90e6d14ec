"""
A rule that writes once does so only where the engine remembers that it has.

`once` is at most one write in the life of a pair. Between two passes somebody has to keep in mind
that it was done. An engine that knows of nothing but the records sees a blank target, and fills it
once more: after somebody has emptied it, `once` is no more than `if blank`.

Bad:

    source: hubspot -> dynamics once

Good:

    source: hubspot -> dynamics on create only

Right anyway: when nobody empties the property, or the engine is known to remember. Allow it with
this reason.
"""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.diagnostic import Certainty, Severity
from syncdsl.laws.law import Broken, Engine, Law, breach_of
from syncdsl.policy import Clauses
from syncdsl.semantics.table import table

check = Check(__name__, Severity.INFO, since="0.2", certainty=Certainty.UNKNOWN)


@check.on_laws(
    Law.WRITES_ONCE,
    "`{target}` is filled a second time by an engine that does not remember the first",
)
def writes_once_more(clauses: Clauses) -> Broken | None:
    if all(row.situation.written is None for row in table(clauses)):
        return None  # it does not ask whether it has written
    if breach_of(clauses, Law.WRITES_ONCE) is not None:
        return None
    return breach_of(clauses, Law.WRITES_ONCE, Engine.FORGETS)
