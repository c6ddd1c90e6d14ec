"""
No rule uses an order.

Either it is left over and can go, or the rule that was to use it has lost its `forward only in`
clause, and now a stage can go back.

Bad:

    order steps { lead < opportunity < customer }

    step: hubspot -> dynamics on create only

Good:

    order steps { lead < opportunity < customer }

    step: hubspot -> dynamics, forward only in steps

Right anyway: when the rules that use it stand in a folder that is not checked together with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Policy

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_policy
def no_rule_uses_it(policy: Policy) -> Iterator[Diagnostic]:
    if not policy.mappings or not policy.whole:
        return  # shared declarations, checked alone; or a rule that uses it was not understood
    used = {
        rule.order.span
        for mapping in policy.mappings
        for rule in mapping.rules
        if rule.order is not None
    }
    for order in policy.orders:
        if order.span not in used:
            yield check.finding(f"no rule uses the order `{order.name}`", order.span)
