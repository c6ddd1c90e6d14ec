"""
No rule uses a value map.

Either it is left over and can go, or the rule that was to use it has lost its `values` clause and
now writes the values as they come.

Bad:

    source: hubspot -> dynamics on create only

    values lead_source {
      REFERRALS -> 2
      otherwise reject
    }

Good:

    source: hubspot -> dynamics on create only, values lead_source

    values lead_source {
      REFERRALS -> 2
      otherwise reject
    }

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
        rule.values.span
        for mapping in policy.mappings
        for rule in mapping.rules
        if rule.values is not None
    }
    for values in policy.values:
        if values.span not in used:
            yield check.finding(f"no rule uses the value map `{values.name}`", values.span)
