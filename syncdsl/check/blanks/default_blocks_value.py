"""
A default that is written first keeps out the value that comes later.

A record is made while the giving property is still blank, so it gets the default. Then somebody
enters what was missing. The rule has done its work by then, or finds the target filled: the default
stands there for good, and looks like a value that somebody knows.

Bad:

    city: hubspot.city -> dynamics.address1_city if blank, default "(unknown)"

Good:

    city: hubspot.city -> dynamics.address1_city if blank

Right anyway: when the default is a decision and no placeholder, as the currency that all new
accounts get. Then it need not look at later values at all:

    currency: hubspot.currency -> dynamics.transactioncurrencyid on create only, default EUR
"""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.remedies import without_clause
from syncdsl.diagnostic import Fix, Severity
from syncdsl.laws.law import Broken, Law, breach_of
from syncdsl.policy import Clauses, Kind, Rule
from syncdsl.situation import Reason, Row

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_laws(
    Law.DEFAULT_YIELDS,
    "a record that is made while `{source}` is blank keeps the default in `{target}`, whatever is "
    "entered later",
    question="how many records are made while `{source}` is blank?",
)
def keeps_the_default(clauses: Clauses) -> Broken | None:
    broken = breach_of(clauses, Law.DEFAULT_YIELDS) if clauses.default else None
    # Of a rule that does not look at the pair again nobody expects that the value comes later.
    return None if broken is None or broken.row.outcome.reason in _NOT_ASKED else broken


_NOT_ASKED = (Reason.EVENTS, Reason.GUARD_FAILS, Reason.GUARD_UNKNOWN)


@check.remedy
def leave_it_blank(rule: Rule, row: Row) -> Fix | None:
    """Without the default the target waits for the value."""
    return without_clause(rule, "leave it blank until there is a value", Kind.DEFAULT)
