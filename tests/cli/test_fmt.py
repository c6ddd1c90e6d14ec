"""`fmt`: what it writes, and what it leaves alone."""

import os
import stat
from pathlib import Path

import pytest

from tests.cli.harness import read, run, write

UGLY = "source :   hubspot->dynamics   on create only\n"
NEAT = "source: hubspot -> dynamics on create only\n"
BROKEN = "source: hubspot => dynamics\n"


def test_files_are_brought_into_the_layout() -> None:
    write("p/a.sync", UGLY)
    write("p/b.sync", NEAT)
    ran = run("fmt", "p")
    assert ran == (
        0,
        "formatted p/a.sync\n1 file formatted, 1 in the layout already\n",
        "",
    )
    assert read("p/a.sync") == read("p/b.sync") == NEAT
    assert run("fmt", "p").out == "0 files formatted, 2 in the layout already\n"


def test_standard_input_goes_to_standard_output() -> None:
    assert run("fmt", "-", given=UGLY.encode()) == (0, NEAT, "")


def test_check_writes_nothing_and_tells_by_its_exit_code() -> None:
    write("a.sync", UGLY)
    assert run("fmt", "--check", "a.sync") == (
        1,
        "would format a.sync\n1 file would be formatted, 0 in the layout already\n",
        "",
    )
    assert read("a.sync") == UGLY
    write("a.sync", NEAT)
    assert run("fmt", "--check", "a.sync").code == 0
    assert run("fmt", "--check", "-", given=UGLY.encode()) == (1, "would format <stdin>\n", "")


def test_diff_writes_nothing_and_shows_what_would_change() -> None:
    write("a.sync", UGLY)
    ran = run("fmt", "--diff", "a.sync")
    diff = (
        "--- a.sync\n"
        "+++ a.sync (formatted)\n"
        "@@ -1 +1 @@\n"
        "-source :   hubspot->dynamics   on create only\n"
        "+source: hubspot -> dynamics on create only\n"
    )
    assert ran == (1, diff, "")
    assert read("a.sync") == UGLY
    assert run("fmt", "--diff", "-", given=NEAT.encode()) == (0, "", "")


def test_a_missing_end_of_line_is_in_the_diff() -> None:
    write("a.sync", NEAT.rstrip())
    assert "\\ No newline at end of file" in run("fmt", "--diff", "a.sync").out


def test_a_file_that_cannot_be_parsed_is_told_and_left() -> None:
    write("a.sync", BROKEN)
    write("b.sync", UGLY)
    ran = run("fmt", "a.sync", "b.sync")
    assert ran.code == 2
    assert ran.err.startswith("a.sync:1:") and "syntax" in ran.err
    assert read("a.sync") == BROKEN and read("b.sync") == NEAT


def test_for_check_what_cannot_be_parsed_is_a_finding() -> None:
    write("a.sync", BROKEN)
    ran = run("fmt", "--check", "a.sync")
    assert ran.code == 1 and ran.err == "" and "a.sync:1:" in ran.out


@pytest.mark.parametrize("data", [b"\xff", b"a\0b"])
def test_what_is_no_text_is_left(data: bytes) -> None:
    Path("a.sync").write_bytes(data)
    assert run("fmt", "a.sync").code == 2
    assert Path("a.sync").read_bytes() == data


def test_the_mode_of_a_file_stays() -> None:
    write("a.sync", UGLY)
    Path("a.sync").chmod(0o640)
    run("fmt", "a.sync")
    assert stat.S_IMODE(Path("a.sync").stat().st_mode) == 0o640
    assert read("a.sync") == NEAT


def test_a_link_stays_a_link() -> None:
    write("real/a.sync", UGLY)
    Path("link.sync").symlink_to("real/a.sync")
    run("fmt", "link.sync")
    assert Path("link.sync").is_symlink() and read("real/a.sync") == NEAT
    assert os.listdir("real") == ["a.sync"]  # noqa: PTH208


def test_the_ends_of_lines_and_the_byte_order_mark_stay() -> None:
    Path("a.sync").write_bytes(b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode())
    run("fmt", "a.sync")
    assert Path("a.sync").read_bytes() == b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode()
    assert run("fmt", "--check", "a.sync").code == 0


def test_an_empty_file_stays_empty() -> None:
    write("a.sync", "")
    assert run("fmt", "--check", "a.sync").code == 0


def test_a_path_that_is_not_there_ends_with_2() -> None:
    ran = run("fmt", "gone.sync")
    assert ran == (2, "", "syncdsl: there is no file or folder `gone.sync`\n")


def test_a_broken_configuration_ends_with_2() -> None:
    write("syncdsl.toml", "x = 1")
    write("a.sync", UGLY)
    ran = run("fmt", "a.sync")
    assert ran.code == 2 and ran.err.startswith("syncdsl.toml:1:1") and read("a.sync") == UGLY
