"""
What arrives is of a type that the target cannot take.

A number takes no text but one that reads as a number, a date no truth, and a choice from a list no
free text. What does not fit is refused, at every pass, or the whole record is.

Bad:

    system hubspot { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping companies: hubspot.contacts -> dynamics.lead {
      size: hubspot.company_size -> dynamics.numberofemployees on create only
    }

Good:

    system hubspot { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping companies: hubspot.contacts -> dynamics.lead {
      size: hubspot.company_size -> dynamics.numberofemployees as number, on create only
    }

Right anyway: when all values are known to fit. A step says so, and reports those that do not:
`as number`.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.arriving import (
    Given,
    Named,
    Seen,
    Way,
    named,
    options_of,
    type_of,
    ways_where,
)
from syncdsl.check.known.fitting import WORDS, Fit, fit, step_for, takes
from syncdsl.check.naming import place_of_value
from syncdsl.check.remedies import with_step
from syncdsl.convert import text
from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Policy
from syncdsl.schema import Type
from syncdsl.source import Span

check = Check(__name__, Severity.ERROR, since="0.2")


@check.on_policy
def does_not_fit(policy: Policy) -> Iterator[Diagnostic]:
    told: set[tuple[Span, str]] = set()
    seen: Seen = set()
    for way, mapping in ways_where(policy, _may_not_fit):
        target = type_of(way.target)
        if target is None or target is Type.LIST:
            continue
        if way.given is not None and not way.given.many:
            fits = _fit(way, way.given, target)
            if fits is not Fit.ALL and reach(way.rule, mapping).of(way.side):
                yield _given(way, fits, target)
        if step_for(target) is None or not reach(way.rule, mapping).of(way.side):
            continue
        for each in named(way, seen):
            place = each.span, str(way.target)
            if not takes(target, each.value) and place not in told:
                told.add(place)
                yield _named(way, each, target)


def _may_not_fit(way: Way) -> bool:
    """Is there something of its kind that does not fit, named by the policy or not?"""
    target = type_of(way.target)
    if target is None or target is Type.LIST:
        return False
    if way.given is not None and not way.given.many and _fit(way, way.given, target) is not Fit.ALL:
        return True
    return any(not takes(target, each.value) for each in named(way, set()))


def _fit(way: Way, given: Given, target: Type) -> Fit:
    if given.type is None or given.type is target:
        return Fit.ALL
    if given.options and step_for(target) is not None and given.type is not Type.BOOL:
        fitting = [takes(target, option) for option in given.options]
        if not any(fitting):
            return Fit.NONE
        return Fit.ALL if all(fitting) else Fit.SOME
    if given.options and options_of(way.target):
        return Fit.ALL  # the options tell which
    return fit(given.type, target)


def _given(way: Way, fits: Fit, target: Type) -> Diagnostic:
    assert way.given is not None and way.given.type is not None
    start = f"`{way.giver}` gives {WORDS[way.given.type]}, and `{way.target}` takes {WORDS[target]}"
    if fits is Fit.NONE:
        return check.finding(f"{start}: no value fits", way.rule.label_span, rule=way.rule)
    notes: tuple[str, ...] = ()
    harm, wrong = f"what is not {WORDS[target]} is refused", f"are not {WORDS[target]}"
    if target is Type.OPTION:
        harm, wrong = "what is none of them is refused", f"are no option of `{way.target}`"
        notes = ("a value map says which text is which option",)
    return check.finding(
        f"{start}: {harm}",
        way.rule.label_span,
        severity=Severity.WARNING,
        rule=way.rule,
        notes=notes,
        fixes=tuple(_fixes(way, target)),
        question=f"how many values of `{way.giver}` {wrong}?",
    )


def _named(way: Way, each: Named, target: Type) -> Diagnostic:
    return check.finding(
        f"`{text(each.value)}` is not {WORDS[target]}, and `{way.target}` takes nothing else: "
        "it is refused",
        place_of_value(each.span, each.written) or each.span,
    )


def _fixes(way: Way, target: Type) -> Iterator[Fix]:
    step = step_for(target)
    if step is not None and way.rule.values is None:
        yield with_step(way.rule, f"report what is not {WORDS[target]}", step)
