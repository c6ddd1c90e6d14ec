"""`syncdsl docs`: the risks that it says are accepted are those that are."""

import pytest

from tests.cli.harness import run, write

RULE = "source: hubspot -> dynamics not on initial\n"
ALLOWED = "# allow overwrite-on-reactivation until 2027-01-31: the import is rewritten\n" + RULE


def accepted() -> str:
    return run("docs", "a.sync").out


def test_an_accepted_risk_tells_its_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.sync", ALLOWED)
    monkeypatch.setenv("SYNCDSL_TODAY", "2027-01-31")
    assert "the import is rewritten (until 2027-01-31)" in accepted()


def test_what_was_accepted_until_yesterday_is_not_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.sync", ALLOWED)
    monkeypatch.setenv("SYNCDSL_TODAY", "2027-02-01")
    assert "the import is rewritten" not in accepted()


def test_what_nobody_may_accept_is_not_accepted() -> None:
    write("a.sync", ALLOWED)
    write("syncdsl.toml", 'not-suppressible = ["overwrite-on-reactivation"]\n')
    assert "the import is rewritten" not in accepted()


def test_a_day_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.sync", ALLOWED)
    monkeypatch.setenv("SYNCDSL_TODAY", "soon")
    done = run("check", "a.sync")
    assert (done.code, done.out) == (2, "")
    assert "a day is written as 2027-01-31" in done.err
