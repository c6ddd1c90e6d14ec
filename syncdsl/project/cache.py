"""
What `check` found the last time, in `.syncdsl_cache` at the top of the repository.

An entry's name is a hash of all that its findings depend on: the program, the settings, the content
of every file that was named. Which other files these bring in is not known before they are parsed,
so the entry itself tells them, with what each of them was; it counts only if they still are that.

Three things a stranger's repository could try. Entries are JSON that is read with suspicion, so
they cannot run code. The folder is used only if it is one, not a link to somewhere else. And an
entry that came with a checkout is never found, because the name also depends on when the folder was
made on this machine: nobody can hand in a policy together with the word that nothing is wrong.

Whatever goes wrong here is silent: the work is then done anew.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from syncdsl import __version__
from syncdsl.diagnostic import Result
from syncdsl.project.files import (
    MAX_BYTES,
    Content,
    Reader,
    Unreadable,
    are_whole,
    decode,
    read_bytes,
)
from syncdsl.project.record import from_json, to_json
from syncdsl.source import Source

FOLDER = ".syncdsl_cache"

MAX_ENTRIES = 50  # some branches, some selections of files
MAX_TOTAL_BYTES = 200 * 1024 * 1024
_ABANDONED_SECONDS = 3600  # a file that is still being written after that long is nobody's

_TAG = "CACHEDIR.TAG"
_TAG_TEXT = """\
Signature: 8a477f597d28d172789f06886806bc55
# This folder holds what syncdsl found in earlier runs. It can be removed at any time.
# About this file: https://bford.info/cachedir/
"""


class Cache:
    """The entries for one set of files and settings: at most one."""

    def __init__(self, folder: Path, entry: Path) -> None:
        self.folder = folder
        self.entry = entry

    def load(self, reader: Reader, today: str) -> Result | None:
        """What was found when all was as it is now, and no allow has ended since."""
        try:
            data = json.loads(read_bytes(str(self.entry)))
            for path, real, digest in data["brought_in"]:
                content = reader.read(path)
                if (content.real, content.digest) != (real, digest):
                    return None
            result = from_json(data["result"], _sources(reader))
        except (Unreadable, ValueError, TypeError, KeyError, RecursionError):
            return None
        if result.period is not None and not result.period[0] <= today <= result.period[1]:
            return None
        with suppress(OSError):
            os.utime(self.entry)  # it is needed: others are removed before it
        return result

    def save(self, result: Result, listed: Sequence[Content], reader: Reader) -> None:
        """Keeps what was found. Two runs may do so at once: only a whole entry gets its name."""
        paths = {content.path for content in listed}
        brought_in = [
            [content.path, content.real, content.digest]
            for content in reader.contents.values()
            if content.path not in paths
        ]
        data = json.dumps({"brought_in": brought_in, "result": to_json(result)}).encode()
        if len(data) > MAX_BYTES:
            return
        unfinished = self.entry.with_suffix(f".{os.getpid()}-{time.monotonic_ns()}.tmp")
        try:
            with unfinished.open("xb") as file:
                file.write(data)
            unfinished.replace(self.entry)
            _remove_old_entries(self.folder)
        except OSError:
            _remove(unfinished)


def open_cache(root: str, settings: Sequence[Any], listed: Sequence[Content]) -> Cache | None:
    """The cache of a repository, made if there is none. None: it cannot be had."""
    folder = Path(root, FOLDER)
    try:
        folder.mkdir(exist_ok=True)
        if not stat.S_ISDIR(folder.lstat().st_mode):
            return None
        _write_once(folder / ".gitignore", "# Made by syncdsl.\n*\n")
        _write_once(folder / _TAG, _TAG_TEXT)
        made = (folder / _TAG).lstat()
        program = _program()
    except OSError:
        return None
    key = [
        program,
        [made.st_mtime_ns, made.st_ino],
        list(settings),
        [[content.path, content.real, content.digest] for content in listed],
        are_whole(listed),
    ]
    name = blake2b(json.dumps(key).encode(), digest_size=20).hexdigest()
    return Cache(folder, folder / f"{name}.json")


def _program() -> list[Any]:
    """
    What tells this program, with the schemas that it brings along, from another one. The version
    alone does not: in a checkout the files change without it, and some hundred times are quickly
    asked for.
    """
    files = []
    folders = [str(Path(__file__).parents[1])]
    for folder in folders:  # it grows on the way
        with os.scandir(folder) as listing:
            for entry in listing:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                elif entry.name.endswith((".py", ".json")):
                    seen = entry.stat()
                    files.append((entry.path, seen.st_size, seen.st_mtime_ns))
    installed = [find_spec(name) is not None for name in _EXTRAS]
    return [__version__, sys.version, sorted(files), installed]


_EXTRAS = ("phonenumbers", "z3")  # with these more is found


def _sources(reader: Reader) -> Callable[[str], Source]:
    """The sources of what was read. A file without a text has an empty one."""

    def source_of(path: str) -> Source:
        content = reader.contents.get(path)
        if content is None or content.data is None:
            return Source(path, "")
        return decode(path, content.data)[0]

    return source_of


def _write_once(path: Path, text: str) -> None:
    with suppress(FileExistsError), path.open("x", encoding="utf-8") as file:
        file.write(text)


def _remove_old_entries(folder: Path) -> None:
    """Keeps the folder small: what was needed longest ago goes first."""
    entries, total = [], 0
    with os.scandir(folder) as listing:
        for each in listing:
            if each.name.endswith((".json", ".tmp")):
                seen = each.stat(follow_symlinks=False)
                entries.append((seen.st_mtime, seen.st_size, Path(each.path)))
    now = time.time()
    for kept, (when, size, path) in enumerate(sorted(entries, reverse=True)):
        total += size
        too_many = kept >= MAX_ENTRIES or total > MAX_TOTAL_BYTES
        abandoned = path.suffix == ".tmp" and now - when > _ABANDONED_SECONDS
        if too_many or abandoned:
            _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
