"""In the case files of all checks stand near misses, and their fixes do what they say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from syncdsl import check
from syncdsl.diagnostic import Certainty, Diagnostic, Severity
from syncdsl.project.examine import Understood, examine, understand
from syncdsl.project.files import Content, Reader
from syncdsl.refine import refines
from tests.check.reading import fixed, severe
from tests.harness import ROOT, Case, cases

FOLDER = Path(__file__).parent
check_of = {each.code: each for each in check.CHECKS}
CODES = list(check_of)


def case_file(code: str) -> Path:
    return FOLDER / f"{code}.sync"


@pytest.mark.parametrize("code", CODES)
def test_a_check_has_cases_that_have_it_and_near_misses(code: str) -> None:
    having: list[Case] = []
    misses: list[Case] = []
    for case in cases(case_file(code)):
        (having if f"#! {code}" in case.text else misses).append(case)
    assert having, "no case has it"
    assert misses, "there is no near miss"
    # Informations need no mark elsewhere; here one more or less is what the case is about.
    for case in misses:
        assert code not in {found.code for found in told(read(case, case.text))}, case.title


def read(case: Case, text: str) -> Understood:
    path = str(case.path.relative_to(ROOT))
    listed = Content(path, str(case.path), text.encode())
    return understand([listed], Reader(str(ROOT)))


def told(understood: Understood) -> list[Diagnostic]:
    return [each for each in examine(understood).found if each.allowed is None]


def with_fixes(code: str) -> Iterator[Case]:
    return (case for case in cases(case_file(code)) if f"#! {code}" in case.text)


@pytest.mark.parametrize("code", CODES)
def test_a_fix_removes_its_finding_adds_none_and_is_as_safe_as_it_says(code: str) -> None:
    for case in with_fixes(code):
        policy = read(case, case.text)
        before = told(policy)
        for found in before:
            for fix in found.fixes if found.code == code else ():
                if any(edit.span.source is not found.span.source for edit in fix.edits):
                    continue
                understood = read(case, fixed(case.text, fix))
                after = told(understood)
                where = f"{case.title}: {fix.title}"
                alike = [each for each in before if (each.code, each.rule) == (code, found.rule)]
                left = [each for each in after if (each.code, each.rule) == (code, found.rule)]
                assert len(left) < len(alike), where
                if check_of[code].group != "names":  # a name that is known says more
                    assert severe(after) - {"unused-allow"} <= severe(before), where
                if fix.safe:
                    assert refines(understood.policy, policy.policy), where


@pytest.mark.parametrize("code", CODES)
def test_what_depends_on_data_names_what_records_would_answer(code: str) -> None:
    for case in cases(case_file(code)):
        for found in told(read(case, case.text)):
            asks = found.certainty is Certainty.DATA
            assert asks == (found.question is not None), (case.title, found.message)
            mild = found.certainty is not Certainty.UNKNOWN or found.severity is Severity.INFO
            assert mild, (case.title, found.message)  # what nobody knows is an information
