"""
What somebody takes out of a list comes back.

A rule that adds to a list takes nothing away, on neither side. A tag that is removed in one system
is still in the other, and from there the next pass adds it again. Between two systems that give to
each other no single person can remove anything.

Bad:

    tags: hubspot.tags <-> dynamics.new_tags, union

Good:

    tags: hubspot.tags -> dynamics.new_tags, union, owned by hubspot

Right anyway: when nothing is ever removed from the list: the fairs that somebody came to. What is a
history is written so, and does not count as a list of what holds now:

    fairs: hubspot.fairs <-> dynamics.new_fairs, append
"""

from __future__ import annotations

from syncdsl.check.base import Check, names_owner
from syncdsl.diagnostic import Severity
from syncdsl.laws.law import Broken, Law, breach_of
from syncdsl.policy import Clauses, Mode

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_laws(Law.EMPTIED_STAYS, "what somebody takes out of `{target}` comes back")
def adds_again(clauses: Clauses) -> Broken | None:
    if names_owner(clauses) or clauses.constant:
        return None
    if clauses.mode is not Mode.UNION:
        return None  # lines that are appended are meant to stay, as a history
    broken = breach_of(clauses, Law.EMPTIED_STAYS)
    return broken if broken is not None and broken.unasked else None
