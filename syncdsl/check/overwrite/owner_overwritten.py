"""
A rule can overwrite the value of the system that owns it.

`owned by` names the source of truth. Another clause or the arrow of the same rule lets the other
side write over it, so the rule says two things that cannot both be meant. A stage that goes
forward, too, is then decided by somebody else than the owner.

Bad:

    phone: hubspot -> dynamics, owned by dynamics

Good:

    phone: hubspot <- dynamics, owned by dynamics

Right anyway: never for a value; but the owner's blank may be filled:

    phone: hubspot -> dynamics if blank, owned by dynamics
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import LATER_EVENTS, Check, depends_on_engine, described, overwritten
from syncdsl.check.remedies import without_clause
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from syncdsl.filters.applied import never_together, when
from syncdsl.filters.frame import PropertyKey
from syncdsl.flow.graph import Edge, Graph, graph_of
from syncdsl.policy import Arrow, Clauses, Kind, Mapping, Policy, Rule
from syncdsl.semantics.alike import rules_where
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Row, Side
from syncdsl.source import Span

check = Check(__name__, Severity.ERROR, since="0.1")


@check.on_rows("`{source}` can overwrite `{target}`, which `{target_system}` owns")
def overwrites_the_owner(row: Row, clauses: Clauses) -> bool:
    cleared = row.outcome.receiver if row.outcome.action is Action.CLEAR else None
    return clauses.owner is not None and clauses.owner in (overwritten(row), cleared)


@check.on_policy
def another_rule_does(policy: Policy) -> Iterator[Diagnostic]:
    """
    What one rule says of the owner holds against the other rules between the same two systems. A
    third system that feeds the owner is no contradiction: there the owner's value comes from.
    """
    owned: _Owned = {}
    for rule, mapping in rules_where(policy, lambda sample: sample.clauses.owner is not None):
        assert rule.clauses.owner is not None
        end, other = rule.end(rule.clauses.owner), rule.system(rule.clauses.owner.other)
        if end is not None:
            owned.setdefault((end.key, other), (rule, mapping))
    for edge in _contested(graph_of(policy), owned):
        rule, mapping, side = edge.rule, edge.mapping, edge.side
        said = owned.get((edge.writes, rule.system(side.other)))
        if said is None or rule.clauses.owner is side:
            continue
        by, its_mapping = said
        row = None if by is rule else _over_a_value(rule.clauses, side)
        if row is not None and not never_together(
            when(rule, mapping), when(by, its_mapping), without=edge.writes
        ):
            yield check.finding(
                f"`{described(rule, side.other)}` can overwrite `{edge.target}`, which "
                f"`{rule.system(side)}` owns",
                rule.label_span,
                rule=rule,
                row=row,
                labels=(Label(by.label_span, "this rule says who owns it"),),
            )


_Owned = dict[tuple[PropertyKey, str], tuple[Rule, Mapping]]  # by the property and another system


def _contested(graph: Graph, owned: _Owned) -> tuple[Edge, ...]:
    """All that is written, if any of it is written by another rule than the one that owns it."""
    contested = any(
        edge.rule is not by
        for (key, _), (by, _) in owned.items()
        for edge in graph.writing.get(key, ())
    )
    return graph.edges if contested else ()


@cache
def _over_a_value(clauses: Clauses, side: Side) -> Row | None:
    """The first row that takes a value of this side away."""
    for row in table(clauses):
        cleared = row.outcome.receiver if row.outcome.action is Action.CLEAR else None
        if side in (overwritten(row), cleared) and not depends_on_engine(row):
            return row
    return None


@check.remedy
def only_the_owner_gives(rule: Rule, row: Row) -> Fix | None:
    """One arrow of the two, without what only two sides need."""
    if rule.clauses.arrow is not Arrow.BOTH or rule.clauses.owner is None:
        return None
    title = f"let only {rule.system(rule.clauses.owner)} give"
    arrow = Arrow.RIGHT if rule.clauses.owner is Side.LEFT else Arrow.LEFT
    between = Span(rule.span.source, rule.ends[0].end, rule.ends[1].start)
    edit = Edit(between, f" {arrow.value} ")
    winner = without_clause(rule, title, Kind.WINNER)
    return Fix(title, (edit, *(winner.edits if winner else ())))


@check.remedy
def nobody_owns_a_stage(rule: Rule, row: Row) -> Fix | None:
    if not rule.clauses.mode.has_stages:
        return None
    return without_clause(rule, "say nothing of an owner", Kind.OWNER)


check.fix("fill only what is blank", "if blank", Kind.MODE, two_way=False)
check.leave_out("write only when the record is created", *LATER_EVENTS, two_way=False)
check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER, two_way=False)
