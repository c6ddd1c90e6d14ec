"""
What the fuzzer starts from: everything in the repository that is written in our language, or is a
schema for it.

The policies and the files of the tutorial come as they are, with their schemas cut down to what
some policy names: reading three hundred properties that nobody asks for is most of the time of a
run. The examples of the reference and the case files of the other tests are smaller, and have in
them every clause and nearly every mistake.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.harness import ROOT, TESTS, cases, is_case_file

_FENCE = re.compile(r"^```sync\n(.*?)^```", re.MULTILINE | re.DOTALL)
_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|`[^`\n]+`|[^\W\d][\w-]*|-?\d[\w.]*|<->|->|<-|[<>!]=|\S')
_CLAUSE = re.compile(r",\s*([a-z][^,#\n{}]*)")


class Seed(NamedTuple):
    """A text to begin with, and where it stands: paths in it are relative to that."""

    name: str
    path: Path
    data: bytes


@cache
def policies() -> tuple[Seed, ...]:
    """The policies of the repository, and the files of the tutorial."""
    folders = (ROOT / "policies", ROOT / "docs" / "tutorial")
    paths = [path for folder in folders for path in sorted(folder.rglob("*.sync"))]
    return tuple(_file(path) for path in paths)


@cache
def examples() -> tuple[Seed, ...]:
    """What the documentation shows, and the cases of the other tests."""
    fenced = [
        Seed(f"{path.relative_to(ROOT)} {number}", path, text.encode())
        for path in sorted((ROOT / "docs").rglob("*.md"))
        for number, text in enumerate(_FENCE.findall(path.read_text(encoding="utf-8")))
    ]
    tried = [
        Seed(f"{path.relative_to(ROOT)}: {case.title}", path, case.text.encode())
        for path in sorted(TESTS.rglob("*.sync"))
        if is_case_file(path)
        for case in cases(path)
    ]
    return (*fenced, *tried)


@cache
def schemas() -> tuple[Seed, ...]:
    """The schemas of the policies, with what these name and a little more."""
    named = set(re.findall(r"\w+", " ".join(seed.data.decode() for seed in policies())))
    found = []
    for path in sorted((ROOT / "policies" / "schemas").glob("*.json")):
        data = json.loads(path.read_bytes())
        objects = {name: _cut(each, named) for name, each in data["objects"].items()}
        text = json.dumps({**data, "objects": objects}, indent=1, ensure_ascii=False)
        found.append(Seed(str(path.relative_to(ROOT)), path, text.encode()))
    return tuple(found)


@cache
def tokens() -> tuple[str, ...]:
    """Every token that some text has: each once, so that the rare ones are not rare here."""
    texts = [seed.data.decode() for seed in (*policies(), *examples())]
    return tuple(dict.fromkeys(token for text in texts for token in _TOKEN.findall(text)))


@cache
def lines() -> tuple[str, ...]:
    texts = [seed.data.decode() for seed in (*policies(), *examples())]
    return tuple(dict.fromkeys(line for text in texts for line in text.splitlines() if line))


@cache
def clauses() -> tuple[str, ...]:
    texts = [seed.data.decode() for seed in (*policies(), *examples())]
    found = [clause.strip() for text in texts for clause in _CLAUSE.findall(text)]
    return tuple(dict.fromkeys(found))


def spans_of_tokens(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _TOKEN.finditer(text)]


def _file(path: Path) -> Seed:
    return Seed(str(path.relative_to(ROOT)), path, path.read_bytes())


def _cut(thing: Any, named: set[str]) -> Any:
    """An object of a schema with the properties that are named, and the first few."""
    kept = {
        name: {**each, "options": each["options"][:12]} if "options" in each else each
        for index, (name, each) in enumerate(thing["properties"].items())
        if index < 5 or set(re.findall(r"\w+", name)) <= named
    }
    return {**thing, "properties": kept}
