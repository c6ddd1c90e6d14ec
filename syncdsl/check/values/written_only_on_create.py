"""
A property is written later that its system lets nobody write but when the record is made.

Price lists, currencies and numbers of a document are fixed with the record in many systems. A live
change and a full pass that write them are refused, and with them, in some systems, all that was
to be written to the record. Dataverse says nothing and leaves the value out.

Bad:

    system dynamics { kind dynamics365 }

    mapping orders: erp.sales_header -> dynamics.salesorder {
      number: erp.`No.` -> dynamics.ordernumber, owned by erp
    }

Good:

    system dynamics { kind dynamics365 }

    mapping orders: erp.sales_header -> dynamics.salesorder {
      number: erp.`No.` -> dynamics.ordernumber on create only
    }

Right anyway: never; what is refused or left out changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import LATER_EVENTS, Check, Place
from syncdsl.check.known.arriving import Way, ways
from syncdsl.check.remedies import with_clause
from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Arrow, Kind
from syncdsl.situation import Event, Side
from syncdsl.suggest import one_of

# Dataverse: "the value is ignored" (learn.microsoft.com/power-apps/developer/data-platform, "Column
# definitions", IsValidForUpdate).
check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_alike
def writes_it_later(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    for way in ways(rule):
        facts = way.target.facts
        if facts is None or facts.update is not False or facts.create is not True:
            continue
        events = reach(rule, mapping).of(way.side)
        later = [event.value for event in LATER_EVENTS if event in events]
        if later:
            yield check.finding(
                f"`{way.target}` can only be written when its record is made: what this rule "
                f"writes on {one_of(later, quote='')} is refused or lost",
                rule.ends[0] if way.side is Side.LEFT else rule.ends[1],
                rule=rule,
                fixes=tuple(_fixes(way, events)),
            )


def _fixes(way: Way, events: frozenset[Event]) -> Iterator[Fix]:
    """Of a two-way rule it would take the other direction away too."""
    if way.rule.clauses.arrow is not Arrow.BOTH and Event.CREATE in events:
        title = "write it when the record is made"
        yield with_clause(way.rule, title, "on create only", Kind.EVENTS)
