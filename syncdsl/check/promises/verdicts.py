"""How many promises were proved, and how many were not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from syncdsl.check.promises import promise_broken
from syncdsl.diagnostic import Certainty, Diagnostic, Promises, Severity, in_order
from syncdsl.policy import ChangeBudget, OverwriteBudget, Policy
from syncdsl.source import Span


def verdicts(
    policy: Policy, found: Iterable[Diagnostic], not_understood: Sequence[Diagnostic] = ()
) -> Promises:
    """
    A promise about which nothing was found is proved, if all of the policy was understood: a line
    that says nothing may have been the one that breaks it. Then it is told which line that is.
    """
    told: dict[Span, Certainty] = {}
    for each in found:
        if each.code == promise_broken.check.code:
            told[each.span] = each.certainty
    budgets = sum(isinstance(each, ChangeBudget | OverwriteBudget) for each in policy.promises)
    broken = sum(certainty is not Certainty.UNKNOWN for certainty in told.values())
    silent = len(policy.promises) - budgets - len(told)
    proved = silent if policy.whole else 0
    hidden_by = _place(not_understood) if silent > proved else None
    return Promises(proved, broken, len(told) - broken + silent - proved, budgets, hidden_by)


def _place(not_understood: Sequence[Diagnostic]) -> str | None:
    """What is an error, first: what is less may have been understood all the same."""
    listed = in_order([*not_understood])
    errors = [each for each in listed if each.severity is Severity.ERROR]
    for each in errors or listed:
        return f"{each.span.source.path}:{each.span.line}"
    return None
