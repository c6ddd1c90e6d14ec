"""
The life of two records that belong together: one is deleted, or merged into a third.

That is a matter of the mapping, not of its rules: of what its `delete`, `create` and `match` lines
and its arrow say. They are carried out by `semantics.run` itself, on a mapping that has nothing
else, until a pass changes nothing any more. Conditions are taken to hold: there are records for
which they do.

A merge is a deletion: of two records that are merged one disappears, and its partner is left alone.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from syncdsl import policy
from syncdsl.policy import Arrow, Create, Key, Property
from syncdsl.semantics.pair import Both, Link, Memory, Records
from syncdsl.semantics.run import run
from syncdsl.situation import Event, Side
from syncdsl.source import Source, Span


class Customs(NamedTuple):
    """All of a mapping that the life of its records depends on."""

    arrow: Arrow
    delete: str
    makes: tuple[Side, ...]  # where a record may be made
    matches: bool  # there is a key


def customs_of(mapping: policy.Mapping) -> Customs:
    makes = tuple(line.side for line in mapping.creates if not line.never)
    return Customs(mapping.arrow, mapping.delete, makes, bool(mapping.match))


class Fate(NamedTuple):
    """What becomes of two records after one of them was deleted."""

    returns: bool  # a record like the one that was deleted is made again
    takes_along: bool  # the other one is deleted too
    passes: int  # until then


@cache
def fate(customs: Customs, deleted: Side) -> Fate:
    """What passes make of a deletion, if the engine remembers which records belong together."""
    memory = Memory((Link("1", "1"),))
    there, gone = Records({"1": {"k": "ada"}}, {}), Records({}, {})
    both = Both(gone, there) if deleted is Side.LEFT else Both(there, gone)
    for passes in range(1, MAX_PASSES + 1):
        done = run(_mapping(customs), *both, memory, event=Event.UPDATE)
        both, memory = done.after, done.memory
        if both.of(deleted).rows:
            return Fate(returns=True, takes_along=False, passes=passes)
        if not both.of(deleted.other).rows:
            return Fate(returns=False, takes_along=True, passes=passes)
    return Fate(returns=False, takes_along=False, passes=0)


MAX_PASSES = 4  # the first finds that one is gone, the second makes it anew; then nothing is left


def _mapping(customs: Customs) -> policy.Mapping:
    left, right = (Property(system, None, "k", None) for system in ("left", "right"))
    return policy.Mapping(
        name=None,
        left=("left", None),
        right=("right", None),
        arrow=customs.arrow,
        via=None,
        match=(Key(left, right, (), _NOWHERE),) if customs.matches else (),
        creates=tuple(Create(side, None, False, "", _NOWHERE) for side in customs.makes),
        delete=customs.delete,
        scope=None,
        rules=(),
        doc="",
        span=_NOWHERE,
        source=_NOWHERE.source,
    )


_NOWHERE = Span(Source("", ""), 0, 0)
