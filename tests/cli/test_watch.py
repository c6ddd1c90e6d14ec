"""`syncdsl check --watch`, as a process that sees real files change."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.harness import environment, heeds_interrupts, process, run, write

FAULTY = "source: hubspot -> dynamics\n"
GOOD = "source: hubspot -> dynamics on create only\n"
PATIENCE = 60  # seconds until a test is given up; an answer takes less than one


class Watching:
    """A running `check --watch`, and what it has printed."""

    def __init__(self, running: subprocess.Popen[bytes]) -> None:
        self.running = running
        self.text = ""

    def waits_for(self, words: str) -> str:
        """What it prints until it has said this, and is watching again."""
        assert self.running.stdout is not None
        end = time.monotonic() + PATIENCE
        with selectors.DefaultSelector() as selector:
            selector.register(self.running.stdout, selectors.EVENT_READ)
            while words not in self.text or "Ctrl-C ends" not in self.text.partition(words)[2]:
                assert time.monotonic() < end, self.text
                assert self.running.poll() is None, self.text
                if selector.select(timeout=0.2):
                    self.text += os.read(self.running.stdout.fileno(), 65536).decode()
        said, self.text = self.text, ""
        return said


@contextmanager
def watching(*arguments: str) -> Iterator[Watching]:
    command = process("check", "--watch", *arguments)
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(),
        preexec_fn=heeds_interrupts,
    ) as running:
        try:
            yield Watching(running)
            running.send_signal(signal.SIGINT)
            assert running.wait(PATIENCE) == 130
        finally:
            running.kill()


def test_a_change_a_new_file_and_one_that_goes_are_seen() -> None:
    write("syncdsl.toml", "")
    write("p/a.sync", FAULTY)
    with watching("p") as watch:
        assert "overwrite-on-reactivation" in watch.waits_for("1 warning")
        write("p/a.sync", GOOD)
        assert "overwrite-on-reactivation" not in watch.waits_for("in 1 file")
        write("p/b.sync", FAULTY.replace("source", "phone"))
        assert "p/b.sync" in watch.waits_for("1 warning")
        Path("p/b.sync").unlink()
        assert "p/b.sync" not in watch.waits_for("in 1 file")


def test_what_is_brought_in_and_the_configuration_are_seen() -> None:
    write("syncdsl.toml", "")
    write("p/a.sync", 'use "../shared/v.sync"\ns: hubspot -> dynamics on create only, values v\n')
    write("shared/v.sync", "values v {\n  a -> b\n}\n")
    with watching("p/a.sync") as watch:
        watch.waits_for("in 1 file")
        write("shared/v.sync", "values w {\n  a -> b\n}\n")
        assert "there is no value map `v`" in watch.waits_for("1 error")
        write("shared/v.sync", "values v {\n  a -> b\n}\n")
        watch.waits_for("in 1 file")
        write("syncdsl.toml", 'ingore = ["syntax"]\n')
        assert "there is no setting `ingore`" in watch.waits_for("ingore")


def test_it_goes_on_where_there_is_nothing_for_a_while() -> None:
    write("p/a.sync", GOOD)
    with watching("p") as watch:
        watch.waits_for("in 1 file")
        Path("p/a.sync").unlink()
        assert "there is no policy" in watch.waits_for("there is no policy")
        write("p/a.sync", FAULTY)
        watch.waits_for("1 warning")


def test_it_only_looks() -> None:
    write("a.sync", FAULTY)
    for option in ("--fix", "--diff", "--write-baseline"):
        done = run("check", "--watch", option, "a.sync")
        assert done.code == 2
        assert "--watch only looks" in done.err or "goes without" in done.err
