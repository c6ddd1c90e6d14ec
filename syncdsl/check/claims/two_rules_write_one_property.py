"""
Two rules write one property, so it depends on which of them runs last what it holds.

Within one mapping, where both would write different values, neither is written, and the record is
reported as a conflict at every pass. Where the value of one is there already, only the other one
writes, and in the next full pass it is the first one's turn. Between mappings the later pass undoes
what the earlier one did. Let one rule write the property, and the others give to a property of
their own.

Bad:

    phone:  hubspot.phone -> dynamics.telephone1 if blank
    mobile: hubspot.mobilephone -> dynamics.telephone1 if blank

Good:

    phone:  hubspot.phone -> dynamics.telephone1 if blank
    mobile: hubspot.mobilephone -> dynamics.mobilephone if blank

Right anyway: when it does not matter whose value stays. What cannot get into each other's way is
not told: rules on different events or under conditions that never hold together, rules that only
add, stages that only go forward in one order, and mappings that only write what they have just
created.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.idle.rule_repeated import does_the_same
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.filters.applied import When, never_together, when
from syncdsl.flow.graph import Edge, graph_of
from syncdsl.flow.writing import agree_on_what_stays
from syncdsl.policy import Policy
from syncdsl.situation import Event

check = Check(__name__, Severity.WARNING, since="0.1")

MAX_WRITERS = 50  # of one property that are compared with each other; more than that is a mistake


@check.on_policy
def written_by_several(policy: Policy) -> Iterator[Diagnostic]:
    for writers in graph_of(policy).writing.values():
        if len(writers) > 1:
            yield from _told(writers)


def _told(writers: tuple[Edge, ...]) -> Iterator[Diagnostic]:
    """One finding, at the last rule that is in the way of another one."""
    compared = writers[:MAX_WRITERS]
    applied = [when(writer.rule, writer.mapping) for writer in compared]
    meeting: set[int] = set()
    for index, writer in enumerate(compared):
        for other in range(index):
            if _meet((compared[other], applied[other]), (writer, applied[index])):
                meeting |= {other, index}
    if not meeting:
        return
    *others, last = [compared[index] for index in sorted(meeting)]
    others += writers[MAX_WRITERS:]
    shown = others[:MAX_LABELS]
    more = len(others) - len(shown)
    yield check.finding(
        f"`{last.target}` is written by {_named(others)} too: {_harm(last, others)}",
        last.rule.label_span,
        rule=last.rule,
        labels=tuple(
            Label(each.rule.label_span, f"`{each.rule.name}` writes it too") for each in shown
        ),
        notes=(f"so do {more} more rules",) if more else (),
        question=_question(last, others),
    )


def _question(last: Edge, others: list[Edge]) -> str | None:
    """Two mappings only meet in a record that both of them pair."""
    if all(other.mapping is last.mapping for other in others):
        return None
    record = ".".join(filter(None, (last.target.system, last.target.object)))
    return f"are there records of `{record}` that more than one of these mappings pairs?"


def _named(writers: list[Edge]) -> str:
    if len(writers) == 1:
        return f"`{writers[0].rule.name}`"
    return f"{len(writers)} other rules"


def _harm(last: Edge, others: list[Edge]) -> str:
    if all(other.mapping is last.mapping for other in others):
        if _takes(last) and any(map(_takes, others)):
            return "where their values differ, neither is written, or each writes over the other"
        return "where their values differ, neither is written"
    if not any(each.does.changes for each in (last, *others)):
        return "the value of whichever runs first stays"
    return "the value of whichever runs last stays"


def _takes(writer: Edge) -> bool:
    """Can it write over what is there, or empty it?"""
    return writer.does.takes is not None


# ── who gets into whose way ──────────────────────────────────────────────────────────────────────


def _meet(some: tuple[Edge, When], other: tuple[Edge, When]) -> bool:
    (one, first), (two, second) = some, other
    return (
        _at_one_time(one, two)
        and not agree_on_what_stays((one.rule, one.side), (two.rule, two.side))
        and not (one.mapping is two.mapping and does_the_same(one.rule, two.rule))
        and not never_together(first, second, without=one.writes)
    )


def _at_one_time(one: Edge, two: Edge) -> bool:
    if one.mapping is two.mapping:
        return bool(one.does.events & two.does.events)
    # What a mapping has just created, no other one has written, and a record is created once.
    created = frozenset({Event.CREATE})
    return created not in (one.does.events, two.does.events)
