"""
A list is replaced as a whole, and what the other side has added to it is gone.

Tags, interests and subscriptions are collected in both systems. When one of them changes, a plain
rule copies its whole list, and the elements that only the other side knew disappear.

Bad:

    system hubspot { kind hubspot }

    mapping stores: storefront.customer -> hubspot.companies {
      tags: storefront.tags -> hubspot.hs_keywords not on initial or reactivation
    }

Good:

    system hubspot { kind hubspot }

    mapping stores: storefront.customer -> hubspot.companies {
      tags: storefront.tags -> hubspot.hs_keywords union
    }

Right anyway: when the list is kept on one side only. Say so: `owned by storefront`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import Check, Place, overwritten, with_story
from syncdsl.check.known.arriving import Way, type_of, ways
from syncdsl.check.remedies import with_clause
from syncdsl.diagnostic import Certainty, Diagnostic, Fix, Severity
from syncdsl.flow.writing import writing_rows
from syncdsl.policy import Clauses, Kind
from syncdsl.schema import Type
from syncdsl.semantics.test_block import spelled
from syncdsl.situation import Event, Row, Side

check = Check(__name__, Severity.WARNING, since="0.2", certainty=Certainty.DATA)


@check.on_alike
def loses_elements(place: Place) -> Iterator[Diagnostic]:
    rule, _, _ = place
    for way in ways(rule):
        if type_of(way.target) is not Type.LIST or way.giver is None:
            continue
        if rule.clauses.owner is way.side.other:
            continue
        rows = _replacing(rule.clauses, way.side)
        if rows:
            row, told = with_story(rule, rows[:1])
            yield check.finding(
                f"a change of `{way.giver}` replaces the whole list in `{way.target}`: what is "
                "only there is lost",
                rule.label_span,
                rule=rule,
                row=row,
                told=told,
                fixes=tuple(_fixes(way)),
                question=f"how many values of `{way.target}` have elements that `{way.giver}` "
                "does not have?",
            )
            return


@cache
def _replacing(clauses: Clauses, side: Side) -> tuple[Row, ...]:
    """A live change of the giving side that is written over a list which nobody changed."""
    return tuple(
        row
        for row in writing_rows(clauses, frozenset())
        if overwritten(row) is side
        and row.situation.event is Event.UPDATE
        and row.situation.was_changed(side.other) is True
        and row.situation.was_changed(side) is False
    )


def _fixes(way: Way) -> Iterator[Fix]:
    if way.given is not None and way.given.many:
        yield with_clause(way.rule, "add what is missing", "union", Kind.MODE)
    if len(way.rule.receivers) == 1:
        giver = way.rule.system(way.side.other)
        title = f"say that the list is kept in {giver}"
        yield with_clause(way.rule, title, f"owned by {spelled(giver)}", Kind.OWNER)
