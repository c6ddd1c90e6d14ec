"""
The clauses that decide: what a rule's table depends on, and nothing else of the rule.

Rules that decide alike get one and the same `Clauses`, so that their table is computed once.
"""

from __future__ import annotations

from functools import cache

from syncdsl import policy
from syncdsl.convert import STEPS, Unusable
from syncdsl.policy import ALL_EVENTS, Arrow, Blanks, Clauses, Kind, Mode, Winner
from syncdsl.resolve.clauses import Chosen
from syncdsl.resolve.facts import guarded, may_leave_order, refusable
from syncdsl.resolve.names import Names, kind_of
from syncdsl.semantics.observe import becomes
from syncdsl.situation import Event, Side
from syncdsl.suggest import did_you_mean, one_of
from syncdsl.syntax import tree
from syncdsl.wiring import Wiring

Ends = tuple[policy.Property | None, policy.Property | None]


def deciding(
    names: Names,
    chosen: Chosen,
    arrow: Arrow,
    wiring: Wiring,
    ends: Ends,
    systems: tuple[str, str],
) -> Clauses:
    """The clauses of a rule between these ends; what they name and does not exist is told."""
    left, right = ends
    mode, blanks = chosen.get(Kind.MODE), chosen.get(Kind.BLANKS)
    owner = chosen.get(Kind.OWNER)
    has_stages = wiring.stages is not None or wiring.sticky is not None
    forward = wiring.forward if arrow.gives(Side.LEFT) else None
    backward = wiring.backward if arrow is Arrow.LEFT else None
    return _shared(
        Clauses(
            arrow=arrow,
            events=_events(names, chosen),
            mode=Mode(mode.words) if isinstance(mode, tree.Mode) else Mode.SET,
            blanks=Blanks(blanks.words) if isinstance(blanks, tree.Blanks) else Blanks.SKIP,
            winner=_winner(names, chosen, systems),
            default=Kind.DEFAULT in chosen,
            owner=_owner(names, owner, systems) if isinstance(owner, tree.Owned) else None,
            guard=None if wiring.guard is None else guarded(wiring.guard, wiring),
            constant=left is None or right is None,
            left_refusable=arrow.gives(Side.LEFT) and refusable(wiring.forward, kind_of(left)),
            right_refusable=arrow.gives(Side.RIGHT) and refusable(wiring.backward, kind_of(right)),
            left_may_leave_order=not has_stages or may_leave_order(wiring, left, forward),
            right_may_leave_order=not has_stages or may_leave_order(wiring, right, backward),
        )
    )


@cache
def _shared(clauses: Clauses) -> Clauses:
    """The one object for all rules that decide alike."""
    return clauses


def _events(names: Names, chosen: Chosen) -> tuple[Event, ...]:
    clause = chosen.get(Kind.EVENTS)
    if not isinstance(clause, tree.Events):
        return ALL_EVENTS
    known = [event.value for event in Event]
    named = set()
    for name in clause.names:
        if name.text in known:
            named.add(Event(name.text))
            continue
        near = did_you_mean(name.text, known)
        more = f"did you mean `{near}`?" if near else f"the events are {one_of(known, last='and')}"
        names.tell("unknown-name", f"there is no event `{name.text}`; {more}", name.span)
    if len(named) < len({name.text for name in clause.names}):
        return ALL_EVENTS if not named else tuple(event for event in Event if event in named)
    return tuple(event for event in Event if (event in named) != clause.excluded)


def _winner(names: Names, chosen: Chosen, systems: tuple[str, str]) -> Winner | None:
    clause = chosen.get(Kind.WINNER)
    if not isinstance(clause, tree.Winner):
        return None
    if clause.system is None:
        return Winner.ASK if clause.words == "ask" else Winner.NEWEST
    side = names.one_of_systems(clause.system, systems, "the winner")
    if side is None:
        # Told; `ask` keeps the later phases from telling that there is no winner.
        return Winner.ASK
    return Winner.LEFT if side is Side.LEFT else Winner.RIGHT


def _owner(names: Names, clause: tree.Owned, systems: tuple[str, str]) -> Side | None:
    return names.one_of_systems(clause.system, systems, "the owner")


def sticky(
    names: Names, chosen: Chosen, systems: tuple[str, str], arrow: Arrow, wiring: Wiring
) -> bool | None:
    """The value that stays, in the terms in which the sides are compared."""
    clause = chosen.get(Kind.MODE)
    if not isinstance(clause, tree.Mode) or clause.words != "sticky":
        return None
    if clause.of is None:
        return True
    side = names.one_of_systems(clause.of, systems, "the system whose true stays")
    compared = Side.LEFT if arrow is Arrow.LEFT else Side.RIGHT
    if side is None or side is compared:
        return True
    conversion = wiring.forward if compared is Side.RIGHT else wiring.backward
    for true in (True, "true", 1, "yes"):
        try:
            return bool(STEPS["bool"].function(becomes(conversion, true), None))
        except Unusable:
            continue
    return True
