"""The report for people, character by character."""

import re
from textwrap import dedent

import pytest

from syncdsl.diagnostic import Diagnostic, Edit, Fix, Label, Promises, Result, Severity, Story
from syncdsl.report.text import MAX_WIDTH, render, render_found, shown
from syncdsl.source import Source, Span

POLICY = Source(
    "policies/contacts.sync",
    dedent(
        """\
        mapping contacts: hubspot.contacts -> dynamics.contact {
          source: hubspot.hs_analytics_source -> dynamics.leadsourcecode
          phone:  hubspot.phone -> dynamics.telephone1
        }
        """
    ),
)


def span(text: str, source: Source = POLICY) -> Span:
    start = source.text.index(text)
    return Span(source, start, start + len(text))


def told(place: Span, **more: object) -> Diagnostic:
    return Diagnostic("a-code", Severity.WARNING, "a message", place, **more)  # type: ignore[arg-type]


def lines(found: Diagnostic) -> list[str]:
    """What stands between the first line and the last."""
    return render_found([found]).splitlines()[1:-1]


def test_a_finding_has_its_line_its_story_its_fix_and_its_page() -> None:
    place = span("source")
    end = span("dynamics.leadsourcecode").end
    found = Diagnostic(
        "overwrite-on-reactivation",
        Severity.WARNING,
        "switching this sync on again can overwrite `dynamics.contact.leadsourcecode`",
        place,
        (Label(span("mapping contacts"), "in this mapping"),),
        ("HubSpot does a full pass then",),
        story=Story(
            ("reactivation; HubSpot has a value, Dynamics has another",), "Dynamics is overwritten"
        ),
        fixes=(
            Fix("write only on create", (Edit(Span(POLICY, end, end), " on create only"),)),
            Fix("drop the rule", (Edit(Span(POLICY, *LINE_2), ""),)),
        ),
    )
    assert render(Result((found,), 1, 2)) == dedent(
        """\
        policies/contacts.sync:2:3: warning: switching this sync on again can overwrite `dynamics.contact.leadsourcecode`
           |
         2 |   source: hubspot.hs_analytics_source -> dynamics.leadsourcecode
           |   ^^^^^^
           |
         1 | mapping contacts: hubspot.contacts -> dynamics.contact {
           | ---------------- in this mapping
           | for example: reactivation; HubSpot has a value, Dynamics has another
           |              → Dynamics is overwritten
           | note: HubSpot does a full pass then
           | fix: write only on create
         2 +   source: hubspot.hs_analytics_source -> dynamics.leadsourcecode on create only
           | fix: drop the rule
         2 -   source: hubspot.hs_analytics_source -> dynamics.leadsourcecode
           | certain; more: syncdsl explain overwrite-on-reactivation

        1 warning in 1 file
        """  # noqa: E501
    )


LINE_2 = POLICY.line_starts[1], POLICY.line_starts[2]


def test_a_label_in_another_file_says_in_which() -> None:
    other = Source("policies/shared.sync", "\n" * 120 + "system hubspot { }")
    found = told(span("source"), labels=(Label(span("hubspot", other), "declared here"),))
    assert lines(found) == [
        "    |",
        "  2 |   source: hubspot.hs_analytics_source -> dynamics.leadsourcecode",
        "    |   ^^^^^^",
        "   --> policies/shared.sync:121:8",
        "121 | system hubspot { }",
        "    |        ------- declared here",
    ]


def marked(text: str, word: str) -> tuple[str, str]:
    """A line as it is shown, and what of it stands above the marks, by columns."""
    source = Source("a.sync", text)
    _, line, marks = lines(told(span(word, source)))
    return line.removeprefix(" 1 | "), marks.removeprefix("   | ")


@pytest.mark.parametrize(
    ("text", "word", "line", "marks"),
    [
        ("\tphone: x", "phone", "    phone: x", "    ^^^^^"),
        ("a\tb", "b", "a    b", "     ^"),
        ("`日本語` phone", "phone", "`日本語` phone", "         ^^^^^"),
        ("`日本語` phone", "日本語", "`日本語` phone", " ^^^^^^"),
        ("e\u0301a: x", "a", "e\u0301a: x", " ^"),
        ("née: x", "x", "née: x", "     ^"),
    ],
)
def test_marks_stand_under_what_they_mark(text: str, word: str, line: str, marks: str) -> None:
    assert marked(text, word) == (line, marks)


