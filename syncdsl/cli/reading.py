"""The first steps of every verb: the configuration, the files, what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from syncdsl.cli.terminal import read_standard_input
from syncdsl.diagnostic import Diagnostic
from syncdsl.project.files import (
    STANDARD_INPUT,
    STANDARD_INPUT_NAME,
    Content,
    Reader,
    Trouble,
    find,
)
from syncdsl.project.settings import Settings, default_paths, read_settings

if TYPE_CHECKING:
    from syncdsl.project.examine import Understood
    from syncdsl.project.schemas import Named


class Hindered(Exception):  # noqa: N818  (nothing is wrong in the program)
    """The work cannot be done because of these problems, each of which has a place in a file."""

    def __init__(self, problems: Sequence[Diagnostic]) -> None:
        super().__init__(problems)
        self.problems = problems


def settings_for(paths: Sequence[str]) -> Settings:
    settings, problems = read_settings(paths)
    if problems:
        raise Hindered(problems)
    return settings


def read_all(paths: Sequence[str], settings: Settings, reader: Reader) -> list[Content]:
    """The files under these paths, or under the paths that are meant where there are none."""
    is_named = bool(paths)
    paths = paths or default_paths(settings)
    found = find(paths)
    if not found:
        where = ", ".join(f"`{path}`" for path in paths)
        more = "" if is_named else "; name the file or the folder to look at"
        raise Trouble(f"there is no policy (`*.sync`) in {where}{more}", paths[0])
    given = b""
    if any(each.path == STANDARD_INPUT_NAME for each in found):
        given = read_standard_input()
    return [reader.read_listed(each, given) for each in found]


def read_if_any(paths: Sequence[str], settings: Settings, reader: Reader) -> list[Content]:
    """The same, where there need not be any policy unless one was named."""
    if not paths and not find(default_paths(settings)):
        return []
    return read_all(paths, settings, reader)


def understand(paths: Sequence[str]) -> Understood:
    """The policy under these paths, for a verb that can do nothing with a part of it."""
    from syncdsl.project import examine

    settings = settings_for(paths)
    reader = Reader(settings.root)
    understood = examine.understand(read_all(paths, settings, reader), reader)
    if understood.errors:
        raise Hindered(understood.errors)
    return understood


def schema_named(name: str) -> Named:
    """The schema of a kind, or of a file; `-` is standard input."""
    from syncdsl.project.schemas import named

    given = read_standard_input() if name == STANDARD_INPUT else b""
    found = named(name, given)
    if found.problems:
        raise Hindered(found.problems)
    return found
