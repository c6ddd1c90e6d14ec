"""
Changes of a rule's text that remove a problem: a clause more, another one, one less.

A change is safe if the rule then writes nowhere where it did not before. The tables of the clauses
before and after tell, so no check has to claim it. That people edit only in one system is another
thing: `owned by` changes no table, and whether it is true nobody can see from here.
"""

from __future__ import annotations

from functools import cache

from syncdsl.diagnostic import Edit, Fix
from syncdsl.policy import ALL_EVENTS, Blanks, Clauses, Kind, Mode, Rule, Winner, Written
from syncdsl.refine import clauses_refine
from syncdsl.semantics.table import table
from syncdsl.situation import Event
from syncdsl.source import Span


def with_clause(rule: Rule, title: str, clause: str, kind: Kind) -> Fix:
    """
    The rule with one clause more, or with another one in the place of one of its kind. Clauses that
    cannot stand beside it, or have nothing to say there, make room too.
    """
    own = own_clauses(rule)
    after = _after(rule.clauses, clause, kind)
    safe = after is not None and clauses_refine(after, rule.clauses)
    idle = _making_room(rule.clauses, clause, kind)
    leaving = [each for each in own if each.kind in idle]
    # Who wins was said by a person: another winner, or none, is for a person to say.
    safe = safe and not any(each.kind is Kind.WINNER for each in leaving)
    if not leaving:
        end = Span(rule.span.source, rule.span.end, rule.span.end)
        # A clause that says nothing, because of a name that does not exist, needs its comma too.
        is_first = rule.span.end == max(each.end for each in rule.ends)
        return Fix(title, (Edit(end, f" {clause}" if is_first else f", {clause}"),), safe)
    edits = [Edit(leaving[0].span, clause)]
    for each in leaving[1:]:
        before = own[own.index(each) - 1].span.end
        edits.append(Edit(Span(rule.span.source, before, each.span.end), ""))
    return Fix(title, tuple(edits), safe)


def with_step(rule: Rule, title: str, step: str) -> Fix:
    """The rule with one more step at the end of its conversion."""
    clause = rule.clause(Kind.CONVERSION)
    if clause is None:
        return with_clause(rule, title, f"as {step}", Kind.CONVERSION)
    if clause.usual:
        return with_clause(rule, title, f"{clause.text} | {step}", Kind.CONVERSION)
    end = Span(clause.span.source, clause.span.end, clause.span.end)
    return Fix(title, (Edit(end, f" | {step}"),))


def without_step(rule: Rule, title: str, step: str) -> Fix | None:
    """The rule without the steps of this name; None where they are not plain to see."""
    clause = rule.clause(Kind.CONVERSION)
    steps = rule.wiring.forward.steps or rule.wiring.backward.steps
    if clause is None or clause.usual:
        return None
    parts = clause.span.text.split("|")
    if len(parts) != len(steps):
        return None  # there is a `|` in an argument
    left = [part for part, each in zip(parts, steps, strict=True) if each.name != step]
    if not left:
        return without_clause(rule, title, Kind.CONVERSION)
    begins = "" if left[0] is parts[0] else "as "
    return Fix(title, (Edit(clause.span, begins + "|".join(left).strip()),))


def without_clause(rule: Rule, title: str, kind: Kind) -> Fix | None:
    """The rule without its clause of a kind, and without the comma that goes with it."""
    own = own_clauses(rule)
    index = next((at for at, written in enumerate(own) if written.kind is kind), None)
    if index is None:
        return None
    span, source = own[index].span, rule.span.source
    after = clauses_without(rule.clauses, kind)
    safe = after is not None and clauses_refine(after, rule.clauses)
    if index + 1 < len(own):
        return Fix(title, (Edit(Span(source, span.start, own[index + 1].span.start), ""),), safe)
    before = own[index - 1].span.end if index else max(end.end for end in rule.ends)
    return Fix(title, (Edit(Span(source, before, span.end), ""),), safe)


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


def clauses_without(clauses: Clauses, kind: Kind) -> Clauses | None:
    """The clauses without one of them; None where a table does not tell what that means."""
    match kind:
        case Kind.EVENTS:
            return clauses._replace(events=ALL_EVENTS)
        case Kind.MODE:
            return clauses._replace(mode=Mode.SET)
        case Kind.BLANKS:
            return clauses._replace(blanks=Blanks.SKIP)
        case Kind.WINNER:
            return clauses._replace(winner=None)
        case Kind.DEFAULT:
            return clauses._replace(default=False)
        case Kind.GUARD | Kind.CONVERSION | Kind.VALUES | Kind.OWNER:
            return None


# ── what a change does ───────────────────────────────────────────────────────────────────────────


@cache
def leaves_nothing(clauses: Clauses, clause: str, kind: Kind) -> bool:
    """Would a rule with this clause never write?"""
    after = _after(clauses, clause, kind)
    return after is not None and all(row.outcome.side is None for row in table(after))


def _after(clauses: Clauses, clause: str, kind: Kind) -> Clauses | None:
    """The clauses with another one, and without those that make room for it."""
    after = _with(clauses, clause, kind)
    for each in _making_room(clauses, clause, kind) - {kind}:
        after = None if after is None else clauses_without(after, each)
    return after


def _making_room(clauses: Clauses, clause: str, kind: Kind) -> frozenset[Kind]:
    """The kinds of clauses that cannot stand beside this one, or have nothing to say there."""
    if kind is Kind.MODE:
        return frozenset({kind, Kind.WINNER, Kind.BLANKS})
    if clause != "on create only":
        return frozenset({kind})
    # In a record that is made there is nothing to empty, and every target is blank.
    fills = clauses.mode in (Mode.IF_BLANK, Mode.ONCE)
    return frozenset({kind, Kind.WINNER, Kind.BLANKS, *([Kind.MODE] if fills else [])})


def _with(clauses: Clauses, clause: str, kind: Kind) -> Clauses | None:
    """The clauses with another one; None where a table does not tell what that means."""
    match kind:
        case Kind.EVENTS:
            return clauses._replace(events=_events(clause))
        case Kind.MODE if clause in _MODES:
            return clauses._replace(mode=_MODES[clause])
        case Kind.BLANKS:
            return clauses._replace(blanks=Blanks(clause))
        case Kind.WINNER if clause in _WINNERS:
            return clauses._replace(winner=_WINNERS[clause])
        case _:
            return None


_MODES = {mode.value: mode for mode in (Mode.IF_BLANK, Mode.ONCE, Mode.APPEND, Mode.UNION)}
_WINNERS = {"ask": Winner.ASK, "most recent wins": Winner.NEWEST}


def _events(clause: str) -> tuple[Event, ...]:
    named = tuple(event for event in Event if event.value in clause.split())
    return tuple(event for event in Event if event not in named) if clause[:3] == "not" else named
