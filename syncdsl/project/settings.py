"""
The configuration: `syncdsl.toml`, or `[tool.syncdsl]` in `pyproject.toml`, nearest upward.

It also says where the repository is, whose files are the only ones that a policy may bring in: the
nearest folder upward with a configuration or a `.git`, else the common folder of what was named.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.project.files import STANDARD_INPUT, Unreadable, at_top, decode, read_bytes
from syncdsl.source import Source, Span
from syncdsl.suggest import hint

DEFAULT_FOLDER = "policies"

_KEYS = {
    "policies": "a text",
    "select": "a list of codes",
    "ignore": "a list of codes",
    "not-suppressible": "a list of codes",
}


class Settings(NamedTuple):
    root: str  # the real path of the repository
    is_repository: bool = False  # False: only a folder that nobody called a repository
    source: Source | None = None  # the configuration, if there is one
    policies: str | None = None  # as it would be written on the command line
    select: tuple[str, ...] = ()  # empty: all
    ignore: tuple[str, ...] = ()
    not_suppressible: tuple[str, ...] = ()  # what no policy may allow

    def place(self, word: str) -> Span:
        """Where the configuration says something."""
        assert self.source is not None
        return _place(self.source, word)


def read_settings(paths: Sequence[str]) -> tuple[Settings, list[Diagnostic]]:
    """The settings for what a user named on the command line; nothing named: the current folder."""
    start = _common_folder([path for path in paths if path != STANDARD_INPUT])
    for folder in (start, *start.parents):
        for name in ("syncdsl.toml", "pyproject.toml"):
            path = folder / name
            if path.is_file():
                settings, problems = _read(path)
                if settings.source is not None:
                    return settings, problems
        if (folder / ".git").exists():
            return Settings(str(folder), is_repository=True), []
    return Settings(str(start)), []


def default_paths(settings: Settings) -> tuple[str, ...]:
    """What is meant where no path was named."""
    if settings.policies is not None:
        return (settings.policies,)
    return (DEFAULT_FOLDER if Path(DEFAULT_FOLDER).is_dir() else ".",)


def _common_folder(paths: Sequence[str]) -> Path:
    folders = []
    for path in paths or [""]:
        real = Path(os.path.realpath(path))
        folders.append(real if real.is_dir() else real.parent)
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # on Windows, two drives
        return folders[0]


def _read(path: Path) -> tuple[Settings, list[Diagnostic]]:
    """A file of settings. One that is not about syncdsl gives settings without a source."""
    root = str(path.parent)
    shown = _from_here(path)
    own = path.name == "syncdsl.toml"
    try:
        data = read_bytes(str(path))
    except Unreadable as problem:
        found = [at_top(shown, "configuration", f"the configuration cannot be read: {problem}")]
        return Settings(root, source=found[0].span.source if own else None), found
    if not own and b"syncdsl" not in data:
        return Settings(root), []
    source, not_text = decode(shown, data)
    settings = Settings(root, is_repository=True, source=source)
    if not_text is not None:
        return settings, [not_text]
    try:
        table: Any = _load(source.text)
    except ValueError as problem:
        return settings, [_broken(source, str(problem))]
    if not own:
        tool = table.get("tool", {})
        if not isinstance(tool, dict) or "syncdsl" not in tool:
            return Settings(root), []
        table = tool["syncdsl"]
        if not isinstance(table, dict):
            return settings, [_tell(source, "syncdsl", "`tool.syncdsl` is to be a table")]
    problems = list(_problems(source, table))
    if problems:
        return settings, problems
    policies = table.get("policies")
    if policies is not None:
        folder = path.parent / policies
        if not folder.exists():
            message = f"there is no folder `{policies}` beside this file"
            return settings, [_tell(source, policies, message)]
        policies = _from_here(folder)
    settings = settings._replace(
        policies=policies,
        select=tuple(table.get("select", ())),
        ignore=tuple(table.get("ignore", ())),
        not_suppressible=tuple(table.get("not-suppressible", ())),
    )
    return settings, []


def _from_here(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # on Windows, another drive
        return str(path)


def _load(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  most runs have nothing for it to read

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _problems(source: Source, table: dict[str, Any]) -> Iterator[Diagnostic]:
    for key, value in table.items():
        if key not in _KEYS:
            near = hint(key, list(_KEYS), "setting")
            yield _tell(source, key, f"there is no setting `{key}`; {near}")
        elif not _fits(key, value):
            yield _tell(source, key, f"`{key}` is to be {_KEYS[key]}")


def _fits(key: str, value: Any) -> bool:
    if key == "policies":
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(code, str) for code in value)


def _broken(source: Source, problem: str) -> Diagnostic:
    """TOML's reader tells the place in words: `(at line 3, column 7)`, `(at end of document)`."""
    words, _, where = problem.partition(" (at ")
    numbers = [int(number) for number in re.findall(r"\d+", where)]
    start = len(source.text)
    if len(numbers) == 2 and numbers[0] <= len(source.line_starts):
        start = min(start, source.line_starts[numbers[0] - 1] + numbers[1] - 1)
    span = Span(source, start, min(start + 1, len(source.text)))
    message = f"this is not TOML: {words[:1].lower()}{words[1:]}"
    return Diagnostic("configuration", Severity.ERROR, message, span)


def _tell(source: Source, word: str, message: str) -> Diagnostic:
    return Diagnostic("configuration", Severity.ERROR, message, _place(source, word))


def _place(source: Source, word: str) -> Span:
    """Where a word stands; TOML's reader keeps no places."""
    table = re.search(r"^\s*\[\s*tool\s*\.\s*[\"']?syncdsl\b", source.text, re.MULTILINE)
    start = table.start() if table else 0
    match = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(source.text, start)
    if match is None:
        match = re.compile(r"\S+|\Z").search(source.text, start)
    assert match is not None
    return Span(source, match.start(), match.end())
