"""`# allow CODE: reason`"""

import pytest

from syncdsl.check import Terms
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.project.choice import Choice
from syncdsl.project.examine import examine
from syncdsl.project.selection import Selection
from tests.check.reading import findings, fixed, read, severe

RULE = 'origin: "HubSpot" -> dynamics.origin not on initial'
SAFE = "a: hubspot -> dynamics if blank"
CODE = "constant-overwrites"


def told(text: str) -> list[tuple[int, str]]:
    """Line and code of what counts and is more than an information."""
    return [
        (found.span.line, found.code)
        for found in findings(text)
        if found.severity is not Severity.INFO
    ]


def covered(text: str) -> list[Diagnostic]:
    return [each for each in examine(read(text)).found if each.allowed]


def test_without_an_allow_it_counts() -> None:
    assert told(f"{RULE}\n") == [(1, CODE)]


@pytest.mark.parametrize(
    "text",
    [
        f"{RULE}  # allow {CODE}: only the portal writes it\n",
        f"# allow {CODE}: only the portal writes it\n{RULE}\n",
        f"#allow {CODE} : only the portal writes it\n{RULE}",
        f"# allow {CODE}: only the portal writes it\r\n{RULE}\r\n",
        f"# allow {CODE}: only the portal writes it\n# comment\n## Documentation.\n{RULE}\n",
        f"## A doc comment.\n# allow {CODE}: only the portal writes it\n{RULE}\n",
    ],
)
def test_on_the_line_or_directly_above(text: str) -> None:
    assert told(text) == []
    (found,) = covered(text)
    assert (found.code, found.allowed) == (CODE, "only the portal writes it")


def test_several_codes_and_several_lines() -> None:
    text = """# allow first-touch-not-write-once, overwrite-on-reactivation: a
# allow edit-lost-silently: b
source: hubspot -> dynamics not on initial
"""
    assert told(text) == []
    assert {each.code: each.allowed for each in covered(text)} == {
        "overwrite-on-reactivation": "a",
        "first-touch-not-write-once": "a",
        "edit-lost-silently": "b",
    }


def test_an_empty_line_parts_them() -> None:
    assert told(f"# allow {CODE}: a\n\n{RULE}\n") == [(1, "unused-allow"), (3, CODE)]


def test_above_a_rule_of_several_lines_it_covers_them_all() -> None:
    text = f"{RULE},\n  clear emptied\n"
    assert told(text) == [(1, CODE), (2, "clause-without-effect")]
    assert told(f"# allow {CODE}, clause-without-effect: a\n{text}") == []


def test_at_the_end_of_a_line_it_covers_that_line_only() -> None:
    text = f"{RULE},  # allow {CODE}, clause-without-effect: a\n  clear emptied\n"
    assert told(text) == [(1, "unused-allow"), (2, "clause-without-effect")]


def test_above_a_mapping_it_covers_the_first_line_only() -> None:
    text = f"""# allow {CODE}: a
mapping people: hubspot.contacts -> dynamics.contact {{
  {RULE}
}}
"""
    assert told(text) == [(1, "unused-allow"), (3, CODE)]


def test_inside_a_mapping() -> None:
    text = f"""mapping people: hubspot.contacts -> dynamics.contact {{
  # allow {CODE}: a
  {RULE}
  {RULE.replace("origin", "other")}  # allow {CODE}: b
}}
"""
    assert told(text) == []


# ── reasons ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("allow", [f"# allow {CODE}", f"# allow {CODE}:", f"# allow {CODE}:  "])
def test_without_a_reason_it_covers_nothing(allow: str) -> None:
    assert told(f"{RULE}  {allow}\n") == [(1, CODE), (1, "allow-without-reason")]


def test_a_missing_reason_is_told_once_for_all_codes() -> None:
    text = f"# allow {CODE}, edit-lost-silently\n{RULE}\n"
    assert told(text) == [(1, "allow-without-reason"), (2, CODE)]
    (found,) = [each for each in findings(text) if each.code == "allow-without-reason"]
    assert found.severity is Severity.ERROR
    assert found.message == (
        f"`# allow {CODE}, edit-lost-silently` does not say why; the reason stands after a colon"
    )


