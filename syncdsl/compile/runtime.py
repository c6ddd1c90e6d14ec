"""
What a compiled module does with a pair of records: `observe` brings them into a situation, the
rule's table says what happens in it, and `effects` says what the properties hold then.

This file is pasted into compiled modules, behind all that it imports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from syncdsl.condition import Record
from syncdsl.convert import Value
from syncdsl.semantics.observe import Effect, Moment, Questions, effects, observe
from syncdsl.situation import (
    Action,
    Changed,
    Content,
    Event,
    Newer,
    Outcome,
    Rank,
    Reason,
    Side,
    Sides,
    Situation,
    Truth,
    Word,
    Written,
)
from syncdsl.wiring import Wiring

Pair = tuple[Record | None, Record | None]  # of the mapping's left and right side
Times = Mapping[str, Value]  # when each property was changed
Branches = dict[str, "str | Branches"]


class Decision(NamedTuple):
    """
    What one rule says of a pair of records. A two-way rule that writes neither side speaks of no
    property: then `system`, `side`, `property`, `old` and `new` are None.
    """

    rule: str  # the label
    system: str | None
    side: str | None  # of the mapping: left, right
    property: str | None
    outcome: str  # keep, write, add, clear, conflict, reject
    old: Value
    new: Value  # what the property holds when this is carried out; None: it is empty
    clause: str  # the clause that said so, as it is written; if none did, the reason
    reason: str


class Table:
    """
    A decision table, folded: each branch is a question with some of its answers, each leaf an
    outcome with its reason. Exactly one branch of a question fits a situation.
    """

    def __init__(self, asks: Questions, branches: Branches | str) -> None:
        self.asks = asks
        self._root = _node(branches)

    def outcome(self, situation: Situation) -> Outcome:
        node = self._root
        while isinstance(node, _Node):
            node = node.branches[getattr(situation, node.question)]
        return node


class Rule(NamedTuple):
    """`left` and `right` of the wiring are the rule's ends, as it is written."""

    label: str
    table: Table
    wiring: Wiring
    clauses: Mapping[str, str]  # as they are written, by their kinds
    flipped: bool = False  # the left end is on the mapping's right side

    def clause(self, reason: Reason) -> str:
        """The clause that a reason comes from; if none is written, the reason itself."""
        kinds = _KINDS.get(reason, ())
        written = [self.clauses[kind] for kind in kinds if kind in self.clauses]
        return ", ".join(written) or reason.value


class PolicyMapping(NamedTuple):
    """The rules between two kinds of records."""

    name: str
    left: tuple[str, str | None]  # system and object
    right: tuple[str, str | None]
    rules: tuple[Rule, ...]

    def rule(self, label: str) -> Rule:
        return next(rule for rule in self.rules if rule.label == label)

    def decide(
        self,
        left: Record | None,
        right: Record | None,
        *,
        event: str,
        before: Pair | None = None,
        times: tuple[Times | None, Times | None] | None = None,
        written: Iterable[str] | None = (),
    ) -> list[Decision]:
        """
        What each rule does with a pair of records.

        left, right  the two records; None: there is none
        event        create (one record does not exist yet), initial, update or reactivation
        before       both records after the last sync; without it nobody knows who was edited
        times        when each property was changed, for `most recent wins`
        written      the labels of the rules that wrote this pair before, for `once`; None: nobody
                     knows
        """
        why = _event(event, left, right)
        now = Moment(why, left, right, *(before or (None, None)), *(times or (None, None)))
        labels = [written] if isinstance(written, str) else written
        known = None if labels is None else frozenset(labels)
        return [decision for rule in self.rules for decision in _decisions(self, rule, now, known)]


def _event(event: str, left: Record | None, right: Record | None) -> Event:
    words = [each.value for each in Event]
    if event not in words:
        raise ValueError(f"there is no event {event!r}; the events are {', '.join(words)}")
    there = [record is not None for record in (left, right)].count(True)
    if event == "create" and there != 1:
        raise ValueError(f"on create one of the two records exists, not {there}")
    if event != "create" and there != 2:
        raise ValueError(f"on {event} both records exist, not {there}")
    return Event(event)


