"""
One pass over records in memory: what a sync that follows a mapping does, and what it then knows.

A pass takes the steps of the reference in their order, and each is a function here: `pair` finds
who belongs together, `scope` leaves out what is not to be synced, `create` makes the partner that
is missing, `decide` asks each rule about each pair, `write` carries out, `remember` keeps what the
next pass has to know. All rules see the values as they were before the pass, and a property that
two rules would give two values gets neither. So the result does not depend on the order of rules or
records; the order in which it is told is that of the source.

A pass looks at whole systems: a linked record that is not there counts as deleted.

Where the reference leaves a choice, the one that writes less is taken:

- A key is ambiguous if a record that it would pair, or make a partner for, is not the only claimant:
  two records of one side share it, linked ones included, or the one on the other side is linked to
  somebody else already. Linked pairs go on; only the others are left alone.
- A pair that is outside of the scope when it is found is not linked, so that it has the event
  `initial` once it fits. One that has left keeps its link, its baselines and its place.
- A mapping makes and deletes records only in the direction of its arrow.
- A link whose partner is gone stays, so that nothing is made anew. With `delete unlinks` the pass
  that finds it gone only unlinks; from the next pass on the record that is left is like any other.
- If one of two values that a rule would write is in conflict, nothing of the rule is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from syncdsl import policy
from syncdsl.condition import Record, evaluate
from syncdsl.convert import STEPS, Unusable, Value, convert, is_blank, same, text
from syncdsl.policy import Fields, Rule
from syncdsl.semantics.decide import decide as outcome_of
from syncdsl.semantics.example import questions
from syncdsl.semantics.observe import Moment, effects, observe
from syncdsl.situation import Action, Event, Reason, Row, Side, Truth, Word, Written

Id = int | str


class Records(NamedTuple):
    """All records of one side by their ids, in the order of the source."""

    rows: Mapping[Id, Record]
    times: Mapping[Id, Record]  # when each property was changed, as far as it is known


class Both(NamedTuple):
    left: Records
    right: Records

    def of(self, side: Side) -> Records:
        return self.left if side is Side.LEFT else self.right


class Before(NamedTuple):
    """The baseline of a rule: what both sides held; a property not named: nobody knows."""

    rule: str  # the label
    left: Fields
    right: Fields


class Link(NamedTuple):
    """What is remembered of a pair."""

    left: Id
    right: Id
    inside: bool = True  # it fitted the scope when that was last known
    before: tuple[Before, ...] = ()
    wrote: frozenset[str] = frozenset()  # the rules that wrote it


class Memory(NamedTuple):
    links: tuple[Link, ...] = ()


class Pair(NamedTuple):
    """Two records when a pass looks at them; the one that is made has no row yet."""

    left: Id
    right: Id
    event: Event
    made: Side | None = None
    link: Link | None = None  # None: it was found, or is made, in this pass

    def id(self, side: Side) -> Id:
        return self.left if side is Side.LEFT else self.right


class Change(NamedTuple):
    """A new value of a property; `side` is the mapping's."""

    side: Side
    property: str
    old: Value
    new: Value


class Decision(NamedTuple):
    """What one rule says of one pair."""

    rule: str  # the label
    pair: Pair
    row: Row  # LEFT and RIGHT in it are the rule's own ends, as it is written
    changes: tuple[Change, ...]
    in_conflict: bool = False  # with another rule, so that nothing of it is written

    @property
    def action(self) -> Action:
        return Action.CONFLICT if self.in_conflict else self.row.outcome.action


class Conflict(NamedTuple):
    """Rules that would give one property different values."""

    side: Side
    id: Id
    property: str
    rules: tuple[str, ...]
    values: tuple[Value, ...]


class Ambiguity(NamedTuple):
    """A key that does not tell which records belong together, and all who have it."""

    key: tuple[str, ...]
    left: tuple[Id, ...]
    right: tuple[Id, ...]


class Why(Word):
    """Why a record has no partner, and none is made for it."""

    GONE = "the record that it is linked to is gone"
    NO_KEY = "its key is blank, or cannot be converted"
    AMBIGUOUS = "its key is not its own"
    SCOPE = "it does not fit the scope"
    ARROW = "the mapping does not give to the other side"
    NO_LINE = "the mapping has no `create` line for the other side"
    NEVER = "the mapping never makes a record there"
    CONDITION = "the condition of the `create` line does not hold"


