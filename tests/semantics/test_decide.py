"""How one rule is decided, step by step as the reference has it."""

import pytest

from tests.semantics.build import ends, reasons

MODES = ("", "if blank", "once", "append", "union", "forward only in stages", "sticky")
DISPUTED = "both|unknown"
FULL = "initial|reactivation"
LATER = "initial|update|reactivation"

every_arrow = pytest.mark.parametrize("arrow", ["->", "<-", "<->"])
every_mode = pytest.mark.parametrize("mode", MODES)


# ── 1. events and guard ──────────────────────────────────────────────────────────────────────────


@every_arrow
@every_mode
def test_on_an_event_that_is_not_the_rules_nothing_happens(arrow: str, mode: str) -> None:
    text = f"{arrow} on create only, {mode}".rstrip(", ")
    assert ends(text, event=LATER) == {"keep"}
    assert reasons(text, event=LATER) == {"events"}


def test_without_events_a_rule_looks_at_all_four() -> None:
    for event in ("create", "initial", "update", "reactivation"):
        assert "write right" in ends("->", event=event)


def test_an_excluded_event_is_the_only_one_left_out() -> None:
    text = "-> not on reactivation"
    assert ends(text, event="reactivation") == {"keep"}
    assert "write right" in ends(text, event="initial")


@every_arrow
def test_a_guard_that_fails_or_cannot_be_told_does_not_hold(arrow: str) -> None:
    text = f"{arrow} when crm.z = a"
    assert ends(text, guard="fails|unknown") == {"keep"}
    assert reasons(text, guard="fails") == {"guard fails"}
    assert reasons(text, guard="unknown") == {"guard unknown"}


def test_the_event_is_asked_before_the_guard() -> None:
    assert reasons("-> on create only, when crm.z = a", event="update") == {"events"}


@every_arrow
def test_a_guard_that_holds_changes_nothing(arrow: str) -> None:
    guarded = ends(f"{arrow} when crm.z = a", guard="holds", agree="no")
    assert guarded == ends(arrow, agree="no")


# ── 2. create ────────────────────────────────────────────────────────────────────────────────────


def test_a_record_that_is_made_on_the_giving_side_gets_nothing() -> None:
    assert ends("->", event="create", made="left") == {"keep"}
    assert ends("<-", event="create", made="right") == {"keep"}
    assert reasons("->", made="left") == {"arrow"}


def test_a_record_that_is_made_gets_the_value_of_the_one_that_exists() -> None:
    assert ends("->", made="right", left="value") == {"write right"}
    assert ends("<-", made="left", right="value") == {"write left"}
    assert ends("<->", made="right", left="value") == {"write right"}
    assert ends("<->", made="left", right="value") == {"write left"}


@every_mode
def test_a_record_that_is_made_gets_it_whatever_the_write_mode(mode: str) -> None:
    within = {"rank": "later|none"}
    assert ends(f"-> {mode}".strip(), made="right", left="value", **within) == {"write right"}


def test_a_record_that_is_made_gets_no_blank_but_the_default() -> None:
    assert ends("->", made="right", left="blank") == {"keep"}
    assert ends("-> default 1", made="right", left="blank") == {"write right"}
    assert reasons("-> default 1", made="right", left="blank") == {"default"}


def test_a_default_is_for_nothing_else() -> None:
    assert ends("-> default 1", event=LATER, left="blank") == {"keep"}
    assert reasons("-> default 1", made="right", left="value") == {"source"}
    assert ends("-> as number, default 1", made="right", left="unusable") == {"reject"}


def test_emptying_clauses_do_not_empty_what_is_made() -> None:
    assert ends("-> clear blanks", made="right", left="blank") == {"keep"}
    assert ends("<-> clear blanks", event="create", left="blank", right="blank") == {"keep"}


def test_an_unusable_value_or_a_stage_outside_the_order_makes_no_value() -> None:
    assert ends("-> as number", made="right", left="unusable") == {"reject"}
    text = "-> forward only in stages"
    assert ends(text, made="right", rank="outside") == {"reject"}
    assert reasons(text, made="right", rank="outside") == {"outside order"}


# ── 3. agreement ─────────────────────────────────────────────────────────────────────────────────


@every_arrow
@every_mode
@pytest.mark.parametrize("more", ["", "as number", "values words"])
def test_sides_that_agree_are_left_as_they_are(arrow: str, mode: str, more: str) -> None:
    text = f"{arrow} {', '.join(filter(None, (mode, more)))}".strip()
    assert ends(text, agree="yes") == {"keep"}
    assert reasons(text, agree="yes") == {"agree"}


# ── 4. who gives ─────────────────────────────────────────────────────────────────────────────────


def test_a_one_way_rule_gives_at_every_full_pass_whatever_the_target_holds() -> None:
    asked = {"agree": "no", "left": "value", "right": "value"}
    assert ends("->", event=FULL, **asked) == {"write right"}


