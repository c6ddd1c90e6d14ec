"""What counts as a value, how it is converted, and when two sides agree."""

from decimal import Decimal

import pytest

from syncdsl.convert import Value
from syncdsl.situation import Event, Written
from tests.semantics.build import meeting, seen_times, word_of

# ── blanks ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", [None, "", [], [None, ""]])
def test_missing_null_empty_texts_and_empty_lists_are_blank(value: Value) -> None:
    assert meeting("->", value, value).contents == ("blank", "blank")


@pytest.mark.parametrize("value", [0, False, " ", Decimal(0), [0]])
def test_zero_false_and_a_space_are_values(value: Value) -> None:
    assert meeting("->", value, value).contents == ("value", "value")


def test_a_giving_side_is_blank_after_its_conversion() -> None:
    assert meeting("-> as trim", " ", "a").contents == ("blank", "value")
    assert meeting("<-> as trim", " ", " ").contents == ("blank", "blank")


def test_the_receiving_side_of_a_one_way_rule_is_as_it_stands() -> None:
    assert meeting("-> as trim", "a", " ").contents == ("value", "value")
    assert meeting("<- as trim", " ", "a").contents == ("value", "value")
    assert meeting("-> as number", 1, "many").contents == ("value", "value")


def test_a_property_that_a_record_does_not_have_is_blank() -> None:
    assert meeting("crm.x -> erp.other", "a").contents == ("value", "blank")


# ── conversion ───────────────────────────────────────────────────────────────────────────────────


def test_the_steps_come_first_and_then_the_map() -> None:
    assert meeting("-> as trim | lower, values words", " ONE ").after[1] == 1


def test_what_a_step_cannot_take_or_the_map_does_not_name_is_unusable() -> None:
    assert meeting("-> as number", "many").contents[0] == "unusable"
    assert meeting("-> values words", "four").contents[0] == "unusable"


def test_otherwise_makes_it_usable() -> None:
    assert meeting("-> values copying", "four").after[1] == "four"
    assert meeting("-> values filling", "four").after[1] == 9


def test_otherwise_with_a_value_goes_from_left_to_right_only() -> None:
    assert meeting("<- values filling", None, "four").contents[1] == "unusable"
    assert meeting("<- values copying", None, "four").after[0] == "four"


def test_a_map_has_nothing_to_say_of_a_blank() -> None:
    assert meeting("-> values filling", None, None).contents[0] == "blank"


def test_a_map_takes_whole_values() -> None:
    assert meeting("-> values words", "one;two").contents[0] == "unusable"


def test_a_map_is_read_by_the_arrows_of_its_lines() -> None:
    for word, number in (("one", 1), ("two", 2), ("deux", 2)):
        assert meeting("-> values words", word).after[1] == number
    for number, word in ((1, "one"), (2, "two"), (3, "three")):
        assert meeting("<- values words", None, number).after[0] == word
    assert meeting("-> values words", "three").contents[0] == "unusable"


def test_a_one_way_rule_applies_its_steps_as_written_whichever_way_it_points() -> None:
    assert meeting('-> as split(";")', "a;b").after[1] == ["a", "b"]
    assert meeting('<- as split(";")', None, "a;b").after[0] == ["a", "b"]


def test_a_two_way_rule_turns_its_steps_round_from_right_to_left() -> None:
    text = '<-> as split(";") | lower, erp wins'
    assert meeting(text, None, ["A", "b"]).after[0] == "a;b"
    assert meeting("<-> as negate", None, True).after[0] is False
    assert meeting("<-> as trim | number", None, " 1 ").contents[1] == "unusable"
    assert meeting("<-> as number | trim", None, " 1 ").after[0] == 1


def test_from_right_to_left_the_map_comes_first() -> None:
    assert meeting("<-> as upper, values copying", None, 1).after[0] == "ONE"


# ── agreement ────────────────────────────────────────────────────────────────────────────────────


def agree(text: str, left: Value, right: Value, y: str = "") -> bool | None:
    return meeting(text, left, right, y=y).seen.agree


def test_two_blanks_agree_and_a_blank_and_a_value_do_not() -> None:
    for arrow in ("->", "<-", "<->"):
        assert agree(arrow, None, "")
        assert not agree(arrow, None, "a")
        assert not agree(arrow, "a", None)


