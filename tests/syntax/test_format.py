# ruff: noqa: E501  (lines that are too long are what it is about)
"""What the canonical layout looks like: texts, and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from syncdsl.source import Source
from syncdsl.syntax import tree
from syncdsl.syntax.format import format_clause, format_condition, format_constant, format_file
from syncdsl.syntax.parse import parse
from tests.harness import ROOT, formatted, read, shape


def stays(text: str) -> None:
    """This is the layout already."""
    becomes(text, text)


def becomes(before: str, after: str) -> None:
    assert formatted(dedent(before)) == dedent(after)
    assert formatted(dedent(after)) == dedent(after)


def test_one_space_and_no_columns() -> None:
    becomes(
        """\
        mapping   contacts:hubspot.contacts<->dynamics.contact{
            source:  hubspot . source   ->  dynamics.leadsourcecode   on create only
            email:   hubspot.email      <-> dynamics.emailaddress1 ,hubspot wins
              }
        """,
        """\
        mapping contacts: hubspot.contacts <-> dynamics.contact {
          source: hubspot.source -> dynamics.leadsourcecode on create only
          email: hubspot.email <-> dynamics.emailaddress1, hubspot wins
        }
        """,
    )


def test_the_policy_of_the_language_page() -> None:
    becomes(
        (ROOT / "tests/fuzz/seeds/language.sync").read_text(encoding="utf-8"),
        """\
        system hubspot { kind hubspot, schema "schemas/hubspot.json" }
        system dynamics { kind dynamics365, schema "schemas/dynamics365.json" }

        ## Contacts between marketing and sales.
        mapping contacts: hubspot.contacts <-> dynamics.contact {
          via hubspot-data-sync  # the engine that really runs it
          match email = emailaddress1 as trim | lower
          create in dynamics when hubspot.lifecyclestage in [lead, customer]
          create in hubspot never
          delete ignored
          usual skip blanks  # clauses for every rule that does not say otherwise

          ## First touch. The pipeline report in Dynamics is built on it.
          source: hubspot.hs_analytics_source -> dynamics.leadsourcecode on create only, values lead_source
          email: hubspot.email <-> dynamics.emailaddress1, hubspot wins
          phone: hubspot.phone <-> dynamics.telephone1 as e164("DE"), most recent wins
          stage: hubspot.lifecyclestage -> dynamics.new_stage, forward only in lifecycle
          optout: hubspot.hs_email_optout <-> dynamics.donotbulkemail, sticky  # no winner: a true wins
          notes: hubspot.message -> dynamics.description if blank, not on reactivation
          origin: "HubSpot" -> dynamics.new_origin on create only
        }

        values lead_source {
          ORGANIC_SEARCH -> 8
          PAID_SEARCH <-> 3
          REFERRALS <-> 2
          otherwise reject
        }

        order lifecycle {
          subscriber
          < lead
          < marketingqualifiedlead
          < salesqualifiedlead
          < opportunity
          < customer
        }

        never overwrite dynamics.contact.leadsourcecode
        never send hubspot.contacts.date_of_birth to dynamics
        always converge contacts

        test "an existing contact keeps its source when the sync is switched on again" {
          on reactivation
          given hubspot { email: "ada@example.com", hs_analytics_source: ORGANIC_SEARCH }
          given dynamics { emailaddress1: "Ada@example.com", leadsourcecode: 3 }
          expect dynamics { leadsourcecode: 3 }
        }
        """,
    )


# ── long items ───────────────────────────────────────────────────────────────────────────────────


def test_a_long_rule_goes_on_after_its_commas() -> None:
    becomes(
        """\
        country: erp.`Country/Region Code` <- dynamics.address1_country as trim, values country, owned by erp
        """,
        """\
        country: erp.`Country/Region Code` <- dynamics.address1_country,
            as trim,
            values country,
            owned by erp
        """,
    )


def test_a_short_rule_is_one_line() -> None:
    becomes(
        """\
        email: hubspot.email <-> dynamics.emailaddress1,
            as lower,
            hubspot wins
        """,
        """\
        email: hubspot.email <-> dynamics.emailaddress1 as lower, hubspot wins
        """,
    )


def test_a_long_condition_stands_in_brackets() -> None:
    becomes(
        """\
        mapping m: hubspot <-> dynamics {
          scope hubspot.lifecyclestage in [lead, customer, opportunity] and (hubspot.country = DE or hubspot.country = AT), leaving keeps
          create in dynamics when not (hubspot.lifecyclestage = subscriber or hubspot.email is blank) and hubspot.country = DE
        }
        """,
        """\
        mapping m: hubspot <-> dynamics {
          scope (
            hubspot.lifecyclestage in [lead, customer, opportunity]
            and (hubspot.country = DE or hubspot.country = AT)
          ), leaving keeps
          create in dynamics when (
            not (hubspot.lifecyclestage = subscriber or hubspot.email is blank)
            and hubspot.country = DE
          )
        }
        """,
    )


def test_a_long_list_or_record_has_a_value_a_line() -> None:
    becomes(
        """\
        test "t" {
          given hubspot { email: "somebody.with.a.long.name@example.com", lifecyclestage: customer, city: Köln }
        }
        stage: hubspot.lifecyclestage -> dynamics.stage, when hubspot.lifecyclestage in [subscriber, lead, customer, opportunity, evangelist, "something else"]
        """,
        """\
        test "t" {
          given hubspot {
            email: "somebody.with.a.long.name@example.com",
            lifecyclestage: customer,
            city: Köln,
          }
        }

        stage: hubspot.lifecyclestage -> dynamics.stage,
            when hubspot.lifecyclestage in [
              subscriber,
              lead,
              customer,
              opportunity,
              evangelist,
              "something else",
            ]
        """,
    )


def test_a_long_word_is_left_alone() -> None:
    stays(f'a: "{"x" * 200}" -> b\nsystem s {{\n  kind {"k" * 120},\n}}\n')


# ── empty lines and blocks ───────────────────────────────────────────────────────────────────────


def test_at_most_one_empty_line_and_always_one_around_a_block() -> None:
    becomes(
        """\


        use "a.sync"
        use "b.sync"



        system a
        values v {

          a -> b


          c -> d

        }
        a: b -> c
        values w {}

        """,
        """\
        use "a.sync"
        use "b.sync"

        system a

        values v {
          a -> b

          c -> d
        }

        a: b -> c

        values w {
        }
        """,
    )


# ── comments ─────────────────────────────────────────────────────────────────────────────────────


def test_comments_stay_where_they_are() -> None:
    stays("""\
        # What the file is about.

        # Two systems.
        system a  # the first
        # not used yet
        system b

        # Of no item.

        ## Documentation.
        # And a remark.
        mapping m: a <-> b {  # behind the brace
          # above an entry
          via x  # behind an entry

          # at the end of the block
        }  # behind the block

        # at the end of the file
        """)


def test_a_comment_belongs_to_the_block_below_it() -> None:
    becomes(
        """\
        use "a.sync"
        # About v.
        values v {
        }
        # About w.
        values w {
          # nothing yet
        }
        # Of no item.

        ## About x.

        values x {
        }
        """,
        """\
        use "a.sync"

        # About v.
        values v {
        }

        # About w.
        values w {
          # nothing yet
        }

        # Of no item.

        ## About x.
        values x {
        }
        """,
    )


def test_comments_in_the_middle_of_an_item_stay_there() -> None:
    stays("""\
        a: b -> c,  # behind the ends
            # above the clause
            on create only,
            when (  # behind the bracket
              b.x = 1  # the first
              # above the second
              and b.y in [  # behind the list
                1,  # a value
                # at the end of the list
              ]
              # at the end of the condition
            ),
            values v

        system b {
          kind hubspot,  # a fact
          # at the end
        }

        order o {
          x  # the least
          < y
          # at the end
        }

        test "t" {
          given b {
            x: 1,
            # above a field
            y: [
              1,  # a value
            ],
          }
        }
        """)


def test_a_comment_moves_up_from_where_no_line_may_end() -> None:
    becomes(
        """\
        a: b -> c as e164(  # the region
          "DE"
        ), when b.x in [1] and (b.y  ## is it so?
          = 2 or b.z = 3)
        """,
        """\
        a: b -> c,
            # the region
            as e164("DE"),
            when (
              b.x in [1]
              and (
                ## is it so?
                b.y = 2
                or b.z = 3
              )
            )
        """,
    )


def test_a_comment_that_moves_above_an_item_is_not_its_documentation() -> None:
    text = "mapping m: a <-> b {\n  match x = y as text(  ## so many\n    4)\n}\n"
    becomes(text, "mapping m: a <-> b {\n  # so many\n  match x = y as text(4)\n}\n")
    assert read(formatted(text)).docs == {}


def test_a_comment_behind_a_line_that_becomes_several_goes_above() -> None:
    becomes(
        """\
        ## Where they live.
        country: erp.`Country/Region Code` <- dynamics.address1_country as trim, values country, most recent wins  # allow x: y
        """,
        """\
        ## Where they live.
        # allow x: y
        country: erp.`Country/Region Code` <- dynamics.address1_country,
            as trim,
            values country,
            most recent wins
        """,
    )


# ── words ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("on create", "on create only"),
        ("on create or update only", "on create or update"),
        ("not on create", "not on create"),
        ("if blank", "if blank"),
        ("forward only in `a b`", "forward only in `a b`"),
        ("sticky in `hubspot`", "sticky in hubspot"),
        ("`hubspot` wins", "hubspot wins"),
        ("`when` wins", "`when` wins"),
        ("on `wins` only", "on `wins` only"),
        ("as trim|text( 4 )|e164('DE')".replace("'", '"'), 'as trim | text(4) | e164("DE")'),
        ('default "word"', "default word"),
        ('default "two words"', 'default "two words"'),
        ('default "true"', 'default "true"'),
        ('default "7"', 'default "7"'),
        ("default -0.50", "default -0.50"),
        ("when ((b.x = 1))", "when b.x = 1"),
        ("when (b.x=1 or b.y=2)and not(b.z=3)", "when (b.x = 1 or b.y = 2) and not b.z = 3"),
        ("when (b.x = 1 and b.y = 2) or b.z = 3", "when b.x = 1 and b.y = 2 or b.z = 3"),
        ("when b.x = 1 or (b.y = 2 or b.z = 3)", "when b.x = 1 or (b.y = 2 or b.z = 3)"),
        ("when not (not b.x = 1)", "when not (not b.x = 1)"),
        ("when b.x < -5", "when b.x < -5"),
        ("when b.x in [ ]", "when b.x in []"),
        ("when b.x = `blank`", 'when b.x = "blank"'),
        ("when `true`.x = not", "when `true`.x = not"),
        ('when b.x starts   with "a\\n\\"\\\\"', 'when b.x starts with "a\\n\\"\\\\"'),
    ],
)
def test_a_clause_has_one_form(before: str, after: str) -> None:
    rule = read(f"a: b -> c, {before}").items[0]
    again = read(f"a: b -> c, {after}").items[0]
    assert isinstance(rule, tree.Rule) and isinstance(again, tree.Rule)
    assert format_clause(rule.clauses[0]) == format_clause(again.clauses[0]) == after
    assert shape(rule.clauses) == shape(again.clauses)
    if isinstance(rule.clauses[0], tree.When):
        assert format_condition(rule.clauses[0].condition) == after.removeprefix("when ")


def test_a_constant_where_a_bare_word_would_be_a_system_has_quotes() -> None:
    becomes('a: "word" -> `true`.x, default `word`', 'a: "word" -> `true`.x, default word\n')


def test_a_constant_can_be_printed_alone() -> None:
    order = read('order o { "word" < "two words" < 1.50 < true }').items[0]
    assert isinstance(order, tree.Order)
    assert [format_constant(stage) for stage in order.stages] == [
        "word",
        '"two words"',
        "1.50",
        "true",
    ]


# ── files with mistakes ──────────────────────────────────────────────────────────────────────────


def test_what_could_not_be_read_stays_as_it_is() -> None:
    text = """\
mapping  m a <-> b  {   # why
    x:  a  =>  b   # not this
    y:  a  ->  b
    z:  a  ->  [ b,
  c
} junk here
values v { a -> b
"""
    file, _ = parse(Source("bad.sync", text))
    assert (
        format_file(file)
        == """\
mapping  m a <-> b {  # why
  x:  a  =>  b  # not this
  y: a -> b
  z:  a  ->  [ b,
  c
}

junk here

values v {
  a -> b
}
"""
    )


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("policies/**/*.sync")), ids=lambda path: path.stem
)
def test_our_own_policies_keep_their_meaning(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    once = formatted(text)
    assert shape(read(once)) == shape(read(text))
    assert formatted(once) == once
