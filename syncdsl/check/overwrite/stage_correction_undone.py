"""
Who sets a stage back, because it was wrong, sees it go forward again.

A stage that only goes forward is never lowered by the sync. People do lower it: a deal that was
marked as won by mistake, a contact that is no customer after all. The other side still has the
later stage, and the next pass that looks at the pair takes it for progress.

Bad:

    stage: hubspot.lifecyclestage -> dynamics.new_stage, forward only in lifecycle
    order lifecycle { lead < opportunity < customer }

Good:

    stage: hubspot.lifecyclestage -> dynamics.new_stage on create or update,
      forward only in lifecycle
    order lifecycle { lead < opportunity < customer }

Right anyway: when stages are corrected in both systems at once, or only in the giving one.
"""

from __future__ import annotations

from syncdsl.check.base import Check, names_owner
from syncdsl.diagnostic import Severity
from syncdsl.laws.law import Broken, Law, breach_of
from syncdsl.policy import Clauses, Rule
from syncdsl.situation import Event, Side

check = Check(__name__, Severity.INFO, since="0.2")


def has_stages(rule: Rule, receiver: Side) -> bool:
    return rule.order is not None  # a flag that is never taken back is meant like that


@check.on_laws(
    Law.PAUSE_EDIT_STAYS,
    "who sets `{target}` back to an earlier stage sees it go forward again",
    only_for=has_stages,
)
def goes_forward_again(clauses: Clauses) -> Broken | None:
    if not clauses.mode.has_stages or names_owner(clauses) or clauses.constant:
        return None
    for law in (Law.PAUSE_EDIT_STAYS, Law.EDIT_STAYS):
        broken = breach_of(clauses, law)
        if broken is not None and broken.unasked:
            return broken
    return None


check.leave_out("leave full passes out", Event.INITIAL, Event.REACTIVATION, two_way=False)
