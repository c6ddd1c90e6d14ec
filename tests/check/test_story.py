"""Counterexamples in words."""

import pytest

from syncdsl.check.story import story
from syncdsl.semantics.table import table
from syncdsl.situation import Action, Content
from tests.check.reading import findings, understood


def told(text: str, code: str) -> list[str]:
    found = next(each for each in findings(text) if each.code == code)
    assert found.story is not None
    return [found.story.steps[0], found.story.after]


def test_a_reactivation_with_a_value_map() -> None:
    text = """
source: hubspot.source -> dynamics.leadsourcecode, values sources
values sources {
  ORGANIC_SEARCH -> 8
  REFERRALS      -> 3
}
"""
    before, after = told(text, "overwrite-on-reactivation")
    assert before == (
        'reactivation: `hubspot.source` is "ORGANIC_SEARCH", `dynamics.leadsourcecode` is 3, '
        "and neither was edited"
    )
    assert after == "`dynamics.leadsourcecode` becomes 8; 3 is lost"


def test_a_constant_has_no_value_of_its_own() -> None:
    text = 'origin: "HubSpot" -> dynamics.origin not on initial\n'
    assert told(text, "constant-overwrites") == [
        'reactivation: `dynamics.origin` is "North" and it was not edited',
        '`dynamics.origin` becomes "HubSpot"; "North" is lost',
    ]


def test_what_was_edited_says_what_it_was() -> None:
    text = "zip: hubspot <-> dynamics, hubspot wins, on update only\n"
    before, after = told(text, "edit-lost-silently")
    assert before == (
        'update: `hubspot.zip` was "80331" and is now "01067", '
        'and `dynamics.zip` was "80331" and is now "10115"'
    )
    assert after == '`dynamics.zip` becomes "01067"; "10115" is lost'


def test_a_blank_that_empties() -> None:
    text = "city: hubspot -> dynamics, clear blanks\n"
    assert told(text, "blank-clears-target") == [
        'initial: `hubspot.city` is blank and `dynamics.city` is "London"',
        '`dynamics.city` becomes blank; "London" is lost',
    ]


def test_a_conflict_says_why() -> None:
    assert told("city: hubspot <-> dynamics\n", "two-way-without-winner")[1] == (
        "nothing is written, a person must decide: both sides have a claim and no winner is named"
    )


def test_who_is_newer_is_said_where_the_rule_asks() -> None:
    text = "optout: hubspot <-> dynamics, most recent wins\n"
    assert told(text, "consent-not-sticky")[0] == (
        "initial: `hubspot.optout` is false, `dynamics.optout` is true, "
        "and `hubspot.optout` is the more recent one"
    )


def test_what_the_condition_reads_is_said() -> None:
    text = "city: hubspot -> dynamics on initial only, when hubspot.country = DE\n"
    assert told(text, "overwrite-on-initial-sync")[0] == (
        'initial: `hubspot.city` is "London", `dynamics.city` is "Dresden", '
        'and `hubspot.country` is "DE"'
    )


def test_without_values_the_words_stay_true() -> None:
    text = """
order way { lead < customer }
stage: hubspot.a <-> dynamics.b as number, forward only in way, owned by hubspot
"""
    assert told(text, "owner-overwritten") == [
        "initial: `hubspot.a` has a value and `dynamics.b` has another value",
        "`hubspot.a` is overwritten",
    ]


@pytest.mark.parametrize("clauses", ["once, when hubspot.b > 3", "append", "clear emptied, ask"])
def test_every_row_has_a_story(clauses: str) -> None:
    (rule,) = understood(f"a: hubspot <-> dynamics {clauses}\n").rules
    for row in table(rule.clauses):
        words = story(rule, row)
        assert words.steps[0].startswith(f"{row.situation.event.value}: ")
        assert words.after.startswith("")
        receiver = row.outcome.receiver
        loses = (
            row.outcome.action in (Action.WRITE, Action.CLEAR)
            and receiver is not None
            and row.situation.content(receiver) is not Content.BLANK
        )
        assert (" is lost" in words.after) == loses
