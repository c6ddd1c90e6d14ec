"""A sign of life on a terminal while long work is done. It is gone when the work is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

PATIENCE = 1.0  # seconds in which nobody wonders
_TICK = 0.25


@contextmanager
def working(words: str) -> Iterator[None]:
    """Says on a terminal what is being done, and for how long, if it takes long."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    import threading

    done = threading.Event()
    thread = threading.Thread(target=_tell, args=(words, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _tell(words: str, done: threading.Event) -> None:
    start = time.monotonic()
    if done.wait(PATIENCE):
        return
    while True:
        sys.stderr.write(f"\r{words} … {time.monotonic() - start:.0f} s")
        sys.stderr.flush()
        if done.wait(_TICK):
            break
    sys.stderr.write("\r\033[K")
    sys.stderr.flush()
