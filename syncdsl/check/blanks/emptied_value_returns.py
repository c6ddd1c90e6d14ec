"""
Who removes what a person asked to have removed finds it there again.

A telephone number, an e-mail address, a day of birth of a person is taken out of one system because
somebody asked for it. The next full pass sees a blank, which this rule may fill, and the old value
of the other side comes back, although nobody edited anything there.

Bad:

    mobile: hubspot.mobilephone -> dynamics.mobilephone if blank

Good:

    mobile: hubspot.mobilephone -> dynamics.mobilephone if blank, not on reactivation

Right anyway: when what people ask for is done in the giving system. Say so:

    mobile: hubspot.mobilephone -> dynamics.mobilephone if blank, owned by hubspot

Of properties that do not hold what people ask to have removed, only the laws of the rule tell:
`syncdsl table mobile`.
"""

from __future__ import annotations

from syncdsl.check.base import Check, names_owner
from syncdsl.check.known.meanings import is_of_a_company, is_personal
from syncdsl.diagnostic import Severity
from syncdsl.laws.law import Broken, Law, breach_of
from syncdsl.policy import Clauses, Kind, Rule
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Content, Event, Side

check = Check(__name__, Severity.INFO, since="0.2")


def is_about_people(rule: Rule, receiver: Side) -> bool:
    """A blank that `if blank` fills is meant to be filled; only some are emptied on purpose."""
    ends = [rule.end(side) for side in Side]
    return any(map(is_personal, ends)) and not any(map(is_of_a_company, ends))


@check.on_laws(
    Law.EMPTIED_STAYS,
    "who empties `{target}` finds it filled again by the next full pass",
    only_for=is_about_people,
    question="in how many pairs is `{target}` blank and `{source}` filled?",
)
def fills_again(clauses: Clauses) -> Broken | None:
    if names_owner(clauses) or clauses.constant or not _refills(clauses):
        return None
    if any(breach_of(clauses, law) for law in (Law.EDIT_STAYS, Law.PAUSE_EDIT_STAYS)):
        return None  # every edit is undone, and that is told
    if breach_of(clauses, Law.WRITES_ONCE) is None:
        return None  # what it has filled it does not fill again
    broken = breach_of(clauses, Law.EMPTIED_STAYS)
    return broken if broken is not None and broken.unasked else None


def _refills(clauses: Clauses) -> bool:
    """Does a full pass write into a blank, unasked? The model need not be asked where none does."""
    return any(
        row.situation.event is Event.REACTIVATION
        and row.outcome.action is Action.WRITE
        and row.outcome.receiver is not None
        and row.situation.content(row.outcome.receiver) is Content.BLANK
        and row.situation.was_changed(row.outcome.receiver.other) is False
        for row in table(clauses)
    ) and not any(row.outcome.action is Action.ADD for row in table(clauses))


check.leave_out("leave full passes out", Event.REACTIVATION)
check.fix("fill it once, and never again", "once", Kind.MODE)
check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER, two_way=False)
