"""Records that bring about a row: they look real, and `observe` sees the row in them."""

import sys
from functools import cache

import pytest

from syncdsl.policy import Rule
from syncdsl.semantics.example import example, shape_of
from syncdsl.semantics.observe import Moment, observe
from syncdsl.semantics.table import questions, table
from syncdsl.semantics.test_block import as_test
from syncdsl.situation import Action, Changed, Content, Event, Reason, Row, Truth
from tests.check.reading import findings, understood

DECLARED = """
system hubspot  { kind hubspot }
system dynamics { kind dynamics365 }
order lifecycle { subscriber < lead < opportunity < customer }
values lead_source {
  ORGANIC_SEARCH -> 8
  PAID_SEARCH   <-> 3
  REFERRALS     <-> 2
  otherwise reject
}
values types {
  opportunity <- 8
  customer    <- 3
}
"""


@cache
def rule_of(rule: str) -> Rule:
    policy = understood(
        f"{DECLARED}mapping people: hubspot.contacts <-> dynamics.contact {{\n  {rule}\n}}\n"
    )
    return policy.rules[0]


def first(rule: Rule, event: Event, action: Action) -> Row:
    """The first row of an event that ends so, among values that disagree if it is a write."""
    return next(
        row
        for row in table(rule.clauses)
        if row.situation.event is event
        and row.outcome.action is action
        and (action is not Action.WRITE or Content.BLANK not in row.situation[2:4])
    )


def moment_of(rule: Rule, row: Row) -> Moment:
    moment = example(rule, row)
    assert moment is not None
    assert observe(rule.wiring, questions(rule.clauses), moment) == row.situation
    return moment


@pytest.mark.parametrize(
    "rule",
    [
        "a: hubspot.hs_analytics_source -> dynamics.leadsourcecode, values lead_source",
        "a: hubspot.email -> dynamics.emailaddress1 as trim | lower, if blank",
        "a: hubspot.email <-> dynamics.emailaddress1",
        "a: hubspot.lifecyclestage -> dynamics.new_stage, forward only in lifecycle",
        "a: hubspot.hs_email_optout <-> dynamics.donotbulkemail, sticky",
        'a: "HubSpot" -> dynamics.new_origin',
        "a: hubspot.message <-> dynamics.description append",
        "a: hubspot.tags <-> dynamics.tags union",
        'a: hubspot.tags <-> dynamics.tags as split(";"), union',
        "a: hubspot.phone -> dynamics.telephone1 once",
        "a: hubspot.annualrevenue -> dynamics.new_revenue as number, clear blanks",
        'a: hubspot.closedate -> dynamics.new_day as date("Europe/Berlin"), clear emptied',
        "a: hubspot.city <-> dynamics.city, ask, clear blanks, when hubspot.country in [DE, AT]",
        "a: hubspot.city -> dynamics.city when hubspot.city = London and dynamics.statecode = 0",
        "a: hubspot.phone <-> dynamics.telephone1, most recent wins",
        "a: hubspot.x -> dynamics.x when hubspot.x is blank or dynamics.y > 3",
    ],
)
def test_every_row_of_these_rules_can_come_about(rule: str) -> None:
    wired = rule_of(rule)
    for row in table(wired.clauses):
        moment_of(wired, row)


def test_values_come_from_the_value_map() -> None:
    rule = rule_of("a: hubspot.hs_analytics_source -> dynamics.leadsourcecode, values lead_source")
    moment = moment_of(rule, first(rule, Event.REACTIVATION, Action.WRITE))
    assert moment.left == {"hs_analytics_source": "ORGANIC_SEARCH"}
    assert moment.right == {"leadsourcecode": 3}


def test_a_value_that_is_refused_comes_from_outside_of_it() -> None:
    rule = rule_of("a: hubspot.hs_analytics_source -> dynamics.leadsourcecode, values lead_source")
    moment = moment_of(rule, first(rule, Event.INITIAL, Action.REJECT))
    assert moment.left == {"hs_analytics_source": "EMAIL_MARKETING"}


def test_values_come_from_the_options_of_the_schema() -> None:
    rule = rule_of("a: hubspot.hs_lead_status -> dynamics.new_status")
    assert rule.left is not None and rule.left.facts is not None and rule.left.facts.options
    moment = moment_of(rule, first(rule, Event.INITIAL, Action.WRITE))
    assert moment.left == {"hs_lead_status": rule.left.facts.options[0].value}


