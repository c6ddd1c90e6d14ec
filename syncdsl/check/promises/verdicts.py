"""How many promises were proved, and how many were not."""

from __future__ import annotations

from collections.abc import Iterable

from syncdsl.check.promises import promise_broken
from syncdsl.diagnostic import Certainty, Diagnostic, Promises
from syncdsl.policy import ChangeBudget, OverwriteBudget, Policy
from syncdsl.source import Span


def verdicts(policy: Policy, found: Iterable[Diagnostic]) -> Promises:
    """
    A promise about which nothing was found is proved, if all of the policy was understood: a line
    that says nothing may have been the one that breaks it.
    """
    told: dict[Span, Certainty] = {}
    for each in found:
        if each.code == promise_broken.check.code:
            told[each.span] = each.certainty
    budgets = sum(isinstance(each, ChangeBudget | OverwriteBudget) for each in policy.promises)
    broken = sum(certainty is not Certainty.UNKNOWN for certainty in told.values())
    silent = len(policy.promises) - budgets - len(told)
    proved = silent if policy.whole else 0
    return Promises(proved, broken, len(told) - broken + silent - proved, budgets)
