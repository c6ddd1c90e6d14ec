"""
A winner on a one-way rule settles nothing.

A winner decides between two sides that both have a claim. On a one-way arrow only one side ever
gives, so the clause says something that is not so: whoever reads `dynamics wins` believes that
edits in Dynamics are kept, and they are overwritten.

Bad:

    phone: hubspot -> dynamics on create only, dynamics wins

Good:

    phone: hubspot -> dynamics on create only

Right anyway: never on the rule itself. In a mapping's `usual` line a winner is for its two-way
rules, and passes over the others:

    mapping people: hubspot.contacts <-> dynamics.contact {
      usual ask
      phone: hubspot -> dynamics on create only
      email: hubspot <-> dynamics
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.remedies import without_clause
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Arrow, Kind, Rule, Winner
from syncdsl.situation import Side

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_alike
def names_a_winner_for_nothing(place: Place) -> Iterator[Diagnostic]:
    rule = place.rule
    if rule.clauses.arrow is Arrow.BOTH:
        return
    clause = rule.clause(Kind.WINNER)
    receiver = rule.clauses.receiver
    if clause is None or clause.usual or receiver is None:
        return
    fix = without_clause(rule, f"drop `{clause.text}`", Kind.WINNER)
    yield check.finding(
        f"`{clause.text}` settles nothing: with a one-way arrow {_giver(rule, receiver)} "
        "always gives",
        clause.span,
        rule=rule,
        notes=_notes(rule, receiver),
        fixes=() if fix is None else (fix._replace(safe=True),),
    )


def _giver(rule: Rule, receiver: Side) -> str:
    return "the constant" if rule.clauses.constant else f"`{rule.system(receiver.other)}`"


def _notes(rule: Rule, receiver: Side) -> tuple[str, ...]:
    """What says that which the clause was probably meant to say."""
    system = rule.system(receiver)
    match rule.clauses.winner:
        case Winner.LEFT | Winner.RIGHT if rule.clauses.winner.value == receiver.value:
            return (f"what `{system}` has stays with `if blank`, or with `on create only`",)
        case Winner.LEFT | Winner.RIGHT if not rule.clauses.constant:
            return (f"`owned by {rule.system(receiver.other)}` says where people edit",)
        case _:
            return ()
