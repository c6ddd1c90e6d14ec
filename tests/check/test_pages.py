"""The page of a check is its first test: what it calls bad is found, what it calls good is not."""

import re
from pathlib import Path

import pytest

from syncdsl import check
from syncdsl.check.base import Check
from syncdsl.refine import refines
from tests.check.reading import findings, fixed, policy_under, read, severe

each_check = pytest.mark.parametrize(
    "the_check", check.CHECKS, ids=lambda the_check: the_check.code
)


def shown(the_check: Check, heading: str) -> str:
    text = policy_under(heading, the_check.page)
    assert text is not None, f"the page of {the_check.code} has no policy under {heading}:"
    return text


def test_every_check_of_the_folder_is_asked() -> None:
    folder = Path(check.__file__).parent
    files = {
        path.stem.replace("_", "-")
        for path in folder.glob("*/*.py")
        if re.search(r"^check = Check\(__name__", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    codes = [each.code for each in check.CHECKS]
    assert files == set(codes)
    assert len(codes) == len(files)


@each_check
def test_what_a_page_calls_bad_is_found(the_check: Check) -> None:
    assert the_check.code in {each.code for each in findings(shown(the_check, "Bad"))}


@each_check
def test_what_a_page_calls_good_or_right_is_not(the_check: Check) -> None:
    texts = [shown(the_check, "Good"), policy_under("Right anyway", the_check.page)]
    for text in texts:
        assert text is None or the_check.code not in {each.code for each in findings(text)}, text


@each_check
def test_each_fix_removes_its_finding_and_adds_none(the_check: Check) -> None:
    text = shown(the_check, "Bad")
    before = findings(text)
    for found in before:
        for fix in found.fixes if found.code == the_check.code else ():
            after = findings(fixed(text, fix))
            assert found.code not in {each.code for each in after}, fix.title
            assert severe(after) <= severe(before), fix.title
            if fix.safe:
                assert refines(read(fixed(text, fix)).policy, read(text).policy), fix.title


@each_check
def test_a_page_begins_with_one_sentence(the_check: Check) -> None:
    assert the_check.summary.endswith(".")
    assert ". " not in the_check.summary
