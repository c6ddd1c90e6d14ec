"""
What the documentation shows is true: policies parse, commands print what stands below them, links
lead somewhere, and what is made from the program is as the program would make it.

A page is read from top to bottom, in a folder with a copy of `policies/` and `docs/`. A block below
`<!-- file: NAME -->` is written to that file; a `console` block that begins with `$ syncdsl` is
run, command by command. In its output a line `…` stands for any lines.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from syncdsl.source import Source
from syncdsl.syntax.parse import parse
from tools import make_docs

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("policies/**/*.md")])
ANY_LINES = "…"


class Block(NamedTuple):
    """A fenced block of a page."""

    page: Path
    line: int  # of its first line
    language: str
    text: str
    file: str | None  # from the comment above it

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


_FENCED = re.compile(
    r"^(?:<!-- file: (?P<file>\S+) -->\n\s*)?"
    r"(?P<indent> *)```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> Iterator[Block]:
    text = text_of(page)
    for match in _FENCED.finditer(text):
        inside = re.sub(rf"^{match['indent']}", "", match["text"], flags=re.MULTILINE)
        line = text.count("\n", 0, match.start("text")) + 1
        yield Block(page, line, match["language"], inside, match["file"])


def is_run(block: Block) -> bool:
    return block.language == "console" and block.text.startswith("$ syncdsl")


def page_name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("name", make_docs.PAGES)
def test_what_is_made_from_the_program_is_fresh(name: str) -> None:
    page = ROOT / name
    made = make_docs.PAGES[name]()
    assert page.is_file() and text_of(page) == made, "run `python tools/make_docs.py`"


def test_no_page_is_left_of_a_check_that_is_gone() -> None:
    folder = ROOT / make_docs.CHECKS_FOLDER
    assert {str(page.relative_to(ROOT)) for page in folder.iterdir()} <= set(make_docs.PAGES)


@pytest.mark.parametrize(
    "block",
    [block for page in PAGES for block in blocks(page) if block.language == "sync"],
    ids=lambda block: block.name,
)
def test_a_policy_on_a_page_parses(block: Block) -> None:
    _, problems = parse(Source(block.name, block.text))
    assert not problems, [(problem.span.line, problem.message) for problem in problems]


# ── commands ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(map(is_run, blocks(page)))], ids=page_name
)
def test_commands_print_what_stands_below_them(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    for name in ("policies", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    shell = Shell(folder, tmp_path / "bin")
    for block in blocks(page):
        if block.file is not None:
            path = folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif is_run(block):
            for command, expected in commands(block):
                printed = shell.run(command)
                if not is_as_shown(printed, expected):
                    pytest.fail(f"{block.name} prints\n$ {command}\n{printed}", pytrace=False)


class Shell:
    """Runs commands as a reader would, one after the other."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.code = 0  # of the last command, for `echo $?`
        programs.mkdir()
        program = programs / "syncdsl"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m syncdsl "$@"\n', "utf-8")
        program.chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, command: str) -> str:
        done = subprocess.run(
            ["sh", "-c", f"(exit {self.code}); {command}"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.code = done.returncode
        return done.stdout


def commands(block: Block) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def is_as_shown(printed: str, expected: str) -> bool:
    """Blanks at the ends of lines and empty lines at the end are not to be seen."""
    shown = [line.rstrip() for line in expected.rstrip().splitlines()]
    pattern = "".join(
        r"(?:.*\n)*?" if line == ANY_LINES else re.escape(line) + r"\n" for line in shown
    )
    lines = [line.rstrip() for line in printed.rstrip().splitlines()]
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)) is not None


# ── links ────────────────────────────────────────────────────────────────────────────────────────

_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_links_lead_somewhere(page: Path) -> None:
    dead = [link for link in links(page) if not leads_somewhere(page, link)]
    assert not dead


def links(page: Path) -> list[str]:
    prose = re.sub(r"`[^`\n]*`", "", _FENCED.sub("", text_of(page)))
    found: list[str] = _LINK.findall(prose)
    return [link for link in found if not re.match(r"[a-z][a-z+.-]*:", link)]


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    target = page if not path else page.parent / path
    if not target.exists():
        return False
    return not heading or target.suffix != ".md" or heading in headings(target)


def headings(page: Path) -> set[str]:
    """The headings of a page, as GitHub writes them in links."""
    prose = _FENCED.sub("", text_of(page))
    titles = re.findall(r"^#{1,6} +(.+?) *$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
