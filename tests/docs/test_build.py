"""The document: what stands where, and that nobody's text can break it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncdsl import schema
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.docs.build import markdown
from syncdsl.docs.escape import code, prose, text
from syncdsl.docs.words import titles
from syncdsl.policy import Policy
from syncdsl.source import Source, Span
from tests.docs.policies import policy_of

ROOT = Path(__file__).resolve().parents[2]

POLICY = """
system hubspot  { kind hubspot, schema "hubspot.json" }
system dynamics { kind dynamics365 }

## Contacts between marketing and sales.
mapping contacts: hubspot.contacts <-> dynamics.contact {
  via    hubspot-data-sync
  match  email = emailaddress1 as trim | lower, id = number
  create in hubspot when dynamics.statecode = 0 and (hubspot.a > 3 or hubspot.b is not blank)
  create in dynamics never
  delete unlinks
  scope  not hubspot.stage in [a, b] and hubspot.c != hubspot.d, leaving keeps

  ## First touch. See `report 7`.
  source: hubspot.source <- dynamics.leadsource, values sources, owned by dynamics
  turned: dynamics.b -> hubspot.a when dynamics.b starts with x, if blank, as text(5) | e164("DE")
  email:  hubspot.email -> dynamics.emailaddress1
}

mapping leads: hubspot.contacts -> dynamics.lead {
  create in dynamics
  origin: "Web" -> dynamics.origin on create only
  stage:  hubspot.stage -> dynamics.stage, forward only in stages
}

alone: hubspot.x -> dynamics.y

## Where they came from.
values sources {
  ORGANIC_SEARCH <-  8
  other          <-> 9
  otherwise copy
}
values unused { a -> 1
  otherwise 2
}
## The way.
order stages { lead < customer }

never overwrite dynamics.contact.leadsource
never send hubspot.contacts.birthday to dynamics
always converge contacts
at most 2.5% of contacts change
at most 0 overwrites of dynamics.contact.leadsource

