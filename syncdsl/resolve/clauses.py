"""
The clauses of a rule: its own and the `usual` ones of its mapping, one of a kind.

A clause that cannot stand beside another one is told, with what to drop. A `usual` clause passes
over a rule that it cannot fit.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.diagnostic import Label
from syncdsl.policy import Arrow, Kind
from syncdsl.resolve.names import Names
from syncdsl.syntax import tree

KIND: dict[type, Kind] = {
    tree.Events: Kind.EVENTS,
    tree.Mode: Kind.MODE,
    tree.Blanks: Kind.BLANKS,
    tree.Winner: Kind.WINNER,
    tree.When: Kind.GUARD,
    tree.As: Kind.CONVERSION,
    tree.UseValues: Kind.VALUES,
    tree.Default: Kind.DEFAULT,
    tree.Owned: Kind.OWNER,
}


class Chosen(dict[Kind, tree.Clause]):
    """The clauses that hold for a rule, by kind; `usual` names those of the mapping's line."""

    def __init__(self) -> None:
        super().__init__()
        self.usual: set[Kind] = set()


def choose(
    names: Names, own: tuple[tree.Clause, ...], usual: tuple[tree.Clause, ...], arrow: Arrow
) -> Chosen:
    """One clause of each kind."""
    chosen = one_of_a_kind(names, own)
    _tell_contradictions(names, chosen, arrow)
    for clause in usual:
        kind = KIND[type(clause)]
        if kind not in chosen and _fits(clause, chosen, arrow):
            chosen[kind] = clause
            chosen.usual.add(kind)
    return chosen


def one_of_a_kind(names: Names, clauses: tuple[tree.Clause, ...]) -> Chosen:
    chosen = Chosen()
    for clause in clauses:
        kind = KIND[type(clause)]
        there = chosen.setdefault(kind, clause)
        if there is not clause:
            names.tell(
                "clauses-contradict",
                f"`{clause.span.text}` and `{there.span.text}` both say the {kind.value}; "
                "drop one of them",
                clause.span,
                labels=(Label(there.span, "the other one"),),
            )
    return chosen


def _tell_contradictions(names: Names, chosen: Chosen, arrow: Arrow) -> None:
    for clause, other, why in list(_contradictions(chosen, arrow)):
        labels = () if other is None else (Label(other.span, "the other one"),)
        names.tell("clauses-contradict", why, clause.span, labels=labels)
        del chosen[KIND[type(clause)]]


def _contradictions(
    chosen: Chosen, arrow: Arrow
) -> Iterator[tuple[tree.Clause, tree.Clause | None, str]]:
    blanks, mode, default = (chosen.get(kind) for kind in (Kind.BLANKS, Kind.MODE, Kind.DEFAULT))
    clears = isinstance(blanks, tree.Blanks) and blanks.words != "skip blanks"
    if blanks is not None and clears:
        other, why = mode, "never takes anything away"
        if other is None:
            other, why = default, "fills a blank that this one would give on"
        if other is not None:
            words = f"`{blanks.span.text}` cannot stand beside `{other.span.text}`, which {why}"
            yield blanks, other, f"{words}; drop one of them"
    if default is not None and arrow is Arrow.BOTH:
        words = f"`{default.span.text}` needs a one-way arrow"
        yield default, None, f"{words}: of two sides it would not say which one is filled"


def _fits(clause: tree.Clause, chosen: Chosen, arrow: Arrow) -> bool:
    mode = chosen.get(Kind.MODE)
    match clause:
        case tree.Blanks():
            clears = clause.words != "skip blanks"
            return not clears or (mode is None and Kind.DEFAULT not in chosen)
        case tree.Mode():
            blanks = chosen.get(Kind.BLANKS)
            return not isinstance(blanks, tree.Blanks) or blanks.words == "skip blanks"
        case tree.Winner():
            return arrow is Arrow.BOTH and mode is None
        case tree.Default():
            blanks = chosen.get(Kind.BLANKS)
            return arrow is not Arrow.BOTH and (
                not isinstance(blanks, tree.Blanks) or blanks.words == "skip blanks"
            )
        case _:
            return True
