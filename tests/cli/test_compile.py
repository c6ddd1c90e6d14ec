"""`compile` and `docs`: where their texts go. Others know what is in them."""

import json
from pathlib import Path

import pytest

from syncdsl.cli.compile import FORMS
from syncdsl.compile import FORMS as PRINTERS
from tests.cli.harness import read, run, write

POLICY = "source: hubspot.source -> dynamics.source on create only\n"
VERBS = [["compile", "--to", "python"], ["compile", "--to", "json"], ["docs"]]


def test_the_forms_are_those_that_can_be_made() -> None:
    assert tuple(PRINTERS) == FORMS


@pytest.mark.parametrize("verb", VERBS)
def test_the_text_is_printed_or_written(verb: list[str]) -> None:
    write("a.sync", POLICY)
    ran = run(*verb, "a.sync")
    assert ran.code == 0 and ran.err == "" and "source" in ran.out
    assert run(*verb, "a.sync", "-o", "out") == (0, "", "")
    assert read("out") == ran.out
    assert run(*verb, "a.sync", "-o", "-") == ran


@pytest.mark.parametrize(
    ("verb", "name"), [*zip(VERBS, ["policies.py", "policies.json", "policies.md"], strict=True)]
)
def test_in_a_folder_the_file_gets_a_name(verb: list[str], name: str) -> None:
    write("a.sync", POLICY)
    Path("out").mkdir()
    assert run(*verb, "a.sync", "-o", "out").code == 0
    assert [path.name for path in Path("out").iterdir()] == [name]


@pytest.mark.parametrize("verb", VERBS)
def test_a_policy_that_is_not_understood_is_told_and_ends_with_2(verb: list[str]) -> None:
    write("a.sync", POLICY + "phone: hubspot -> dynamics on craete only\n")
    ran = run(*verb, "a.sync", "-o", "out")
    assert ran.code == 2 and ran.out == "" and ran.err.startswith("a.sync:2:")
    assert not Path("out").exists()


@pytest.mark.parametrize("verb", VERBS)
def test_a_place_that_cannot_be_written_ends_with_2(verb: list[str]) -> None:
    write("a.sync", POLICY)
    ran = run(*verb, "a.sync", "-o", "no/folder/out")
    assert ran.code == 2 and ran.err.startswith("syncdsl: `no/folder/out` cannot be written")


def test_what_is_compiled_is_what_it_says() -> None:
    write("a.sync", POLICY)
    compile(run("compile", "--to", "python", "a.sync").out, "rules.py", "exec")
    json.loads(run("compile", "--to", "json", "a.sync").out)
    assert run("docs", "a.sync").out.startswith("#")


def test_without_a_form_the_usage_is_told() -> None:
    ran = run("compile", "a.sync")
    assert ran.code == 2 and "--to" in ran.err
