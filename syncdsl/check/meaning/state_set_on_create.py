"""
A record is created in a state in which no record can begin.

Dataverse makes an order, a quote, an invoice or a task open, whatever is asked for; only a second
write can close it. A reason that belongs to another state is refused in the first one, and with it
the whole record.

Bad:

    system dynamics { kind dynamics365 }

    mapping orders: shop.order -> dynamics.salesorder {
      match id = ordernumber
      status: 100001 -> dynamics.statuscode on create only
    }

Good:

    system dynamics { kind dynamics365 }

    mapping orders: shop.order -> dynamics.salesorder {
      match id = ordernumber
      status: 1 -> dynamics.statuscode on create only
    }

Right anyway: never. What closes the record is written later: `not on create`, together with its
`statecode`.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.putting import put_by_given
from syncdsl.check.known.states import state_of, states_of
from syncdsl.check.remedies import events_without, with_clause
from syncdsl.convert import same, text
from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.flow.writing import never_made
from syncdsl.laws.customs import fills
from syncdsl.policy import Kind, Rule
from syncdsl.situation import Event

check = Check(__name__, Severity.ERROR, since="0.2")

# Every state of Dataverse begins with this one: open, active, draft (learn.microsoft.com, "Default
# status and status reason values").
_BEGIN = 0

# These can be made in their first state only, although a task's schema lets its state be written.
# What happens to a reason is told in many places, in no page of Microsoft's that we know: "Can I
# create an INACTIVE record?", arundynamix.blogspot.com.
_BEGIN_OPEN = frozenset({"task", "quote", "salesorder", "invoice"})


@check.on_rules
def begins_closed(place: Place) -> Iterator[Diagnostic]:
    rule, mapping = place.rule, place.mapping
    if rule.values is None and not rule.clauses.constant:
        return  # what it puts there is up to the records
    for side, target in rule.targets:
        state = state_of(target)
        if state is None or not fills(rule.clauses, side):
            continue
        home = mapping.end(rule.turned(side))
        found = place.policy.object(home)
        facts = None if found is None else found.properties.get(state)
        if facts is None or side in never_made(rule, mapping):
            continue
        is_state = state == target.name
        if facts.create is False if is_state else (home[1] not in _BEGIN_OPEN and facts.create):
            continue  # told as what cannot be written then; or it may begin in any state
        for value in put_by_given(rule, side).values():
            states = (value,) if is_state else tuple(states_of(target, (value,)))
            if states and not same(states[0], _BEGIN, None):
                yield check.finding(
                    f"{text(value)} in `{target}` is the state {text(states[0])}, and a new "
                    f"`{home[1]}` begins in the state {_BEGIN}: it is refused",
                    rule.label_span,
                    rule=rule,
                    fixes=tuple(_fixes(rule)),
                )
                return


def _fixes(rule: Rule) -> Iterator[Fix]:
    clause = events_without(rule.clauses, (Event.CREATE,))
    if clause is not None:
        yield with_clause(rule, "write it after the record was made", clause, Kind.EVENTS)
