"""Which findings are told, and how severe: who says it, and who counts more."""

import pytest

from syncdsl.check import CHECKS, GROUPS
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.project.choice import Choice, PathChoice
from syncdsl.project.selection import ALWAYS_TOLD, EVERYTHING, Selection
from syncdsl.source import Source, Span

OVERWRITE = {check.code for check in GROUPS["overwrite"]}
ONE = "overwrite-on-reactivation"
OTHER = "overwrite-on-initial-sync"
ALL = {check.code for check in CHECKS}


def told(path: str = "a.sync", **more: object) -> set[str]:
    """The checks that are told."""
    return set(Selection(**more).told_in(path).codes) & ALL  # type: ignore[arg-type]


def choice(select: str = "", ignore: str = "", extend: str = "", severity: str = "") -> Choice:
    pairs = (pair.split("=") for pair in severity.split())
    return Choice(
        tuple(select.split()),
        tuple(extend.split()),
        tuple(ignore.split()),
        tuple((name, word) for name, word in pairs),
    )


def test_without_a_word_all_is_told() -> None:
    assert told() == ALL
    assert EVERYTHING.told_in("a.sync").codes >= ALL | ALWAYS_TOLD


def test_a_group_is_its_codes() -> None:
    assert told(base=choice("overwrite")) == OVERWRITE
    assert told(base=choice(ignore="overwrite")) == ALL - OVERWRITE
    assert told(base=choice(f"loops {ONE}")) == {check.code for check in GROUPS["loops"]} | {ONE}


@pytest.mark.parametrize(
    ("one", "codes"),
    [
        (choice("overwrite", ignore=ONE), OVERWRITE - {ONE}),
        (choice(ONE, ignore="overwrite"), {ONE}),
        (choice(f"{ONE} {OTHER}", ignore=f"{ONE} overwrite"), {OTHER}),
        (choice("overwrite", ignore="overwrite"), set()),
        (choice(ignore="overwrite", extend=ONE), ALL - OVERWRITE | {ONE}),
        (choice("loops", extend=ONE), {check.code for check in GROUPS["loops"]} | {ONE}),
    ],
)
def test_a_code_counts_more_than_a_group_and_ignoring_more_than_selecting(
    one: Choice, codes: set[str]
) -> None:
    assert told(base=one) == told(line=one) == codes


def test_the_command_line_stands_in_the_place_of_the_setting_of_the_same_name() -> None:
    base = choice("loops", ignore=ONE, extend="values")
    assert told(base=base, line=choice("overwrite")) == OVERWRITE - {ONE}
    assert told(base=base, line=choice("overwrite", ignore=OTHER)) == OVERWRITE - {OTHER}
    both = {check.code for name in ("loops", "values") for check in GROUPS[name]}
    assert told(base=base, line=choice(extend="overwrite")) == both | OVERWRITE - {ONE}


def test_what_cannot_be_understood_is_told_whatever_is_said() -> None:
    for one in (choice("loops"), choice(ignore="loops"), choice(severity="loops=off")):
        assert Selection(one).told_in("a.sync").codes >= ALWAYS_TOLD


# ── paths ────────────────────────────────────────────────────────────────────────────────────────

OLD = PathChoice("old", choice(ignore="overwrite"))
STRICT = PathChoice("old/strict", choice(ONE, severity=f"{ONE}=error"))


def test_what_is_said_of_some_paths_holds_for_these() -> None:
    assert told("a.sync", per_path=(OLD, STRICT)) == ALL
    assert told("old/a.sync", per_path=(OLD, STRICT)) == ALL - OVERWRITE
    assert told("old/strict/a.sync", per_path=(OLD, STRICT)) == {ONE}
    assert told("old/strict/a.sync", per_path=(STRICT, OLD)) == set()


def test_the_command_line_narrows_what_is_said_of_paths() -> None:
    assert told("old/a.sync", per_path=(OLD,), line=choice("overwrite loops")) == {
        check.code for check in GROUPS["loops"]
    }
    assert told("old/strict/a.sync", per_path=(STRICT,), line=choice(ignore=ONE)) == set()


# ── severities ───────────────────────────────────────────────────────────────────────────────────


def severity(found: Severity, code: str = ONE, path: str = "a.sync", **more: object) -> str:
    finding = Diagnostic(code, found, "a message", Span(Source(path, "x"), 0, 1))
    applied = list(Selection(**more).applied([finding]))  # type: ignore[arg-type]
    return applied[0].severity.value if applied else "off"


def test_a_severity_is_what_was_said_last() -> None:
    base = choice(severity=f"overwrite=info {ONE}=error")
    assert severity(Severity.WARNING, base=base) == "error"
    assert severity(Severity.WARNING, OTHER, base=base) == "info"
    assert severity(Severity.WARNING, base=base, line=choice(severity="overwrite=off")) == "off"
    part = PathChoice("old", choice(severity="overwrite=info"))
    assert severity(Severity.WARNING, base=base, per_path=(part,), path="old/a.sync") == "info"
    assert severity(Severity.WARNING, base=base, per_path=(part,)) == "error"


def test_what_a_check_tells_as_milder_than_usual_stays_as_mild() -> None:
    assert severity(Severity.INFO, base=choice(severity="overwrite=error")) == "info"
    assert severity(Severity.ERROR, base=choice(severity="overwrite=info")) == "info"


def test_what_is_no_check_and_can_be_ignored_has_the_severity_that_is_said() -> None:
    said = choice(severity="allow-without-reason=info")
    assert severity(Severity.ERROR, "allow-without-reason", base=said) == "info"
