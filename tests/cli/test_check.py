"""`check`: exit codes, formats, what is selected, the same report with and without the cache."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.harness import run, run_process, write

BAD = "source: hubspot.source -> dynamics.source\n"
GOOD = "source: hubspot.source -> dynamics.source on create only\n"
SYSTEMS = "system hubspot { kind hubspot }\nsystem dynamics { kind dynamics365 }\n"


def codes(*arguments: str, given: bytes = b"") -> list[str]:
    ran = run("check", "--format", "json", *arguments, given=given)
    assert ran.err == ""
    return [finding["code"] for finding in json.loads(ran.out)["findings"]]


# ── exit codes ───────────────────────────────────────────────────────────────────────────────────


def test_nothing_wrong_ends_with_0() -> None:
    write("a.sync", SYSTEMS + GOOD)
    assert run("check", "a.sync") == (0, "no findings in 1 file (1 rule)\n", "")


def test_findings_end_with_1() -> None:
    write("a.sync", SYSTEMS + BAD)
    ran = run("check", "a.sync")
    assert ran.code == 1 and ran.err == ""
    assert ran.out.startswith("a.sync:3:1: warning: switching this sync on again can overwrite")
    assert ran.out.splitlines()[-1].endswith("in 1 file")


def test_informations_alone_end_with_0() -> None:
    write("a.sync", GOOD)
    ran = run("check", "a.sync")
    assert ran.code == 0
    assert "undeclared-system" in ran.out and "info" in ran.out.splitlines()[-1]


@pytest.mark.parametrize(
    "text",
    [
        "source: hubspot => dynamics\n",
        'use "gone.sync"\n',
        'system hubspot { kind hubspot, schema "gone.json" }\n',
        "source: hubspot -> dynamics on craete only\n",
        "a: b -> c\0",
    ],
)
def test_what_has_a_place_in_a_file_is_a_finding(text: str) -> None:
    write("a.sync", text)
    ran = run("check", "a.sync")
    assert ran.code == 1 and ran.err == ""
    assert ran.out.startswith("a.sync:1:")


@pytest.mark.parametrize("path", ["gone.sync", "gone/", "a.sync/x", "pipe"])
def test_a_path_that_cannot_be_read_ends_with_2(path: str) -> None:
    write("a.sync", GOOD)
    os.mkfifo("pipe")
    ran = run("check", "a.sync", path)
    assert ran.code == 2 and ran.out == ""
    assert ran.err.startswith("syncdsl: ") and path in ran.err


def test_where_there_is_no_policy_there_is_nothing_to_be_right_about() -> None:
    Path("empty").mkdir()
    ran = run("check", "empty")
    assert ran == (2, "", "syncdsl: there is no policy (`*.sync`) in `empty`\n")
    asked = (
        "syncdsl: there is no policy (`*.sync`) in `.`; name the file or the folder to look at\n"
    )
    assert run("check") == (2, "", asked)


@pytest.mark.parametrize(
    "arguments", [["--formt", "json"], ["--format", "xml"], ["--color", "red"], ["-x"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    write("a.sync", GOOD)
    ran = run("check", *arguments, "a.sync")
    assert ran.code == 2 and ran.out == "" and "Usage: syncdsl check" in ran.err


# ── which files ──────────────────────────────────────────────────────────────────────────────────


def test_standard_input_is_a_policy() -> None:
    ran = run("check", "-", given=BAD.encode())
    assert ran.code == 1 and ran.out.startswith("<stdin>:1:1: ")


def test_standard_input_and_files_go_together() -> None:
    write("shared.sync", SYSTEMS)
    assert codes("-", "shared.sync", given=b'use "shared.sync"\n' + GOOD.encode()) == []


def test_without_a_path_it_is_the_folder_policies_else_this_one() -> None:
    write("a.sync", BAD)
    assert run("check").out.startswith("a.sync:")
    write("policies/b.sync", BAD)
    assert run("check").out.startswith(f"policies{os.sep}b.sync:")


def test_a_file_that_is_not_listed_gives_its_declarations_and_not_its_rules() -> None:
    write("a.sync", 'use "b.sync"\n' + GOOD)
    write("b.sync", SYSTEMS + BAD)
    assert codes("a.sync") == []
    assert "overwrite-on-reactivation" in codes("b.sync")


def test_a_syntax_error_does_not_hide_the_other_findings() -> None:
    write("a.sync", SYSTEMS + "x: ???\n" + BAD)
    found = codes("a.sync")
    assert found[0] == "syntax" and "overwrite-on-reactivation" in found


def test_a_file_of_bytes_does_not_hide_the_other_findings() -> None:
    Path("a.sync").write_bytes(b"\x80\x00")
    write("b.sync", SYSTEMS + BAD)
    found = codes(".")
    assert found[0] == "not-text" and "overwrite-on-reactivation" in found


# ── formats ──────────────────────────────────────────────────────────────────────────────────────


def test_with_json_the_object_is_printed_even_if_the_work_cannot_be_done() -> None:
    ran = run("check", "--format", "json", "gone.sync")
    (finding,) = json.loads(ran.out)["findings"]
    assert ran.code == 2 and ran.err == ""
    assert finding["code"] == "missing-file" and finding["path"] == "gone.sync"


def test_the_report_is_the_same_from_run_to_run_and_in_the_order_of_the_text() -> None:
    write("b.sync", SYSTEMS + BAD + "x ->\nphone: hubspot.phone <-> dynamics.phone\n")
    write("a.sync", "??\n")
    for form in ("text", "json"):
        once, again = (
            run_process("check", "--format", form, "b.sync", "a.sync", PYTHONHASHSEED=seed).out
            for seed in ("1", "2")
        )
        assert once == again
    places = [
        (finding["path"], finding["line"], finding["column"])
        for finding in json.loads(once)["findings"]
    ]
    assert places == sorted(places) and len(places) > 3


@pytest.mark.parametrize(
    ("arguments", "coloured"),
    [([], False), (["--color", "always"], True), (["--color", "never"], False)],
)
def test_colour_is_only_for_terminals_unless_it_is_asked_for(
    arguments: list[str], coloured: bool
) -> None:
    write("a.sync", BAD)
    assert ("\033[" in run("check", *arguments, "a.sync").out) == coloured


def test_a_plain_check_is_the_same_as_one_with_its_options_written_out() -> None:
    write("a.sync", BAD)
    assert run("check", "a.sync") == run(
        "check", "--format", "text", "--color", "auto", "--", "a.sync"
    )
    assert run("check", "--no-cache", "a.sync") == run("check", "--color", "auto", "a.sync")


# ── select and ignore ────────────────────────────────────────────────────────────────────────────


def test_only_what_is_selected_is_told() -> None:
    write("a.sync", BAD)
    assert codes("--select", "overwrite-on-reactivation", "a.sync") == ["overwrite-on-reactivation"]
    two = codes("--select", "overwrite-on-reactivation,undeclared-system", "a.sync")
    assert set(two) == {"overwrite-on-reactivation", "undeclared-system"}


def test_what_is_ignored_is_not_told() -> None:
    write("a.sync", BAD)
    everything = codes("a.sync")
    ignored = codes("--ignore", "undeclared-system", "a.sync")
    assert ignored == [code for code in everything if code != "undeclared-system"]


def test_what_a_rule_does_besides_is_told_by_itself_where_the_worst_is_ignored() -> None:
    write("a.sync", BAD)
    assert "overwrite-on-initial-sync" not in codes("a.sync")
    assert codes("--ignore", "overwrite-on-reactivation,undeclared-system", "a.sync") == [
        "overwrite-on-initial-sync"
    ]


def test_what_is_not_understood_is_told_whatever_is_selected() -> None:
    write("a.sync", SYSTEMS + "???\n" + BAD)
    assert codes("--select", "two-way-without-winner", "a.sync") == ["syntax"]


def test_an_allow_for_what_is_not_selected_is_not_called_unused() -> None:
    write("a.sync", SYSTEMS + "# allow overwrite-on-reactivation: ours\n" + BAD)
    assert codes("--select", "two-way-without-winner,unused-allow", "a.sync") == []


def test_what_the_policy_allows_is_counted() -> None:
    write("a.sync", SYSTEMS + "# allow overwrite-on-reactivation: ours\n" + BAD)
    ran = run("check", "--select", "overwrite-on-reactivation", "a.sync")
    assert ran == (0, "no findings in 1 file (1 rule; 1 allowed)\n", "")


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_misspelt_code_ends_with_2_and_the_nearest_one(option: str) -> None:
    write("a.sync", BAD)
    ran = run("check", option, "overwrite-on-reactivaton", "a.sync")
    assert ran.code == 2 and ran.out == ""
    assert "did you mean `overwrite-on-reactivation`?" in ran.err


def test_what_is_not_understood_cannot_be_ignored() -> None:
    write("a.sync", BAD)
    ran = run("check", "--ignore", "syntax", "a.sync")
    assert ran.code == 2 and "`syntax` cannot be ignored" in ran.err


# ── configuration ────────────────────────────────────────────────────────────────────────────────


def test_the_configuration_selects_and_names_the_folder() -> None:
    write("syncdsl.toml", 'policies = "sync"\nignore = ["undeclared-system"]\n')
    write("sync/a.sync", GOOD)
    assert run("check") == (0, "no findings in 1 file (1 rule)\n", "")


def test_an_option_counts_more_than_the_configuration() -> None:
    write("syncdsl.toml", 'select = ["two-way-without-winner"]\n')
    write("a.sync", BAD)
    assert codes("a.sync") == []
    assert codes("--select", "undeclared-system", "a.sync") == ["undeclared-system"] * 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('selct = ["x"]', "did you mean `select`?"),
        ('select = ["overwrite-on-reactivaton"]', "did you mean `overwrite-on-reactivation`?"),
        ('ignore = ["syntax"]', "`syntax` cannot be ignored"),
        ("select = [", "not TOML"),
    ],
)
def test_a_broken_configuration_ends_with_2_and_is_told_at_its_place(text: str, words: str) -> None:
    write("syncdsl.toml", text)
    write("a.sync", GOOD)
    ran = run("check", "a.sync")
    assert ran.code == 2 and ran.out == ""
    assert ran.err.startswith("syncdsl.toml:1:") and words in ran.err
    ran = run("check", "a.sync", "--format", "json")
    (finding,) = json.loads(ran.out)["findings"]
    assert ran.code == 2 and ran.err == ""
    assert finding["code"] == "configuration" and finding["path"] == "syncdsl.toml"


# ── the cache ────────────────────────────────────────────────────────────────────────────────────


def repository() -> None:
    write("syncdsl.toml", "")
    write(
        "p/a.sync",
        'use "../shared.sync"\nuse "gone.sync"\n' + BAD + "größe: hubspot <-> dynamics\n",
    )
    write("p/b.sync", "??\n# allow overwrite-on-reactivation: ours\n" + BAD)
    write("p/c.sync", 'system shop { kind shop, schema "s.json" }\n')
    write("p/s.json", '{"version": 1, "objects": {"x": {"properties": {"y": {"type": "z"}}}}}')
    Path("p/d.sync").write_bytes(b"a: b\xff")
    Path("p/e.sync").symlink_to("nowhere")
    write("shared.sync", SYSTEMS)


@pytest.mark.parametrize("arguments", [[], ["--format", "json"], ["--color", "always"]])
def test_the_report_from_the_cache_is_the_same_byte_for_byte(arguments: list[str]) -> None:
    repository()
    without = run("check", "--no-cache", *arguments, "p")
    assert not Path(".syncdsl_cache").exists()
    first = run("check", *arguments, "p")
    (entry,) = Path(".syncdsl_cache").glob("*.json")
    before = time.time() - 1000
    os.utime(entry, (before, before))
    second = run("check", *arguments, "p")
    assert entry.stat().st_mtime > before, "it was not used"
    assert without == first == second
    assert without.code == 1 and len(without.out.splitlines()) > 10


def test_what_changed_is_seen() -> None:
    repository()
    assert "missing-file" in codes("p/a.sync")
    write("p/gone.sync", "")
    assert "missing-file" not in codes("p/a.sync")
    write("shared.sync", SYSTEMS + "?")
    assert "syntax" in codes("p/a.sync")


def test_a_folder_that_nobody_called_a_repository_gets_no_cache() -> None:
    write("a.sync", GOOD)
    run("check", "a.sync")
    assert not Path(".syncdsl_cache").exists()


def test_two_runs_at_once_say_the_same() -> None:
    repository()
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: run_process("check", "p"), range(8)))
    assert len(set(runs)) == 1 and runs[0].code == 1
    assert not list(Path(".syncdsl_cache").glob("*.tmp"))


# ── what a team says about it ────────────────────────────────────────────────────────────────────


def severities(*arguments: str) -> dict[str, str]:
    found = json.loads(run("check", "--format", "json", *arguments).out)["findings"]
    return {finding["code"]: finding["severity"] for finding in found}


def test_a_group_stands_for_its_checks() -> None:
    write("a.sync", BAD)
    assert set(codes("--select", "names", "a.sync")) == {"undeclared-system"}
    assert "overwrite-on-reactivation" not in codes("--ignore", "overwrite", "a.sync")
    more = codes("--select", "names", "--extend-select", "overwrite-on-reactivation", "a.sync")
    assert set(more) == {"undeclared-system", "overwrite-on-reactivation"}


def test_the_severity_of_a_code_can_be_said_and_decides_the_exit_code() -> None:
    write("a.sync", SYSTEMS + BAD)
    only = ("--select", "overwrite-on-reactivation", "a.sync")
    assert run("check", *only).code == 1
    assert run("check", "--severity", "overwrite=info", *only).code == 0
    assert run("check", "--severity", "overwrite-on-reactivation=off", *only).out.startswith("no f")
    assert severities("--severity", "overwrite=error", *only) == {
        "overwrite-on-reactivation": "error"
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--severity", "overwrite"], "`overwrite` is to be NAME=error|warning|info|off"),
        (["--severity", "overwrite=bad"], "is to be NAME="),
        (["--severity", "overwite=off"], "did you mean `overwrite`?"),
        (["--severity", "syntax=off"], "`syntax` cannot have another severity"),
        (["--extend-select", "lops"], "did you mean `loops`?"),
        (["--statistics", "--format", "sarif"], "--statistics goes with"),
    ],
)
def test_what_makes_no_sense_is_told_with_what_would(arguments: list[str], words: str) -> None:
    write("a.sync", BAD)
    ran = run("check", *arguments, "a.sync")
    assert ran.code == 2 and ran.out == "" and words in ran.err


def team() -> None:
    write(
        "syncdsl.toml",
        'select = ["overwrite", "unused-allow"]\n'
        'not-suppressible = ["overwrite-on-reactivation"]\n'
        '[severity]\noverwrite-on-reactivation = "error"\n'
        '[[paths]]\nglob = "old"\nignore = ["overwrite-on-reactivation"]\n',
    )
    write("new/a.sync", SYSTEMS + "# allow overwrite-on-reactivation: ours\n" + BAD)
    write("old/b.sync", SYSTEMS + "# allow overwrite-on-reactivation: ours\n" + BAD)


def test_a_team_says_it_once_in_the_configuration() -> None:
    team()
    found = json.loads(run("check", "--format", "json").out)["findings"]
    told = [(one["path"], one["code"], one["severity"]) for one in found]
    assert ("new/a.sync", "overwrite-on-reactivation", "error") in told
    assert ("new/a.sync", "allow-refused", "error") in told
    assert not [one for one in told if one[0] == "old/b.sync" and "reactivation" in one[1]]


def test_a_changed_setting_is_not_answered_from_the_cache() -> None:
    team()
    before = run("check")
    assert before == run("check")
    text = Path("syncdsl.toml").read_text(encoding="utf-8")
    for changed in (
        text.replace('"error"', '"info"'),
        text.replace('glob = "old"', 'glob = "new"'),
        text.replace("not-suppressible", "extend-select"),
    ):
        write("syncdsl.toml", changed)
        assert run("check").out not in ("", before.out)
    write("syncdsl.toml", text)
    assert run("check") == before
    assert run("check", "--severity", "overwrite=off").out != before.out


def test_a_part_for_paths_that_match_nothing_is_told_also_from_the_cache() -> None:
    write("syncdsl.toml", '[[paths]]\nglob = "polices"\nignore = ["overwrite"]\n')
    write("policies/a.sync", SYSTEMS + GOOD)
    for _ in range(2):
        ran = run("check")
        assert ran.code == 1
        assert ran.out.startswith("syncdsl.toml:2:8: warning: `polices` matches no policy")
    assert run("check", "--ignore", "setting-without-effect").code == 0


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[severity]\nsyntax = "off"', "2:10", "`syntax` cannot have another severity"),
        ('not-suppressible = [\n  "lops"]', "2:3", "did you mean `loops`?"),
        ('[[paths]]\nglob = "*"\nignore = ["x", "syntax"]', "3:16", "`syntax` cannot be ignored"),
    ],
)
def test_a_name_in_the_configuration_is_told_at_its_place(
    text: str, place: str, words: str
) -> None:
    write("syncdsl.toml", text)
    write("a.sync", GOOD)
    ran = run("check", "--format", "concise")
    assert ran.code == 2 and ran.err == ""
    assert f"syncdsl.toml:{place}: error: " in ran.out and words in ran.out


def test_the_counts_stand_in_the_place_of_the_findings() -> None:
    write("a.sync", SYSTEMS + BAD + "phone: hubspot.phone -> dynamics.phone\n")
    ran = run("check", "--statistics", "--select", "overwrite,names", "a.sync")
    assert ran.code == 1
    heading, _, first, *_, last = ran.out.splitlines()
    assert heading.split() == ["count", "code", "group", "severity"]
    assert first.split() == ["2", "overwrite-on-reactivation", "overwrite", "warning"]
    assert last.endswith(" in 1 file")
    assert "  | " not in ran.out
    data = json.loads(run("check", "--statistics", "--format", "json", "a.sync").out)
    assert data["version"] == 1 and "findings" not in data
    assert data["statistics"][0]["count"] == 2
    assert sum(one["count"] for one in data["statistics"]) == sum(
        data["summary"][name] for name in ("errors", "warnings", "infos")
    )
    write("b.sync", SYSTEMS + GOOD)
    assert run("check", "--statistics", "b.sync").out == "no findings in 1 file (1 rule)\n"


def test_findings_can_be_no_reason_to_fail_and_what_cannot_be_done_still_is() -> None:
    write("a.sync", BAD)
    assert run("check", "--exit-zero", "a.sync").code == 0
    assert run("check", "--exit-zero", "a.sync").out == run("check", "a.sync").out
    assert run("check", "--exit-zero", "gone.sync").code == 2


def test_a_file_gets_the_format_and_the_terminal_the_text() -> None:
    write("a.sync", BAD)
    text = run("check", "a.sync")
    assert run("check", "--format", "sarif", "--output-file", "out.sarif", "a.sync") == text
    assert run("check", "--format", "sarif", "a.sync").out == Path("out.sarif").read_text("utf-8")
    ran = run("check", "--format", "json", "--output-file", "out.json", "gone.sync")
    assert ran.code == 2 and ran.out == "" and "gone.sync" in ran.err
    assert json.loads(Path("out.json").read_text("utf-8"))["findings"][0]["code"] == "missing-file"
    assert run("check", "--output-file", "no/such/folder", "a.sync").code == 2
