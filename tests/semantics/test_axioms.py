"""What the reference says of one pass, each sentence with the records that show it."""

from __future__ import annotations

import pytest

from syncdsl.project.examine import understand
from syncdsl.project.files import Content, Reader
from syncdsl.testing import examine
from tests.harness import TESTS, Case, cases

AXIOMS = TESTS / "semantics" / "axioms.sync"
CASES = list(cases(AXIOMS))


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_reference_says(case: Case) -> None:
    content = Content(str(case.path), str(case.path), case.text.encode())
    understood = understand([content], Reader(str(TESTS)))
    assert not understood.errors, [each.message for each in understood.errors]
    assert understood.policy.examples
    for example in understood.policy.examples:
        assert not examine(example), example.text
