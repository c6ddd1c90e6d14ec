"""
What can happen to people's edits over time, a line for rules of which the same is true, and to
their records.

It is for those who do not read policies, so it tells of the laws that they would ask for: may what
I enter be undone, does it come back after I have removed it, what if the sync is switched on again?
What the lines of a mapping say anyway is not repeated.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.docs.escape import Markdown, code, fill, listed
from syncdsl.docs.properties import Surroundings
from syncdsl.laws import fates
from syncdsl.laws.customs import customs_of
from syncdsl.laws.fates import Fate
from syncdsl.laws.law import Law, breach_of
from syncdsl.laws.within import Within, breach_within
from syncdsl.policy import Rule
from syncdsl.situation import Side
from syncdsl.suggest import one_of

_SAFE = Markdown(
    "whatever happens, no edit is undone, and switching the sync on again changes nothing"
)


def over_time(around: Surroundings) -> tuple[Markdown, ...]:
    told: dict[Markdown, list[Markdown]] = {}
    for rule in around.mapping.rules:
        words = listed([*_can_happen(around, rule)]) or _SAFE
        told.setdefault(words, []).append(code(rule.label))
    rules = (
        fill("{rules}: {words}", rules=Markdown(", ".join(rules)), words=words)
        for words, rules in told.items()
    )
    return (*rules, *_records(around))


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
    if anytime is None and later is None:
        clauses, customs = rule.clauses, customs_of(around.mapping)
        restored = breach_within(clauses, customs, Within.RESTORED_IS_SAME)
        if restored is not None:
            words = "what is in {system} can change when a record was deleted and is restored"
            yield _words(around, rule, restored.side, words)


def _side(rule: Rule, law: Law) -> Side | None:
    """The side on which a law is not kept, by an engine that remembers what it synced last."""
    broken = breach_of(rule.clauses, law)
    return None if broken is None else broken.side


def _words(around: Surroundings, rule: Rule, side: Side, words: str) -> Markdown:
    system = rule.system(side)
    return fill(words, system=around.called.get(system, system))


def _records(around: Surroundings) -> Iterator[Markdown]:
    """What can become of records."""
    mapping = around.mapping
    if mapping.name is None:
        return  # nothing is said of them
    customs = customs_of(mapping)
    for law, words in _FATES.items():
        sides = [
            side
            for side in Side
            if (broken := fates.breach_of(customs, law, side=side)) is not None
            # What was merged comes back as what was deleted does.
            and (law is not Fate.MERGE_IS_QUIET or broken.passed.deleted)
        ]
        if law is Fate.MERGE_IS_QUIET:
            sides = [side.other for side in reversed(sides)]
        systems = [around.called[mapping.end(side)[0]] for side in sides]
        if systems:
            yield fill(words, systems=one_of(systems, ""))


_FATES = {
    Fate.STAYS_DELETED: "a record that is deleted in {systems} is made again, from its partner",
    Fate.MERGE_IS_QUIET: "when two records are merged in {systems}, the partner of one of them is "
    "deleted",
    Fate.MERGE_GOES_ON: "when a record is merged in {systems} into another one with the same key, "
    "the one that is left is not synced",
    Fate.ONE_PARTNER: "a second record can be made in {systems} of one that is there already",
}
