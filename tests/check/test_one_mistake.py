"""What several checks see of one mistake is one finding, and nothing is hidden by that."""

import pytest

from syncdsl.diagnostic import Diagnostic
from tests.check.reading import findings

RULE = "phone: hubspot -> dynamics\n"
OVERWRITES = (
    "overwrite-on-reactivation",
    "overwrite-on-initial-sync",
    "first-touch-not-write-once",
    "edit-lost-silently",
)


def overwrites(text: str) -> list[Diagnostic]:
    return [each for each in findings(text) if each.code in OVERWRITES]


@pytest.mark.parametrize(
    ("rule", "notes", "ways"),
    [
        (RULE, 2, ["create only", "if blank", "owned by hubspot"]),
        ("phone: hubspot <-> dynamics, dynamics wins\n", 2, ["ask", "most recent wins"]),
        ("source: hubspot -> dynamics\n", 3, ["create only", "if blank", "owned by hubspot"]),
        ("phone: hubspot -> dynamics not on reactivation\n", 1, ["create only", "if blank", "own"]),
        ("source: hubspot -> dynamics on update only\n", 1, ["once", "if blank", "owned"]),
    ],
)
def test_a_side_that_always_gives_is_one_mistake(rule: str, notes: int, ways: list[str]) -> None:
    (found,) = overwrites(rule)
    assert len(found.notes) == notes
    assert all(any(f"({code})" in note for code in OVERWRITES) for note in found.notes)
    offered = [" ".join(edit.text for edit in fix.edits) for fix in found.fixes]
    assert len(offered) == len(ways)
    assert all(way in text for way, text in zip(ways, offered, strict=True))


def test_what_is_allowed_hides_nothing_else() -> None:
    (found,) = overwrites(f"# allow overwrite-on-reactivation: we never switch it off\n{RULE}")
    assert found.code == "overwrite-on-initial-sync"
    assert found.notes == (
        "an edit of `dynamics.phone` is lost where both sides were edited (edit-lost-silently)",
    )


def test_what_no_single_change_does_for_is_told_twice() -> None:
    found = overwrites("source: hubspot <-> dynamics, hubspot wins\n")
    assert [each.code for each in found] == [
        "overwrite-on-reactivation",
        "first-touch-not-write-once",
    ]


def test_rules_and_sides_are_told_each_for_itself() -> None:
    found = overwrites(f"{RULE}fax: hubspot -> dynamics\n")
    assert [each.rule for each in found] == ["phone", "fax"]


def test_that_the_owner_is_overwritten_is_not_told_as_something_less_too() -> None:
    owned = "phone: hubspot <- dynamics, owned by dynamics\n"
    back = "back: hubspot.phone -> dynamics.phone\n"
    assert [each.code for each in findings(owned + back) if each.rule == "back"] == [
        "owner-overwritten",
        "sync-loop",
    ]
    assert len(overwrites(back)) == 1
    # It owns another property: of this one nobody has said anything.
    other = "fax: hubspot <- dynamics, owned by dynamics\n"
    assert len(overwrites(other + back)) == 1
