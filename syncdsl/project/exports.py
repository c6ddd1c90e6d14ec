"""Files that a system exported, which the user names on the command line to import them."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from syncdsl.diagnostic import Diagnostic
from syncdsl.project.files import (
    STANDARD_INPUT,
    STANDARD_INPUT_NAME,
    Trouble,
    Unreadable,
    decode,
    in_words,
    read_beginning,
)
from syncdsl.source import Source

# Dataverse describes some hundreds of tables in as much.
MAX_BYTES = 64 * 1024 * 1024

# A shell of Windows writes what it is told to keep as UTF-16.
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def files_under(path: str, endings: Sequence[str]) -> list[str]:
    """The file, or of a folder the files in it that end so, by their names."""
    if path == STANDARD_INPUT:
        return [STANDARD_INPUT_NAME]
    try:
        mode = Path(path).stat().st_mode
        if not stat.S_ISDIR(mode):
            return [path]
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in entries if entry.is_file())
    except (OSError, ValueError) as problem:
        raise Trouble(f"`{path}` cannot be read: {in_words(problem)}", path) from None
    found = [
        str(Path(path) / name)
        for name in names
        if name.lower().endswith(tuple(endings)) and not name.startswith(".")
    ]
    if not found:
        wanted = ", ".join(f"`*{ending}`" for ending in endings)
        raise Trouble(f"there is no file {wanted} in `{path}`", path)
    return found


def text_of(path: str, given: bytes) -> tuple[Source, Diagnostic | None]:
    """The text of a file; `given` is standard input."""
    data, is_whole = beginning_of(path, given)
    if not is_whole:
        size = f"larger than {MAX_BYTES // 1024 // 1024} MB"
        raise Trouble(f"`{path}` is {size}: export fewer objects into one file", path)
    encoding = _WIDE.get(data[:2])
    if encoding is not None:
        data = data[2:].decode(encoding, "replace").encode()
    return decode(path, data)


def beginning_of(path: str, given: bytes) -> tuple[bytes, bool]:
    """As much of a file as may be read, and whether that is all of it."""
    try:
        data = given if path == STANDARD_INPUT_NAME else read_beginning(path, MAX_BYTES + 1)
    except Unreadable as problem:
        raise Trouble(f"`{path}` cannot be read: {problem}", path) from None
    return data[:MAX_BYTES], len(data) <= MAX_BYTES


def must_be_a_file(path: str) -> str:
    """The same path, if there is a file that can be read."""
    if path == STANDARD_INPUT_NAME:
        raise Trouble("a file of this kind is read where it is, so it is not standard input")
    beginning_of(path, b"")
    return path
