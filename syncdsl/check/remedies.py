"""Changes of a rule's text that remove a problem: a clause more, another one, one less."""

from __future__ import annotations

from functools import cache

from syncdsl.diagnostic import Edit, Fix
from syncdsl.policy import Clauses, Kind, Rule, Written
from syncdsl.semantics.table import table
from syncdsl.situation import Event
from syncdsl.source import Span


def with_clause(rule: Rule, title: str, clause: str, kind: Kind) -> Fix:
    """
    The rule with one clause more, or with another one in the place of one of its kind. Clauses that
    cannot stand beside it, or have nothing to say there, make room too.
    """
    own = own_clauses(rule)
    idle = {kind}
    if kind is Kind.MODE:
        idle |= {Kind.WINNER, Kind.BLANKS}
    if clause == "on create only":
        idle |= {Kind.WINNER, Kind.BLANKS}  # there is nothing to empty in a record that is made
    leaving = [each for each in own if each.kind in idle]
    if not leaving:
        end = Span(rule.span.source, rule.span.end, rule.span.end)
        # A clause that says nothing, because of a name that does not exist, needs its comma too.
        is_first = rule.span.end == max(each.end for each in rule.ends)
        return Fix(title, (Edit(end, f" {clause}" if is_first else f", {clause}"),))
    edits = [Edit(leaving[0].span, clause)]
    for each in leaving[1:]:
        before = own[own.index(each) - 1].span.end
        edits.append(Edit(Span(rule.span.source, before, each.span.end), ""))
    return Fix(title, tuple(edits))


def without_clause(rule: Rule, title: str, kind: Kind) -> Fix | None:
    """The rule without its clause of a kind, and without the comma that goes with it."""
    own = own_clauses(rule)
    index = next((at for at, written in enumerate(own) if written.kind is kind), None)
    if index is None:
        return None
    span, source = own[index].span, rule.span.source
    if index + 1 < len(own):
        return Fix(title, (Edit(Span(source, span.start, own[index + 1].span.start), ""),))
    before = own[index - 1].span.end if index else max(end.end for end in rule.ends)
    return Fix(title, (Edit(Span(source, before, span.end), ""),))


def own_clauses(rule: Rule) -> list[Written]:
    """The rule's own clauses, in the order in which they stand."""
    own = (written for written in rule.written if not written.usual)
    return sorted(own, key=lambda written: written.span.start)


@cache
def events_without(clauses: Clauses, leaving: tuple[Event, ...]) -> str | None:
    """The events clause that is left, in its shortest form; None if the rule would never write."""
    events = tuple(event for event in clauses.events if event not in leaving)
    if all(row.outcome.side is None for row in table(clauses._replace(events=events))):
        return None
    others = [event.value for event in Event if event not in events]
    if len(events) == 1:
        return f"on {events[0].value} only"
    if len(others) < len(events):
        return f"not on {' or '.join(others)}"
    return f"on {' or '.join(event.value for event in events)}"
