"""
The sentences of the documentation are true of the table, and leave out nothing that it does.

What a claim means is said here a second time, and not taken from the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from syncdsl.docs.build import markdown
from syncdsl.docs.claims import Case, Claim, Deed, Says
from syncdsl.docs.phrase import Sentence
from syncdsl.docs.sentences import sentences
from syncdsl.flow.writing import never_made
from syncdsl.policy import Clauses
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Content, Event, Reason, Row, Side, Situation, Truth, Written
from tests.compile.policies import clause_sets
from tests.docs.policies import DECLARED, many_policies, policy_of

LATER = {Event.INITIAL, Event.UPDATE, Event.REACTIVATION}

MAPPING = """
mapping contacts: hubspot.contacts <-> dynamics.contact {{
  create in hubspot never
  create in dynamics
  x: {rule}
}}
"""


# ── examples ─────────────────────────────────────────────────────────────────────────────────────

EXAMPLES = {
    "hubspot -> dynamics": (
        "Follows HubSpot: when the record is created, at every change and at every full pass. "
        "What Dynamics holds is overwritten, at a full pass even if nobody has edited anything. "
        "A blank is skipped."
    ),
    "hubspot -> dynamics on create only": (
        "Written once, when the record is created in Dynamics. An existing record is never changed."
    ),
    "hubspot -> dynamics on create only, default lead": (
        "Written once, when the record is created in Dynamics. "
        "An existing record is never changed. "
        "If it is blank in HubSpot then, it becomes `lead`."
    ),
    "hubspot -> dynamics not on reactivation": (
        "Follows HubSpot: when the record is created, at every change and at the first full pass. "
        "What Dynamics holds is overwritten. "
        "A blank is skipped. "
        "Nothing happens when the sync is switched on again."
    ),
    "hubspot -> dynamics on create or update": (
        "Follows HubSpot: when the record is created and at every change. "
        "What Dynamics holds is overwritten. "
        "A blank is skipped. "
        "Nothing happens at a full pass."
    ),
    "hubspot -> dynamics on reactivation only": (
        "Follows HubSpot: when the sync is switched on again. "
        "What Dynamics holds is overwritten when the sync is switched on again, "
        "even if nobody has edited anything. "
        "A blank is skipped. "
        "Nothing happens when the record is created, at a live change or at the first full pass."
    ),
    "hubspot -> dynamics if blank": (
        "Fills a blank in Dynamics: when the record is created, at every change and at every full "
        "pass. "
        "A value that is there is never overwritten."
    ),
    "hubspot -> dynamics once": (
        "Fills a blank in Dynamics, at most once: when the record is created, at every change and "
        "at every full pass. "
        "A value that is there is never overwritten."
    ),
    "hubspot -> dynamics append": (
        "Adds to Dynamics what it lacks: when the record is created, at every change and at every "
        "full pass. "
        "Nothing that is there is taken away."
    ),
    "hubspot -> dynamics forward only in stages": (
        "Follows HubSpot: when the record is created, at every change and at every full pass. "
        "A stage in Dynamics is never replaced by an earlier one. "
        "A blank is skipped."
    ),
    "hubspot -> dynamics sticky, as negate": (
        "Follows HubSpot: when the record is created, at every change and at every full pass. "
        "A `true` in Dynamics is never taken back. "
        "A blank is skipped."
    ),
    "hubspot -> dynamics clear blanks": (
        "Follows HubSpot: when the record is created, at every change and at every full pass. "
        "What Dynamics holds is overwritten, at a full pass even if nobody has edited anything. "
        "A blank in HubSpot empties Dynamics."
    ),
    "hubspot -> dynamics clear emptied": (
        "Follows HubSpot: when the record is created, at every change and at every full pass. "
        "What Dynamics holds is overwritten, at a full pass even if nobody has edited anything. "
        "What is emptied in HubSpot is emptied in Dynamics."
    ),
    '"Web" -> dynamics not on create': (
        "Set in Dynamics: at every full pass. "
        "What Dynamics holds is overwritten, at a full pass even if nobody has edited anything. "
        "Nothing happens when the record is created or at a live change."
    ),
    "hubspot <- dynamics": (
        "Follows Dynamics: at every change and at every full pass. "
        "What HubSpot holds is overwritten, at a full pass even if nobody has edited anything. "
        "A blank is skipped."
    ),
    "hubspot <-> dynamics ask": (
        "A change on one side goes to the other. "
        "Where both sides were changed, or nobody knows which one was (as at the first full pass), "
        "a blank is filled and two different values wait for a person. "
        "A blank takes nothing away. "
        "A record that is created in Dynamics gets the value of HubSpot."
    ),
    "hubspot <-> dynamics hubspot wins": (
        "A change on one side goes to the other. "
        "Where both sides were changed, or nobody knows which one was (as at the first full pass), "
        "a blank is filled and the value of HubSpot overwrites that of Dynamics. "
        "A blank takes nothing away. "
        "A record that is created in Dynamics gets the value of HubSpot."
    ),
    "hubspot <-> dynamics most recent wins, not on initial or reactivation": (
        "A change on one side goes to the other. "
        "Where both sides were changed, or nobody knows which one was, a blank is filled and "
        "the more recent of two values goes to the other side; "
        "if it is not known which one that is, a person decides. "
        "A blank takes nothing away. "
        "A record that is created in Dynamics gets the value of HubSpot. "
        "Nothing happens at a full pass."
    ),
    "hubspot <-> dynamics if blank": (
        "A blank side is filled from the other: at every change and at every full pass. "
        "A value that is there is never overwritten. "
        "A record that is created in Dynamics gets the value of HubSpot."
    ),
    "hubspot <-> dynamics forward only in stages": (
        "The later stage goes to the other side: at every change and at every full pass. "
        "No stage goes back. "
        "A blank is filled from the other side. "
        "A record that is created in Dynamics gets the value of HubSpot."
    ),
    "hubspot <-> dynamics sticky in dynamics, as negate": (
        "A `true` (as Dynamics says it) goes to the other side: at every change and at every full "
        "pass. "
        "No sync takes it back. "
        "A blank is filled from the other side. "
        "A record that is created in Dynamics gets the value of HubSpot."
    ),
    "hubspot <-> dynamics union": (
        "Each side gets what it lacks: at every change and at every full pass. "
        "Nothing that is there is taken away. "
        "A record that is created in Dynamics gets the value of HubSpot."
    ),
    "hubspot <-> dynamics clear emptied, ask": (
        "A change on one side goes to the other. "
        "Where both sides were changed, or nobody knows which one was (as at the first full pass), "
        "a blank is filled and two different values wait for a person. "
        "What is emptied on one side is emptied on the other. "
        "A record that is created in Dynamics gets the value of HubSpot."
    ),
    "hubspot <- dynamics on create only": "Nothing is ever written.",
}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_in_words(rule: str) -> None:
    page = markdown(policy_of(DECLARED + MAPPING.format(rule=rule)))
    line = next(line for line in page.splitlines() if line.startswith("| `x` |"))
    assert line.split(" | ")[4].removesuffix(" |") == EXAMPLES[rule]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("hubspot -> dynamics values levels", "A value that `levels` does not name"),
        ("hubspot -> dynamics as number", "A value that cannot be converted"),
        (
            "hubspot -> dynamics as number, values levels",
            "A value that cannot be converted or that `levels` does not name",
        ),
        ("hubspot -> dynamics forward only in stages", "A stage that is not in `stages`"),
        ("hubspot -> dynamics sticky", "What is neither true nor false"),
    ],
)
def test_what_is_reported_is_told_below(rule: str, words: str) -> None:
    page = markdown(policy_of(DECLARED + MAPPING.format(rule=rule)))
    assert f"\n- `x`: {words} is reported, and nothing is written.\n" in page


# ── many sets of clauses ─────────────────────────────────────────────────────────────────────────

Told = tuple[Clauses, frozenset[Side], bool]


@cache
def told() -> tuple[Told, ...]:
    found = [
        (rule.clauses, never_made(rule, mapping), rule.wiring.sticky is not None)
        for policy in many_policies(60)
        for mapping in policy.mappings
        for rule in mapping.rules
    ]
    found += [(clauses, frozenset[Side](), False) for clauses in clause_sets()]
    return tuple(dict.fromkeys(found))


def all_sentences(key: Told) -> tuple[Sentence, ...]:
    found = sentences(*key)
    return *found.main, *found.more


def acting(key: Told) -> list[Row]:
    """The rows in which the rule may do something, in its mapping."""
    clauses, never, _ = key
    return [
        row
        for row in table(clauses)
        if row.situation.guard in (None, Truth.HOLDS) and row.situation.made not in never
    ]


def test_there_are_many_sets_of_clauses() -> None:
    assert len(told()) > 800
    assert len({tuple(each.words for each in all_sentences(key)) for key in told()}) > 250


def test_every_claim_is_true_of_the_table() -> None:
    for key in told():
        rows = acting(key)
        for sentence in all_sentences(key):
            for claim in sentence.claims:
                assert is_true(claim, rows), (key, sentence.words, claim)


def test_nothing_that_a_rule_does_is_left_out() -> None:
    for key in told():
        said = {
            (claim.deed, claim.side, event)
            for sentence in all_sentences(key)
            for claim in sentence.claims
            if claim.says in (Says.SOME, Says.ALWAYS)
            for event in claim.events
        }
        done = {
            (deed, side, row.situation.event) for row in acting(key) for deed, side in deeds(row)
        }
        assert done == said, (key, [each.words for each in all_sentences(key)])


def test_no_words_contradict_the_table() -> None:
    for key in told():
        rows = acting(key)
        for sentence in all_sentences(key):
            for words, is_so in WORDS.items():
                if re.search(words, sentence.words):
                    assert is_so(rows, sentence.side), (key, sentence.words)


def test_a_rule_that_may_overwrite_says_so() -> None:
    says_so = (
        "overwrit|Follows|Set in|goes to the other side|A change on one side goes to the other"
    )
    for key in told():
        words = " ".join(sentence.words for sentence in sentences(*key).main)
        words = words.replace("never overwritten", "")
        if any(deed is Deed.REPLACES for row in acting(key) for deed, _ in deeds(row)):
            assert re.search(says_so, words), (key, words)
        else:
            assert not re.search("overwrit", words), (key, words)


# ── what claims mean ─────────────────────────────────────────────────────────────────────────────


def is_true(claim: Claim, rows: list[Row]) -> bool:
    def does(row: Row) -> bool:
        return (claim.deed, claim.side) in deeds(row)

    def fits(row: Row) -> bool:
        return IS_CASE[claim.case](row, claim.side)

    found = {event: [row for row in rows if row.situation.event is event] for event in Event}
    groups = [found[event] for event in claim.events]
    match claim.says:
        case Says.SOME:
            return all(any(does(row) and fits(row) for row in group) for group in groups)
        case Says.NO:
            return not any(does(row) and fits(row) for group in groups for row in group)
        case Says.ONLY:
            return all(fits(row) for group in groups for row in group if does(row))
        case Says.ALWAYS:
            cases = [[row for row in group if fits(row)] for group in groups]
            return all(group and all(map(does, group)) for group in cases)


def deeds(row: Row) -> Iterator[tuple[Deed, Side | None]]:
    seen, done = row
    if done.action is Action.CONFLICT:
        yield Deed.ASKS, None
    if done.action is Action.REJECT:
        yield Deed.REPORTS, None
    for side in Side:
        if done.side is not None and done.side.value in (side.value, "both"):
            if done.action is Action.WRITE and seen.made is not None:
                yield Deed.MAKES, side
            elif done.action is Action.WRITE:
                was_blank = seen.content(side) is Content.BLANK
                yield (Deed.FILLS if was_blank else Deed.REPLACES), side
            else:
                yield (Deed.ADDS if done.action is Action.ADD else Deed.EMPTIES), side


def changed(seen: Situation, side: Side | None) -> bool | None:
    assert side is not None
    return seen.was_changed(side)


def giver(side: Side | None) -> Side:
    assert side is not None
    return side.other


def disputed(seen: Situation) -> bool:
    """Not: neither was changed, or one alone."""
    if seen.agree is not False or seen.changed is None:
        return False
    return seen.changed.value in ("both", "unknown")


def alone(row: Row, side: Side | None) -> bool:
    return changed(row.situation, giver(side)) is True and changed(row.situation, side) is False


IS_CASE: dict[Case, Callable[[Row, Side | None], bool]] = {
    Case.ANY: lambda row, side: True,
    Case.GIVER_CHANGED: lambda row, side: changed(row.situation, giver(side)) is True,
    Case.GIVER_UNCHANGED: lambda row, side: changed(row.situation, giver(side)) is False,
    Case.ONE_CHANGED: alone,
    Case.DISPUTE: lambda row, side: disputed(row.situation),
    Case.TWO_VALUES: lambda row, side: (
        disputed(row.situation)
        and [row.situation.left, row.situation.right] == [Content.VALUE, Content.VALUE]
    ),
    Case.BLANK_AND_VALUE: lambda row, side: (
        disputed(row.situation)
        and {row.situation.left, row.situation.right} == {Content.VALUE, Content.BLANK}
    ),
    Case.ONE_CHANGED_OR_NEWER: lambda row, side: (
        alone(row, side)
        or (row.situation.newer is not None and row.situation.newer.value == giver(side).value)
    ),
    Case.GIVER_LATER: lambda row, side: (
        row.situation.rank is not None
        and row.situation.rank.value == {"left": "later", "right": "earlier"}[giver(side).value]
    ),
    Case.NOT_WRITTEN: lambda row, side: (
        row.situation.written in (Written.NO, Written.UNKNOWN)
    ),
    Case.GIVER_BLANK: lambda row, side: (
        row.situation.event is not Event.CREATE
        and row.situation.content(giver(side)) is Content.BLANK
        and side is not None
        and row.situation.content(side) is not Content.BLANK
    ),
    Case.DEFAULTED: lambda row, side: row.outcome.reason is Reason.DEFAULT,
    Case.UNCONVERTED: lambda row, side: row.outcome.reason is Reason.CONVERSION,
    Case.OUTSIDE_ORDER: lambda row, side: row.outcome.reason is Reason.OUTSIDE_ORDER,
}  # fmt: skip


def test_every_case_has_a_meaning_here() -> None:
    assert IS_CASE.keys() == set(Case)


# ── what words mean ──────────────────────────────────────────────────────────────────────────────


def does(rows: list[Row], side: Side | None, *which: Deed, on: set[Event] | None = None) -> bool:
    """Does any row do one of these? With a side, to that side."""
    return any(
        deed in which and side in (None, where) and (on is None or row.situation.event in on)
        for row in rows
        for deed, where in deeds(row)
    )


REPLACES = Deed.REPLACES, Deed.EMPTIES
WRITES = Deed.FILLS, Deed.REPLACES, Deed.ADDS, Deed.EMPTIES
ANYTHING = *WRITES, Deed.MAKES, Deed.ASKS, Deed.REPORTS
PASSES = {Event.INITIAL, Event.REACTIVATION}

WORDS: dict[str, Callable[[list[Row], Side], bool]] = {
    "Nothing is ever written": lambda rows, side: not does(rows, None, *WRITES, Deed.MAKES),
    r"An existing .* is never changed": lambda rows, side: not does(rows, None, *WRITES),
    "Written once": lambda rows, side: does(rows, None, Deed.MAKES),
    "never overwritten": lambda rows, side: not does(rows, None, *REPLACES),
    "taken away": lambda rows, side: not does(rows, None, *REPLACES),
    "is overwritten|Follows|Set in": lambda rows, side: does(rows, side, Deed.REPLACES),
    "even if nobody has edited": lambda rows, side: any(
        (Deed.REPLACES, side) in deeds(row)
        and row.situation.event is Event.REACTIVATION
        and changed(row.situation, side.other) is False
        for row in rows
    ),
    r"the value of {giver} overwrites": lambda rows, side: all(
        (Deed.REPLACES, side) in deeds(row)
        for row in rows
        if IS_CASE[Case.TWO_VALUES](row, None) and does(rows, None, *ANYTHING, on={row[0].event})
    ),
    "person": lambda rows, side: does(rows, None, Deed.ASKS),
    "A blank is skipped": lambda rows, side: not does(rows, side, Deed.EMPTIES),
    "A blank takes nothing away": lambda rows, side: not does(rows, None, Deed.EMPTIES),
    "empties|is emptied|can be emptied": lambda rows, side: does(rows, None, Deed.EMPTIES),
    "earlier one|never taken back|goes back|takes it back": lambda rows, side: all(
        IS_CASE[Case.GIVER_LATER](row, where)
        for row in rows
        for deed, where in deeds(row)
        if deed is Deed.REPLACES and where is not None
    ),
    "at most once": lambda rows, side: (
        not any(row.situation.written is Written.YES and does([row], None, *WRITES) for row in rows)
    ),
    "Fills a blank": lambda rows, side: does(rows, side, Deed.FILLS, Deed.MAKES),
    "lacks": lambda rows, side: does(rows, None, Deed.ADDS),
    r"Nothing happens .*at a full pass": lambda rows, side: (
        not does(rows, None, *ANYTHING, on=PASSES)
    ),
    r"Nothing happens .*switched on again": lambda rows, side: (
        not does(rows, None, *ANYTHING, on={Event.REACTIVATION})
    ),
    r"Nothing happens .*first full pass": lambda rows, side: (
        not does(rows, None, *ANYTHING, on={Event.INITIAL})
    ),
    r"Nothing happens .*live change": lambda rows, side: (
        not does(rows, None, *ANYTHING, on={Event.UPDATE})
    ),
    r"Nothing happens .*is created": lambda rows, side: (
        not does(rows, None, *ANYTHING, on={Event.CREATE})
    ),
    r"^(?!Nothing).*is created, |when .*is created and": lambda rows, side: does(
        rows, side, Deed.MAKES
    ),
    r"^(?!Nothing).*at every full pass": lambda rows, side: all(
        does(rows, None, *WRITES, on={event}) for event in PASSES
    ),
    "is reported": lambda rows, side: does(rows, None, Deed.REPORTS),
}


def test_every_word_that_is_looked_for_is_said() -> None:
    said = [sentence.words for key in told() for sentence in all_sentences(key)]
    for words in WORDS:
        assert any(re.search(words, each) for each in said), words
