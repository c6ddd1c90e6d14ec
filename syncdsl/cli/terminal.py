"""Standard input and output. Output that is closed early (`| head`) is no error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from syncdsl.project.files import MAX_BYTES, Trouble


def say(text: str) -> None:
    """Prints to standard output."""
    _write(sys.stdout, text)


def say_bytes(data: bytes) -> None:
    """Prints to standard output exactly this."""
    if sys.stdout is None:
        return
    with _open_or_closed(sys.stdout):
        sys.stdout.buffer.write(data)
        sys.stdout.flush()


def complain(text: str) -> None:
    """Prints to standard error. If that cannot be written, there is no place left to say so."""
    with suppress(OSError):
        _write(sys.stderr, text)


def read_standard_input() -> bytes:
    if sys.stdin is None:
        raise Trouble("there is no standard input")
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Trouble(f"standard input is larger than {MAX_BYTES // 1024 // 1024} MB")
    return data


def wants_colour(choice: str, stream: TextIO | None) -> bool:
    """Is the output to be coloured? `choice` is what the user said: auto, always, never."""
    if choice != "auto" or stream is None:
        return choice == "always"
    unwanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not unwanted


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # somebody closed it before we began
        return
    encoding = stream.encoding or "utf-8"
    with _open_or_closed(stream):
        # Not every terminal has every letter, and not every name of a file is a text.
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()


@contextmanager
def _open_or_closed(stream: TextIO) -> Iterator[None]:
    """If nobody reads on, that is no error; if it cannot be written, it is."""
    try:
        yield
    except OSError as problem:
        # What Python still wants to write when it ends goes nowhere.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        if not isinstance(problem, BrokenPipeError):
            raise