def test_values_come_from_the_order() -> None:
    rule = rule_of("a: hubspot.lifecyclestage -> dynamics.new_stage, forward only in lifecycle")
    moment = moment_of(rule, first(rule, Event.INITIAL, Action.WRITE))
    assert moment.left == {"lifecyclestage": "lead"}
    assert moment.right == {"new_stage": "subscriber"}


def test_the_name_of_a_property_says_what_its_values_look_like() -> None:
    rule = rule_of("a: hubspot.email -> dynamics.emailaddress1")
    moment = moment_of(rule, first(rule, Event.INITIAL, Action.WRITE))
    assert moment.left == {"email": "ada@example.com"}
    assert moment.right == {"emailaddress1": "grace@example.com"}


def test_what_a_condition_reads_is_there() -> None:
    rule = rule_of("a: hubspot.x -> dynamics.x when hubspot.country in [DE, AT] and dynamics.y > 3")
    rows = [row for row in table(rule.clauses) if row.situation.guard is Truth.HOLDS]
    moment = moment_of(rule, next(row for row in rows if row.situation.event is Event.INITIAL))
    assert moment.left is not None and moment.left["country"] == "DE"
    assert moment.right == {"x": None, "y": 4}


def test_what_was_edited_had_another_value_before() -> None:
    rule = rule_of("a: hubspot.phone <-> dynamics.telephone1, hubspot wins")
    rows = [row for row in table(rule.clauses) if row.situation.changed is Changed.BOTH]
    row = next(row for row in rows if row.outcome.reason is Reason.WINNER)
    moment = moment_of(rule, row)
    assert moment.left_before == {"phone": "+1 202 555 0143"}
    assert moment.right_before == {"telephone1": "+1 202 555 0143"}


def test_a_row_that_no_value_brings_about_has_no_example() -> None:
    rule = rule_of('a: hubspot.x -> dynamics.x as e164("DE"), forward only in lifecycle')
    assert example(rule, first(rule, Event.INITIAL, Action.WRITE)) is None


def test_rules_that_are_wired_alike_share_their_examples() -> None:
    one = rule_of("a: hubspot.email -> dynamics.emailaddress1")
    other = rule_of("b: hubspot.work_email -> dynamics.emailaddress2")
    assert shape_of(one) == shape_of(other)


def test_a_one_is_not_taken_for_a_true() -> None:
    one = understood("a: hubspot.x -> dynamics.y, values m\nvalues m { \n 1 -> a\n 2 -> b\n }\n")
    true = understood(
        "a: hubspot.x -> dynamics.y, values m\nvalues m { \n true -> a\n 2 -> b\n }\n"
    )
    assert shape_of(one.rules[0]) != shape_of(true.rules[0])


def test_a_test_block_reads_like_one_that_people_write() -> None:
    text = "source: hubspot -> dynamics not on initial, clear emptied\n"
    (rule,) = understood(text).rules
    found = next(each for each in findings(text) if each.code == "overwrite-on-reactivation")
    assert found.row is not None
    assert as_test(rule, understood(text).mappings[0], found.row) == (
        'test "source on reactivation: the source gives" {\n'
        "  on reactivation\n"
        '  given hubspot { source: "ORGANIC_SEARCH" }\n'
        '  given dynamics { source: "REFERRALS" }\n'
        '  before hubspot { source: "ORGANIC_SEARCH" }\n'
        '  before dynamics { source: "REFERRALS" }\n'
        '  expect hubspot { source: "ORGANIC_SEARCH" }\n'
        '  expect dynamics { source: "ORGANIC_SEARCH" }\n'
        "}\n"
    )


def test_a_pass_that_creates_nothing_has_no_test_block() -> None:
    (mapping,) = understood("phone: hubspot -> dynamics\n").mappings
    row = table(mapping.rules[0].clauses)[1]
    assert row.situation.event is Event.CREATE
    assert as_test(mapping.rules[0], mapping, row) is None


@pytest.mark.parametrize("clauses", ["most recent wins", "dynamics wins, owned by dynamics", "ask"])
def test_without_the_library_of_a_step_no_example_is_made_up(
    clauses: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found once is kept, so the country is one that no other test has."""
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    text = "\n".join(
        f"mapping {name}: hubspot.contacts {arrow} dynamics.contact {{\n"
        f'  phone: hubspot.phone {arrow} dynamics.phone as e164("TV"){more}\n}}'
        for name, arrow, more in (("a", "<->", f", {clauses}"), ("b", "->", ""), ("c", "<-", ""))
    )
    assert "overwrite-on-reactivation" in {each.code for each in findings(text)}
