"""
The configuration: `syncdsl.toml`, or `[tool.syncdsl]` in `pyproject.toml`, nearest upward.

It also says where the repository is, whose files are the only ones that a policy may bring in: the
nearest folder upward with a configuration or a `.git`, else the common folder of what was named.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.project.choice import pattern
from syncdsl.project.configuration import Configuration, read
from syncdsl.project.files import (
    STANDARD_INPUT,
    Content,
    Unreadable,
    at_top,
    decode,
    find,
    read_bytes,
)
from syncdsl.source import Source

DEFAULT_FOLDER = "policies"
BASELINE = ".syncdsl-baseline.json"  # at the top of the repository


class Settings(NamedTuple):
    root: str  # the real path of the repository
    is_repository: bool = False  # False: only a folder that nobody called a repository
    source: Source | None = None  # the file of the configuration, if there is one
    configuration: Configuration | None = None  # None: there is none, or it is broken
    policies: str | None = None  # as it would be written on the command line
    baseline: str | None = None  # the file that the configuration names


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


def baseline_of(settings: Settings) -> str:
    """The file of the baseline, whether it is there or not: the named one, or the usual."""
    return settings.baseline or _from_here(Path(settings.root, BASELINE))


def without_effect(settings: Settings, listed: Sequence[Content]) -> list[Diagnostic]:
    """The parts of the configuration for some paths that are about no policy of the repository."""
    configuration = settings.configuration
    if configuration is None or not configuration.per_path:
        return []
    globs = [each.glob for each in configuration.per_path]
    idle = _idle(globs, [content.path for content in listed], settings.root)
    if idle:
        idle &= _idle(globs, [found.path for found in find([settings.root])], settings.root)
    return [
        Diagnostic(
            "setting-without-effect",
            Severity.WARNING,
            f"`{glob}` matches no policy in this repository; it goes from the folder of this file",
            configuration.place("paths", number, "glob"),
        )
        for number, glob in enumerate(globs)
        if glob in idle
    ]


def _idle(globs: Sequence[str], paths: Sequence[str], root: str) -> set[str]:
    inside = [PurePath(os.path.relpath(path, root)).as_posix() for path in paths]
    return {glob for glob in globs if not any(map(pattern(glob).fullmatch, inside))}


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
    configuration, problems = read(source, is_ours=own)
    if configuration is None:
        return (settings if problems else Settings(root)), problems
    settings = settings._replace(configuration=configuration)
    if configuration.baseline is not None:
        settings = settings._replace(baseline=_from_here(path.parent / configuration.baseline))
    if configuration.policies is None:
        return settings, []
    folder = path.parent / configuration.policies
    if not folder.exists():
        message = f"there is no folder `{configuration.policies}` beside this file"
        place = configuration.place("policies")
        return settings, [Diagnostic("configuration", Severity.ERROR, message, place)]
    return settings._replace(policies=_from_here(folder)), []


def _from_here(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # on Windows, another drive
        return str(path)
