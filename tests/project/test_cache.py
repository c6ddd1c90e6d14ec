"""What was found is found again as long as nothing changed; and nothing else is ever found."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from syncdsl.diagnostic import (
    Certainty,
    Diagnostic,
    Edit,
    Fix,
    Label,
    Promises,
    Result,
    Severity,
    Story,
)
from syncdsl.project import cache
from syncdsl.project.cache import FOLDER, open_cache
from syncdsl.project.files import Content, Reader, find
from syncdsl.project.record import from_json, to_json
from syncdsl.situation import (
    Action,
    Changed,
    Event,
    Outcome,
    Reason,
    Row,
    Sides,
    Situation,
)
from syncdsl.situation import (
    Content as Held,
)
from syncdsl.source import Source, Span


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("a.sync", "source: hubspot -> dynamics\n")
    write("shared.sync", "order o { a < b }\n")


def write(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8")


def finding(source: Source | None = None) -> Diagnostic:
    source = source or Source("a.sync", Path("a.sync").read_text(encoding="utf-8"))
    span = Span(source, 0, 6)
    situation = Situation(Event.REACTIVATION, None, Held.VALUE, Held.VALUE, False, Changed.UNKNOWN)
    return Diagnostic(
        "some-code",
        Severity.WARNING,
        "a message – with “signs”",
        span,
        (Label(Span(source, 8, 15), "a label"),),
        ("a note",),
        "mapping.source",
        Row(situation, Outcome(Action.WRITE, Reason.SOURCE, Sides.RIGHT)),
        Story(("before", "then"), "after"),
        (Fix("a title", (Edit(span, "text\n"),), safe=True),),
        "a reason",
        Certainty.DATA,
        "how many?",
    )


class Run:
    """One run of the program, as far as the cache sees it."""

    def __init__(self, *settings: str) -> None:
        self.reader = Reader(os.path.realpath("."))
        self.listed: Sequence[Content] = [
            self.reader.read_listed(each) for each in find(["a.sync"])
        ]
        self.cache = open_cache(self.reader.root, settings, self.listed)

    def load(self) -> Result | None:
        return None if self.cache is None else self.cache.load(self.reader, "2026-03-02")

    def save(self, *brought_in: str, result: Result | None = None) -> None:
        for path in brought_in:
            self.reader.read(path)
        assert self.cache is not None
        self.cache.save(result or Result((finding(),), 1, 1), self.listed, self.reader)


def entries() -> list[Path]:
    return sorted(Path(FOLDER).glob("*.json"))


def same(one: Result | None, other: Result) -> bool:
    """Sources are compared by what they are, not by who made them."""
    return one is not None and to_json(one) == to_json(other)


def test_what_was_saved_is_loaded_by_the_next_run() -> None:
    assert Run().load() is None
    Run().save()
    assert same(Run().load(), Result((finding(),), 1, 1))


def test_spans_are_in_the_texts_of_this_run() -> None:
    Run().save()
    loaded = Run().load()
    assert loaded is not None
    assert loaded.found[0].span.text == "source"
    assert loaded.found[0].span.source is loaded.found[0].labels[0].span.source


def test_another_content_is_another_entry() -> None:
    Run().save()
    write("a.sync", "source: hubspot -> dynamics if blank\n")
    assert Run().load() is None


def test_other_settings_are_another_entry() -> None:
    Run("one").save()
    assert Run("two").load() is None
    assert Run("one").load() is not None


def test_what_was_brought_in_has_to_be_as_it_was() -> None:
    Run().save("shared.sync")
    assert Run().load() is not None
    write("shared.sync", "order o { b < a }\n")
    assert Run().load() is None


def test_what_was_missing_has_to_be_missing_still() -> None:
    Run().save("later.json")
    assert Run().load() is not None
    write("later.json", "{}")
    assert Run().load() is None


def test_a_link_has_to_lead_where_it_led() -> None:
    write("other.sync", "order o { a < b }\n")
    Path("link.sync").symlink_to("shared.sync")
    Run().save("link.sync")
    Path("link.sync").unlink()
    Path("link.sync").symlink_to("other.sync")
    assert Run().load() is None


def test_another_program_does_not_believe_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Run().save()
    monkeypatch.setattr(cache, "__version__", "0.0")
    assert Run().load() is None


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'{"brought_in": [], "result": null}',
        b'{"brought_in": [[1, 2, 3]], "result": {}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_entry_is_ignored(damage: bytes) -> None:
    Run().save()
    (entry,) = entries()
    entry.write_bytes(damage)
    assert Run().load() is None
    Run().save()
    assert Run().load() is not None


@pytest.mark.parametrize("part", range(11))
@pytest.mark.parametrize("other", [None, True, -1, 10**9, "x", [], [[]], {"a": 1}, [[0, 5, 1]]])
def test_a_finding_that_was_tampered_with_is_refused_or_is_a_finding(
    part: int, other: object
) -> None:
    source = Source("a.sync", "source: hubspot -> dynamics\n")
    data = json.loads(json.dumps(to_json(Result((finding(source),), 1, 1))))
    data["found"][0][part] = other
    try:
        result = from_json(data, lambda _: source)
    except ValueError:
        return
    assert json.loads(json.dumps(to_json(result))) == data


def test_promises_are_kept_too() -> None:
    result = Result((finding(),), 1, 1, promises=Promises(4, 3, 2, 1, "a.sync:7"))
    Run().save(result=result)
    loaded = Run().load()
    assert loaded is not None and loaded.promises == result.promises


@pytest.mark.parametrize(
    "other", [None, [], [1, 2, 3], [1, 2, 3, -4], [1, 2, 3, "4"], {"proved": 1}]
)
def test_promises_that_were_tampered_with_are_refused(other: object) -> None:
    source = Source("a.sync", "source: hubspot -> dynamics\n")
    data = json.loads(json.dumps(to_json(Result((finding(source),), 1, 1))))
    data["promises"] = other
    with pytest.raises(ValueError, match=r"."):
        from_json(data, lambda _: source)


def test_an_entry_from_a_checkout_is_not_believed() -> None:
    Run().save()
    stranger = {path.name: path.read_bytes() for path in Path(FOLDER).iterdir()}
    for name in stranger:
        Path(FOLDER, name).unlink()
    for name, data in stranger.items():
        Path(FOLDER, name).write_bytes(data)
    assert len(entries()) == 1
    assert Run().load() is None


def test_a_folder_that_is_a_link_is_not_used() -> None:
    Path("elsewhere").mkdir()
    Path(FOLDER).symlink_to("elsewhere", target_is_directory=True)
    assert Run().cache is None
    assert list(Path("elsewhere").iterdir()) == []


def test_where_there_can_be_no_folder_there_is_no_cache() -> None:
    write(FOLDER, "a file")
    assert Run().cache is None


def test_an_entry_that_cannot_be_written_is_not_kept() -> None:
    run = Run()
    for path in Path(FOLDER).iterdir():
        path.unlink()
    Path(FOLDER).rmdir()
    run.save()
    assert not Path(FOLDER).exists()


def test_the_folder_says_what_it_is() -> None:
    Run()
    tag = Path(FOLDER, "CACHEDIR.TAG").read_text(encoding="utf-8")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert Path(FOLDER, ".gitignore").read_text(encoding="utf-8").endswith("*\n")


def test_old_entries_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MAX_ENTRIES", 3)
    for number in range(5):
        Run(str(number)).save()
        os.utime(entries()[0], (number, number))
    assert len(entries()) == 3
    assert Run("4").load() is not None


def test_the_folder_has_an_upper_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MAX_TOTAL_BYTES", 1500)
    for number in range(10):
        Run(str(number)).save()
    assert sum(path.stat().st_size for path in entries()) <= 1500


def test_what_a_killed_run_left_behind_goes_after_a_while() -> None:
    Run()
    for name, when in (("old.1.tmp", 0), ("new.2.tmp", None)):
        write(f"{FOLDER}/{name}", "")
        if when is not None:
            os.utime(f"{FOLDER}/{name}", (when, when))
    Run().save()
    assert [path.name for path in Path(FOLDER).glob("*.tmp")] == ["new.2.tmp"]


def test_many_runs_may_save_and_load_at_once() -> None:
    expected = Result((finding(),) * 200, 1, 1)
    Run()

    def work(_: int) -> bool:
        run = Run()
        loaded = run.load()
        run.save(result=expected)
        return loaded is None or same(loaded, expected)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(100)))
    assert len(entries()) == 1
    assert list(Path(FOLDER).glob("*.tmp")) == []


def test_a_file_without_a_text_has_an_empty_source() -> None:
    source = Source("gone.sync", "")
    told = Diagnostic("missing-file", Severity.ERROR, "gone", Span(source, 0, 0))
    Run().save("gone.sync", result=Result((told,), 1, 0))
    loaded = Run().load()
    assert loaded is not None and loaded.found[0].span.source.text == ""


def test_the_shipped_schemas_are_a_part_of_the_program() -> None:
    names = {Path(path).name for path, *_ in cache._program()[2]}
    assert {"contacts.json", "contact.json", "customer.json", "model.py"} <= names
