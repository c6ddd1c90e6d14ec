"""
A step of a conversion gets what it can never take, so that no value comes through.

Every step says which types it takes. A date is no number, whatever day it is: the rule rejects
every record, at every pass.

Bad:

    system hubspot { kind hubspot }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      close: hubspot.closedate -> dynamics.new_close_year as date("UTC") | number, on create only
    }

Good:

    system hubspot { kind hubspot }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      close: hubspot.closedate -> dynamics.new_close as date("UTC"), on create only
    }

Right anyway: never; no value comes through.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import after, of_property
from syncdsl.check.known.fitting import WORDS
from syncdsl.convert import STEPS
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Kind, Rule
from syncdsl.schema import Type
from syncdsl.situation import Side

check = Check(__name__, Severity.ERROR, since="0.2")

# What an option and a reference are called may read as anything, and an amount as any number.
_READ_AS_ANYTHING = (Type.TEXT, Type.OPTION, Type.REFERENCE, Type.MONEY)


@check.on_alike
def takes_nothing(place: Place) -> Iterator[Diagnostic]:
    rule = place.rule
    for side in rule.receivers:
        problem = _problem(rule, side)
        if problem is not None:
            clause = rule.clause(Kind.CONVERSION)
            yield check.finding(
                problem,
                rule.label_span if clause is None or clause.usual else clause.span,
                rule=rule,
            )
            return


def _problem(rule: Rule, side: Side) -> str | None:
    giver = rule.end(side.other)
    conversion = rule.conversion(side)
    if giver is None or not conversion.steps or conversion.map_first:
        return None
    given, before = of_property(giver), f"`{giver}`"
    for step in conversion.steps:
        type_ = given.type
        if type_ is not None and not _may_take(type_, step.name):
            given_type = f"{before} is {WORDS[type_]}"
            return f"{given_type}, which `{step.name}` never takes: nothing is written"
        becomes = after(given, step)
        if step.name not in ("split", "join") and given.options and not becomes.options:
            return f"`{step.name}` takes none of the options of `{giver}`: nothing is written"
        given, before = becomes, f"what `{step.name}` gives"
    return None


def _may_take(type_: Type, step: str) -> bool:
    if type_ in _READ_AS_ANYTHING or step == "e164":
        return True  # 2010-01-01 could be dialled
    return type_.value in STEPS[step].takes
