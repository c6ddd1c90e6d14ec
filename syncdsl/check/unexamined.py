"""
What could not be examined, because a library is not installed that a step needs.

Such a step is carried out nowhere, so no examples are found for its rules, and what comes of their
values is not looked at. That is no mistake of a policy, and no check finds it: it is said once for
each library, so that "nothing found" is not taken for more than it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_LABELS
from syncdsl.convert import MissingLibrary, Step, Unusable, convert
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity
from syncdsl.policy import Kind, Policy
from syncdsl.source import Span

# What a step takes whose library may be missing.
_TAKEN = {"e164": "+1 202 555 0143", "date": "2026-03-02", "datetime": "2026-03-02"}


def unexamined(policy: Policy) -> Iterator[Diagnostic]:
    missing: dict[tuple[str, str], list[Span]] = {}
    for step, span in _steps(policy):
        why = _why(step)
        if why is not None:
            missing.setdefault((step.name, why), []).append(span)
    for (name, why), places in missing.items():
        first, *others = dict.fromkeys(places)
        yield Diagnostic(
            "missing-library",
            Severity.INFO,
            f"what becomes of values by `{name}` was not examined here: {why}",
            first,
            tuple(Label(place, "nor here") for place in others[:MAX_LABELS]),
            certainty=Certainty.UNKNOWN,
        )


def _why(step: Step) -> str | None:
    """What is missing for this step to be carried out."""
    if step.name not in _TAKEN or (step.name != "e164" and step.argument in (None, "UTC")):
        return None
    try:
        convert((step,), _TAKEN[step.name])
    except MissingLibrary as missing:
        return str(missing)
    except Unusable:
        return None
    return None


def _steps(policy: Policy) -> Iterator[tuple[Step, Span]]:
    for mapping in policy.mappings:
        for key in mapping.match:
            yield from ((step, key.span) for step in key.steps)
        for rule in mapping.rules:
            clause = rule.clause(Kind.CONVERSION)
            if clause is not None:
                steps = rule.wiring.forward.steps or rule.wiring.backward.steps
                yield from ((step, clause.span) for step in steps)
