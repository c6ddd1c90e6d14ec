"""
The decision table of a rule: every situation that a record can bring about, with its outcome.

`situations` enumerates; it is where the impossible is left out: a constant that is blank, a
baseline at the first pass, a refused value without a conversion, a guard against the blankness of
an end that it reads. A question that the clauses never ask stays `None` in every situation, and
so does one that this very situation does not need (who is newer, where both sides agree), so that
two records which differ only in things that do not matter are in the same situation.

The shape of these `None`s is a promise between this file and `semantics.observe`, which brings real
records into the same situations: whatever it sees in two records is one of the situations here.

`fold` joins rows that end alike into few lines. Some combinations of answers cannot come about, so
two groups of rows are joined if they agree wherever both have an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from syncdsl.policy import Arrow, Clauses, Mode, Winner
from syncdsl.semantics.decide import decide
from syncdsl.semantics.observe import Questions
from syncdsl.situation import (
    Changed,
    Content,
    Event,
    Newer,
    Outcome,
    Rank,
    Row,
    Side,
    Sides,
    Situation,
    Truth,
    Written,
)


@cache
def table(clauses: Clauses) -> tuple[Row, ...]:
    """Every situation that can come about, with what the rule does in it."""
    return tuple(Row(situation, decide(clauses, situation)) for situation in situations(clauses))


def situations(clauses: Clauses) -> Iterator[Situation]:
    for event in Event:
        if event is Event.CREATE:
            yield from _creating(clauses)
        else:
            yield from _meeting(clauses, event)


def questions(clauses: Clauses) -> Questions:
    """What an observer has to know of a rule, to answer what its table asks."""
    return Questions(
        gives=(clauses.arrow.gives(Side.LEFT), clauses.arrow.gives(Side.RIGHT)),
        adds=clauses.mode.adds,
        once=clauses.mode is Mode.ONCE,
        newest=clauses.winner is Winner.NEWEST,
    )


class Line(NamedTuple):
    """Rows that end alike: the answers that matter, by question, and the outcome."""

    answers: tuple[tuple[str, tuple[Any, ...]], ...]
    outcome: Outcome


def fold(
    rows: Iterable[Row], outcome: Callable[[Row], Outcome] = lambda row: row.outcome
) -> tuple[Line, ...]:
    """The rows as few lines; a question whose answer changes nothing is left out."""
    cells = {
        tuple(getattr(row.situation, question) for question in QUESTIONS): outcome(row)
        for row in rows
    }
    return tuple(_fold(cells, ()))


# ── enumerating ──────────────────────────────────────────────────────────────────────────────────


def _creating(clauses: Clauses) -> Iterator[Situation]:
    for made in Side:
        source = made.other
        for content in _contents_on_create(clauses, source):
            left, right = (
                (content, Content.BLANK) if made is Side.RIGHT else (Content.BLANK, content)
            )
            if clauses.constant and not clauses.arrow.gives(source):
                # The constant is there whether or not the record on its side is.
                left, right = (
                    (Content.VALUE, content) if made is Side.LEFT else (content, Content.VALUE)
                )
            ranks: Iterable[Rank | None] = (None,)
            if clauses.mode.has_stages and clauses.arrow.gives(source) and content is Content.VALUE:
                ranks = _ranks(clauses, left, right)
            for rank in ranks:
                for guard in _guards(clauses, made, left, right):
                    yield Situation(
                        Event.CREATE, made, left, right, None, None, guard=guard, rank=rank
                    )


def _contents_on_create(clauses: Clauses, source: Side) -> tuple[Content, ...]:
    if not clauses.arrow.gives(source):
        return Content.BLANK, Content.VALUE
    return _contents(clauses, source)


def _contents(clauses: Clauses, side: Side) -> tuple[Content, ...]:
    gives = clauses.arrow.gives(side)
    if gives and clauses.constant:
        return (Content.VALUE,)
    if gives and clauses.refusable(side):
        return Content.BLANK, Content.VALUE, Content.UNUSABLE
    return Content.BLANK, Content.VALUE


def _meeting(clauses: Clauses, event: Event) -> Iterator[Situation]:
    for left, right in product(_contents(clauses, Side.LEFT), _contents(clauses, Side.RIGHT)):
        for agree in _agreements(clauses, left, right):
            for changed, newer, guard, rank, lacks, written in product(
                _changes(clauses, event),
                _times(clauses, agree),
                _guards(clauses, None, left, right),
                (None,) if agree else _ranks(clauses, left, right),
                (None,) if agree else _lacking(clauses, left, right),
                (None,) if agree or clauses.mode is not Mode.ONCE else tuple(Written),
            ):
                yield Situation(
                    event, None, left, right, agree, changed, newer, guard, rank, lacks, written
                )


def _agreements(clauses: Clauses, left: Content, right: Content) -> tuple[bool, ...]:
    blanks = (left, right).count(Content.BLANK)
    refused = (left, right).count(Content.UNUSABLE)
    if blanks == 2:
        return (True,)
    if clauses.mode.adds:
        if refused:
            return (False,)
        if blanks:
            giver = right if clauses.receiver is Side.LEFT else left
            nothing_to_add = clauses.receiver is not None and giver is Content.BLANK
            return (nothing_to_add,)
        return True, False
    if blanks or refused == 2 or (refused and clauses.arrow is not Arrow.BOTH):
        return (False,)
    return True, False


def _changes(clauses: Clauses, event: Event) -> tuple[Changed, ...]:
    if event is Event.INITIAL:
        return (Changed.UNKNOWN,)
    if clauses.constant:
        assert clauses.receiver is not None
        return Changed.NEITHER, Changed(clauses.receiver.value), Changed.UNKNOWN
    return tuple(Changed)


def _times(clauses: Clauses, agree: bool) -> tuple[Newer | None, ...]:
    return tuple(Newer) if clauses.winner is Winner.NEWEST and not agree else (None,)


def _guards(
    clauses: Clauses, made: Side | None, left: Content, right: Content
) -> tuple[Truth | None, ...]:
    if clauses.guard is None:
        return (None,)
    blanks = left is Content.BLANK, right is Content.BLANK
    for guarded in clauses.guard:
        if guarded.made is made and (guarded.left_blank, guarded.right_blank) == blanks:
            return guarded.truths
    return ()


def _ranks(clauses: Clauses, left: Content, right: Content) -> tuple[Rank | None, ...]:
    if not clauses.mode.has_stages:
        return (None,)
    compared = Side.RIGHT if clauses.arrow is Arrow.LEFT else Side.LEFT
    if (left if compared is Side.LEFT else right) is Content.UNUSABLE:
        return (Rank.OUTSIDE,)
    outside = (clauses.left_may_leave_order and left is not Content.BLANK) or (
        clauses.right_may_leave_order and right is not Content.BLANK
    )
    within: tuple[Rank, ...] = Rank.LATER, Rank.EARLIER
    if right is Content.BLANK:
        within = (Rank.LATER,)
    elif left is Content.BLANK:
        within = (Rank.EARLIER,)
    return (*within, Rank.OUTSIDE) if outside else within


def _lacking(clauses: Clauses, left: Content, right: Content) -> tuple[Sides | None, ...]:
    both_have_values = left is Content.VALUE and right is Content.VALUE
    asked = clauses.mode.adds and clauses.arrow is Arrow.BOTH and both_have_values
    return tuple(Sides) if asked else (None,)


# ── folding ──────────────────────────────────────────────────────────────────────────────────────

_Cells = dict[tuple[Any, ...], Outcome]

# The questions in the order that gives the shortest lines: what settles most comes first.
QUESTIONS = (
    "event", "made", "guard", "agree", "left", "right", "changed", "written", "rank", "lacks",
    "newer",
)  # fmt: skip


def _fold(cells: _Cells, answers: tuple[tuple[str, tuple[Any, ...]], ...]) -> Iterator[Line]:
    """Lines for cells whose keys start at the same question."""
    outcomes = set(cells.values())
    if len(outcomes) == 1:
        yield Line(answers, outcomes.pop())
        return
    groups: dict[Any, _Cells] = {}
    for key, outcome in cells.items():
        groups.setdefault(key[0], {})[key[1:]] = outcome
    question = QUESTIONS[len(QUESTIONS) - len(next(iter(cells)))]
    joined = _join(groups, whole=question == "event")
    for values, group in joined:
        matters = len(joined) > 1
        yield from _fold(group, (*answers, (question, values)) if matters else answers)


def _join(groups: dict[Any, _Cells], whole: bool) -> list[tuple[tuple[Any, ...], _Cells]]:
    """
    Groups that answer some question alike and none differently, joined. `whole`: only those that
    can be asked the same, for at the first pass nobody knows what was changed, and a line that
    joins it with a live change would speak of what cannot come about.
    """
    joined: list[tuple[tuple[Any, ...], _Cells]] = []
    for value, group in groups.items():
        for index, (values, cells) in enumerate(joined):
            if _alike(cells, group, whole):
                joined[index] = ((*values, value), {**cells, **group})
                break
        else:
            joined.append(((value,), group))
    return joined


def _alike(some: _Cells, others: _Cells, whole: bool) -> bool:
    shared = some.keys() & others.keys()
    if not shared:
        return len({*some.values(), *others.values()}) == 1
    if whole and some.keys() != others.keys():
        if not (_ignores_changes(some) and _ignores_changes(others)):
            return False
    return all(some[key] == others[key] for key in shared)


_CHANGED = QUESTIONS.index("changed") - QUESTIONS.index("event") - 1  # in the key of an event


def _ignores_changes(cells: _Cells) -> bool:
    """Does it make no difference which side was changed?"""
    without: dict[tuple[Any, ...], Outcome] = {}
    return all(
        without.setdefault((*key[:_CHANGED], *key[_CHANGED + 1 :]), outcome) == outcome
        for key, outcome in cells.items()
    )