def test_a_span_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert lines(told(Span(POLICY, 0, 100)))[1:] == [
        " 1 | mapping contacts: hubspot.contacts -> dynamics.contact {",
        "   | " + "^" * 56,
    ]


def test_the_end_of_a_file_is_marked() -> None:
    end = len(POLICY.text)
    assert lines(told(Span(POLICY, end, end))) == ["   |", " 5 |", "   | ^"]
    assert lines(told(Span(Source("a.sync", "ab"), 2, 2))) == ["   |", " 1 | ab", "   |   ^"]


def test_a_file_without_a_text_is_only_named() -> None:
    found = told(Span(Source("gone.sync", ""), 0, 0))
    assert render_found([found]).splitlines() == [
        "gone.sync:1:1: warning: a message",
        "   | certain; more: syncdsl explain a-code",
    ]


@pytest.mark.parametrize("offset", [0, 40, 5_000, 999_990])
def test_of_a_long_line_only_the_part_around_the_place_is_shown(offset: int) -> None:
    text = "x" * offset + "HERE" + "y" * (1_000_000 - offset)
    line, marks = marked(text, "HERE")
    assert len(line) <= MAX_WIDTH + 2
    assert line[marks.index("^") : marks.rindex("^") + 1] == "HERE"
    assert line.startswith("…") == (offset > 1000) or offset == 40
    assert line.endswith("…") == (offset < 999_000)


def test_a_span_that_is_longer_than_what_is_shown_is_marked_as_far_as_that() -> None:
    _, marks = marked("x" * 1_000_000, "x" * 1_000_000)
    assert len(marks) <= MAX_WIDTH + 1


def test_nothing_in_a_policy_speaks_to_the_terminal() -> None:
    source = Source("\x1b[2J.sync", "source: \x1b]0;owned\x07 \u202erid\u2066 \x9b31m\x7f")
    found = Diagnostic(
        "a-code",
        Severity.ERROR,
        "`\x1b[31m` cannot stand here\nnor this",
        Span(source, 0, 6),
        notes=("a\x00b",),
        fixes=(Fix("\x1b", (Edit(Span(source, 0, 6), "\x1bc"),)),),
        story=Story(("\x1b",), "\x1b"),
    )
    report = render(Result((found,), 1, 1))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", report)
    assert "source: ␛]0;owned␇ �rid�" in report
    assert "`␛[31m` cannot stand here␊nor this" in report


def test_letters_of_all_alphabets_stay() -> None:
    assert shown("größe 日本 Ωμέγα 🎉") == "größe 日本 Ωμέγα 🎉"


# ── fixes ────────────────────────────────────────────────────────────────────────────────────────


def fixed(*edits: Edit) -> list[str]:
    found = told(span("source"), fixes=(Fix("a title", edits),))
    return lines(found)[3:]


def test_a_fix_with_several_edits_is_one_changed_line() -> None:
    assert fixed(
        Edit(span("dynamics.leadsourcecode"), "dynamics.origin"), Edit(span("source"), "origin")
    ) == ["   | fix: a title", " 2 +   origin: hubspot.hs_analytics_source -> dynamics.origin"]


def test_a_fix_on_several_lines_shows_those_that_change() -> None:
    assert fixed(Edit(span("source"), "a"), Edit(span("phone"), "b")) == [
        "   | fix: a title",
        " 2 +   a: hubspot.hs_analytics_source -> dynamics.leadsourcecode",
        " 3 +   b:  hubspot.phone -> dynamics.telephone1",
    ]


def test_a_line_that_is_put_in_is_shown() -> None:
    place = Span(POLICY, LINE_2[0], LINE_2[0])
    assert fixed(Edit(place, "  match email = emailaddress1\n")) == [
        "   | fix: a title",
        " 2 +   match email = emailaddress1",
    ]


