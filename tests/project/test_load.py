"""What files bring in, and what is in the way."""

import os
from pathlib import Path

import pytest

from syncdsl.diagnostic import Diagnostic
from syncdsl.project.files import Reader, find
from syncdsl.project.load import Project, load

HUBSPOT = '{"version": 1, "objects": {"contacts": {"properties": {"email": {}}}}}'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def project(*paths: str, root: str = ".", given: bytes = b"") -> Project:
    reader = Reader(os.path.realpath(root))
    return load([reader.read_listed(each, given) for each in find(paths)], reader)


def told(found: Project) -> list[tuple[str, str, str]]:
    return [(each.code, each.span.source.path, each.span.text) for each in found.diagnostics]


def units(found: Project) -> list[tuple[str, bool]]:
    return [(unit.file.source.path, unit.listed) for unit in found.units]


def test_a_use_brings_in_a_file_and_what_that_one_brings_in() -> None:
    write("p/a.sync", 'use "shared/b.sync"')
    write("p/shared/b.sync", 'use "../c.sync"')
    write("p/c.sync", "order o { a < b }")
    found = project("p/a.sync")
    assert told(found) == []
    assert units(found) == [("p/a.sync", True), ("p/shared/b.sync", False), ("p/c.sync", False)]
    assert found.units[0].uses == {"shared/b.sync": "p/shared/b.sync"}
    assert found.units[1].uses == {"../c.sync": "p/c.sync"}


def test_a_file_that_is_listed_too_is_one_unit() -> None:
    write("a.sync", 'use "b.sync"\nuse "link.sync"')
    write("b.sync", "")
    Path("link.sync").symlink_to("b.sync")
    found = project("a.sync", "b.sync")
    assert units(found) == [("a.sync", True), ("b.sync", True)]
    assert found.units[0].uses == {"b.sync": "b.sync", "link.sync": "b.sync"}


def test_a_schema_is_read_once_and_its_problems_are_its_own() -> None:
    text = 'system h { kind hubspot, schema "s.json" }'
    write("a.sync", text)
    write("b.sync", text)
    write("s.json", '{"version": 1, "objects": {"x": {"properties": {"y": {"type": "z"}}}}}')
    found = project(".")
    assert [(code, path) for code, path, _ in told(found)] == [("schema-file", "s.json")]
    first, second = (unit.schemas["s.json"] for unit in found.units)
    assert first is not None and first is second


def test_a_file_that_is_missing_is_told_where_it_is_asked_for() -> None:
    write("p/a.sync", 'use "gone.sync"\nsystem h { kind x, schema "gone.json" }')
    found = project("p")
    assert told(found) == [
        ("missing-file", "p/a.sync", '"gone.sync"'),
        ("missing-file", "p/a.sync", '"gone.json"'),
    ]
    assert found.units[0].uses == {"gone.sync": None}
    assert found.units[0].schemas == {"gone.json": None}
    assert "`p/gone.sync`" in found.diagnostics[0].notes[0]


@pytest.mark.parametrize("path", ["", ".", "\\n", "x\\\\y", "é" * 300])
def test_odd_paths_are_only_missing(path: str) -> None:
    write("a.sync", f'use "{path}"')
    assert [code for code, _, _ in told(project("a.sync"))] == ["missing-file"]


def test_what_leads_out_of_the_repository_is_told() -> None:
    write("out.sync", "")
    write("repo/a.sync", 'use "../out.sync"\nuse "link.sync"\nuse "/etc/passwd"')
    Path("repo/link.sync").symlink_to("../out.sync")
    found = project("repo/a.sync", root="repo")
    assert [code for code, _, _ in told(found)] == ["use-outside"] * 3
    assert set(found.units[0].uses.values()) == {None}


def test_a_link_in_a_folder_that_leads_out_is_told_and_not_read() -> None:
    write("out.sync", "secret !!")
    write("repo/a.sync", "")
    Path("repo/link.sync").symlink_to("../out.sync")
    found = project("repo", root="repo")
    assert told(found) == [("use-outside", "repo/link.sync", "")]
    assert units(found) == [("repo/a.sync", True)]


def test_a_file_of_a_folder_that_cannot_be_read_does_not_hide_the_others() -> None:
    write("p/a.sync", "")
    Path("p/gone.sync").symlink_to("nowhere")
    os.mkfifo("p/pipe.sync")
    found = project("p")
    assert told(found) == [
        ("missing-file", "p/gone.sync", ""),
        ("missing-file", "p/pipe.sync", ""),
    ]
    assert units(found) == [("p/a.sync", True)]


def test_a_used_file_that_is_no_text_is_told_once() -> None:
    write("a.sync", 'use "b.sync"')
    write("c.sync", 'use "b.sync"\nsystem h { kind x, schema "b.sync" }')
    Path("b.sync").write_bytes(b"\xff")
    found = project("a.sync", "c.sync")
    assert [code for code, _, _ in told(found)] == ["not-text", "not-text"]
    assert found.units[0].uses == {"b.sync": None}


def test_standard_input_brings_in_files_of_the_current_folder() -> None:
    write("shared/b.sync", "")
    found = project("-", given=b'use "shared/b.sync"')
    assert units(found) == [("<stdin>", True), ("shared/b.sync", False)]


# ── circles ──────────────────────────────────────────────────────────────────────────────────────


def circles(**files: str) -> list[Diagnostic]:
    for name, used in files.items():
        write(f"{name}.sync", "".join(f'use "{each}.sync"\n' for each in used))
    return [each for each in project(".").diagnostics if each.code == "use-cycle"]


def test_a_file_that_brings_in_itself_is_told() -> None:
    (told,) = circles(a="a")
    assert told.message == "`a.sync` brings in itself"


def test_a_circle_is_told_once_where_it_closes() -> None:
    (told,) = circles(a="b", b="c", c="a")
    assert told.span.source.path == "c.sync"
    assert told.message == (
        "this closes a circle: `a.sync` brings in `b.sync` → `c.sync`, which brings it in"
    )
    assert [label.span.source.path for label in told.labels] == ["a.sync", "b.sync"]


def test_two_ways_to_one_file_are_no_circle() -> None:
    assert circles(a="bc", b="d", c="d", d="") == []


def test_circles_that_share_a_file_are_both_told() -> None:
    assert [told.span.source.path for told in circles(a="b", b="ac", c="b")] == ["b.sync", "c.sync"]


def test_all_files_of_a_circle_still_see_each_other() -> None:
    circles(a="b", b="a")
    assert [unit.uses for unit in project(".").units] == [
        {"b.sync": "b.sync"},
        {"a.sync": "a.sync"},
    ]


def test_a_long_chain_ends() -> None:
    for number in range(3000):
        write(f"{number}.sync", f'use "{(number + 1) % 3000}.sync"')
    (told,) = project("0.sync").diagnostics
    assert told.code == "use-cycle"
    assert len(told.labels) == 8
