"""
A sync can take back that somebody objected to being written to.

Who unsubscribes says so in one system. If an older "no objection" from the other one overwrites it,
the person gets mail that they refused, and the law is broken without anybody having done anything.
`sticky` keeps an objection: a true is never taken back, from whichever side it came.

Bad:

    optout: hubspot.hs_email_optout <-> dynamics.donotbulkemail, most recent wins

Good:

    optout: hubspot.hs_email_optout <-> dynamics.donotbulkemail, sticky

Right anyway: when only the giving system may lift an objection. An owner alone does not say that;
give the reason:

    # allow consent-not-sticky: HubSpot's preferences page is the only place to object and return
    optout: hubspot.hs_email_optout -> dynamics.donotbulkemail, owned by hubspot

A consent that was given (`accepts_marketing`) is the opposite: there a false must stay. It is not
asked for here; let it meet an objection, with `as negate, sticky in` the system of the objection.
"""

from __future__ import annotations

from syncdsl.check.base import Check, overwritten, receiver_of
from syncdsl.check.known.meanings import is_objection
from syncdsl.check.remedies import with_clause
from syncdsl.condition import Compare, Operand
from syncdsl.diagnostic import Fix, Severity
from syncdsl.filters import HOLDS
from syncdsl.filters.question import Demand
from syncdsl.policy import Clauses, Kind, Mode, Rule
from syncdsl.semantics.test_block import spelled
from syncdsl.situation import Action, Row, Side

check = Check(__name__, Severity.WARNING, since="0.1")


def is_about_an_objection(rule: Rule, receiver: Side) -> bool:
    return is_objection(rule.left) or is_objection(rule.right)


def an_objection_stands(rule: Rule, row: Row) -> tuple[Demand, ...]:
    """What is taken back is a true; where the target says it otherwise, any value may be one."""
    receiver = receiver_of(rule, row)
    target = rule.end(receiver)
    if target is None or not is_objection(target):
        return ()
    operand = Operand(receiver, target.name, "bool")
    return (Demand(Compare(operand, "=", True, "bool"), HOLDS),)


@check.on_rows(
    "this rule can take back an objection in `{target}`",
    only_for=is_about_an_objection,
    demands=an_objection_stands,
)
def overwrites(row: Row, clauses: Clauses) -> bool:
    return clauses.mode is not Mode.STICKY and (
        overwritten(row) is not None or row.outcome.action is Action.CLEAR
    )


@check.remedy
def keep_a_true(rule: Rule, row: Row) -> Fix | None:
    if rule.values is not None:
        return None  # the values are no longer true and false
    clause = "sticky"
    if any(
        step.name == "negate" for step in rule.wiring.forward.steps + rule.wiring.backward.steps
    ):
        side = next(side for side in Side if is_objection(rule.end(side)))
        clause = f"sticky in {spelled(rule.system(side))}"
    return with_clause(rule, "never take a true back", clause, Kind.MODE)
