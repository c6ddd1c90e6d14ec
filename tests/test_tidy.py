"""The tree is kept the way we want to find it. The tools' settings live in pyproject.toml."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

TOO_LONG = 400
WHY_LONG = "one idea"

# What ties a file to one machine or to one package index. None of the patterns matches itself.
TIES = re.compile(
    rf"""
      (?<![\w.]) ( /(home|root|Users)/\w | {re.escape(str(ROOT))}\b )   # somebody's folder
    | [-_] index [-_] url                                             # an option of pip
    | :// [^\s/]+ / simple /                                          # an index
    | \b (pypi|pythonhosted|npmjs) \. [a-z]{{2,}} \b
    | :// [\w.]* (registry|mirror) [\w.-]* \.
    """,
    re.VERBOSE,
)


@pytest.mark.parametrize(
    "command",
    [
        "ruff check",
        "ruff format --check",
        "mypy",
        "lint-imports",
    ],
)
def test_the_tool_has_nothing_to_say(command: str) -> None:
    tool, *arguments = command.split()
    done = subprocess.run(
        [Path(sys.executable).with_name(tool), *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{command}\n{done.stdout}{done.stderr}", pytrace=False)


def test_a_long_file_says_why_it_is_one_idea() -> None:
    for path in sorted(ROOT.glob("syncdsl/**/*.py")):
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > TOO_LONG:
            assert WHY_LONG in (ast.get_docstring(ast.parse(text)) or ""), (
                f"{path.relative_to(ROOT)} is past {TOO_LONG} lines: split it, "
                f"or say in its docstring why it is {WHY_LONG}"
            )


def test_no_file_is_tied_to_one_machine_or_one_package_index() -> None:
    ties = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in project_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if TIES.search(line)
    ]
    assert not ties, "\n".join(ties)


def test_the_makefile_has_the_two_commands_of_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^([^\s:=#]+)\s*:", makefile, re.MULTILINE) == [".PHONY", "demo", "test"]
    assert "\nmake demo\n" in readme
    assert "\nmake test\n" in readme


def test_ci_runs_what_the_readme_calls_the_tests() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands == ['cd "$(dirname "$0")/.." && make test']


def project_texts() -> Iterator[tuple[str, str]]:
    """Every text file that is committed, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for name in sorted(set(filter(None, listed.stdout.split("\0")))):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            yield name, content.decode("utf-8", errors="replace")