def test_a_fix_of_two_files_or_of_many_lines_is_only_named() -> None:
    other = Source("other.sync", "a: b -> c\n")
    assert fixed(Edit(span("source"), "x"), Edit(span("a", other), "x")) == ["   | fix: a title"]
    assert fixed(Edit(Span(POLICY, 0, 0), "# a line\n" * 20)) == ["   | fix: a title"]
    assert fixed() == ["   | fix: a title"]


def test_other_ends_of_lines_are_ends_of_lines() -> None:
    source = Source("a.sync", "one\r\ntwo\r\nthree\x0bx\r\n")
    found = told(span("two", source), fixes=(Fix("a title", (Edit(span("two", source), "2"),)),))
    assert lines(found)[1:] == [" 2 | two", "   | ^^^", "   | fix: a title", " 2 + 2"]


# ── the summary ──────────────────────────────────────────────────────────────────────────────────


def found_of(severity: Severity, path: str = "a.sync", allowed: str | None = None) -> Diagnostic:
    return Diagnostic("a-code", severity, "m", Span(Source(path, ""), 0, 0), allowed=allowed)


@pytest.mark.parametrize(
    ("found", "summary"),
    [
        ([], "no findings in 7 files (142 rules)"),
        ([found_of(Severity.ERROR)], "1 error in 1 file"),
        (
            [found_of(Severity.ERROR), *[found_of(Severity.WARNING, "b.sync")] * 2],
            "1 error, 2 warnings in 2 files",
        ),
        ([found_of(Severity.INFO)] * 2, "2 infos in 1 file"),
        (
            [found_of(Severity.ERROR, allowed="why")],
            "no findings in 7 files (142 rules; 1 allowed)",
        ),
        (
            [found_of(Severity.INFO), found_of(Severity.ERROR, "b.sync", "why")],
            "1 info in 1 file; 1 allowed",
        ),
    ],
)
def test_the_summary_counts(found: list[Diagnostic], summary: str) -> None:
    assert render(Result(tuple(found), 7, 142)).splitlines()[-1] == summary


@pytest.mark.parametrize(
    ("promises", "words"),
    [
        (Promises(proved=3), "3 promises proved"),
        (Promises(broken=1), "1 promise broken"),
        (Promises(1, 2, 3, 4), "1 promise proved, 2 broken, 3 undecided, 4 budgets left to `plan`"),
        (
            Promises(proved=1, undecided=2, budgets=1, hidden_by="p/a.sync:7"),
            (
                "1 promise proved, 2 undecided (what stands at p/a.sync:7 was not understood), "
                "1 budget left to `plan`"
            ),
        ),
        (Promises(budgets=1), "1 budget left to `plan`"),
    ],
)
def test_the_promises_have_a_line_of_their_own(promises: Promises, words: str) -> None:
    assert render(Result((), 7, 142, promises=promises)).splitlines()[1:] == [words]


def test_what_is_allowed_is_not_told() -> None:
    assert render(Result((found_of(Severity.ERROR, allowed="why"),), 1, 1)).count("\n") == 1


def test_colours_change_nothing_but_colours() -> None:
    found = told(
        span("source"),
        labels=(Label(span("phone"), "here"),),
        story=Story(("a",), "b"),
        fixes=(Fix("t", (Edit(span("source"), "s"),)),),
    )
    coloured = render(Result((found,), 1, 1), colour=True)
    assert "\033[" in coloured
    without = re.sub(r"\033\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in without.splitlines()] == render(
        Result((found,), 1, 1)
    ).splitlines()


def test_the_fourth_of_a_kind_has_a_line() -> None:
    alike = Diagnostic("a-code", Severity.WARNING, "m", span("source"), rule="contacts.a")
    elsewhere = alike._replace(rule="deals.a")
    other = alike._replace(code="b-code", message="n")
    text = render(Result((alike, alike, alike, alike, other, alike, alike, elsewhere), 1, 1))
    line = "policies/contacts.sync:2:3: warning: m [a-code]\n"
    assert text.count("more: syncdsl explain a-code") == 4
    assert text.count("more: syncdsl explain b-code") == 1
    assert text.count(line) == 3
    assert f"\n\n{line}{line}\npolicies/contacts.sync:2:3: warning: m\n" in text
