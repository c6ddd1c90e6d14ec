"""
`check --watch`: check again whenever a file changes that the last check was about.

What is looked at is a few dozen times of change, a few times a second, which costs nothing that
anybody would notice, works on every disk, and needs no library. A file that is new or gone shows in
the list of the folder; one that cannot be read for a moment, because an editor is writing it, is
there again the next time.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from syncdsl.cli.checking import Asked, look
from syncdsl.cli.reporting import Output
from syncdsl.cli.terminal import say
from syncdsl.project.files import Trouble, find
from syncdsl.report.summary import counted

INTERVAL = 0.3  # seconds; an answer that comes within half a second feels like one

_CLEAR = "\033[2J\033[3J\033[H"

_Seen = tuple[tuple[str, int, int], ...]


def watch(asked: Asked, output: Output, paths: Sequence[str]) -> int:
    """Checks until it is interrupted. `paths` are those that were named, or are meant."""
    first = True
    while True:
        if sys.stdout.isatty():
            say(_CLEAR)
        elif not first:
            say("\n")
        first = False
        began = time.time_ns()
        files: tuple[str, ...] = ()
        try:
            files = look(asked, output).files
        except Trouble as problem:
            say(f"syncdsl: {problem}\n")
        gc.collect()  # the program does not collect by itself, and this run does not end
        seen = _seen(files, paths)
        say(f"\nwatching {counted(len(seen), 'file')}; Ctrl-C ends\n")
        if any(changed > began for _, changed, _ in seen):
            continue  # while the check was reading
        while _seen(files, paths) == seen:
            time.sleep(INTERVAL)


def _seen(files: Sequence[str], paths: Sequence[str]) -> _Seen:
    """What tells whether any of these has changed, with all that is in the folders now."""
    try:
        found = [each.path for each in find(paths)]
    except Trouble:
        found = []
    return tuple(_state(path) for path in dict.fromkeys([*found, *files]))


def _state(path: str) -> tuple[str, int, int]:
    try:
        seen = Path(path).stat()
    except (OSError, ValueError):
        return path, -1, -1
    return path, seen.st_mtime_ns, seen.st_size
