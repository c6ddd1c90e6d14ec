"""
Records that are closed are written to like open ones.

A quote that was sent, an order that was delivered and an invoice that was paid are locked in
Dynamics, and so is a lead in Salesforce that was converted: their system refuses a later write, and
the pass reports an error for it each time. A scope or a condition that asks for the state keeps
them out.

Bad:

    system dynamics { kind dynamics365 }

    mapping orders: erp.sales_header -> dynamics.salesorder {
      match `No.` = ordernumber
      carrier: erp.`Shipping Agent Code` -> dynamics.shipto_name, owned by erp
    }

Good:

    system dynamics { kind dynamics365 }

    mapping orders: erp.sales_header -> dynamics.salesorder {
      match `No.` = ordernumber
      scope dynamics.statecode = 0, leaving stops
      carrier: erp.`Shipping Agent Code` -> dynamics.shipto_name, owned by erp
    }

Right anyway: when a closed record never changes in the giving system either, or when the sync works
as an administrator of Dynamics, who may write to locked records. This is an information: it says
which question to ask the records.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import LATER_EVENTS, Check
from syncdsl.check.known.arriving import is_read_only
from syncdsl.check.known.states import asks_for
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Mapping, Policy, Rule, object_name
from syncdsl.situation import Side

check = Check(__name__, Severity.INFO, since="0.2")

# What a system locks, by its kind, and the property that says so. Dynamics: Microsoft's table of
# the states in which records become read-only has these three (learn.microsoft.com/dynamics365/
# sales, "Dynamics 365 Sales and privacy laws and regulations"). A closed lead, opportunity or case
# is read-only on forms alone; programs write to it (markcarrington.dev, "MSDyn365 Internals:
# Read-only sales entities", 2023). Salesforce answers CANNOT_UPDATE_CONVERTED_LEAD, "cannot
# reference converted lead" (github.com/grouparoo/grouparoo/issues/1043).
_LOCKED = {
    ("dynamics365", "invoice"): ("statecode", "statecode is not 0"),
    ("dynamics365", "quote"): ("statecode", "statecode is not 0"),
    ("dynamics365", "salesorder"): ("statecode", "statecode is not 0"),
    ("salesforce", "Lead"): ("IsConverted", "IsConverted is true"),
}


@check.on_policy
def writes_to_what_is_locked(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        for side, home in ((Side.LEFT, mapping.left), (Side.RIGHT, mapping.right)):
            system = policy.system(home[0])
            kind = None if system is None else system.kind
            locked = _LOCKED.get((kind or "", home[1] or ""))
            if locked is None:
                continue
            state, words = locked
            rules = [rule for rule in mapping.rules if _writes_later(rule, mapping, side)]
            open_to_all = [rule for rule in rules if not asks_for(rule, mapping, state)]
            if open_to_all:
                rule = open_to_all[0]
                ends = mapping.ends or (rule.label_span, rule.label_span)
                yield check.finding(
                    f"`{rule.name}` writes to `{object_name(home)}` in every state, and those that "
                    "are closed are locked",
                    ends[0] if side is Side.LEFT else ends[1],
                    labels=(Label(rule.label_span, "this rule does"),),
                    question=f"of how many paired `{object_name(home)}` is it so that {words}?",
                )


def _writes_later(rule: Rule, mapping: Mapping, home: Side) -> bool:
    side = rule.turned(home)
    target = rule.end(side)
    if target is None or target.name in ("statecode", "statuscode"):
        return False
    if is_read_only(target) or (target.facts is not None and target.facts.update is False):
        return False  # no later write of it is taken, in whatever state: told as that
    return not reach(rule, mapping).of(side).isdisjoint(LATER_EVENTS)
