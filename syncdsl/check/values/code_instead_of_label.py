"""
The number that a system keeps for an option is written where people read a text.

People see `Trade Show`, the system keeps `7`. A text that is filled from the option says `7`, and
whoever reads it, in a mail or in a report, has to guess. A value map says what each number means.

Bad:

    system dynamics { kind dynamics365 }
    system hubspot { kind hubspot }

    mapping leads: dynamics.lead -> hubspot.contacts {
      industry: dynamics.industrycode -> hubspot.industry on create only
    }

Good:

    system dynamics { kind dynamics365 }
    system hubspot { kind hubspot }

    mapping leads: dynamics.lead -> hubspot.contacts {
      industry: dynamics.industrycode -> hubspot.industry on create only, values industry
    }

    values industry {
      1 -> Accounting
      7 -> Consulting
      otherwise reject
    }

Right anyway: when only programs read the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import Way, options_of, type_of, ways
from syncdsl.convert import text
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Arrow
from syncdsl.schema import Option, Type

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_alike
def says_a_number(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    if rule.clauses.arrow is Arrow.BOTH:
        return  # that the text fits none of the options is told of the other direction
    for way in ways(rule):
        option = _code(way)
        if option is not None and reach(rule, mapping).of(way.side):
            yield check.finding(
                f"`{way.target}` is a text, and `{way.giver}` gives the number of an option: "
                f"`{text(option.value)}` where people see `{option.label}`",
                rule.label_span,
                rule=rule,
                notes=("a value map says what each number means",),
            )


def _code(way: Way) -> Option | None:
    """An option that arrives as a number and has a label which says more."""
    if type_of(way.target) is not Type.TEXT or type_of(way.giver) is not Type.OPTION:
        return None
    if way.rule.values is not None or way.giver is None:
        return None
    numbers = (each for each in options_of(way.giver) if type(each.value) is int)
    return next((each for each in numbers if _says_more(each)), None)


def _says_more(option: Option) -> bool:
    label = option.label or ""
    return any(letter.isalpha() for letter in label)
