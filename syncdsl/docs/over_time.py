"""
What can happen to people's edits over time, a line for rules of which the same is true.

It is for those who do not read policies, so it tells of the laws that they would ask for: may what
I enter be undone, does it come back after I have removed it, what if the sync is switched on again?
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.docs.escape import Markdown, code, fill, listed
from syncdsl.docs.properties import Surroundings
from syncdsl.laws.law import Law, breach_of
from syncdsl.policy import Rule
from syncdsl.situation import Side

_SAFE = Markdown(
    "whatever happens, no edit is undone, and switching the sync on again changes nothing"
)


def over_time(around: Surroundings) -> tuple[Markdown, ...]:
    told: dict[Markdown, list[Markdown]] = {}
    for rule in around.mapping.rules:
        words = listed([*_can_happen(around, rule)]) or _SAFE
        told.setdefault(words, []).append(code(rule.label))
    return tuple(
        fill("{rules}: {words}", rules=Markdown(", ".join(rules)), words=words)
        for words, rules in told.items()
    )


def _can_happen(around: Surroundings, rule: Rule) -> Iterator[Markdown]:
    anytime, later = _side(rule, Law.EDIT_STAYS), _side(rule, Law.PAUSE_EDIT_STAYS)
    if anytime is not None:
        yield _words(around, rule, anytime, "an edit in {system} can be undone by the next sync")
    elif later is not None:
        words = "an edit in {system} can be undone when the sync is switched on again"
        yield _words(around, rule, later, words)
    dropped = _side(rule, Law.BOTH_EDITS_STAY)
    if dropped is not None and anytime is None and later is None:
        yield Markdown("of two edits at the same time one is lost")
    emptied = _side(rule, Law.EMPTIED_STAYS)
    if emptied is not None and anytime is None and later is None:
        yield _words(around, rule, emptied, "what is taken out in {system} can come back")
    blank = _side(rule, Law.BLANK_TAKES_NOTHING)
    if blank is not None:
        yield _words(around, rule, blank, "what is in {system} can be emptied")


def _side(rule: Rule, law: Law) -> Side | None:
    """The side on which a law is not kept, by an engine that remembers what it synced last."""
    broken = breach_of(rule.clauses, law)
    return None if broken is None else broken.side


def _words(around: Surroundings, rule: Rule, side: Side, words: str) -> Markdown:
    system = rule.system(side)
    return fill(words, system=around.called.get(system, system))