def test_on_an_update_the_source_gives_only_if_it_changed_or_nobody_knows() -> None:
    asked = {"event": "update", "agree": "no", "left": "value"}
    assert ends("->", changed="left|both|unknown", **asked) == {"write right"}
    assert ends("->", changed="neither|right", **asked) == {"keep"}
    assert reasons("->", changed="right", **asked) == {"unchanged"}


def test_a_constant_gives_at_a_full_pass_and_never_on_an_update() -> None:
    asked = {"agree": "no", "left": "value"}
    assert ends('"a" -> erp.y', event=FULL, **asked) == {"write right"}
    assert ends('"a" -> erp.y', event="update", **asked) == {"keep"}
    assert ends('crm.x <- "a"', event="update") == {"keep"}


def test_the_one_of_two_sides_that_was_changed_gives() -> None:
    values = {"agree": "no", "left": "value", "right": "value"}
    for text in ("<->", "<-> crm wins", "<-> erp wins", "<-> ask", "<-> most recent wins"):
        assert ends(text, changed="left", **values) == {"write right"}
        assert ends(text, changed="right", **values) == {"write left"}
        assert ends(text, changed="neither", **values) == {"keep"}


def test_the_one_of_two_sides_that_was_changed_gives_a_blank_too() -> None:
    emptied = {"event": "update", "agree": "no", "left": "blank", "changed": "left"}
    assert ends("<->", **emptied) == {"keep"}
    assert ends("<-> clear blanks", **emptied) == {"clear right"}
    assert ends("<-> clear emptied", **emptied) == {"clear right"}


@pytest.mark.parametrize("mode", ["forward only in stages", "sticky", "append", "union"])
def test_where_values_only_grow_it_does_not_matter_who_changed_what(mode: str) -> None:
    asked = {"event": "update", "agree": "no", "left": "value", "right": "value"}
    text = f"<-> {mode}"
    endings = [ends(text, changed=each, **asked) for each in ("neither", "left", "right", "both")]
    assert all(each == endings[0] for each in endings)
    assert endings[0] != {"keep"}


# ── 5. dispute ───────────────────────────────────────────────────────────────────────────────────


@every_mode
@pytest.mark.parametrize("winner", ["", "erp wins", "ask", "most recent wins"])
def test_in_a_dispute_a_blank_side_gives_way(mode: str, winner: str) -> None:
    text = f"<-> {', '.join(filter(None, (mode, winner)))}".strip()
    asked = {"changed": DISPUTED, "rank": "later|earlier|none", "written": "no|none"}
    assert ends(text, left="value", right="blank", **asked) == {"write right"}
    assert ends(text, left="blank", right="value", **asked) == {"write left"}


def test_with_clear_blanks_the_winner_decides_about_a_blank_too() -> None:
    asked = {"left": "blank", "right": "value", "changed": DISPUTED}
    assert ends("<-> clear blanks, crm wins", **asked) == {"clear right"}
    assert ends("<-> clear blanks, erp wins", **asked) == {"write left"}
    assert ends("<-> clear blanks, ask", **asked) == {"conflict"}
    assert ends("<-> clear blanks", **asked) == {"conflict"}


def test_with_clear_emptied_the_winner_decides_about_what_is_known_to_have_been_emptied() -> None:
    text = "<-> clear emptied, crm wins"
    asked = {"left": "blank", "right": "value"}
    assert ends(text, changed="both", **asked) == {"clear right"}
    assert ends(text, changed="unknown", **asked) == {"write left"}


def test_in_a_dispute_of_two_values_what_only_fills_blanks_does_nothing() -> None:
    asked = {"agree": "no", "left": "value", "right": "value", "changed": DISPUTED}
    for text in ("<-> if blank", "<-> once", "<-> if blank, crm wins"):
        assert ends(text, **asked) == {"keep"}


@pytest.mark.parametrize("mode", ["append", "union"])
def test_two_lists_get_what_each_lacks(mode: str) -> None:
    text = f"<-> {mode}, as text(9)"
    assert ends(text, lacks="left") == {"add left"}
    assert ends(text, lacks="right") == {"add right"}
    assert ends(text, lacks="both") == {"add both"}
    unusable = {"event": "update", "left": "unusable"}
    assert ends(text, **unusable) == {"reject"}


@pytest.mark.parametrize("mode", ["forward only in stages", "sticky"])
def test_of_two_stages_the_later_one_is_given(mode: str) -> None:
    text = f"<-> {mode}"
    asked = {"event": FULL, "agree": "no", "left": "value", "right": "value"}
    assert ends(text, rank="later", **asked) == {"write right"}
    assert ends(text, rank="earlier", **asked) == {"write left"}
    assert ends(text, rank="outside", **asked) == {"reject"}
    assert reasons(text, rank="outside", **asked) == {"outside order"}


