"""
Which records belong together: the steps of a pass that come before any rule is asked.

`pair` finds partners, `scope` leaves out what is not to be synced, `create` names the records that
are to be made, `delete` what a deletion takes with it. They look at the records of a mapping as
wholes, and at none of its rules.

Where the reference leaves a choice, the one that writes less is taken:

- A key is ambiguous where it does not tell the partner: two records of one side have it, linked
  ones included, or the one of the other side is linked to somebody else. Linked pairs go on
  whatever their keys; the others that have the key are left alone.
- A pair that does not fit the scope when it is found is not linked, so that its event is `initial`
  once it fits. A pair that has left the scope keeps its link and its baselines.
- A mapping makes and deletes records in the direction of its arrow only.
- A link whose partner is gone stays, so that nothing is made anew. With `delete ignored` it stays
  also where both are gone: whoever restores them finds them linked. With `delete unlinks` the pass
  that finds one gone does no more than unlink; for the next one the record that is left is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from syncdsl import policy
from syncdsl.condition import Condition, Record, evaluate
from syncdsl.convert import STEPS, Unusable, Value, convert, is_blank, text
from syncdsl.policy import Fields, Property
from syncdsl.situation import Event, Side, Truth, Word

Id = int | str
Key = tuple[str, ...]


class Ref(NamedTuple):
    """A record."""

    side: Side
    id: Id


class Records(NamedTuple):
    """All records of one side by their ids, in the order of the source."""

    rows: Mapping[Id, Record]
    times: Mapping[Id, Record]  # when each property was changed, as far as it is known


class Both(NamedTuple):
    left: Records
    right: Records

    def of(self, side: Side) -> Records:
        return self.left if side is Side.LEFT else self.right

    def row(self, ref: Ref) -> Record | None:
        return self.of(ref.side).rows.get(ref.id)

    def refs(self) -> Iterator[Ref]:
        return (Ref(side, id) for side in Side for id in self.of(side).rows)


class Before(NamedTuple):
    """The baseline of a rule: what both sides held. A property that is not named: nobody knows."""

    rule: str  # the label
    left: Fields
    right: Fields


class Link(NamedTuple):
    """What is remembered of two records that belong together."""

    left: Id
    right: Id
    inside: bool = True  # it fitted the scope when that was last known
    before: tuple[Before, ...] = ()
    wrote: frozenset[str] = frozenset()  # the rules that have written one of the two

    @property
    def refs(self) -> tuple[Ref, Ref]:
        return Ref(Side.LEFT, self.left), Ref(Side.RIGHT, self.right)


class Memory(NamedTuple):
    """What one pass leaves to the next."""

    links: tuple[Link, ...] = ()


class Pair(NamedTuple):
    """Two records that belong together. The one that is to be made has no row yet."""

    left: Id
    right: Id
    event: Event
    made: Side | None = None
    link: Link | None = None  # None: they did not belong together before this pass

    @property
    def refs(self) -> tuple[Ref, Ref]:
        return Ref(Side.LEFT, self.left), Ref(Side.RIGHT, self.right)


class Why(Word):
    """Why a record has no partner, and gets none."""

    GONE = "the record that it is linked to is gone"
    NO_KEY = "its key is blank, or cannot be converted"
    AMBIGUOUS = "its key does not tell which record it belongs to"
    SCOPE = "it does not fit the scope"
    ARROW = "the mapping does not give to the other side"
    NO_LINE = "the mapping has no `create` line for the other side"
    NEVER = "the mapping never creates a record on the other side"
    CONDITION = "the condition of the `create` line does not hold"


class Alone(NamedTuple):
    """A record without a partner."""

    record: Ref
    why: Why | None = None  # None: nothing stands in the way of making one


class Ambiguity(NamedTuple):
    """A key that does not tell which records belong together, with all that have it."""

    key: Key
    records: tuple[Ref, ...]


class Paired(NamedTuple):
    pairs: tuple[Pair, ...]
    alone: tuple[Alone, ...]
    gone: tuple[Link, ...]  # links of which one record is not there, or both are not
    ambiguities: tuple[Ambiguity, ...]


class Scoped(NamedTuple):
    inside: tuple[Pair, ...]
    outside: tuple[Pair, ...]
    alone: tuple[Alone, ...]


class Created(NamedTuple):
    pairs: tuple[Pair, ...]
    alone: tuple[Alone, ...]


class Deleted(NamedTuple):
    records: tuple[Ref, ...]
    kept: tuple[Link, ...]  # links of which not both records are there


def records(
    rows: Sequence[Record], key: str | None = None, times: Sequence[Record] = ()
) -> Records:
    """Records by their positions, or by one of their properties."""
    ids: list[Id] = [*range(len(rows))] if key is None else [text(row.get(key)) for row in rows]
    if "" in ids or len(set(ids)) < len(ids):
        raise ValueError(f"`{key}` is blank in a record, or the same in two: it cannot be the id")
    return Records(dict(zip(ids, rows, strict=True)), dict(zip(ids, times, strict=False)))


def pair(mapping: policy.Mapping, both: Both, memory: Memory, event: Event) -> Paired:
    """Linked records stay linked; the others pair by `match`, with the event `initial`."""
    linked, gone = [], []
    for link in memory.links:
        if any(both.row(ref) is None for ref in link.refs):
            gone.append(link)
        else:
            linked.append(Pair(link.left, link.right, event, link=link))
    taken = frozenset(ref for link in memory.links for ref in link.refs)
    found, ambiguities = [], []
    whys: dict[Ref, Why | None] = {ref: Why.GONE for link in gone for ref in link.refs}
    for key, having in _by_key(mapping, both).items():
        free = [ref for ref in having if ref not in taken]
        if key is None or len(having) == 1:
            whys |= dict.fromkeys(free, Why.NO_KEY if key is None and mapping.match else None)
        elif len(free) == len(having) == 2 and having[0].side is not having[1].side:
            found.append(Pair(having[0].id, having[1].id, Event.INITIAL))
        elif free:
            whys |= dict.fromkeys(free, Why.AMBIGUOUS)
            ambiguities.append(Ambiguity(key, tuple(having)))
    alone = tuple(Alone(ref, whys[ref]) for ref in both.refs() if ref in whys)
    return Paired((*linked, *found), alone, tuple(gone), tuple(ambiguities))


def scope(mapping: policy.Mapping, both: Both, paired: Paired) -> Scoped:
    """What is to be synced; an unknown condition neither enters nor leaves."""
    inside: list[Pair] = []
    outside: list[Pair] = []
    for each in paired.pairs:
        fits = _fits(mapping, both, each.refs, each.link)
        (inside if fits else outside).append(each)
    alone = [
        each if each.why or _fits(mapping, both, [each.record]) else each._replace(why=Why.SCOPE)
        for each in paired.alone
    ]
    return Scoped(tuple(inside), tuple(outside), tuple(alone))


def create(mapping: policy.Mapping, both: Both, alone: Sequence[Alone]) -> Created:
    """The partners that are to be made; their ids stand in until their system gives others."""
    pairs, left_over = [], []
    for each in alone:
        side, id = each.record
        why = each.why or _obstacle(mapping, both, each.record)
        if why is not None:
            left_over.append(each._replace(why=why))
            continue
        new: Id = f"new {id}"
        while new in both.of(side.other).rows:
            new = f"{new}+"
        left, right = (id, new) if side is Side.LEFT else (new, id)
        pairs.append(Pair(left, right, Event.CREATE, made=side.other))
    return Created(tuple(pairs), tuple(left_over))


def delete(mapping: policy.Mapping, both: Both, gone: Sequence[Link]) -> Deleted:
    """What becomes of a record whose partner is gone, and of their link."""
    deleted, kept = [], []
    for link in gone:
        left = next((ref for ref in link.refs if both.row(ref) is not None), None)
        if mapping.delete == "ignored":
            kept.append(link)
        elif mapping.delete == "follows" and left is not None:
            if mapping.arrow.gives(left.side.other) and _fits(mapping, both, link.refs, link):
                deleted.append(left)
            else:
                kept.append(link)
    return Deleted(tuple(deleted), tuple(kept))


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────


def _by_key(mapping: policy.Mapping, both: Both) -> dict[Key | None, list[Ref]]:
    """All records by their keys; None: a part of it is blank, or cannot be converted."""
    found: dict[Key | None, list[Ref]] = {}
    for ref in both.refs():
        row = both.row(ref)
        assert row is not None
        found.setdefault(_key(mapping, ref.side, row), []).append(ref)
    return found


def _key(mapping: policy.Mapping, side: Side, row: Record) -> Key | None:
    parts = []
    for key in mapping.match:
        own = key.left if side is Side.LEFT else key.right
        kind = _kind(key.left) if _kind(key.left) == _kind(key.right) else None
        try:
            value = convert(key.steps, row.get(own.name))
        except Unusable:
            return None
        if is_blank(value):
            return None
        parts.append(_comparable(value, kind))
    return tuple(parts) or None


def _kind(end: Property) -> str | None:
    return None if end.facts is None or end.facts.type is None else end.facts.type.value


def _comparable(value: Value, kind: str | None) -> str:
    """The same text for values that are the same by their type."""
    step = _READ_BY.get(kind or "")
    try:
        return text(value if step is None else STEPS[step].function(value, None))
    except Unusable:
        return text(value)


_READ_BY = {
    "number": "number",
    "money": "number",
    "bool": "bool",
    "date": "date",
    "datetime": "datetime",
}


# ── conditions ───────────────────────────────────────────────────────────────────────────────────


def _fits(
    mapping: policy.Mapping, both: Both, refs: Sequence[Ref], link: Link | None = None
) -> bool:
    if mapping.scope is None:
        return True
    was_inside = link is not None and link.inside
    truth = _truth(mapping.scope.condition, both, refs)
    if truth is Truth.FAILS:
        return was_inside and not mapping.scope.stops
    return was_inside or truth is Truth.HOLDS


def _obstacle(mapping: policy.Mapping, both: Both, ref: Ref) -> Why | None:
    """What the mapping has against making a partner for a record."""
    if not mapping.arrow.gives(ref.side):
        return Why.ARROW
    line = mapping.creating(ref.side.other)
    if line is None:
        return Why.NO_LINE
    if line.never:
        return Why.NEVER
    if line.condition is None or _truth(line.condition, both, [ref]) is Truth.HOLDS:
        return None
    return Why.CONDITION


def _truth(condition: Condition, both: Both, refs: Sequence[Ref]) -> Truth:
    rows = {ref.side: both.row(ref) for ref in refs}
    return evaluate(condition, rows.get(Side.LEFT), rows.get(Side.RIGHT))
