"""`syncdsl check --write-baseline`: what was there before is known, what is new is told."""

import json
from pathlib import Path

import pytest

from tests.cli.harness import Ran, read, run, write

FAULTY = "source: hubspot -> dynamics\n"
NAME = ".syncdsl-baseline.json"


def check(*arguments: str) -> Ran:
    return run("check", "p", *arguments)


@pytest.fixture(autouse=True)
def _repository() -> None:
    write("syncdsl.toml", "")
    write("p/a.sync", FAULTY)


def written() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(read(NAME))["findings"]
    return found


def test_what_was_written_down_is_counted_and_not_told() -> None:
    assert check().code == 1
    done = check("--write-baseline")
    assert (done.code, done.err) == (0, "")
    assert f"findings written to {NAME}" in done.out
    again = check()
    assert again.code == 0
    assert f"{len(written())} in the baseline" in again.out
    assert "overwrite-on-reactivation" not in again.out
    assert check("--no-baseline").code == 1


def test_what_is_new_is_told() -> None:
    check("--write-baseline")
    write("p/a.sync", f"{FAULTY}phone: hubspot -> dynamics\n")
    done = check("--format", "json")
    assert done.code == 1
    assert {found["rule"] for found in json.loads(done.out)["findings"]} == {"phone"}


def test_a_finding_is_the_same_one_where_lines_have_moved() -> None:
    check("--write-baseline")
    write("p/a.sync", f"# A line more.\n\nfax: hubspot -> dynamics on create only\n{FAULTY}")
    assert check().code == 0


def test_it_is_the_same_one_from_wherever_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    check("--write-baseline")
    assert run("check", str(Path("p").resolve())).code == 0
    monkeypatch.chdir("p")
    assert run("check", ".").code == 0


def test_what_is_gone_is_told_so_that_the_file_gets_smaller() -> None:
    check("--write-baseline")
    number = len(written())
    write("p/a.sync", "source: hubspot -> dynamics on create only\n")
    done = check()
    assert done.code == 0
    assert "which are gone: write it anew" in done.out
    check("--write-baseline")
    assert len(written()) < number
    assert "which are gone" not in check().out


def test_of_what_was_not_looked_at_nothing_is_gone() -> None:
    write("p/b.sync", "phone: hubspot -> dynamics\n")
    check("--write-baseline")
    everything = read(NAME)
    for arguments in (["p/a.sync"], ["p", "--select", "loops"], ["p", "--ignore", "overwrite"]):
        done = run("check", *arguments)
        assert done.code == 0 and "which are gone" not in done.out
        assert run("check", *arguments, "--write-baseline").code == 0
        assert read(NAME) == everything
    Path("p/b.sync").unlink()
    assert "which are gone" not in run("check", "p/a.sync").out
    assert "which are gone" in check().out, "its folder was looked at, and it is not there"


def test_two_alike_are_two() -> None:
    write("p/a.sync", "# allow\n" + FAULTY)
    check("--write-baseline")
    assert len({entry["identity"] for entry in written()}) == len(written())


def test_a_line_that_is_not_understood_is_never_known() -> None:
    write("p/a.sync", "a: hubspot => dynamics\n")
    check("--write-baseline")
    assert written() == []
    assert check().code == 1


def test_it_tells_no_value_and_is_sorted() -> None:
    write("p/b.sync", "mail: hubspot -> dynamics\n")
    check("--write-baseline")
    text = read(NAME)
    assert "example.com" not in text
    assert [(each["path"], each["code"]) for each in written()] == sorted(
        (each["path"], each["code"]) for each in written()
    )
    assert set(written()[0]) == {"path", "code", "rule", "identity"}
    before = text
    check("--write-baseline")
    assert read(NAME) == before


def test_of_one_code_a_finding_may_be_of_a_rule_and_another_one_of_none() -> None:
    text = """\
system hubspot { kind hubspot }
system dynamics { kind dynamics365 }
mapping people: hubspot.contacts -> dynamics.contact {
  match email = emailaddress1
  born: hubspot.date_of_birth -> dynamics.birthdate on create only, default "today"
}
"""
    write("p/a.sync", text)
    assert check("--write-baseline").code == 0
    assert {found["rule"] for found in written() if found["code"] == "incompatible-types"} == {
        "people.born",
        None,
    }


def test_another_file_on_the_command_line_or_in_the_configuration() -> None:
    check("--write-baseline", "--baseline", "known.json")
    assert check().code == 1
    assert check("--baseline", "known.json").code == 0
    write("syncdsl.toml", 'baseline = "known.json"\n')
    assert check().code == 0
    Path("known.json").unlink()
    missing = check()
    assert missing.code == 2 and "`known.json` cannot be read: there is no such file" in missing.err


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 1, "findings": [1]}', "\0"])
def test_what_is_no_baseline_is_told(text: str) -> None:
    write(NAME, text)
    done = check()
    assert done.code == 2
    assert f"`{NAME}` is no baseline" in done.err


def test_a_newer_baseline_is_told() -> None:
    write(NAME, '{"version": 2, "findings": []}')
    assert "has version 2; this reads 1" in check().err


def test_fixes_are_about_everything_and_the_rest_is_compared() -> None:
    write("p/a.sync", f"{FAULTY}optout: hubspot.optout <-> dynamics.donotbulkemail, hubspot wins\n")
    check("--write-baseline")
    done = check("--fix")
    assert done.code == 0
    assert "if blank" in read("p/a.sync")
