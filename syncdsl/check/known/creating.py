"""What a record has, once a mapping has created it, and which records it is created for."""

from __future__ import annotations

from functools import cache

from syncdsl.check.known.conditions import asked_to_create
from syncdsl.laws.customs import fills
from syncdsl.policy import Clauses, Create, Mapping, Property, Rule
from syncdsl.schema import Object
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Content, Event, Row, Side, Truth

# Dataverse asks for these and fills them itself: with the user who writes, and with that user's
# currency (dynamics-chronicles.com/article/currency-fields-overview-how-configure; Microsoft says
# that it "is typically inherited from the account, opportunity, and so on": learn.microsoft.com/
# power-apps/developer/data-platform, "Transaction Currency (currency) table").
_FILLED_BY_SYSTEM = frozenset({"ownerid", "transactioncurrencyid"})


def required_names(found: Object) -> tuple[str, ...]:
    """The properties that a new record must have and somebody has to fill."""
    return tuple(
        name
        for name, facts in found.properties.items()
        if facts.required is True
        and facts.create is not False
        and facts.calculated is not True
        and name not in _FILLED_BY_SYSTEM
    )


def filling(mapping: Mapping, made: Side) -> dict[str, list[Rule]]:
    """The rules that can write into the record that a mapping makes on this side, by property."""
    found: dict[str, list[Rule]] = {}
    for rule in mapping.rules:
        side = rule.turned(made)
        end = rule.end(side)
        if end is not None and fills(rule.clauses, side):
            # A path through a reference fills the reference.
            for name in {end.name: None, end.name.partition(".")[0]: None}:
                found.setdefault(name, []).append(rule)
    return found


@cache
def fills_blanks(clauses: Clauses, side: Side) -> bool:
    """Does it also where the giving record has no value?"""
    rows = [row for row in _making(clauses, side) if row.situation.guard in (None, Truth.HOLDS)]
    blank = [row for row in rows if row.situation.content(side.other) is Content.BLANK]
    return all(row.outcome.action is Action.WRITE for row in blank)


def is_chosen_by(mapping: Mapping, create: Create, giver: Property) -> bool:
    """Do the conditions for creating a record ask for this property of the giving one?"""
    return any(
        operand.side is create.side.other and operand.name == giver.name
        for operand in asked_to_create(create, mapping)
    )


def _making(clauses: Clauses, side: Side) -> list[Row]:
    return [
        row
        for row in table(clauses)
        if row.situation.event is Event.CREATE and row.situation.made is side
    ]
