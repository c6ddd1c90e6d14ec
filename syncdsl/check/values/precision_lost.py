"""
A number has more decimal places than the property that it is written to.

What does not fit is rounded by one system, cut off by the next and refused by a third. Where the
rule goes both ways, the rounded number comes back; where it goes one way, the two never agree, and
every pass writes again.

Bad:

    system dynamics { kind dynamics365 }

    mapping accounts: dynamics.account -> branch.account {
      limit: dynamics.creditlimit -> branch.numberofemployees, owned by dynamics
    }

    system branch { kind dynamics365 }

Good:

    system dynamics { kind dynamics365 }

    mapping accounts: dynamics.account -> branch.account {
      limit: dynamics.creditlimit -> branch.creditlimit, owned by dynamics
    }

    system branch { kind dynamics365 }

Right anyway: when all values are known to be round.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import Way, ways
from syncdsl.diagnostic import Certainty, Diagnostic, Severity
from syncdsl.flow.writing import reach
from syncdsl.schema import Type

check = Check(__name__, Severity.WARNING, since="0.2", certainty=Certainty.DATA)

_NUMBERS = (Type.NUMBER, Type.MONEY)


@check.on_alike
def is_rounded(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    for way in ways(rule):
        has, takes = _places(way)
        if has > takes and reach(rule, mapping).of(way.side):
            whole = "whole numbers" if takes == 0 else f"{takes} decimal places"
            yield check.finding(
                f"`{way.giver}` has up to {has} decimal places and `{way.target}` takes {whole}: "
                "the rest is lost or refused",
                rule.label_span,
                rule=rule,
                question=f"how many values of `{way.giver}` have more than {takes} decimal places?",
            )


def _places(way: Way) -> tuple[int, int]:
    """How many decimal places arrive, and how many the target takes; as many if nobody knows."""
    given, facts = way.given, way.target.facts
    if given is None or given.many or facts is None or facts.precision is None:
        return 0, 0
    if given.type not in _NUMBERS or facts.type not in _NUMBERS:
        return 0, 0
    return given.precision or 0, facts.precision
