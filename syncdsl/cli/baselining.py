"""`check --write-baseline`."""

from __future__ import annotations

from pathlib import Path

from syncdsl.cli.checking import Asked, looked_at
from syncdsl.cli.terminal import say
from syncdsl.cli.writing import replace
from syncdsl.diagnostic import Result
from syncdsl.project.baseline import Entry, read, text_of
from syncdsl.project.files import Trouble
from syncdsl.project.settings import Settings, baseline_of
from syncdsl.report.summary import counted
from syncdsl.report.text import shown


def write(result: Result, asked: Asked, settings: Settings) -> int:
    """Writes all findings down as known; the exit code."""
    path = asked.baseline or baseline_of(settings)
    text, number = text_of(result, settings.root, _others(path, asked, settings))
    replace(Path(path), text.encode())
    say(f"{counted(number, 'finding')} written to {shown(path)}; from now on only new ones count\n")
    return 0


def _others(path: str, asked: Asked, settings: Settings) -> list[Entry]:
    """What the file has of other files and codes than those that were looked at."""
    try:
        known = read(path)
    except Trouble:
        return []  # there is none, or none that can be read: it is made anew
    is_looked_at = looked_at(asked, settings)
    return [each for each in known.values() if not is_looked_at(each)]
