"""Conditions over a pair of records, in three-valued logic."""

import pytest

from syncdsl.condition import Record, evaluate
from syncdsl.convert import Value
from tests.semantics.build import rule, word_of


def says(text: str, left: Record | None, right: Record | None, **types: str) -> str:
    """What a condition says: holds, fails, unknown."""
    guard = rule(f"crm.x -> erp.y when {text}", **types).wiring.guard
    assert guard is not None
    return word_of(evaluate(guard, left, right))


def of(text: str, value: Value, kind: str = "") -> str:
    """What it says of a record whose `x` holds a value, and is of a type."""
    return says(text, {"x": value}, None, **({"x": kind} if kind else {}))


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ("crm.x = a", "a", "A"),
        ("crm.x != a", "b", "a"),
        ("crm.x < b", "a", "b"),
        ("crm.x <= b", "b", "c"),
        ("crm.x > b", "c", "b"),
        ("crm.x >= b", "b", "a"),
        ("crm.x in [a, b]", "b", "c"),
        ("crm.x starts with ab", "abc", "cab"),
        ("crm.x contains ab", "cabc", "acb"),
        ("crm.x = 2", "2.0", 3),
        ("crm.x = true", True, False),
    ],
)
def test_a_comparison_says_what_it_reads(text: str, holds: Value, fails: Value) -> None:
    assert of(text, holds) == "holds"
    assert of(text, fails) == "fails"
    assert of(text, None) == of(text, "") == "unknown"


def test_only_is_blank_knows_what_a_blank_is() -> None:
    assert of("crm.x is blank", None) == of("crm.x is not blank", "a") == "holds"
    assert of("crm.x is blank", "a") == of("crm.x is not blank", "") == "fails"


def test_a_record_that_is_not_there_has_only_blanks() -> None:
    assert says("erp.y is blank", {}, None) == "holds"
    assert says("erp.y = a", {}, None) == "unknown"


def test_properties_of_both_records_can_be_compared() -> None:
    assert says("crm.x = erp.y", {"x": "a"}, {"y": "a"}) == "holds"
    assert says("crm.x < erp.y", {"x": "a"}, {"y": None}) == "unknown"


def test_numbers_compare_as_numbers_where_the_schema_or_the_constant_says_so() -> None:
    assert of("crm.x < 10", "9") == "holds"
    assert says("crm.x < erp.y", {"x": "10"}, {"y": "9"}) == "holds"
    assert says("crm.x < erp.y", {"x": "10"}, {"y": "9"}, x="number", y="number") == "fails"


def test_values_compare_by_the_schemas_type() -> None:
    assert of("crm.x = true", "yes", "bool") == "holds"
    assert of("crm.x = true", "yes") == "fails"
    assert of('crm.x > "2026-01-31T23:30:00Z"', "2026-02-01T00:00:00+01:00", "datetime") == "fails"
    assert of('crm.x > "2026-01-31T22:30:00Z"', "2026-02-01T00:00:00+01:00", "datetime") == "holds"


def test_a_list_contains_whole_elements() -> None:
    assert of("crm.x contains a", ["a", "b"]) == "holds"
    assert of("crm.x contains a", ["ab"]) == "fails"
    assert of("crm.x contains a", "ab;b", "list") == "fails"
    assert of("crm.x contains a", "b;a", "list") == "holds"


def test_to_be_in_a_list_with_a_blank_is_not_known() -> None:
    assert of('crm.x in [a, ""]', "a") == "holds"
    assert of('crm.x in [a, ""]', "b") == "unknown"


T, F, U = "crm.x = a", "crm.x = b", "crm.z = a"  # of a record whose `x` is "a"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{T} and {T}", "holds"),
        (f"{T} and {F}", "fails"),
        (f"{T} and {U}", "unknown"),
        (f"{F} and {U}", "fails"),
        (f"{T} or {F}", "holds"),
        (f"{F} or {F}", "fails"),
        (f"{T} or {U}", "holds"),
        (f"{F} or {U}", "unknown"),
        (f"not {T}", "fails"),
        (f"not {F}", "holds"),
        (f"not {U}", "unknown"),
        (f"{T} or {T} and {F}", "holds"),
        (f"({T} or {T}) and {F}", "fails"),
        (f"not ({T} and {F})", "holds"),
    ],
)
def test_what_is_unknown_stays_unknown_unless_the_rest_settles_it(text: str, wanted: str) -> None:
    assert of(text, "a") == wanted


def test_a_condition_of_a_rule_that_is_written_the_other_way_round_is_turned() -> None:
    turned = rule("erp.y -> crm.x when crm.x = a").wiring.guard
    assert turned is not None
    assert word_of(evaluate(turned, {"y": "b"}, {"x": "a"})) == "holds"


def test_a_rule_with_or_has_a_table_of_its_own_beside_one_with_and() -> None:
    """What is found out about a guard is kept for all that are equal to it."""
    parts = "crm.x is blank {} erp.y is blank"
    both, one = (rule(f"crm.x -> erp.y when {parts.format(word)}") for word in ("and", "or"))
    assert both.wiring.guard != one.wiring.guard
    assert both.clauses != one.clauses
