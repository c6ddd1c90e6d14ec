"""Where the configuration is found, and what is wrong with it."""

import os
from pathlib import Path

import pytest

from syncdsl.project.settings import Settings, default_paths, read_settings


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(path: str, text: str = "") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def settings(*paths: str) -> Settings:
    read, problems = read_settings(paths)
    assert not problems
    return read


def root(*paths: str) -> str:
    return os.path.relpath(settings(*paths).root)


def test_the_repository_is_the_nearest_folder_with_git_or_a_configuration() -> None:
    write(".git/config")
    write("team/syncdsl.toml")
    write("team/policies/a.sync")
    write("other/b.sync")
    assert root("team/policies") == root("team/policies/a.sync") == "team"
    assert root("other/b.sync") == root("other", "team") == "."
    assert settings("other").is_repository


def test_in_a_worktree_git_is_a_file() -> None:
    write("tree/.git", "gitdir: elsewhere")
    write("tree/p/a.sync")
    assert root("tree/p") == "tree"


def test_without_both_it_is_the_common_folder() -> None:
    write("x/p/a.sync")
    write("x/q/b.sync")
    assert root("x/p/a.sync", "x/q") == "x"
    assert root("x/p/a.sync") == "x/p"
    assert root() == root("-") == "."
    assert not settings("x").is_repository


def test_a_configuration_is_found_upward_and_not_beyond_the_repository() -> None:
    write("syncdsl.toml", 'ignore = ["undeclared-system"]')
    write("repo/.git/config")
    write("repo/p/a.sync")
    write("p/a.sync")
    assert settings("p/a.sync").ignore == ("undeclared-system",)
    assert settings("repo/p/a.sync").ignore == ()


def test_pyproject_counts_if_it_has_a_table_for_us() -> None:
    write("syncdsl.toml", 'select = ["syntax"]')
    write("a/pyproject.toml", '[project]\nname = "syncdsl-policies"\n')
    write("a/b/pyproject.toml", '[tool.syncdsl]\npolicies = "sync"\nselect = []\n')
    write("a/b/sync/x.sync")
    assert settings("a").select == ("syntax",)
    assert default_paths(settings("a/b")) == (os.path.join("a", "b", "sync"),)  # noqa: PTH118
    os.chdir("a/b")
    assert default_paths(settings()) == ("sync",)


def test_beside_each_other_our_own_file_counts() -> None:
    write("syncdsl.toml", 'select = ["syntax"]')
    write("pyproject.toml", '[tool.syncdsl]\nselect = ["missing-file"]\n')
    assert settings().select == ("syntax",)


def test_the_default_folder_is_policies_if_there_is_one() -> None:
    assert default_paths(settings()) == (".",)
    write("policies/a.sync")
    assert default_paths(settings()) == ("policies",)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('ingore = ["a"]', (1, 1), "no setting `ingore`; did you mean `ignore`?"),
        ("\nselect = true", (2, 1), "`select` is to be a list of codes"),
        ('ignore = ["a", 1]', (1, 1), "`ignore` is to be a list of codes"),
        ("policies = 3", (1, 1), "`policies` is to be a text"),
        ('policies = "nowhere"', (1, 13), "no folder `nowhere`"),
        ("select = [", (1, 11), "not TOML"),
        ("a = 1\na = 2", (2, 6), "not TOML"),
        ("a = " + "[" * 5000, None, "not TOML"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    text: str, place: tuple[int, int] | None, words: str
) -> None:
    write("syncdsl.toml", text)
    _, (told,) = read_settings(())
    assert told.code == "configuration"
    assert told.span.source.path == "syncdsl.toml"
    assert place in (None, told.span.source.position(told.span.start))
    assert words in told.message


def test_in_pyproject_the_place_is_in_our_table() -> None:
    write("pyproject.toml", '[tool.other]\nselct = 1\n\n[tool.syncdsl]\nselct = ["x"]\n')
    _, (told,) = read_settings(())
    assert told.span.line == 5


def test_a_table_that_is_none_is_told() -> None:
    write("pyproject.toml", "[tool]\nsyncdsl = 3\n")
    _, (told,) = read_settings(())
    assert "is to be a table" in told.message and told.span.line == 2


def test_a_configuration_that_is_no_text_is_told() -> None:
    Path("syncdsl.toml").write_bytes(b'policies = "\xff"')
    _, (told,) = read_settings(())
    assert told.code == "not-text"


def test_a_code_can_be_placed() -> None:
    write("pyproject.toml", '# two-typo\n[tool.syncdsl]\nselect = ["one", "two-typo"]\n')
    span = settings().place("two-typo")
    assert span.text == "two-typo" and span.line == 3