class Alone(NamedTuple):
    side: Side
    id: Id
    why: Why | None = None  # None: nothing is in the way so far


class Pass(NamedTuple):
    """What a pass does."""

    pairs: tuple[Pair, ...]  # that were looked at, the made ones last
    outside: tuple[Pair, ...]  # that do not fit the scope
    alone: tuple[Alone, ...]
    ambiguities: tuple[Ambiguity, ...]
    decisions: tuple[Decision, ...]  # of each rule about each pair
    conflicts: tuple[Conflict, ...]
    deleted: tuple[Alone, ...]
    after: Both
    memory: Memory

    @property
    def created(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.made is not None)

    @property
    def written(self) -> tuple[tuple[Decision, Change], ...]:
        return tuple(
            (decision, change)
            for decision in self.decisions
            for change in decision.changes
            if not decision.in_conflict
        )


def records(
    rows: Sequence[Record], key: str | None = None, times: Sequence[Record] = ()
) -> Records:
    """Records with their ids: their positions, or the texts of one of their properties."""
    ids: list[Id] = [*range(len(rows))] if key is None else [text(row.get(key)) for row in rows]
    if "" in ids or len(set(ids)) < len(ids):
        raise ValueError(f"{key!r} is not an id: it is blank in a record, or the same in two")
    return Records(dict(zip(ids, rows, strict=True)), dict(zip(ids, times, strict=False)))


def run(
    mapping: policy.Mapping,
    left: Records,
    right: Records,
    memory: Memory = Memory(),
    *,
    event: Event,
) -> Pass:
    """One pass; `event` is that of linked pairs: initial, update or reactivation."""
    if event is Event.CREATE:
        raise ValueError("records are made in every pass; a pass has another event")
    both = Both(left, right)
    paired = pair(mapping, both, memory, event)
    inside, outside, alone = scope(mapping, both, paired)
    made, alone = create(mapping, both, alone)
    deleted, kept = delete(mapping, both, paired.gone)
    pairs = (*inside, *made)
    decisions, conflicts = settle(mapping, decide(mapping, both, pairs))
    after = write(both, pairs, decisions, deleted)
    return Pass(
        pairs=pairs,
        outside=outside,
        alone=tuple(each for each in alone if each not in deleted),
        ambiguities=paired.ambiguities,
        decisions=decisions,
        conflicts=conflicts,
        deleted=deleted,
        after=after,
        memory=remember(mapping, memory, after, pairs, outside, kept, decisions),
    )


# ── pair ─────────────────────────────────────────────────────────────────────────────────────────


class Paired(NamedTuple):
    pairs: tuple[Pair, ...]
    gone: tuple[Link, ...]  # one of the two is not there any more
    alone: tuple[Alone, ...]
    ambiguities: tuple[Ambiguity, ...]


def pair(mapping: policy.Mapping, both: Both, memory: Memory, event: Event) -> Paired:
    """Linked records stay linked; the others pair by their keys."""
    pairs, gone, taken = [], [], set()
    for link in memory.links:
        taken |= {(Side.LEFT, link.left), (Side.RIGHT, link.right)}
        there = [link.left in both.left.rows, link.right in both.right.rows]
        if all(there):
            pairs.append(Pair(link.left, link.right, event, link=link))
        elif any(there):
            gone.append(link)
    whys: dict[tuple[Side, Id], Why | None] = {}
    ambiguities = []
    for key, (lefts, rights) in _by_key(mapping, both).items():
        having = [*((Side.LEFT, id) for id in lefts), *((Side.RIGHT, id) for id in rights)]
        free = [each for each in having if each not in taken]
        if key is None or len(having) == 1:
            whys.update(dict.fromkeys(free, Why.NO_KEY if key is None and mapping.match else None))
        elif len(free) == 2 and len(lefts) == len(rights) == 1:
            pairs.append(Pair(lefts[0], rights[0], Event.INITIAL))
        elif free:
            ambiguities.append(Ambiguity(key, tuple(lefts), tuple(rights)))
            whys.update(dict.fromkeys(free, Why.AMBIGUOUS))
    left_behind = {(side, link.id(side)): Why.GONE for link in gone for side in Side}
    alone = [
        Alone(side, id, (whys | left_behind)[side, id])
        for side in Side
        for id in both.of(side).rows
        if (side, id) in whys or (side, id) in left_behind
    ]
    return Paired(tuple(pairs), tuple(gone), tuple(alone), tuple(ambiguities))