def test_one_way_the_converted_source_is_the_target() -> None:
    assert agree("-> as lower", "A", "a")
    assert not agree("-> as lower", "a", "A")
    assert agree("-> values words", "deux", 2)
    assert agree("<- as lower", "a", "A")


def test_two_way_one_direction_is_enough() -> None:
    assert agree("<-> values words", "deux", 2)  # from right to left 2 becomes "two"
    assert agree("<-> values words", "three", 3)  # from left to right nothing becomes 3


def test_two_way_without_a_map_both_may_convert_to_the_same() -> None:
    assert agree("<-> as trim | lower", " A", "a ")
    assert not agree("<-> as lower, values copying", "A", "B")


def test_opposites_do_not_agree_because_both_can_be_turned() -> None:
    assert agree("<-> as negate", True, False)
    assert not agree("<-> as negate", True, True)


def test_a_list_and_the_text_of_it_agree_in_either_spelling() -> None:
    assert agree('<-> as split(";") | lower', "A;b", ["a", "B"])


def test_values_agree_by_the_type_of_the_property_they_would_be_written_to() -> None:
    assert not agree("->", "1.0", "1")
    assert agree("->", "1.0", "1", y="number")
    assert agree("->", "yes", True, y="bool")
    assert agree("->", "b;a", ["a", "b"], y="list")


def test_an_unusable_side_agrees_only_if_the_other_one_gives_its_value() -> None:
    assert not agree("-> as number", "many", "many")
    assert not agree("<-> as number", "many", "many")
    assert agree("<-> values words", "three", 3)


# ── lists ────────────────────────────────────────────────────────────────────────────────────────


def test_append_adds_the_lines_that_are_not_there_at_the_end() -> None:
    assert meeting("-> append", "b\nc\n\nd", "a\nb").after[1] == "a\nb\nc\nd"
    assert meeting("-> append", "a", "b\na").end == "keep"


def test_append_leaves_what_is_there_as_it_is_to_the_letter() -> None:
    assert meeting("-> append", "c", "a\r\n\r\nb\n").after[1] == "a\r\n\r\nb\nc"


def test_union_adds_the_elements_that_are_missing_the_targets_first() -> None:
    assert meeting("-> union", ["b", "a"], ["c", "a"]).after[1] == ["c", "a", "b"]


def test_an_element_that_is_given_twice_is_added_once() -> None:
    assert meeting("-> union", ["b", "b"], ["a"]).after[1] == ["a", "b"]


def test_both_sides_get_what_they_lack() -> None:
    assert meeting("<-> union", ["a", "b"], ["b", "c"]).after == (["a", "b", "c"], ["b", "c", "a"])


def test_elements_that_are_equal_after_conversion_are_the_same() -> None:
    assert meeting("-> union, as lower", ["A"], ["A"]).end == "keep"
    assert meeting("<-> union, as lower", ["A", "b"], ["a"]).after == (["A", "b"], ["a", "b"])


def test_what_a_conversion_cannot_take_is_in_nobodys_way() -> None:
    assert meeting("-> union, as number", [1], ["1.0", "many"]).end == "keep"


def test_a_target_does_not_go_through_the_map_that_leads_to_it() -> None:
    assert meeting("-> union, values copying", "one", ["one"]).after[1] == ["one", 1]


def test_a_text_that_was_joined_is_added_to_in_its_own_form() -> None:
    assert meeting('<-> as split(";"), union', "a;b", ["b", "c"]).after == (
        "a;b;c",
        ["b", "c", "a"],
    )
    assert meeting('-> as join(","), union', ["a", "b"], "b,c").after[1] == "b,c,a"


def test_the_text_of_a_list_property_is_parted_as_lists_are() -> None:
    assert meeting("-> union", "a;b", "b", y="list", x="list").after[1] == "b;a"
    assert meeting("-> union", "a;b", "b", y="text", x="list").after[1] == "b\na"


def test_a_list_goes_into_a_text_line_by_line() -> None:
    assert meeting("->", ["a", "b"], None, y="text").after[1] == "a\nb"
    assert meeting("->", ["a", "b"], "a\nb", y="text").end == "keep"


def test_a_blank_has_nothing_to_add_and_a_blank_target_gets_all() -> None:
    assert meeting("-> append", None, "a").seen.agree
    assert meeting("-> append", "a\nb", None).after[1] == "a\nb"
    assert not meeting("<-> append", None, "a").seen.agree


def test_an_unusable_list_does_not_agree() -> None:
    assert meeting("-> union, as number", ["many"], ["many"]).end == "reject"


