"""Finding and reading: whatever a path may turn out to be."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from syncdsl.project import files
from syncdsl.project.files import Reader, Trouble, Unreadable, decode, find, read_bytes


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(*paths: str, text: str = "") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")


def found(*paths: str) -> list[str]:
    return [each.path for each in find(paths)]


def test_a_folder_is_looked_through_in_order() -> None:
    write("p/b.sync", "p/a.sync", "p/sub/d.sync", "p/sub/c.sync", "p/z.sync", "p/notes.txt")
    assert found("p") == ["p/a.sync", "p/b.sync", "p/z.sync", "p/sub/c.sync", "p/sub/d.sync"]


def test_the_current_folder_leaves_no_dot_in_the_paths() -> None:
    write("a.sync", "sub/b.sync")
    assert found(".") == ["a.sync", "sub/b.sync"]
    assert found("./a.sync") == ["a.sync"]


def test_hidden_folders_and_those_of_other_programs_are_passed_over() -> None:
    write(".git/a.sync", ".venv/a.sync", "node_modules/x/a.sync", ".hidden.sync", "real.sync")
    assert found(".") == ["real.sync"]


def test_a_hidden_folder_that_is_named_is_looked_through() -> None:
    write(".policies/a.sync")
    assert found(".policies") == [".policies/a.sync"]


def test_a_file_that_is_named_may_be_called_anything() -> None:
    write("policy.txt")
    assert found("policy.txt") == ["policy.txt"]


def test_a_file_is_found_once_by_its_first_name() -> None:
    write("p/a.sync")
    Path("link.sync").symlink_to("p/a.sync")
    assert found("p/a.sync", "p", "./p/a.sync", "link.sync") == ["p/a.sync"]


def test_links_to_folders_are_not_followed() -> None:
    write("p/a.sync")
    Path("p/round").symlink_to("..", target_is_directory=True)
    assert found("p") == ["p/a.sync"]


def test_a_very_deep_folder_is_looked_through() -> None:
    folder = Path("d")
    for _ in range(1200):
        folder.mkdir()
        os.chdir(folder)
    write("a.sync")
    for _ in range(1200):
        os.chdir("..")
    deep = found("d")
    subprocess.run(["rm", "-r", "d"], check=True)  # pytest's own way of tidying up is not that deep
    assert len(deep) == 1


def test_a_folder_called_like_a_policy_is_a_folder() -> None:
    write("x.sync/a.sync")
    assert found(".") == ["x.sync/a.sync"]


@pytest.mark.parametrize("path", ["nothing", "a.sync/b", "with\0nul", "x" * 5000])
def test_a_path_that_is_not_there_is_trouble(path: str) -> None:
    write("a.sync")
    with pytest.raises(Trouble) as caught:
        find([path])
    assert caught.value.path == path


def test_standard_input_is_found_once() -> None:
    assert found("-", "-") == ["<stdin>"]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


def problem(path: str, root: str = ".") -> str | None:
    return Reader(os.path.realpath(root)).read(path).problem


def test_what_is_no_ordinary_file_is_not_waited_for() -> None:
    os.mkfifo("pipe.sync")
    Path("folder").mkdir()
    assert problem("pipe.sync") == "it is no ordinary file"
    assert problem("folder") == "it is a folder"
    with pytest.raises(Unreadable, match="no ordinary file"):
        read_bytes("/dev/zero")


def test_links_that_lead_nowhere_or_to_themselves_are_told() -> None:
    Path("dangling.sync").symlink_to("gone.sync")
    Path("loop.sync").symlink_to("loop.sync")
    assert problem("dangling.sync") == "there is no such file"
    assert problem("loop.sync") == "it is a link that leads to itself"


def test_a_file_that_may_not_be_read_is_told() -> None:
    write("secret.sync")
    Path("secret.sync").chmod(0)
    may = os.access("secret.sync", os.R_OK)  # root may read everything
    assert problem("secret.sync") == (None if may else "permission denied")


def test_a_file_that_vanished_is_told_if_it_was_found_and_is_trouble_if_it_was_named() -> None:
    write("p/a.sync")
    reader = Reader(os.path.realpath("."))
    (in_folder,), (named,) = find(["p"]), find(["p/a.sync"])
    Path("p/a.sync").unlink()
    assert reader.read_listed(in_folder).problem == "there is no such file"
    with pytest.raises(Trouble, match="no such file"):
        reader.read_listed(named)


def test_what_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    write("large.sync", text="x" * 100)
    monkeypatch.setattr(files, "MAX_BYTES", 99)
    with pytest.raises(Unreadable, match="larger than"):
        read_bytes("large.sync")
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    assert len(read_bytes("large.sync")) == 100


@pytest.mark.parametrize("path", ["../out.sync", "escape.sync", "/etc/passwd", ".git/config"])
def test_only_the_repository_is_read(path: str) -> None:
    write("repo/.git/config", "out.sync")
    os.chdir("repo")
    Path("escape.sync").symlink_to("../out.sync")
    Path("config.sync").symlink_to(".git/config")
    reader = Reader(os.path.realpath("."))
    for each in (path, "config.sync"):
        content = reader.read(each)
        assert content.outside and content.data is None


def test_what_the_user_names_is_read_wherever_it_leads() -> None:
    write("repo/.git/config", "out.sync", text="# out")
    os.chdir("repo")
    Path("escape.sync").symlink_to("../out.sync")
    reader = Reader(os.path.realpath("."))
    assert reader.read_listed(find(["escape.sync"])[0]).data == b"# out"


def test_a_neighbour_whose_name_begins_alike_is_outside() -> None:
    write("repo/a.sync", "repository/b.sync")
    assert problem("repository/b.sync", "repo") == "it is outside of the repository"


def test_each_file_is_read_once() -> None:
    write("a.sync", text="# one")
    reader = Reader(os.path.realpath("."))
    before = reader.read("a.sync")
    write("a.sync", text="# two")
    assert reader.read("a.sync") == before


# ── texts ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"", ""), (b"\xef\xbb\xbfa: b", "a: b"), (b"a\r\nb", "a\r\nb"), ("ü\u2028".encode(),) * 2],
)
def test_utf_8_is_a_text(data: bytes, text: Sequence[int] | str) -> None:
    source, told = decode("a.sync", data)
    assert told is None
    assert source.text == (text if isinstance(text, str) else bytes(text).decode())


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"a: b\nc: M\xfcller\nd", (2, 5), "0xFC"),
        (b"\xef\xbb\xbfa: M\xfcller", (1, 5), "0xFC"),
        (b"a\nb\0c", (2, 2), "binary"),
        ("a: b".encode("utf-16"), (1, 1), "UTF-16"),
        (b"\xff", (1, 1), "0xFF"),
        (b"a\xf0\x9f", (1, 2), "0xF0"),
    ],
)
def test_what_is_no_text_is_told_at_its_place(
    data: bytes, place: tuple[int, int], words: str
) -> None:
    source, told = decode("a.sync", data)
    assert told is not None and told.code == "not-text"
    assert source.position(told.span.start) == place
    assert words in told.message
    assert told.span.end <= len(source.text)
