"""`syncdsl check --fix` and `--diff`."""

from tests.cli.harness import read, run, write

FAULTY = "source: hubspot -> dynamics\n"
FIXED = "source: hubspot -> dynamics if blank\n"


def test_fix_writes_what_keeps_more_from_being_written() -> None:
    write("a.sync", FAULTY)
    done = run("check", "--fix", "a.sync")
    assert done.code == 0, done
    assert read("a.sync") == FIXED
    assert "a.sync:1: fixed: fill only what is blank [overwrite-on-reactivation]" in done.err
    assert "1 finding fixed in 1 file" in done.err
    assert "no findings" in done.out or "infos" in done.out


def test_a_second_fix_changes_nothing() -> None:
    write("a.sync", FIXED)
    done = run("check", "--fix", "a.sync")
    assert done.code == 0
    assert read("a.sync") == FIXED
    assert "0 findings fixed in 0 files" in done.err


def test_diff_shows_it_and_writes_nothing() -> None:
    write("a.sync", FAULTY)
    done = run("check", "--diff", "a.sync")
    assert done.code == 1
    assert f"-{FAULTY}+{FIXED}" in done.out
    assert read("a.sync") == FAULTY
    write("b.sync", FIXED)
    assert run("check", "--diff", "b.sync")[:2] == (0, "")


def test_standard_input_is_shown_and_not_written() -> None:
    assert f"+{FIXED}" in run("check", "--diff", "-", given=FAULTY.encode()).out
    done = run("check", "--fix", "-", given=FAULTY.encode())
    assert done.code == 2
    assert "`--diff` shows what would be" in done.err


def test_what_nobody_checked_is_applied_with_unsafe_only() -> None:
    text = "optout: hubspot.hs_email_optout <-> dynamics.donotbulkemail, ask\n"
    write("a.sync", text)
    run("check", "--fix", "a.sync")
    assert read("a.sync") == text
    run("check", "--fix", "--unsafe", "a.sync")
    assert "sticky" in read("a.sync")
    done = run("check", "--unsafe", "a.sync")
    assert done.code == 2
    assert "--unsafe goes with --fix or --diff" in done.err
