"""`explain`: the page of every code that can be printed, and a list of them."""

import pytest

from syncdsl.check import CHECKS
from syncdsl.faults import PAGES
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