# ── what covers nothing ──────────────────────────────────────────────────────────────────────────


def unused(text: str) -> Diagnostic:
    (found,) = [each for each in findings(text) if each.code == "unused-allow"]
    return found


@pytest.mark.parametrize(
    ("text", "without"),
    [
        (f"{RULE}  # allow {CODE}, blank-clears-target: a\n", f"{RULE}  # allow {CODE}: a\n"),
        (f"{RULE}  # allow blank-clears-target , {CODE}: a\n", f"{RULE}  # allow {CODE}: a\n"),
        (f"{SAFE} # allow blank-clears-target: a\n", f"{SAFE}\n"),
        (f"  # allow blank-clears-target: a\n{SAFE}\n", f"{SAFE}\n"),
        (f"{SAFE}\n# allow blank-clears-target: a", f"{SAFE}\n"),
    ],
)
def test_an_unused_one_is_told_and_can_be_dropped(text: str, without: str) -> None:
    found = unused(text)
    assert found.message == "nothing here is `blank-clears-target`; drop the allow"
    assert found.span.text == "blank-clears-target"
    assert found.severity is Severity.WARNING
    (fix,) = found.fixes
    assert fix.safe
    assert fixed(text, fix) == without


def test_a_code_that_nobody_asked_for_is_not_judged() -> None:
    text = f"# allow {CODE}: a\norigin: hubspot -> dynamics on create only\n"
    asked = Selection(Choice(select=("unused-allow", CODE)))
    assert [each.code for each in examine(read(text), asked).found] == ["unused-allow"]
    assert not examine(read(text), Selection(Choice(select=("unused-allow",)))).found


def test_a_misspelt_code_is_told_with_its_neighbour() -> None:
    text = f"# allow constant-overwrits: a\n{RULE}\n"
    assert told(text) == [(1, "unused-allow"), (2, CODE)]
    assert unused(text).message == (
        f"no check is called `constant-overwrits`; did you mean `{CODE}`?"
    )
    (fix,) = unused(text).fixes
    assert told(fixed(text, fix)) == []


def test_what_cannot_be_read_cannot_be_allowed() -> None:
    text = "# allow syntax: a\na: hubspot => dynamics\n# allow unknown-name: b\n"
    assert {code for _, code in told(text)} >= {"syntax", "unused-allow"}


def test_nothing_is_judged_unused_while_a_file_is_not_understood() -> None:
    text = f"# allow {CODE}: a\norigin: hubspot -> dynamics, forward only in nowhere, ask\n"
    assert "unused-allow" not in {code for _, code in told(text)}
    assert "unknown-name" in {code for _, code in told(text)}


@pytest.mark.parametrize(
    "prose",
    ["# allow everybody to edit", "# allow nobody: it is ours", "# allowed: all", "# allow"],
)
def test_prose_is_no_allow(prose: str) -> None:
    assert told(f"{prose}\na: hubspot -> dynamics if blank\n") == []


def test_a_doc_comment_is_no_allow() -> None:
    assert told(f"## allow {CODE}: a\n{RULE}\n") == [(2, CODE)]


def test_a_hidden_character_can_be_allowed() -> None:
    rule = 'a: "\u200f1" -> dynamics.a on create only\n'
    assert told(rule) == [(1, "hidden-character")]
    assert told(f"# allow hidden-character: a Hebrew address\n{rule}") == []


# ── more than a line ─────────────────────────────────────────────────────────────────────────────

MAPPING = f"""mapping people: hubspot.contacts -> dynamics.contact {{
  {RULE}
  other: "HubSpot" -> dynamics.other not on initial
}}
"""


def test_a_group_is_told_with_its_codes_and_covers_nothing() -> None:
    text = f"# allow overwrite: people edit only in hubspot\n{RULE}\n"
    assert told(text) == [(1, "unused-allow"), (2, CODE)]
    message = next(each.message for each in findings(text) if each.span.line == 1)
    assert message.startswith("`overwrite` is a group, and an allow names codes: `overwrite-on-")


