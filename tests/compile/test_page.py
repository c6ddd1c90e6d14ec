"""The page about compiled policies shows what is really printed."""

import json
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from syncdsl.compile import FORMS
from tests.compile.policies import module_of, policy_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "compile.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
POLICY = policy_of(next(text for language, text in BLOCKS if language == "sync"))


def test_its_example_prints_what_stands_below_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rules", module_of(POLICY))
    examples = [pair for pair in pairwise(BLOCKS) if pair[1][0] == "text"]
    assert examples
    for (_, program), (_, printed) in examples:
        exec(program, {})
        assert capsys.readouterr().out == printed


def test_its_excerpts_are_of_the_compiled_forms() -> None:
    python, json_form = FORMS["python"](POLICY), FORMS["json"](POLICY)
    excerpts = [text for language, text in BLOCKS if language == "python" and "decide(" not in text]
    assert len(excerpts) == 2
    assert all(excerpt in python for excerpt in excerpts)
    (row,) = [text for language, text in BLOCKS if language == "json"]
    assert row.strip() in json_form


def test_it_names_every_form_key_and_question() -> None:
    found = json.loads(FORMS["json"](POLICY))
    questions = {key for rows in found["tables"] for row in rows for key in row["situation"]}
    for name in (*FORMS, *found, *questions):
        assert f"`{name}`" in TEXT, name
