"""`check --write-baseline`."""

from __future__ import annotations

from pathlib import Path

from syncdsl.cli.checking import Asked
from syncdsl.cli.terminal import say
from syncdsl.cli.writing import replace
from syncdsl.diagnostic import Result
from syncdsl.project.baseline import text_of
from syncdsl.project.settings import Settings, baseline_of
from syncdsl.report.summary import counted
from syncdsl.report.text import shown


def write(result: Result, asked: Asked, settings: Settings) -> int:
    """Writes all findings down as known; the exit code."""
    path = asked.baseline or baseline_of(settings)
    text, number = text_of(result, settings.root)
    replace(Path(path), text.encode())
    say(f"{counted(number, 'finding')} written to {shown(path)}; from now on only new ones count\n")
    return 0