def test_what_only_sounds_like_a_group_is_prose() -> None:
    assert told(f"# allow blanks\n# allow overwriting: of old ones\n{RULE}\n") == [(3, CODE)]


def test_in_this_block_covers_all_of_the_block_it_stands_above_or_in() -> None:
    assert told(MAPPING) == [(2, CODE), (3, CODE)]
    assert told(f"# allow in this block {CODE}: a\n{MAPPING}") == []
    inside = MAPPING.replace("  other", f"  # allow in this block {CODE}: a\n  other")
    assert told(inside) == []
    assert told(f"{inside}\n{RULE}\n") == [(7, CODE)]


def test_in_this_file_covers_the_file() -> None:
    assert told(f"# allow in this file {CODE}: a\n\n{MAPPING}\n{RULE}\n") == []


def test_the_nearest_allow_gives_the_reason() -> None:
    text = f"# allow in this file {CODE}: far\n\n# allow {CODE}: near\n{RULE}\nb: {RULE[8:]}\n"
    assert [each.allowed for each in covered(text)] == ["near", "far"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (f"in this mapping {CODE}", "accepted: `block` or `file`"),
        (f"{CODE} until the relaunch", "a day is written as in `until 2027-01-31`"),
        (f"{CODE} until 2027-02-00", "a day is written as in `until 2027-01-31`"),
    ],
)
def test_what_has_no_meaning_is_told_and_covers_nothing(words: str, says: str) -> None:
    text = f"# allow {words}: a\n{RULE}\n"
    assert told(text) == [(1, "allow-misspelt"), (2, CODE)]
    assert says in next(each.message for each in findings(text) if each.span.line == 1)


def test_a_block_that_is_not_there_is_told() -> None:
    assert told(f"# allow in this block {CODE}: a\n\n{MAPPING}") == [
        (1, "allow-misspelt"),
        (4, CODE),
        (5, CODE),
    ]


# ── how long ─────────────────────────────────────────────────────────────────────────────────────

LIMITED = f"# allow {CODE} until 2027-01-31: the import is rewritten\n{RULE}\n"


def on(day: str, text: str = LIMITED) -> list[tuple[int, str]]:
    found = examine(read(text), terms=Terms(today=day)).found
    return [
        (each.span.line, each.code) for each in found if each.allowed is None and severe([each])
    ]


def test_until_a_day_it_holds_on_that_day_too_and_then_no_more() -> None:
    assert on("2027-01-31") == []
    assert on("2027-02-01") == [(1, "allow-expired"), (2, CODE)]


def test_what_is_over_gives_way_to_what_still_holds() -> None:
    ended = f"# allow {CODE} until 2026-12-31: for the import"
    assert on("2027-01-31", f"{ended}\n{LIMITED}") == [(1, "unused-allow")]


def test_the_reason_tells_the_day() -> None:
    (found,) = covered(LIMITED)
    assert found.allowed == "the import is rewritten (until 2027-01-31)"


def test_what_is_over_and_covered_nothing_is_told_as_that() -> None:
    assert on("2027-02-01", f"# allow {CODE} until 2027-01-31: a\n{SAFE}\n") == [
        (1, "unused-allow")
    ]


def test_a_result_says_on_which_days_it_is_true() -> None:
    def period(day: str, text: str) -> object:
        return examine(read(text), terms=Terms(today=day)).period

    assert period("2026-11-25", RULE) is None
    assert period("2026-11-25", LIMITED) == ("2026-11-25", "2027-01-31")
    assert period("2027-02-01", LIMITED) == ("2027-02-01", "9999-12-31")


def test_what_a_project_lets_nobody_allow_counts() -> None:
    text = f"# allow {CODE}: a\n{RULE}\n"
    found = examine(read(text), terms=Terms(never=frozenset({CODE}))).found
    assert [each.code for each in found if severe([each])] == ["allow-refused", CODE]
