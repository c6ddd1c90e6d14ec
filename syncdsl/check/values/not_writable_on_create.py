"""
A property is written to a new record, and its system lets nobody write it but later.

A total, a state or a date of closing can often be set only on a record that is there already. The
write with which the record is made is refused, or leaves the property out; the value comes with
the next change or full pass, or never.

Bad:

    system dynamics { kind dynamics365 }

    mapping orders: erp.sales_header -> dynamics.salesorder {
      total: erp.`Amount Including VAT` -> dynamics.totalamount, owned by erp
    }

Good:

    system dynamics { kind dynamics365 }

    mapping orders: erp.sales_header -> dynamics.salesorder {
      total: erp.`Amount Including VAT` -> dynamics.totalamount, owned by erp, not on create
    }

Right anyway: when something else makes the records, so that the sync never does. Say so:
`create in dynamics never`.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import Way, ways
from syncdsl.check.remedies import events_without, with_clause
from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Arrow, Kind
from syncdsl.situation import Event, Side

# Dataverse: "the value is ignored" (learn.microsoft.com/power-apps/developer/data-platform, "Column
# definitions", IsValidForCreate).
check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_alike
def writes_it_too_early(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    for way in ways(rule):
        facts = way.target.facts
        if facts is None or facts.create is not False or facts.update is not True:
            continue
        events = reach(rule, mapping).of(way.side)
        if Event.CREATE in events:
            later = "comes later or never" if len(events) > 1 else "never comes"
            yield check.finding(
                f"`{way.target}` cannot be written when its record is made: the value {later}",
                rule.ends[0] if way.side is Side.LEFT else rule.ends[1],
                rule=rule,
                fixes=tuple(_fixes(way)),
            )


def _fixes(way: Way) -> Iterator[Fix]:
    """Of a two-way rule it would take the other direction away too."""
    if way.rule.clauses.arrow is Arrow.BOTH:
        return
    events = events_without(way.rule.clauses, (Event.CREATE,))
    if events is not None:
        title = "leave the moment out in which the record is made"
        yield with_clause(way.rule, title, events, Kind.EVENTS)
