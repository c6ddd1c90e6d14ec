"""`explain`: the page of every code that can be printed, and a list of them."""

import json
from textwrap import dedent

import pytest

from syncdsl.check import CHECKS, GROUPS
from syncdsl.faults import PAGES
from syncdsl.report.page import page_of
from tests.check.reading import findings, policy_under
from tests.cli.harness import run


@pytest.mark.parametrize("code", [*(check.code for check in CHECKS), *PAGES])
def test_every_code_has_a_page(code: str) -> None:
    ran = run("explain", code)
    assert ran.code == 0 and ran.err == ""
    head, empty, first, *rest = ran.out.splitlines()
    assert head.startswith(code) and empty == "" and first
    assert rest[0] == "" or rest[1] == "", "the first sentence is a paragraph of its own"


def test_a_check_says_how_severe_it_is() -> None:
    ran = run("explain", "overwrite-on-reactivation")
    assert ran.out.startswith("overwrite-on-reactivation (overwrite, warning, since 0.1)\n\n")
    assert "\nBad:\n" in ran.out and "\nGood:\n" in ran.out


def test_a_misspelt_code_comes_with_the_nearest_one() -> None:
    ran = run("explain", "overwrite-on-reactivaton")
    assert ran.code == 2 and ran.out == ""
    assert "did you mean `overwrite-on-reactivation`?" in ran.err


def test_a_code_that_is_like_no_other_leads_to_the_list() -> None:
    assert "`syncdsl explain` lists them all" in run("explain", "E501").err


def test_without_a_code_all_are_listed_with_their_first_sentence() -> None:
    lines = run("explain").out.splitlines()
    codes = [line.split()[0] for line in lines[2:]]
    assert codes == [*(check.code for check in CHECKS), *PAGES]
    syntax = next(line for line in lines if line.startswith("syntax "))
    assert syntax.endswith("A line is not in the form of the language.")


def listed(*words: str) -> list[str]:
    ran = run("explain", *words)
    assert ran.code == 0 and ran.err == ""
    return [line.split()[0] for line in ran.out.splitlines()[2:]]


def test_of_a_group_its_codes_are_listed() -> None:
    for name, checks in GROUPS.items():
        assert listed(name) == [check.code for check in checks]
    assert listed("faults") == list(PAGES)


def test_of_words_the_codes_that_are_about_all_of_them_are_listed() -> None:
    about = listed("reactivation")
    assert about[0] == "overwrite-on-reactivation" and len(about) > 1
    both = listed("blank", "empties")
    assert "blank-clears-target" in both
    assert set(both) <= set(listed("blank")) & set(listed("empties"))


def test_a_word_that_is_not_whole_or_not_right_is_understood() -> None:
    assert listed("reactiv")[0] == "overwrite-on-reactivation"
    assert listed("reactivaton") == listed("reactivation")
    assert listed("OVERWRITES") == listed("overwrites")


def test_words_that_nothing_is_about_end_with_2() -> None:
    ran = run("explain", "zebra", "crossing")
    assert ran == (2, "", "syncdsl: nothing is about `zebra crossing`\n")


@pytest.mark.parametrize("code", ["overwrite-on-reactivation", "two-way-without-winner", "syntax"])
def test_for_machines_a_page_is_an_object(code: str) -> None:
    data = json.loads(run("explain", code, "--format", "json").out)
    assert list(data) == [
        "version",
        "code",
        "group",
        "severity",
        "since",
        "certainty",
        "fixable",
        "summary",
        "page",
        "why",
        "bad",
        "good",
        "right_anyway",
    ]
    assert data["version"] == 1 and data["code"] == code
    assert data["page"].startswith(data["summary"].split()[0])
    assert data["bad"] in dedent(data["page"].partition("Bad:")[2].partition("Good:")[0])
    assert data["good"]


def test_for_machines_a_list_is_an_object_too() -> None:
    data = json.loads(run("explain", "--format", "json").out)
    assert [each["code"] for each in data["codes"]] == [*(check.code for check in CHECKS), *PAGES]
    first = data["codes"][0]
    assert first["group"] == "overwrite" and first["fixable"] is True
    assert json.loads(run("explain", "loops", "--format", "json").out)["codes"]


def test_what_a_fix_is_offered_for_is_called_fixable() -> None:
    """A fix on the page's own example is proof; not all that can be fixed has one there."""
    for check in CHECKS:
        page = page_of(check.code)
        assert page is not None
        shown = policy_under("Bad", check.page)
        assert shown is not None
        if any(each.fixes for each in findings(shown) if each.code == check.code):
            assert page.is_fixable, check.code
