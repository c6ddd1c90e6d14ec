"""
A moment becomes a day, or a day a moment, and nothing says in which time zone.

Half past midnight in Berlin is still yesterday in UTC. A day that is written as a moment begins at
midnight in UTC, and whoever reads it further west sees the day before. Close dates, birthdays and
due dates are then wrong by a day for some records, and nobody sees which.

Bad:

    system hubspot { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      close: hubspot.closedate -> dynamics.estimatedclosedate, owned by hubspot
    }

Good:

    system hubspot { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      close: hubspot.closedate -> dynamics.estimatedclosedate as date("Europe/Berlin"),
          owned by hubspot
    }

Right anyway: when all moments are midnight in UTC, as HubSpot keeps what is entered as a day. Say
so: `as date("UTC")`.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import Way, type_of, ways
from syncdsl.diagnostic import Certainty, Diagnostic, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Kind
from syncdsl.schema import Type, Zone

# HubSpot's dates "must be set to midnight UTC" (developers.hubspot.com/docs/faq/
# how-should-timestamps-be-formatted-for-hubspots-apis).
check = Check(__name__, Severity.WARNING, since="0.2", certainty=Certainty.DATA)

_TIMES = (Type.DATE, Type.DATETIME)


@check.on_alike
def shifts_a_day(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    for way in ways(rule):
        if _crosses(way) and reach(rule, mapping).of(way.side):
            clause = rule.clause(Kind.CONVERSION)
            yield check.finding(
                _message(way),
                rule.label_span if clause is None or clause.usual else clause.span,
                rule=rule,
                notes=(_note(way),),
                question=_question(way),
            )
            return


def _crosses(way: Way) -> bool:
    giver, target = type_of(way.giver), type_of(way.target)
    if giver not in _TIMES or target not in _TIMES or way.rule.values is not None:
        return False
    if giver is target and not _is_what_a_clock_showed(way):
        return False
    # Only a step with a zone says it: without one, UTC is meant by nobody in particular.
    steps = way.conversion.steps
    return not any(step.name in ("date", "datetime") and step.argument for step in steps)


def _is_what_a_clock_showed(way: Way) -> bool:
    """Is one of the two a moment, and the other one what a clock somewhere showed?"""
    assert way.giver is not None and way.giver.facts is not None and way.target.facts is not None
    zones = {way.giver.facts.zone, way.target.facts.zone}
    return zones == {Zone.UTC, Zone.NONE}


def _message(way: Way) -> str:
    if type_of(way.giver) is type_of(way.target):
        return (
            f"`{way.giver}` and `{way.target}` mean a time differently, one in UTC and one by a "
            "clock in no certain time zone"
        )
    if type_of(way.target) is Type.DATE:
        return f"a moment of `{way.giver}` becomes a day of `{way.target}` in no certain time zone"
    return f"a day of `{way.giver}` becomes a moment of `{way.target}` in no certain time zone"


def _note(way: Way) -> str:
    step = "date" if type_of(way.target) is Type.DATE else "datetime"
    return (
        f'write where the days are counted, as in `as {step}("Europe/Berlin")`; '
        f'`as {step}("UTC")` says that UTC is meant'
    )


def _question(way: Way) -> str:
    if type_of(way.giver) is type_of(way.target):
        return f"how many values of `{way.giver}` are by a clock that is not in UTC?"
    if type_of(way.target) is Type.DATE:
        return f"how many values of `{way.giver}` are not midnight in UTC?"
    return f"how many values of `{way.target}` are not midnight in UTC?"
