"""
The zeros at the beginning of a code are lost on the way.

A postcode and a telephone number are written in digits, and are no numbers: nobody adds them up,
and a zero in front counts. `number` reads `01067` as 1067, which is no place in Dresden any more;
what arrives is a text again, without the zero.

Bad:

    system hubspot  { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      zip: hubspot.zip -> dynamics.address1_postalcode as trim | number, if blank
    }

Good:

    system hubspot  { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      zip: hubspot.zip -> dynamics.address1_postalcode as trim, if blank
    }

Right anyway: when all codes are of a country in which none begins with a zero.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import Way, type_of, ways
from syncdsl.check.known.meanings import is_phone, is_postcode
from syncdsl.check.remedies import without_step
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Kind
from syncdsl.schema import Type

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_rules
def loses_them(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    both = rule.wiring.forward, rule.wiring.backward
    if all(step.name != "number" for conversion in both for step in conversion.steps):
        return
    for way in ways(rule):
        sample = _sample(way)
        if sample is None or not reach(rule, mapping).of(way.side):
            continue
        clause = rule.clause(Kind.CONVERSION)
        fix = without_step(rule, "keep it a text", "number")
        yield check.finding(
            f"`{sample}` in `{way.giver}` arrives as `{sample.lstrip('0')}`: `number` takes the "
            f"zeros in front away, and `{way.target}` is a text",
            rule.label_span if clause is None or clause.usual else clause.span,
            rule=rule,
            question=f"how many values of `{way.giver}` begin with a zero?",
            fixes=() if fix is None else (fix,),
        )
        return


def _sample(way: Way) -> str | None:
    """A code that loses its zeros, if what is given is one and comes as a text to a text."""
    if way.giver is None or all(step.name != "number" for step in way.conversion.steps):
        return None
    if type_of(way.giver) is not Type.TEXT or type_of(way.target) is not Type.TEXT:
        return None
    if is_postcode(way.giver) or is_postcode(way.target):
        return "01067"
    return "0351123456" if is_phone(way.giver) or is_phone(way.target) else None
