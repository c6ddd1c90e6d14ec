"""Writing files: whole or not at all, and without changing more than what is in them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from syncdsl.cli.terminal import say
from syncdsl.project.files import Trouble


def deliver(text: str, output: str | None, name: str) -> None:
    """Prints a text, or writes it to a file; in a folder it gets this name."""
    if output is None or output == "-":
        say(text)
        return
    path = Path(output)
    if path.is_dir():
        path /= name
    replace(path, text.encode("utf-8", "backslashreplace"))


def replace(path: Path, data: bytes) -> None:
    """
    Puts a new content in the place of a file, which keeps its mode; of a link, in the place of
    what it leads to. Whoever reads meanwhile reads the old content or the new one.
    """
    real = Path(os.path.realpath(path))
    unfinished = real.with_name(f".{real.name}.{os.getpid()}.tmp")
    try:
        mode = _mode(real)
        if mode is not None and not os.access(real, os.W_OK):
            raise Trouble(f"`{path}` is not to be written (its permissions say so)")
        if mode is not None and not stat.S_ISREG(mode):
            real.write_bytes(data)  # a device or a pipe is not replaced by a file
            return
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            unfinished.chmod(stat.S_IMODE(mode))
        unfinished.replace(real)
    except FileNotFoundError:
        raise Trouble(f"`{path}` cannot be written: there is no folder `{path.parent}`") from None
    except OSError as problem:
        raise Trouble(f"`{path}` cannot be written: {(problem.strerror or '').lower()}") from None
    finally:
        with suppress(OSError):
            unfinished.unlink()  # it is still there if something went wrong, or was interrupted


def diff(path: str, becomes: str, old: bytes, new: bytes) -> Iterator[str]:
    """Two contents of a file, as a unified diff."""
    from difflib import unified_diff

    before, after = (re.findall(r".*\n|.+", data.decode("utf-8-sig")) for data in (old, new))
    for line in unified_diff(before, after, fromfile=path, tofile=f"{path} ({becomes})"):
        if not line.endswith("\n"):
            line += "\n\\ No newline at end of file\n"
        yield line


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
