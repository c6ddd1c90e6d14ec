"""The program as a process: signals, pipes, and what it says when it is at fault itself."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from syncdsl import cli
from tests.cli.harness import environment, heeds_interrupts, process, run, run_process, write

BAD = "source: hubspot.source -> dynamics.source\n"


def test_output_that_is_closed_early_is_no_error() -> None:
    write("a.sync", "".join(f"r{number}: hubspot <-> dynamics\n" for number in range(3000)))
    for arguments in (["check", "a.sync"], ["check", "--format", "json", "a.sync"]):
        running = subprocess.Popen(
            process(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        assert running.stdout is not None and running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 1, "what it found counts all the same"
        running.stderr.close()


def test_output_that_was_never_open_is_no_error() -> None:
    write("a.sync", BAD)
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *process("check", "a.sync")],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_full_disk_is_told() -> None:
    write("a.sync", BAD)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            process("check", "a.sync"),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"syncdsl: no space left on device\n"


def test_an_interruption_ends_with_130_and_without_a_word() -> None:
    running = subprocess.Popen(
        process("check", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=heeds_interrupts,
    )
    time.sleep(1)  # until it waits for its input
    running.send_signal(signal.SIGINT)
    out, err = running.communicate()
    assert (running.returncode, out, err) == (130, b"", b"")


def test_on_a_terminal_there_is_colour_unless_nobody_wants_it() -> None:
    write("a.sync", BAD)
    assert b"\033[" in _on_a_terminal("check", "a.sync", TERM="xterm")
    assert b"\033[" not in _on_a_terminal("check", "a.sync", TERM="xterm", NO_COLOR="1")
    assert b"\033[" not in _on_a_terminal("check", "a.sync", TERM="dumb")
    always = _on_a_terminal("check", "--color", "always", "a.sync", NO_COLOR="1")
    assert b"\033[" in always


def _on_a_terminal(*arguments: str, **more: str) -> bytes:
    ours, theirs = pty.openpty()
    running = subprocess.Popen(process(*arguments), stdout=theirs, env=environment(**more))
    os.close(theirs)
    read = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # on Linux, its way to say that the other end is closed
            break
        if not part:
            break
        read += part
    running.wait()
    os.close(ours)
    return read


def test_a_terminal_without_our_letters_gets_other_ones() -> None:
    write("größe.sync", "größe: hubspot -> dynamics ???\n")
    ran = run_process("check", "größe.sync", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.code == 1 and "gr\\xf6\\xdfe.sync:1:" in ran.out and ran.err == ""


def test_a_name_that_is_no_text_can_be_shown() -> None:
    Path(os.fsdecode(b"a\xff.sync")).write_text(BAD, encoding="utf-8")
    ran = run_process("check", ".")
    assert ran.code == 1 and ran.err == "" and "a\\udcff.sync:1:1" in ran.out


# ── our own faults ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (
            ValueError("odd\nlines"),
            "this is a bug of syncdsl, not of your policies (ValueError: odd)",
        ),
        (RecursionError("deep"), "this is a bug of syncdsl"),
        (MemoryError(), "this needs more memory than there is"),
        (PermissionError(13, "Permission denied", "x.sync"), "permission denied: x.sync"),
    ],
)
def test_a_fault_of_ours_is_one_kind_line(
    problem: BaseException, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> int:
        raise problem

    monkeypatch.setattr(cli, "_run", fail)
    ran = run("check")
    assert ran.code == 2 and ran.out == ""
    assert ran.err.startswith(f"syncdsl: {words}")
    assert "Traceback" not in ran.err


WITH_LITTLE_MEMORY = """
import resource, sys
from syncdsl import cli
from syncdsl.project import codes, examine

with open("/proc/self/statm") as pages:
    used = int(pages.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 30 * 1024 * 1024,) * 2)
sys.argv = ["syncdsl", "check", "a.sync"]
cli.main()
"""


def test_when_memory_is_used_up_it_can_still_say_so() -> None:
    write("a.sync", "".join(f"r{number}: hubspot -> dynamics once\n" for number in range(30_000)))
    done = subprocess.run(
        [sys.executable, "-c", WITH_LITTLE_MEMORY],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == b"syncdsl: this needs more memory than there is\n"


def test_the_traceback_is_shown_to_who_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> int:
        raise ValueError("ours")

    monkeypatch.setattr(cli, "_run", fail)
    monkeypatch.setenv(cli.TRACEBACK, "1")
    ran = run("check")
    assert ran.code == 2 and "Traceback" in ran.err and "in fail" in ran.err


def test_an_interruption_inside_of_the_work_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupt)
    assert run("check") == (130, "", "")
    monkeypatch.undo()


# ── the start ────────────────────────────────────────────────────────────────────────────────────


def loaded(*arguments: str) -> set[str]:
    """The modules that a run has imported."""
    done = subprocess.run(
        [*process(*arguments)[:1], "-X", "importtime", *process(*arguments)[1:]],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


def test_a_check_imports_neither_click_nor_what_other_verbs_need() -> None:
    write("a.sync", BAD)
    modules = loaded("check", "a.sync")
    assert "syncdsl.check" in modules
    assert not modules & {"click", "lark", "jinja2", "difflib", "tomllib", "phonenumbers"}
    assert not {name for name in modules if name.startswith(("syncdsl.compile", "syncdsl.docs"))}


def test_an_unchanged_policy_imports_no_parser_and_no_checks() -> None:
    write("syncdsl.toml", "")
    write("a.sync", BAD)
    run("check", "a.sync")
    modules = loaded("check", "a.sync")
    assert "syncdsl.project.cache" in modules
    assert not modules & {"syncdsl.syntax.parse", "syncdsl.resolve", "syncdsl.check"}


def test_the_version_is_that_of_the_project() -> None:
    import tomllib  # noqa: PLC0415

    from tests.cli.harness import ROOT  # noqa: PLC0415

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert run("--version").out == f"syncdsl {project['version']}\n"
