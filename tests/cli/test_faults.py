"""The pages of what is no check: their `Bad` has the fault, their `Good` is understood whole."""

import json
import os
import re
from pathlib import Path
from textwrap import dedent

import pytest

from syncdsl.check import CHECKS
from syncdsl.faults import CAN_BE_IGNORED, PAGES, summary
from tests.cli.harness import ROOT, run, run_process, write

WITHOUT_EXAMPLES = {"not-text"}  # what is no text cannot be printed

SCHEMA = '{"version": 1, "objects": {"contacts": {"properties": {"source": {"type": "text"}}}}}'
WITH_SCHEMA = 'system hubspot { kind hubspot, schema "schemas/hubspot.json" }\n'


def example(code: str, heading: str) -> str:
    """The block of a page under a heading."""
    match = re.search(rf"^{heading}:\n\n((?:    .*\n|\n)+)", PAGES[code], re.MULTILINE)
    assert match, f"the page of {code} has no `{heading}`"
    return dedent(match.group(1)).strip() + "\n"


def codes(code: str, text: str) -> set[str]:
    """What is told about an example, in a repository that has what the examples name."""
    write("syncdsl.toml", 'not-suppressible = ["promise-broken"]\n')
    write("schemas/hubspot.json", SCHEMA)
    write("shared/values.sync", "order lifecycle { lead < customer }\n")
    write("policy.sync", text)
    if code == "schema-file":
        write("schemas/hubspot.json", text)
        write("policy.sync", WITH_SCHEMA)
    if code == "configuration":
        Path("syncdsl.toml").unlink()
        write("pyproject.toml", text)
        write("policy.sync")
    if code == "setting-without-effect":
        write("syncdsl.toml", text)
        write("policies/legacy/old.sync")
        write("policy.sync")
    if code.startswith("import-"):
        write("contacts.json", text)
        ran = run("schema", "import", "hubspot", "contacts.json")
        return set(re.findall(r"more: syncdsl explain (\S+)", ran.err))
    if code == "missing-library":
        # A library that is there, and whose import ends as that of a missing one.
        write("without/phonenumbers.py", 'raise ImportError("there is none")\n')
        path = os.pathsep.join([str(Path("without").resolve()), str(ROOT)])
        ran = run_process("check", "--format", "json", "policy.sync", PYTHONPATH=path)
        return {finding["code"] for finding in json.loads(ran.out)["findings"]}
    ran = run("check", "--format", "json", "policy.sync")
    return {finding["code"] for finding in json.loads(ran.out)["findings"]}


WITH_EXAMPLES = [code for code in PAGES if code not in WITHOUT_EXAMPLES]


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_bad_has_the_fault(code: str) -> None:
    assert codes(code, example(code, "Bad")) & set(PAGES) == {code}


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_good_is_understood(code: str) -> None:
    assert codes(code, example(code, "Good")) & set(PAGES) == set()


@pytest.mark.parametrize("code", PAGES)
def test_the_first_sentence_is_a_paragraph_of_its_own(code: str) -> None:
    assert summary(code).endswith(".") and "\n\n" in PAGES[code]
    assert max(map(len, PAGES[code].splitlines())) <= 100


def test_every_code_that_a_phase_tells_has_a_page() -> None:
    """A code stands in the source as the first argument of what tells it."""
    telling = re.compile(
        r"""(?:Diagnostic|tell|_tell|at_top|_of_file|told)\(\s*(?:\w+,\s*)?["']([a-z]+(?:-[a-z]+)+|syntax)["']"""
    )
    told = {
        code
        for path in (ROOT / "syncdsl").rglob("*.py")
        for code in telling.findall(path.read_text(encoding="utf-8"))
    }
    assert len(told) > 15
    assert told <= set(PAGES) | {check.code for check in CHECKS}


def test_no_fault_is_called_like_a_check_and_those_that_can_be_ignored_are_faults() -> None:
    assert not set(PAGES) & {check.code for check in CHECKS}
    assert set(PAGES) >= CAN_BE_IGNORED
