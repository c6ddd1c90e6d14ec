"""
Without this clause the rule would do the same in every situation.

The clause says something that cannot matter here: a winner beside `if blank`, which keeps whatever
is there; `clear blanks` on a rule that only fills new records. It makes readers look for a
meaning, and believe that something is provided for that is not.

Bad:

    phone: hubspot <-> dynamics if blank, hubspot wins

Good:

    phone: hubspot <-> dynamics if blank

Right anyway: never; what a reader should know stands better in a `##` comment. Clauses that say
more than what is written (`when`, `as`, `values`, `owned by`) are never told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import Check, Place
from syncdsl.check.remedies import clauses_without, without_clause
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.flow.writing import never_made, writing_rows
from syncdsl.policy import Arrow, Blanks, Clauses, Kind, Mapping, Mode
from syncdsl.semantics.decide import decide
from syncdsl.semantics.table import situations, table
from syncdsl.situation import Outcome, Reason, Situation

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_alike
def changes_nothing(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    own = tuple(clause.kind for clause in rule.written if not clause.usual)
    if not _idle(rule.clauses, own) or not writing_rows(rule.clauses, never_made(rule, mapping)):
        return  # that nothing is written at all is told by rule-never-writes
    told = tuple(kind for kind in own if not _usual_takes_over(kind, rule.clauses, mapping))
    for kind in _idle(rule.clauses, told):
        clause = rule.clause(kind)
        fix = without_clause(rule, "drop it", kind)
        assert clause is not None
        yield check.finding(
            f"`{clause.text}` changes nothing: the rule does the same without it",
            clause.span,
            rule=rule,
            notes=_notes(kind, rule.clauses),
            fixes=() if fix is None else (fix._replace(safe=True),),
        )


def _notes(kind: Kind, clauses: Clauses) -> tuple[str, ...]:
    if kind is Kind.WINNER:
        return ("no situation of this rule needs a winner",)
    if kind is Kind.BLANKS and clauses.blanks is Blanks.SKIP:
        return ("blanks are skipped anyway",)
    return ()


def _usual_takes_over(kind: Kind, clauses: Clauses, mapping: Mapping) -> bool:
    """Without this clause, would the mapping's `usual` one hold in its place?"""
    keeps_values = clauses.mode is not Mode.SET
    if kind is Kind.WINNER and keeps_values:
        return False  # none fits beside a write mode
    if kind is Kind.BLANKS and (keeps_values or clauses.default):
        return False  # nothing that clears fits beside these
    return kind in mapping.usual


# ── the tables with and without a clause ─────────────────────────────────────────────────────────


@cache
def _idle(clauses: Clauses, kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Those that can go, one after the other: all of them together change nothing."""
    found = []
    for kind in kinds:
        if kind is Kind.WINNER and clauses.arrow is not Arrow.BOTH:
            continue  # told as winner-on-one-way
        without = clauses_without(clauses, kind)
        if without is not None and _same(clauses, without, kind):
            clauses = without
            found.append(kind)
    return tuple(found)


def _same(clauses: Clauses, without: Clauses, kind: Kind) -> bool:
    if kind is Kind.WINNER:
        # `ask` and no winner end alike, and yet `ask` is an answer: what counts is whether one is
        # asked for at all.
        return all(row.outcome.reason is not Reason.NO_WINNER for row in table(without))
    return all(
        _what(decide(clauses, situation)) == _what(decide(without, _asked(without, situation)))
        for situation in situations(clauses)
    )


def _what(outcome: Outcome) -> tuple[object, object]:
    return outcome.action, outcome.side


def _asked(clauses: Clauses, situation: Situation) -> Situation:
    """The situation as a rule with these clauses sees it: without an order there are no stages."""
    return situation if clauses.mode.has_stages else situation._replace(rank=None)
