"""Where the configuration is found, and what is wrong with it."""

import os
from pathlib import Path

import pytest

from syncdsl.project.choice import Choice, PathChoice, pattern
from syncdsl.project.files import Content
from syncdsl.project.settings import Settings, default_paths, read_settings, without_effect


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


def choice(*paths: str) -> Choice:
    configuration = settings(*paths).configuration
    return Choice() if configuration is None else configuration.choice


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
    assert choice("p/a.sync").ignore == ("undeclared-system",)
    assert choice("repo/p/a.sync").ignore == ()


def test_pyproject_counts_if_it_has_a_table_for_us() -> None:
    write("syncdsl.toml", 'select = ["syntax"]')
    write("a/pyproject.toml", '[project]\nname = "syncdsl-policies"\n')
    write("a/b/pyproject.toml", '[tool.syncdsl]\npolicies = "sync"\nselect = []\n')
    write("a/b/sync/x.sync")
    assert choice("a").select == ("syntax",)
    assert default_paths(settings("a/b")) == (os.path.join("a", "b", "sync"),)  # noqa: PTH118
    os.chdir("a/b")
    assert default_paths(settings()) == ("sync",)


def test_beside_each_other_our_own_file_counts() -> None:
    write("syncdsl.toml", 'select = ["syntax"]')
    write("pyproject.toml", '[tool.syncdsl]\nselect = ["missing-file"]\n')
    assert choice().select == ("syntax",)


def test_the_default_folder_is_policies_if_there_is_one() -> None:
    assert default_paths(settings()) == (".",)
    write("policies/a.sync")
    assert default_paths(settings()) == ("policies",)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('ingore = ["a"]', (1, 1), "no setting `ingore`; did you mean `ignore`?"),
        ("\nselect = true", (2, 1), "`select` is to be a list of codes and groups"),
        ('ignore = ["a", 1]', (1, 1), "`ignore` is to be a list of codes and groups"),
        ("policies = 3", (1, 1), "`policies` is to be a text"),
        ('policies = "nowhere"', (1, 12), "no folder `nowhere`"),
        ("select = [", (1, 11), "not TOML"),
        ("severity = 1", (1, 1), "`severity` is to be a table of codes and groups"),
        ('[severity]\na = "off"\nb = "bad"', (3, 5), "the severity of `b` is to be `error`, `warn"),
        ("[severity]\na = [1]", (2, 5), "the severity of `a` is to be"),
        ("paths = 1", (1, 1), "`paths` is to be a list of tables (`[[paths]]`)"),
        ('[[paths]]\nignore = ["a"]', (1, 3), "there is no `glob` here"),
        ('[[paths]]\nglob = "a"\n[[paths]]\nglob = 1', (4, 1), "`glob` is to be a text"),
        ('[[paths]]\nglob = "a"\nslect = []', (3, 1), "no setting `slect`; did you mean `select`"),
        ('not-suppressible = "a"', (1, 1), "`not-suppressible` is to be a list of codes"),
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


def test_every_name_can_be_placed() -> None:
    write(
        "pyproject.toml",
        '# two-typo\n[tool.syncdsl]\nselect = ["one", "two-typo"]\n'
        'not-suppressible = ["three"]\nseverity = { four = "off" }\n'
        '[[tool.syncdsl.paths]]\nglob = "a"\nignore = ["one", "five"]\n',
    )
    configuration = settings().configuration
    assert configuration is not None
    places = {
        (choice.names[0], configuration.place(*key).text, configuration.place(*key).line)
        for key, choice in configuration.names()
    }
    assert places == {
        ("one", '"one"', 3),
        ("two-typo", '"two-typo"', 3),
        ("three", '"three"', 4),
        ("four", '"off"', 5),
        ("one", '"one"', 8),
        ("five", '"five"', 8),
    }


# ── some paths ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("glob", "matching", "others"),
    [
        ("a.sync", ["a.sync"], ["b/a.sync", "a_sync"]),
        ("*.sync", ["a.sync"], ["b/a.sync"]),
        ("**/*.sync", ["a.sync", "b/a.sync", "b/c/a.sync"], ["a.txt"]),
        ("legacy", ["legacy", "legacy/a.sync", "legacy/b/a.sync"], ["legacy2/a.sync", "x/legacy"]),
        ("./legacy/", ["legacy/a.sync"], ["a.sync"]),
        ("legacy/**", ["legacy/a.sync", "legacy/b/a.sync"], ["legacy", "a.sync"]),
        ("**/old/*", ["old/a.sync", "x/y/old/a.sync"], ["old", "x/a.sync"]),
        ("a?[b].sync", ["ax[b].sync"], ["a/[b].sync", "axb.sync"]),
        ("**", ["a", "a/b"], []),
    ],
)
def test_what_a_glob_matches(glob: str, matching: list[str], others: list[str]) -> None:
    assert [path for path in [*matching, *others] if pattern(glob).fullmatch(path)] == matching
    assert PathChoice(glob, Choice()).covers(matching[0])


def idle(*listed: str) -> list[tuple[int, str]]:
    contents = [Content(path, os.path.realpath(path), b"") for path in listed]
    return [(each.span.line, each.message) for each in without_effect(settings(), contents)]


def test_a_part_for_paths_that_are_not_there_is_told() -> None:
    write("syncdsl.toml", '[[paths]]\nglob = "a"\n[[paths]]\nglob = "b/*.sync"\n')
    write("a/x.sync")
    ((line, message),) = idle("a/x.sync")
    assert line == 4 and message.startswith("`b/*.sync` matches no policy in this repository")
    write("b/y.sync")
    assert idle("a/x.sync") == idle() == []


def test_a_glob_goes_from_the_folder_of_the_configuration() -> None:
    write("syncdsl.toml", '[[paths]]\nglob = "a/*"\n')
    write("a/x.sync")
    os.chdir("a")
    assert idle("x.sync") == []
