"""The policies in this repository are what we would want to be judged by."""

from __future__ import annotations

import pytest

from syncdsl.policy import Example
from syncdsl.project.examine import Understood, examine, understand
from syncdsl.project.files import Reader, find
from syncdsl.syntax import tree
from syncdsl.syntax.format import format_file
from syncdsl.testing import examine as play
from tests.harness import ROOT


def _understood() -> Understood:
    reader = Reader(str(ROOT))
    return understand([reader.read(found.path) for found in find([str(ROOT / "policies")])], reader)


UNDERSTOOD = _understood()


def test_they_are_clean() -> None:
    found = examine(UNDERSTOOD).found
    assert [each.message for each in found if not each.allowed] == []


@pytest.mark.parametrize("file", UNDERSTOOD.listed, ids=lambda file: file.source.path[-40:])
def test_they_are_in_the_canonical_layout(file: tree.File) -> None:
    assert format_file(file) == file.source.text


@pytest.mark.parametrize("example", UNDERSTOOD.policy.examples, ids=lambda example: example.text)
def test_their_tests_hold(example: Example) -> None:
    assert play(example) == []