def test_a_stage_that_cannot_be_converted_is_told_as_that() -> None:
    asked = {"event": "update", "agree": "no", "left": "unusable", "right": "value"}
    assert reasons("<-> as bool, sticky", **asked) == {"conversion"}


def test_the_winner_gives() -> None:
    asked = {"agree": "no", "left": "value", "right": "value", "changed": DISPUTED}
    assert ends("<-> crm wins", **asked) == {"write right"}
    assert ends("<-> erp wins", **asked) == {"write left"}
    assert ends("<-> most recent wins", newer="left", **asked) == {"write right"}
    assert ends("<-> most recent wins", newer="right", **asked) == {"write left"}


def test_where_nobody_wins_a_person_decides() -> None:
    asked = {"agree": "no", "left": "value", "right": "value", "changed": DISPUTED}
    assert ends("<->", **asked) == {"conflict"}
    assert reasons("<->", **asked) == {"no winner"}
    assert ends("<-> ask", **asked) == {"conflict"}
    assert reasons("<-> ask", **asked) == {"ask"}
    assert ends("<-> most recent wins", newer="unknown", **asked) == {"conflict"}
    assert reasons("<-> most recent wins", newer="unknown", **asked) == {"equal times"}


def test_a_winner_without_a_usable_value_is_reported() -> None:
    asked = {"agree": "no", "left": "unusable", "right": "value", "changed": DISPUTED}
    assert ends("<-> as number, crm wins", **asked) == {"reject"}
    assert ends("<-> as number, erp wins", **asked) == {"write left"}


# ── 6. giving ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", ["if blank", "once"])
def test_what_only_fills_blanks_never_replaces_a_value(mode: str) -> None:
    assert ends(f"-> {mode}", event=LATER, right="value") == {"keep"}
    asked = {"event": FULL, "left": "value", "written": "no|none"}
    assert ends(f"-> {mode}", right="blank", **asked) == {"write right"}


def test_once_writes_again_only_if_it_is_not_known_to_have_written() -> None:
    asked = {"event": FULL, "right": "blank", "left": "value"}
    assert ends("-> once", written="no|unknown", **asked) == {"write right"}
    assert ends("-> once", written="yes", **asked) == {"keep"}
    assert reasons("-> once", written="yes", **asked) == {"wrote before"}


def test_a_blank_empties_only_where_a_clause_says_so() -> None:
    asked = {"event": FULL, "left": "blank", "right": "value"}
    assert ends("->", **asked) == {"keep"}
    assert ends("-> skip blanks", **asked) == {"keep"}
    assert ends("-> clear blanks", **asked) == {"clear right"}


def test_clear_emptied_needs_to_know_that_the_blank_is_new() -> None:
    asked = {"left": "blank", "right": "value"}
    assert ends("-> clear emptied", event="initial", **asked) == {"keep"}
    assert ends("-> clear emptied", changed="left|both", **asked) == {"clear right"}
    unknown = "neither|right|unknown"
    assert ends("-> clear emptied", event="reactivation", changed=unknown, **asked) == {"keep"}


def test_an_unusable_value_is_reported_and_not_written() -> None:
    assert ends("-> as number", event=FULL, left="unusable") == {"reject"}
    assert ends("<- as number", event=FULL, right="unusable") == {"reject"}
    both = {"left": "unusable", "right": "value", "agree": "no"}
    assert ends("<-> as number", changed="left", **both) == {"reject"}
    assert ends("<-> as number", changed="right", **both) == {"write left"}


@pytest.mark.parametrize("mode", ["forward only in stages", "sticky"])
def test_a_one_way_stage_only_goes_forward(mode: str) -> None:
    asked = {"event": FULL, "agree": "no", "left": "value"}
    assert ends(f"-> {mode}", rank="later", **asked) == {"write right"}
    assert ends(f"-> {mode}", rank="earlier", right="value", **asked) == {"keep"}
    assert ends(f"-> {mode}", rank="outside", **asked) == {"reject"}
    assert ends(f"<- {mode}", event=FULL, rank="earlier", right="value") == {"write left"}


@pytest.mark.parametrize("mode", ["append", "union"])
def test_what_adds_adds_to_a_value_and_fills_a_blank(mode: str) -> None:
    asked = {"event": FULL, "agree": "no", "left": "value"}
    assert ends(f"-> {mode}", right="value", **asked) == {"add right"}
    assert ends(f"-> {mode}", right="blank", **asked) == {"write right"}


@pytest.mark.parametrize("mode", [each for each in MODES if each])
@every_arrow
def test_no_write_mode_ever_empties(arrow: str, mode: str) -> None:
    assert not ends(f"{arrow} {mode}") & {"clear left", "clear right"}