def _decisions(
    mapping: PolicyMapping, rule: Rule, now: Moment, written: frozenset[str] | None
) -> Iterator[Decision]:
    moment = _turned(now) if rule.flipped else now
    if written is None:
        moment = moment._replace(written=Written.UNKNOWN)
    elif rule.label in written:
        moment = moment._replace(written=Written.YES)
    asks = rule.table.asks
    outcome = rule.table.outcome(observe(rule.wiring, asks, moment))
    found: list[Effect | None] = [*effects(rule.wiring, asks, moment, outcome)]
    for effect in found or [_untouched(rule, moment)]:
        yield _decision(mapping, rule, moment, outcome, effect)


def _turned(now: Moment) -> Moment:
    return now._replace(
        left=now.right,
        right=now.left,
        left_before=now.right_before,
        right_before=now.left_before,
        left_times=now.right_times,
        right_times=now.left_times,
    )


def _untouched(rule: Rule, moment: Moment) -> Effect | None:
    """The one property that a rule may write stays as it is."""
    gives = rule.table.asks.gives
    if all(gives):
        return None
    side = Side.RIGHT if gives[0] else Side.LEFT
    return Effect(side, _old(rule, moment, side))


def _old(rule: Rule, moment: Moment, side: Side) -> Value:
    end = rule.wiring.left if side is Side.LEFT else rule.wiring.right
    record = moment.left if side is Side.LEFT else moment.right
    return None if record is None or end.name is None else record.get(end.name)


def _decision(
    mapping: PolicyMapping, rule: Rule, moment: Moment, outcome: Outcome, effect: Effect | None
) -> Decision:
    done, clause = outcome.action.value, rule.clause(outcome.reason)
    if effect is None:
        nothing = None, None, None
        return Decision(rule.label, *nothing, done, None, None, clause, outcome.reason.value)
    end = rule.wiring.left if effect.side is Side.LEFT else rule.wiring.right
    side = effect.side.other if rule.flipped else effect.side
    system = (mapping.left if side is Side.LEFT else mapping.right)[0]
    return Decision(
        rule.label,
        system,
        side.value,
        end.name,
        done,
        _old(rule, moment, effect.side),
        effect.value,
        clause,
        outcome.reason.value,
    )


# The kinds of clauses that a reason may come from. The others come from what no clause changes.
_KINDS: dict[Reason, tuple[str, ...]] = {
    Reason.EVENTS: ("events",),
    Reason.GUARD_FAILS: ("guard",),
    Reason.GUARD_UNKNOWN: ("guard",),
    Reason.SKIP_BLANKS: ("blanks",),
    Reason.CLEAR_BLANKS: ("blanks",),
    Reason.CLEAR_EMPTIED: ("blanks",),
    Reason.NOT_EMPTIED: ("blanks",),
    Reason.HAS_VALUE: ("write mode",),
    Reason.WROTE_BEFORE: ("write mode",),
    Reason.OUTSIDE_ORDER: ("write mode",),
    Reason.NOT_LATER: ("write mode",),
    Reason.LATER_STAGE: ("write mode",),
    Reason.ELEMENTS: ("write mode",),
    Reason.CONVERSION: ("conversion", "value map"),
    Reason.DEFAULT: ("default",),
    Reason.WINNER: ("winner",),
    Reason.NEWEST: ("winner",),
    Reason.EQUAL_TIMES: ("winner",),
    Reason.ASK: ("winner",),
}


# ── reading a table ──────────────────────────────────────────────────────────────────────────────


class _Node(NamedTuple):
    question: str
    branches: dict[object, _Node | Outcome]  # by answer


_WORDS: dict[str, type[Word]] = {
    "event": Event,
    "made": Side,
    "left": Content,
    "right": Content,
    "changed": Changed,
    "newer": Newer,
    "guard": Truth,
    "rank": Rank,
    "lacks": Sides,
    "written": Written,
}


def _node(printed: Branches | str) -> _Node | Outcome:
    if isinstance(printed, str):
        done, reason = printed.split(": ", 1)
        action, _, side = done.partition(" ")
        return Outcome(Action(action), Reason(reason), Sides(side) if side else None)
    question = ""
    branches: dict[object, _Node | Outcome] = {}
    for branch, rest in printed.items():
        question, answers = branch.split(": ")
        node = _node(rest)
        branches.update((_answer(question, word), node) for word in answers.split(", "))
    return _Node(question, branches)


def _answer(question: str, word: str) -> object:
    """An answer of a situation, from the word that is printed for it."""
    if word == "none":
        return None
    return word == "yes" if question == "agree" else _WORDS[question](word)
