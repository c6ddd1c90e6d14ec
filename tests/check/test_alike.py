"""A check that is asked about a sample first finds all that it would find in each rule."""

import pytest

from syncdsl import check
from syncdsl.check.base import Check, Place
from syncdsl.diagnostic import Diagnostic
from syncdsl.policy import Policy
from syncdsl.project.examine import understand
from syncdsl.project.files import Content, Reader, find
from tests.harness import ROOT, cases

BY_KIND = [each for each in check.CHECKS if each.by_kind]


def everywhere(one: Check, policy: Policy) -> list[Diagnostic]:
    """What it finds where it is asked about every rule."""
    assert one.rules is not None
    places = [
        Place(rule, mapping, policy)
        for mapping in policy.mappings
        for rule in mapping.rules
        if not rule.broken
    ]
    return [found for place in places for found in one.rules(place)]


def told(one: Check, policy: Policy) -> list[Diagnostic]:
    return [found for found in check.run(policy) if found.code == one.code]


def policy_of(*files: Content) -> Policy:
    return understand(list(files), Reader(str(ROOT))).policy


@pytest.mark.parametrize("one", BY_KIND, ids=lambda each: each.code)
def test_nothing_is_missed_in_its_cases(one: Check) -> None:
    number = 0
    for case in cases(ROOT / "tests" / "check" / f"{one.code}.sync"):
        path = str(case.path.relative_to(ROOT))
        policy = policy_of(Content(path, str(case.path), case.text.encode()))
        found = everywhere(one, policy)
        assert told(one, policy) == found, case.title
        number += len(found)
    assert number


def test_nothing_is_missed_in_policies_of_real_systems() -> None:
    reader = Reader(str(ROOT))
    folders = [str(ROOT / "policies"), str(ROOT / "tests" / "real")]
    policy = policy_of(*(reader.read(each.path) for each in find(folders)))
    found = check.run(policy)
    for one in BY_KIND:
        assert [each for each in found if each.code == one.code] == everywhere(one, policy)
