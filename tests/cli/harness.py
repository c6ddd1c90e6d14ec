"""Running the command line: in this process, as `main` does, or as a process of its own."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from syncdsl import cli

ROOT = Path(__file__).parents[2]


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def run(*arguments: str, given: bytes = b"") -> Ran:
    """A run in this process; `given` is its standard input."""
    with _streams(given) as (out, err):
        code = cli.run(arguments)
        out.flush()
        err.flush()
        return Ran(code, _text(out), _text(err))


def process(*arguments: str) -> list[str]:
    """The beginning of a command: the program as a process of its own."""
    return [sys.executable, "-m", "syncdsl", *arguments]


def environment(**more: str) -> dict[str, str]:
    """What a process needs to find the checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "", **more}


def run_process(*arguments: str, given: bytes = b"", **more: str) -> Ran:
    done = subprocess.run(
        process(*arguments), input=given, capture_output=True, env=environment(**more), check=False
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def heeds_interrupts() -> None:
    """For a process that is to be interrupted: what a shell starts in the background ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def write(path: str, text: str = "") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text.encode())


def read(path: str) -> str:
    return Path(path).read_bytes().decode()


@contextmanager
def _streams(given: bytes) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    before = sys.stdin, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(given)), out, err
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


def _text(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