# ── stages ───────────────────────────────────────────────────────────────────────────────────────


def rank(text: str, left: Value, right: Value) -> str:
    return word_of(meeting(text, left, right).seen.rank)


def test_stages_are_compared_in_the_order_they_are_declared_in() -> None:
    assert rank("<-> forward only in stages", "open", "lead") == "later"
    assert rank("<-> forward only in stages", "lead", "won") == "earlier"
    assert rank("<-> forward only in stages", "lead", "lost") == "outside"


def test_two_way_they_are_compared_as_the_right_ends_values() -> None:
    assert rank("<-> forward only in stages, values staging", "hot", "lead") == "later"
    assert rank("<-> forward only in stages, values staging", "lead", "won") == "outside"


def test_one_way_the_converted_source_is_compared_with_the_target_as_it_stands() -> None:
    assert rank("-> forward only in stages, as lower", "WON", "lead") == "later"
    assert rank("-> forward only in stages, as lower", "won", "LEAD") == "outside"
    assert rank("<- forward only in stages, as lower", "lead", "WON") == "earlier"


def test_the_same_stage_in_another_spelling_is_agreement() -> None:
    assert meeting("-> sticky", "yes", True).seen.agree
    assert meeting("<-> sticky", "no", False).seen.agree


def test_a_blank_comes_before_every_stage() -> None:
    assert rank("<-> forward only in stages", None, "lead") == "earlier"
    assert rank("<-> sticky", False, None) == "later"
    assert rank("<-> forward only in stages, as trim", "lead", " ") == "later"


def test_sticky_has_the_order_false_before_true() -> None:
    assert rank("<-> sticky", True, False) == "later"
    assert meeting("<-> sticky", True, False).after == (True, True)
    assert meeting("<-> sticky", "maybe", False).end == "reject"


def test_sticky_in_a_system_keeps_the_true_of_that_one() -> None:
    assert meeting("<-> as negate, sticky in crm", True, True).after == (True, False)
    assert meeting("<-> as negate, sticky in crm", False, False).end == "write left"
    assert meeting("<-> as negate, sticky in erp", True, True).after == (False, True)
    assert meeting("-> as negate, sticky in erp", True, True).end == "keep"


# ── what else is seen ────────────────────────────────────────────────────────────────────────────


def changed(text: str, left: Value, right: Value, before: tuple[Value, Value]) -> str:
    return word_of(meeting(text, left, right, before=before).seen.changed)


def test_an_edit_is_a_difference_from_what_was_there_after_the_last_sync() -> None:
    assert changed("<->", "a", "b", ("a", "b")) == "neither"
    assert changed("<->", "a", "b", ("b", "b")) == "left"
    assert changed("<->", "a", "b", ("a", "a")) == "right"
    assert changed("<->", "a", "b", (None, None)) == "both"


def test_without_a_baseline_nobody_knows() -> None:
    assert word_of(meeting("<->", "a", "b").seen.changed) == "unknown"


def test_on_the_first_pass_nobody_knows_whatever_there_was() -> None:
    first = meeting("<->", "a", "b", before=("a", "b"), event=Event.INITIAL)
    assert word_of(first.seen.changed) == "unknown"


def test_a_value_in_another_spelling_of_its_type_was_not_edited() -> None:
    found = meeting("<->", "1.0", 2, before=(1, 2), x="number")
    assert word_of(found.seen.changed) == "neither"


def test_a_constant_never_changes() -> None:
    found = meeting('"a" -> erp.y', None, "b", before=(None, "a"))
    assert word_of(found.seen.changed) == "right"


def test_the_more_recent_side_is_the_one_with_the_later_time() -> None:
    assert seen_times("2026-01-02", "2026-01-01") == "left"
    assert seen_times("2026-01-01T09:00:00+02:00", "2026-01-01T08:00:00Z") == "right"


@pytest.mark.parametrize("times", [("2026-01-01", "2026-01-01"), (None, "2026-01-01"), ("soon", 1)])
def test_equal_and_unknown_times_tell_nothing(times: tuple[Value, Value]) -> None:
    assert seen_times(*times) == "unknown"


def test_only_once_asks_what_was_written() -> None:
    assert word_of(meeting("->", "a", "b", written=Written.YES).seen.written) == "none"
    assert word_of(meeting("-> once", "a", "b", written=Written.YES).seen.written) == "yes"
