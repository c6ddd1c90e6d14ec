"""
A step of a conversion changes nothing, because of what the step before it gives.

Every step always gives one form. A number has no spaces around it and no capital letters, so that
`trim` or `lower` after `number` leaves everything as it is. The step may have been meant to come
first, where it would make values usable that now are not.

Bad:

    size: hubspot.company_size -> dynamics.new_size on create only, as number | trim

Good:

    size: hubspot.company_size -> dynamics.new_size on create only, as trim | number

Right anyway: never; a step that changes nothing can go.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import Check, Place
from syncdsl.convert import Step
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from syncdsl.policy import Arrow, Kind, Rule

check = Check(__name__, Severity.WARNING, since="0.2")

# What leaves everything as it is that one of these steps gives. Of a step with an argument this is
# so where both have the same one.
CHANGES_NOTHING: dict[str, tuple[str, ...]] = {
    "number": ("number", "trim", "lower", "upper"),
    "bool": ("bool", "trim", "lower"),
    "negate": ("bool", "trim", "lower"),
    "date": ("date", "trim", "lower", "upper"),
    "datetime": ("datetime", "trim", "upper"),
    "e164": ("e164", "trim", "lower", "upper"),
    "trim": ("trim",),
    "lower": ("lower",),
    "upper": ("upper",),
    "text": ("text",),
    "split": ("split",),
    "join": ("join",),
}


@check.on_alike
def changes_nothing(place: Place) -> Iterator[Diagnostic]:
    rule = place.rule
    if rule.clauses.arrow is Arrow.BOTH:
        return  # the other way round, the steps come the other way round
    steps = rule.wiring.forward.steps or rule.wiring.backward.steps
    index = idle_step(steps) if len(steps) > 1 else None
    clause = rule.clause(Kind.CONVERSION)
    if index is None or clause is None:
        return
    yield check.finding(
        f"`{steps[index].name}` changes nothing of what `{steps[index - 1].name}` gives",
        rule.label_span if clause.usual else clause.span,
        rule=rule,
        fixes=tuple(_fixes(rule, len(steps), index)),
    )


@cache
def idle_step(steps: tuple[Step, ...]) -> int | None:
    """The first step that changes nothing."""
    for index in range(1, len(steps)):
        before, step = steps[index - 1], steps[index]
        if step.name in CHANGES_NOTHING[before.name]:
            if step.name != before.name or step.argument == before.argument:
                return index
    return None


def _fixes(rule: Rule, count: int, index: int) -> Iterator[Fix]:
    clause = rule.clause(Kind.CONVERSION)
    assert clause is not None
    parts = clause.span.text.split("|")
    if not clause.usual and len(parts) == count:  # no `|` in an argument
        left = "|".join(part for at, part in enumerate(parts) if at != index)
        yield Fix("drop it", (Edit(clause.span, left.rstrip()),))