test "nothing is lost" in contacts {
  on     reactivation
  given  hubspot  { source: other }
  given  dynamics { leadsource: 9 }
  expect dynamics { leadsource: 9 }
}
"""
HUBSPOT = {
    "version": 1,
    "objects": {
        "contacts": {
            "label": "Contact",
            "properties": {
                "source": {
                    "label": "Original Source",
                    "type": "option",
                    "options": [{"value": "ORGANIC_SEARCH", "label": "Organic Search"}],
                },
            },
        }
    },
}


def schema_of(given: object) -> schema.System:
    found, problems = schema.parse(Source("hubspot.json", json.dumps(given)))
    assert not problems
    return found


def real() -> Policy:
    return policy_of(POLICY, {"hubspot.json": schema_of(HUBSPOT)})


def section(page: str, heading: str) -> str:
    return page.partition(f"\n{heading}\n")[2].partition("\n## ")[0]


def table(words: str) -> list[list[str]]:
    """The cells of the first table, split as GitHub does it."""
    lines = [line for line in words.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


# ── what stands where ────────────────────────────────────────────────────────────────────────────


def test_a_mapping_tells_what_runs_it_pairs_creates_and_deletes() -> None:
    assert section(markdown(real()), "## contacts").partition("\n|")[0] == (
        "\nContacts between marketing and sales.\n"
        "\nHubSpot `contacts` ↔ Dynamics `contact`\n"
        "\n- **Run by:** `hubspot-data-sync`"
        "\n- **Pairs:** records that are linked already, and those where `email` in HubSpot is "
        "`emailaddress1` in Dynamics (without white space around it, in small letters) and `id` in "
        "HubSpot is `number` in Dynamics"
        "\n- **Creates in HubSpot:** the contact that is missing there, if `dynamics.statecode` is "
        "`0` and (`hubspot.a` is more than `3` or `hubspot.b` is not blank)"
        "\n- **Creates in Dynamics:** nothing"
        "\n- **Deletes:** nothing: a record whose partner is deleted stays, and has no partner any "
        "more"
        "\n- **Scope:** only pairs where `hubspot.stage` is none of `a` or `b` and `hubspot.c` is "
        "not `hubspot.d`; a pair that no longer fits goes on being synced\n"
    )
    assert section(markdown(real()), "## leads").partition("\n|")[0] == (
        "\nHubSpot `contacts` → Dynamics `lead`\n"
        "\n- **Run by:** not said"
        "\n- **Pairs:** only records that are linked already"
        "\n- **Creates in Dynamics:** every record that is missing there"
        "\n- **Deletes:** nothing: a record that is deleted on one side stays on the other\n"
    )


def test_a_rule_is_a_line_of_its_mapping_s_table() -> None:
    rows = table(section(markdown(real()), "## contacts"))
    heads = ["Rule", "HubSpot", "", "Dynamics", "What happens", "Owner", "Values", "How", "Notes"]
    assert rows[0] == heads
    source, turned, email = (dict(zip(heads, row, strict=True)) for row in rows[2:])
    assert source["Rule"] == "`source`"
    assert source["HubSpot"] == "Original Source `source`"
    assert source["Owner"] == "Dynamics"
    assert source["Values"] == "[sources](#sources)"
    assert source["Notes"] == "First touch. See `report 7`."
    # What is written the other way round stands on the sides of the mapping all the same.
    assert [turned["HubSpot"], turned[""], turned["Dynamics"]] == ["`a`", "←", "`b`"]
    assert turned["How"] == (
        "only if `dynamics.b` starts with `x`; "
        "as a text of at most `5` characters, as a telephone number of `DE`"
    )
    assert turned["What happens"].startswith("Fills a blank in HubSpot: when the contact is")
    assert "is created" not in email["What happens"], "the mapping never creates one in Dynamics"


def test_a_column_without_words_is_left_out() -> None:
    rows = table(section(markdown(real()), "## leads"))
    assert rows[0] == ["Rule", "HubSpot", "", "Dynamics", "What happens"]
    assert rows[2][1] == "always `Web`"


def test_a_file_s_own_mapping_says_where_it_is_written() -> None:
    assert section(markdown(real()), "## HubSpot and Dynamics").startswith(
        "\nHubSpot ↔ Dynamics\n"
        "\n- **Written in:** `test.sync`"
        "\n- **Pairs, creates and deletes:** not said\n"
    )


def test_value_maps_have_the_labels_that_people_see() -> None:
    words = section(markdown(real()), "## Value maps")
    assert "### sources\n\nWhere they came from.\n\nUsed by `contacts.source`.\n" in words
    assert table(words)[:4] == [
        ["HubSpot", "", "Dynamics"],
        ["---", "---", "---"],
        ["`ORGANIC_SEARCH` Organic Search", "←", "`8`"],
        ["`other`", "↔", "`9`"],
    ]
    assert "\nAny other value of Dynamics is copied as it is.\n" in words
    assert "\nAny other value of left becomes `2`." in words


def test_orders_promises_and_tests_are_listed() -> None:
    page = markdown(real())
    assert section(page, "## Orders") == (
        "\n- **stages**, the earliest first: `lead`, `customer`. The way. Used by `leads.stage`.\n"
    )
    assert section(page, "## Promises") == (
        "\n- `dynamics.contact.leadsource` is never overwritten."
        "\n- `hubspot.contacts.birthday` never gets to Dynamics."
        "\n- A second pass over `contacts` writes nothing, if nobody edits in between."
        "\n- In one pass, at most 2.5% of the pairs of `contacts` change."
        "\n- In one pass, `dynamics.contact.leadsource` is overwritten at most 0 times.\n"
    )
    assert section(page, "## Tests") == "\n- nothing is lost (`contacts`, `reactivation`)\n"


def test_there_are_contents_where_there_is_more_than_one_mapping() -> None:
    page = markdown(real())
    assert "\n- [contacts](#contacts)\n- [leads](#leads)\n" in page
    assert "](#" not in markdown(policy_of("mapping m: a.x -> b.y {\n  p: a -> b\n}\n"))
    assert "There is no mapping" in markdown(Policy())


def test_links_lead_to_headings_and_two_of_one_name_to_two_places() -> None:
    mappings = "".join(
        f"mapping {name}: hubspot.o -> dynamics.p {{\n  x: hubspot -> dynamics values m\n}}\n"
        for name in ("`Data syncs`", "`Promises!`", "m", "`Größe 1`", "a_b")
    )
    page = markdown(policy_of(f"{mappings}values m {{\n  a -> b\n}}\n"))
    links = re.findall(r"\]\(#([^)]*)\)", page)
    assert links[:5] == ["data-syncs-1", "promises", "m", "größe-1", "a_b"]
    assert set(links[5:]) == {"m-1"}


# ── accepted risks ───────────────────────────────────────────────────────────────────────────────


def risk(span: Span, reason: str | None, words: str = "`x` is lost") -> Diagnostic:
    return Diagnostic("edit-lost-silently", Severity.WARNING, words, span, allowed=reason)


def test_accepted_risks_stand_with_what_has_them() -> None:
    policy = real()
    contacts, leads, _ = policy.mappings
    found = [
        risk(contacts.rules[0].label_span, "the form is right"),
        risk(contacts.rules[0].label_span, "the form is right"),
        risk(contacts.rules[2].label_span, None),
        risk(leads.creates[0].span, "nobody knows them"),
        risk(policy.values[0].span, "as it is"),
    ]
    page = markdown(policy, found)
    words = "**Accepted risk:** `x` is lost. **Why:** the form is right (`edit-lost-silently`)"
    rows = table(section(page, "## contacts"))
    assert rows[2][-1] == f"First touch. See `report 7`. {words}"
    assert rows[4][-1] == "", "a finding that nobody allowed is not accepted"
    assert section(page, "## leads").endswith(
        "\n- **Accepted risk:** `x` is lost. **Why:** nobody knows them (`edit-lost-silently`)"
    )
    assert "**Why:** as it is" in section(page, "## Other accepted risks")
    assert page.count("Accepted risk:") == 3


# ── nobody's text can break it ───────────────────────────────────────────────────────────────────

HOSTILE = (
    "a|b",
    "<script>alert(1)</script>",
    "</td></tr></table>",
    "![x](javascript:alert(1))",
    "[x](https://example.com)",
    "# title #",
    "- item",
    "1. item",
    "> quote",
    "*bold* _it_ ~~out~~ __x__",
    "{: onclick=x }",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &copy",
    "<!-- no end",
    "back\\slash\\",
    "right\u202eleft\u2066",
    "no\u200bwidth\ufeff",
    "===",
    "wow!",
    "~~~",
    "ünïcödé 漢字 🙂",
)
IN_TEXTS = (*HOSTILE, "`tick`", "``` fence", "line\nend | x", 'quote "it"')


def hostile() -> Policy:
    def name(index: int) -> str:
        return f"`{HOSTILE[index % len(HOSTILE)]}`"

    def quoted(words: str) -> str:
        escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'

    docs = "".join(f"## {words}\n" for words in "\n".join(IN_TEXTS).split("\n"))
    rules = "".join(
        f"{docs}{name(index)}: hubspot.{name(index)} -> dynamics.{name(index + 1)} "
        f"when hubspot.{name(index)} = {quoted(words)}, values {name(3)}, default {quoted(words)}\n"
        for index, words in enumerate(HOSTILE)
    )
    lines = "".join(f"{quoted(words)} -> {quoted(words)}\n" for words in IN_TEXTS)
    tests = "".join(
        f"test {quoted(words)} in {name(2)} {{\non update\ngiven hubspot {{ a: 1 }}\n"
        f"given dynamics {{ a: 1 }}\nexpect dynamics {{ a: 1 }}\n}}\n"
        for words in IN_TEXTS
    )
    stages = " < ".join(map(quoted, IN_TEXTS))
    return policy_of(
        f'system hubspot {{ schema "hubspot.json" }}\n'
        f"{docs}mapping {name(2)}: hubspot.{name(0)} -> dynamics.{name(1)} {{\n"
        f"via {name(1)}\nmatch {name(0)} = {name(1)}\n"
        f"scope hubspot.{name(3)} != {quoted(IN_TEXTS[-2])}\n{rules}}}\n"
        f"{docs}values {name(3)} {{\n{lines}}}\n{docs}order {name(4)} {{ {stages} }}\n{tests}"
        f"never send hubspot.{name(0)}.{name(1)} to dynamics\n",
        {"hubspot.json": schema_of(hostile_schema())},
    )


def hostile_schema() -> object:
    properties = {
        words: {
            "label": f"{words}\n| x |\ud800\x1b[31m",
            "type": "option",
            "options": [{"value": value, "label": f"{value}\n\n# x"} for value in IN_TEXTS],
        }
        for words in HOSTILE
    }
    return {"version": 1, "objects": {"a|b": {"label": "<b>\n", "properties": properties}}}


def hostile_page() -> str:
    policy = hostile()
    rule = policy.rules[0]
    found = [risk(rule.label_span, words, f"`{words}` {words}") for words in IN_TEXTS]
    found.append(risk(Span(Source("<i>|.sync", "x"), 0, 1), "|"))
    return markdown(policy, found)


def test_hostile_names_break_no_table() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", hostile_page(), re.MULTILINE)
    assert [len(table(each)) for each in tables] == [len(HOSTILE) + 2, len(IN_TEXTS) + 2]
    for each in tables:
        assert len({len(row) for row in table(each)}) == 1
        assert all("|" not in cell for row in table(each) for cell in row)


def test_hostile_names_make_no_html_no_links_and_no_headings() -> None:
    page = hostile_page()
    assert not re.search(r"<(?! )", page)
    assert not re.search(r"&(?!(?:lt|gt|amp|#\d+);)", page)
    marked = re.sub(r"`[^`]*`", "", page.replace("\\`", ""))
    links = re.findall(r"(?<!\\)\[(?:[^\]\\]|\\.)*(?<!\\)\]\(([^)]*)\)", marked)
    assert len(links) == len(HOSTILE)
    assert all(re.fullmatch(r"#[\w-]*", link) for link in links)
    headings = [line for line in page.splitlines() if re.match(r"#+ ", line)]
    assert len(headings) == 8
    assert not re.search(r"^(?:[>=+~\t]|\d+[.)]|```| {4}|-(?! ))", page, re.MULTILINE)


def test_what_is_invisible_is_shown() -> None:
    page = hostile_page()
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]", page
    )
    assert "right�left�" in page
    page.encode("utf-8")


def test_every_text_can_be_read() -> None:
    page = hostile_page()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "a&#124;b" in page
    assert "ünïcödé 漢字 🙂" in page


@given(st.text())
def test_a_text_stays_on_its_line_and_in_its_cell(words: str) -> None:
    for made in (text(words), code(words), prose(words)):
        assert len(made.splitlines()) <= 1
        assert not re.search(r"[|\x00-\x1f]|<(?=[a-zA-Z/!?])", made)
        assert made == text(made), "what is escaped is not escaped again"
        made.encode("utf-8")
    plain = re.sub(r"\\(.)", "", text(words))
    assert not re.search(r"[`*\[\]<>|~{\\]", plain)


# ── names, and one run like the other ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["hubspot", "dynamics", "erp"], ["HubSpot", "Dynamics", "ERP"]),
        (["hubspot_eu", "HUB", "x2"], ["hubspot_eu", "HUB", "x2"]),
        (["crm", "CRM", "shop"], ["crm", "CRM", "Shop"]),
        (["größe", "a b"], ["größe", "a b"]),
    ],
)
def test_systems_are_called_as_people_call_them(names: list[str], expected: list[str]) -> None:
    assert list(titles(names).values()) == expected


def test_one_run_prints_what_the_other_printed() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-m", "syncdsl", "docs", "policies"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(printed) == 1


def test_what_becomes_of_records_is_told() -> None:
    told = markdown(
        policy_of(
            """
system hubspot  { kind hubspot }
system dynamics { kind dynamics365 }
mapping contacts: hubspot.contacts -> dynamics.contact {
  match email = emailaddress1
  create in dynamics
  delete unlinks
  email: hubspot.email -> dynamics.emailaddress1 on create only
  name:  hubspot.lastname -> dynamics.lastname on create or initial
}
mapping leads: hubspot.contacts -> dynamics.lead {
  match email = emailaddress1
  delete follows
  email: hubspot.email -> dynamics.emailaddress1 on create only
}
"""
        )
    )
    lines = told.splitlines()
    assert "- a record that is deleted in Dynamics is made again, from its partner" in lines
    assert (
        "- when two records are merged in HubSpot, the partner of one of them is deleted" in lines
    )
    changes = "what is in Dynamics can change when a record was deleted and is restored"
    assert f"- `name`: {changes}" in lines
