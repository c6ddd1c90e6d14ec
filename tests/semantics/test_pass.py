"""What a pass does, in order: pair, scope, create, decide, write, remember."""

import pytest

from syncdsl.condition import Record
from syncdsl.convert import Value
from syncdsl.policy import Mapping
from syncdsl.semantics.pair import Link, Memory, Ref, Why, records
from syncdsl.semantics.run import Change, Pass, run
from syncdsl.situation import Action, Event, Side
from tests.semantics.build import again, left, linked, mapping, passed, right

BY_KEY = ("match k = k as trim | lower", "a: crm.x -> erp.y")


def ids(done: Pass) -> list[tuple[object, object]]:
    return [(pair.left, pair.right) for pair in done.pairs]


def whys(done: Pass) -> dict[object, Why | None]:
    return {each.record.id: each.why for each in done.alone}


# ── 1. pair ──────────────────────────────────────────────────────────────────────────────────────


def test_records_pair_by_keys_that_are_equal_after_the_steps() -> None:
    done = passed(mapping(*BY_KEY), [{"id": "1", "k": " Ada "}], [{"id": "2", "k": "ada"}])
    assert ids(done) == [("1", "2")]


def test_a_pair_first_found_has_the_event_initial_whatever_the_pass() -> None:
    for event in (Event.UPDATE, Event.REACTIVATION, Event.INITIAL):
        rows = [{"id": "1", "k": "a"}]
        assert passed(mapping(*BY_KEY), rows, rows, event=event).pairs[0].event is Event.INITIAL
        assert (
            passed(mapping(*BY_KEY), rows, rows, linked("1"), event=event).pairs[0].event is event
        )


def test_linked_records_stay_linked_and_are_not_matched_again() -> None:
    rows = [{"id": "1", "k": "a"}, {"id": "2", "k": "b"}]
    swapped = [{"id": "1", "k": "b"}, {"id": "2", "k": "a"}]
    assert ids(passed(mapping(*BY_KEY), rows, swapped, linked("1", "2"))) == [
        ("1", "1"),
        ("2", "2"),
    ]


@pytest.mark.parametrize("key", [None, "", " "])
def test_a_blank_key_pairs_nothing(key: Value) -> None:
    rows = [{"id": "1", "k": key}]
    done = passed(mapping(*BY_KEY), rows, rows)
    assert ids(done) == []
    assert whys(done) == {"1": Why.NO_KEY}


def test_a_key_that_cannot_be_converted_pairs_nothing() -> None:
    rows = [{"id": "1", "k": "many"}]
    assert ids(passed(mapping("match k = k as number"), rows, rows)) == []


def test_of_several_keys_all_have_to_be_there_and_equal() -> None:
    over = mapping("match k = k, l = l")
    one = [{"id": "1", "k": "a", "l": "b"}]
    assert ids(passed(over, one, one)) == [("1", "1")]
    assert ids(passed(over, one, [{"id": "1", "k": "a", "l": "c"}])) == []
    half = [{"id": "1", "k": "a"}]
    assert ids(passed(over, half, half)) == []


def test_keys_are_equal_by_the_type_that_both_properties_have() -> None:
    rows = [{"id": "1", "k": "1.0"}], [{"id": "1", "k": 1}]
    assert ids(passed(mapping("match k = k", k="number"), *rows)) == [("1", "1")]
    assert ids(passed(mapping("match k = k"), *rows)) == []


def test_a_key_that_two_records_of_one_side_share_is_reported_and_none_is_written() -> None:
    over = mapping(*BY_KEY, "create in crm", "create in erp")
    twins = [{"id": "1", "k": "a", "x": "x"}, {"id": "2", "k": "A", "x": "x"}]
    done = passed(over, twins, [{"id": "3", "k": "a"}])
    (ambiguity,) = done.ambiguities
    assert ambiguity.key == ("a",)
    assert [ref.id for ref in ambiguity.records] == ["1", "2", "3"]
    assert (done.pairs, done.changes) == ((), ())
    assert set(whys(done).values()) == {Why.AMBIGUOUS}


def test_a_key_that_a_linked_record_has_too_is_ambiguous_and_the_link_goes_on() -> None:
    over = mapping(*BY_KEY, "create in erp")
    rows = [{"id": "1", "k": "a", "x": "new"}, {"id": "2", "k": "a", "x": "other"}]
    done = passed(over, rows, [{"id": "1", "k": "a"}], linked("1"))
    assert [ref.id for ref in done.ambiguities[0].records] == ["1", "2", "1"]
    assert right(done) == [{"id": "1", "k": "a", "y": "new"}]


def test_a_record_whose_partner_is_linked_to_another_one_is_left_alone() -> None:
    over = mapping(*BY_KEY, "create in erp")
    rows = [{"id": "1", "k": "new"}, {"id": "2", "k": "a"}]
    done = passed(over, rows, [{"id": "1", "k": "a"}], linked("1"))
    assert whys(done) == {"2": Why.AMBIGUOUS}
    assert done.created == ()


# ── 2. scope ─────────────────────────────────────────────────────────────────────────────────────

STOPS = mapping("match k = k", "scope crm.s = in", "a: crm.x -> erp.y")
KEEPS = mapping("match k = k", "scope crm.s = in, leaving keeps", "a: crm.x -> erp.y")


@pytest.mark.parametrize("over", [STOPS, KEEPS])
@pytest.mark.parametrize("scope", ["out", None])
def test_what_does_not_fit_or_cannot_be_told_does_not_enter(over: Mapping, scope: Value) -> None:
    done = passed(over, [{"id": "1", "k": "a", "s": scope, "x": "x"}], [{"id": "1", "k": "a"}])
    assert len(done.outside) == 1
    assert (done.pairs, done.changes, done.memory) == ((), (), Memory())


def test_what_enters_later_is_a_pair_first_found() -> None:
    erp = [{"id": "1", "k": "a"}]
    out = passed(STOPS, [{"id": "1", "k": "a", "s": "out"}], erp)
    inside = passed(STOPS, [{"id": "1", "k": "a", "s": "in"}], erp, out.memory)
    assert [pair.event for pair in inside.pairs] == [Event.INITIAL]


def test_leaving_stops_by_default_and_keeps_where_it_is_said() -> None:
    crm = [{"id": "1", "s": "out", "x": "new"}]
    assert passed(STOPS, crm, [{"id": "1"}], linked("1")).changes == ()
    assert len(passed(KEEPS, crm, [{"id": "1"}], linked("1")).changes) == 1


def test_a_condition_that_cannot_be_told_does_not_leave() -> None:
    crm = [{"id": "1", "x": "new"}]
    inside = passed(STOPS, crm, [{"id": "1"}], linked("1"))
    assert len(inside.changes) == 1
    left_before = Memory((Link("1", "1", inside=False),))
    assert passed(STOPS, crm, [{"id": "1"}], left_before).changes == ()


def test_what_comes_back_is_synced_again_and_an_edit_made_meanwhile_is_known() -> None:
    erp = [{"id": "1", "y": "old"}]
    first = passed(STOPS, [{"id": "1", "s": "in", "x": "old"}], erp, linked("1"))
    away = passed(STOPS, [{"id": "1", "s": "out", "x": "new"}], erp, first.memory)
    assert [link.inside for link in away.memory.links] == [False]
    back = passed(STOPS, [{"id": "1", "s": "in", "x": "new"}], erp, away.memory)
    assert right(back) == [{"id": "1", "y": "new"}]


def test_what_does_not_fit_is_not_made_either() -> None:
    over = mapping("match k = k", "scope crm.s = in", "create in erp")
    done = passed(over, [{"id": "1", "k": "a", "s": "out"}, {"id": "2", "k": "b", "s": "in"}], [])
    assert whys(done) == {"1": Why.SCOPE}
    assert [pair.left for pair in done.pairs] == ["2"]


# ── 3. create and delete ─────────────────────────────────────────────────────────────────────────


def test_without_a_create_line_a_pass_creates_nothing_and_says_so() -> None:
    done = passed(mapping(*BY_KEY), [{"id": "1", "k": "a"}], [])
    assert done.created == ()
    assert whys(done) == {"1": Why.NO_LINE}


def test_a_record_is_made_with_what_the_rules_give_it() -> None:
    over = mapping(*BY_KEY, "create in erp", 'b: "crm" -> erp.origin')
    done = passed(over, [{"id": "1", "k": "a", "x": "x"}], [])
    assert done.created == (Ref(Side.RIGHT, "new 1"),)
    assert right(done) == [{"y": "x", "origin": "crm"}]
    assert again(over, done).changes == ()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("create in erp never", Why.NEVER),
        ("create in erp when crm.c = yes", Why.CONDITION),
        ("create in erp when crm.unknown = yes", Why.CONDITION),
        ("create in crm", Why.NO_LINE),
    ],
)
def test_a_record_is_only_made_where_a_create_line_says_so(line: str, why: Why) -> None:
    done = passed(mapping(*BY_KEY, line), [{"id": "1", "k": "a", "c": "no"}], [])
    assert whys(done) == {"1": why}


def test_a_blank_key_creates_nothing_even_where_the_condition_holds() -> None:
    over = mapping(*BY_KEY, "create in erp when crm.c = yes")
    done = passed(over, [{"id": "1", "c": "yes"}, {"id": "2", "k": "a", "c": "yes"}], [])
    assert whys(done) == {"1": Why.NO_KEY}
    assert [pair.left for pair in done.pairs] == ["2"]


def test_a_mapping_makes_nothing_on_the_side_it_only_reads() -> None:
    over = mapping("match k = k", "create in erp", arrow="->")
    assert whys(passed(over, [], [{"id": "1", "k": "a"}])) == {"1": Why.ARROW}


def test_without_a_match_line_there_is_no_key_that_could_be_blank() -> None:
    assert len(passed(mapping("create in erp"), [{"id": "1"}], [{"id": "2"}]).created) == 1


def test_a_link_whose_partner_is_gone_creates_nothing() -> None:
    over = mapping(*BY_KEY, "create in erp")
    done = passed(over, [{"id": "1", "k": "a"}], [], linked("1"))
    assert whys(done) == {"1": Why.GONE}
    assert whys(again(over, done)) == {"1": Why.GONE}


def test_a_deletion_is_ignored_unless_something_else_is_said() -> None:
    done = passed(mapping(*BY_KEY), [{"id": "1", "k": "a"}], [], linked("1"))
    assert left(done) == [{"id": "1", "k": "a"}]
    assert done.memory == linked("1")


def test_a_deletion_that_follows_takes_the_other_record_with_it() -> None:
    over = mapping("delete follows")
    done = passed(over, [{"id": "1"}, {"id": "2"}], [{"id": "2"}], linked("1", "2"))
    assert done.deleted == (Ref(Side.LEFT, "1"),)
    assert left(done) == [{"id": "2"}]
    assert [link.left for link in done.memory.links] == ["2"]


def test_a_deletion_follows_the_arrow_of_the_mapping_and_never_goes_against_it() -> None:
    over = mapping("delete follows", arrow="->")
    assert passed(over, [], [{"id": "1"}], linked("1")).deleted == (Ref(Side.RIGHT, "1"),)
    assert passed(over, [{"id": "1"}], [], linked("1")).deleted == ()


def test_a_deletion_does_not_follow_out_of_the_scope() -> None:
    over = mapping("delete follows", "scope crm.s = in")
    assert passed(over, [{"id": "1", "s": "out"}], [], linked("1")).deleted == ()
    assert len(passed(over, [{"id": "1", "s": "in"}], [], linked("1")).deleted) == 1


def test_a_deletion_that_unlinks_leaves_a_record_that_the_next_pass_takes_as_new() -> None:
    over = mapping(*BY_KEY, "create in erp", "delete unlinks")
    done = passed(over, [{"id": "1", "k": "a"}], [], linked("1"))
    assert (done.created, done.memory) == ((), Memory())
    assert len(again(over, done).created) == 1


def test_two_records_that_are_both_gone_are_still_linked_when_they_are_restored() -> None:
    over = mapping(*BY_KEY)
    done = passed(over, [], [], linked("1"))
    assert done.memory == linked("1")
    (pair,) = passed(over, [{"id": "1", "x": "a"}], [{"id": "1"}], done.memory).pairs
    assert pair.event is Event.UPDATE


@pytest.mark.parametrize("line", ["delete follows", "delete unlinks"])
def test_where_a_deletion_ends_a_link_nothing_is_remembered_of_two_records_that_are_gone(
    line: str,
) -> None:
    assert passed(mapping(*BY_KEY, line), [], [], linked("1")).memory == Memory()


# ── 4. decide ────────────────────────────────────────────────────────────────────────────────────


def test_rules_see_the_values_as_they_were_before_the_pass() -> None:
    over = mapping("a: crm.x -> erp.y", "b: crm.z <- erp.y")
    done = passed(over, [{"id": "1", "x": "new"}], [{"id": "1", "y": "old"}], linked("1"))
    assert left(done)[0]["z"] == "old"
    assert right(done)[0]["y"] == "new"


def test_each_rule_decides_about_each_pair_in_the_order_of_the_source() -> None:
    over = mapping("b: crm.x -> erp.y", "a: crm.z -> erp.z")
    rows = [{"id": "2"}, {"id": "1"}]
    done = passed(over, rows, rows, linked("2", "1"))
    told = [(each.pair.left, each.rule) for each in done.decisions]
    assert told == [("2", "b"), ("2", "a"), ("1", "b"), ("1", "a")]


def test_a_rule_that_is_written_the_other_way_round_writes_its_own_right_end() -> None:
    over = mapping("a: erp.y <-> crm.x, erp wins")
    done = passed(over, [{"id": "1", "x": "crm"}], [{"id": "1", "y": "erp"}], linked("1"))
    assert left(done) == [{"id": "1", "x": "erp"}]
    (change,) = done.changes
    assert change == Change(Ref(Side.LEFT, "1"), "x", "crm", "erp")


def test_the_more_recent_value_is_told_by_the_times_of_the_properties() -> None:
    over = mapping("a: crm.x <-> erp.y, most recent wins")
    crm = records([{"x": "crm"}], times=[{"x": "2026-01-02"}])
    erp = records([{"y": "erp"}], times=[{"y": "2026-01-01"}])
    done = run(over, crm, erp, Memory((Link(0, 0),)), event=Event.REACTIVATION)
    assert done.after.right.rows == {0: {"y": "crm"}}
    assert done.after.right.times == {0: {}}  # when it was written nobody here can know


# ── 5. write ─────────────────────────────────────────────────────────────────────────────────────

TWO = mapping("a: crm.x -> erp.y", "b: crm.z -> erp.y")


def test_two_rules_with_different_values_for_a_property_are_in_conflict() -> None:
    done = passed(TWO, [{"id": "1", "x": "a", "z": "b"}], [{"id": "1", "y": "c"}], linked("1"))
    (conflict,) = done.conflicts
    assert (conflict.property, conflict.rules, conflict.values) == ("y", ("a", "b"), ("a", "b"))
    assert [each.action for each in done.decisions] == [Action.CONFLICT, Action.CONFLICT]
    assert right(done) == [{"id": "1", "y": "c"}]


def test_two_rules_that_agree_write_their_value() -> None:
    done = passed(TWO, [{"id": "1", "x": "a", "z": "a"}], [{"id": "1", "y": "c"}], linked("1"))
    assert done.conflicts == ()
    assert right(done) == [{"id": "1", "y": "a"}]


def test_a_rule_that_keeps_gives_no_value_and_is_in_nobodys_way() -> None:
    done = passed(TWO, [{"id": "1", "x": "a", "z": "c"}], [{"id": "1", "y": "c"}], linked("1"))
    assert right(done) == [{"id": "1", "y": "a"}]


def test_a_value_and_its_being_emptied_are_different_values() -> None:
    over = mapping("a: crm.x -> erp.y clear blanks", "b: crm.z -> erp.y")
    done = passed(over, [{"id": "1", "z": "b"}], [{"id": "1", "y": "c"}], linked("1"))
    assert len(done.conflicts) == 1


def test_a_record_that_is_made_does_not_get_what_two_rules_cannot_agree_on() -> None:
    over = mapping("create in erp", "a: crm.x -> erp.y", "b: crm.z -> erp.y", "c: crm.c -> erp.c")
    done = passed(over, [{"id": "1", "x": "a", "z": "b", "c": "c"}], [])
    assert right(done) == [{"c": "c"}]


def test_what_is_emptied_is_null() -> None:
    over = mapping("a: crm.x -> erp.y clear blanks")
    done = passed(over, [{"id": "1"}], [{"id": "1", "y": "c"}], linked("1"), event=Event.INITIAL)
    assert right(done) == [{"id": "1", "y": None}]


# ── 6. remember ──────────────────────────────────────────────────────────────────────────────────


def held(done: Pass, rule: str = "a") -> tuple[Value, Value] | None:
    """The baseline of a rule of the only link: what both ends held."""
    (link,) = done.memory.links
    found = [before for before in link.before if before.rule == rule]
    return (dict(found[0].left).get("x"), dict(found[0].right).get("y")) if found else None


def met(text: str, x: Value, y: Value, memory: Memory = linked("1"), **more: Value) -> Pass:  # noqa: B008
    over = mapping(f"a: {text}")
    return passed(over, [{"id": "1", "x": x, **more}], [{"id": "1", "y": y}], memory)


def test_the_baseline_becomes_what_both_sides_then_hold() -> None:
    assert held(met("crm.x -> erp.y", "new", "old")) == ("new", "new")
    assert held(met("crm.x -> erp.y if blank", "new", "old")) == ("new", "old")


def test_after_a_conflict_or_a_reject_the_baseline_stays() -> None:
    known = met("crm.x -> erp.y", "a", "a").memory
    assert held(met("crm.x <-> erp.y", "b", "c", known)) == ("a", "a")
    assert held(met("crm.x -> erp.y as number", "many", "c", known)) == ("a", "a")
    assert held(met("crm.x <-> erp.y", "b", "c")) is None


def test_a_conflict_is_told_at_every_pass_until_somebody_settles_it() -> None:
    over = mapping("a: crm.x <-> erp.y")
    done = met("crm.x <-> erp.y", "b", "c")
    assert again(over, done).decisions[0].action is Action.CONFLICT
    settled = passed(over, [{"id": "1", "x": "b"}], [{"id": "1", "y": "b"}], done.memory)
    assert settled.decisions[0].action is Action.KEEP
    assert held(settled) == ("b", "b")


def test_where_the_guard_did_not_hold_the_baseline_stays() -> None:
    known = met("crm.x -> erp.y", "a", "a").memory
    text = "crm.x -> erp.y when crm.go = yes"
    waiting = met(text, "b", "a", known, go="no")
    assert held(waiting) == ("a", "a")
    assert held(met(text, "b", "a")) is None
    assert right(met(text, "b", "a", waiting.memory, go="yes")) == [{"id": "1", "y": "b"}]


def test_on_an_event_that_is_not_the_rules_an_existing_baseline_stays() -> None:
    known = met("crm.x -> erp.y", "a", "a").memory
    over = mapping("a: crm.x -> erp.y on create or update")
    rows = [{"id": "1", "x": "b"}], [{"id": "1", "y": "a"}]
    full = passed(over, *rows, known, event=Event.REACTIVATION)
    assert held(full) == ("a", "a")
    assert right(again(over, full)) == [{"id": "1", "y": "b"}]


def test_on_an_event_that_is_not_the_rules_a_first_baseline_is_what_both_hold() -> None:
    over = mapping("a: crm.x -> erp.y on create or update")
    rows = [{"id": "1", "x": "b"}], [{"id": "1", "y": "a"}]
    first = passed(over, *rows, linked("1"), event=Event.INITIAL)
    assert held(first) == ("b", "a")
    assert again(over, first).changes == ()


def test_a_rule_in_conflict_with_another_one_keeps_its_baseline() -> None:
    rows = [{"id": "1", "x": "a", "z": "b"}], [{"id": "1", "y": "c"}]
    assert held(passed(TWO, *rows, linked("1"))) is None


def test_what_the_sync_wrote_is_no_edit() -> None:
    over = mapping("a: crm.x <-> erp.y")
    done = passed(over, [{"id": "1", "x": "a"}], [{"id": "1"}], linked("1"))
    crm = [{"id": "1", "x": "b"}]
    assert right(passed(over, crm, right(done), done.memory)) == [{"id": "1", "y": "b"}]


def test_once_remembers_what_it_wrote_and_nothing_else_counts_as_written() -> None:
    over = mapping("create in erp", "a: crm.x -> erp.y once")
    made = passed(over, [{"id": "1", "x": "a"}], [])
    assert made.memory.links[0].wrote == {"a"}
    erp = records([{"id": "new 1"}], "id")
    emptied = run(over, made.after.left, erp, made.memory, event=Event.INITIAL)
    assert emptied.changes == ()
    kept = passed(over, [{"id": "1", "x": "a"}], [{"id": "1", "y": "a"}], linked("1"))
    assert kept.memory.links[0].wrote == frozenset()


def test_what_a_rule_wrote_is_not_forgotten_when_the_rule_is_taken_out_for_a_while() -> None:
    rows = [{"id": "1", "x": "a"}], [{"id": "1"}]
    wrote = passed(mapping("a: crm.x -> erp.y once"), *rows, linked("1"))
    without = passed(mapping("b: crm.z -> erp.z"), *rows, wrote.memory)
    back = passed(mapping("a: crm.x -> erp.y once"), *rows, without.memory, event=Event.INITIAL)
    assert back.changes == ()


def test_a_baseline_is_of_the_properties_that_the_rule_had_then() -> None:
    known = met("crm.x -> erp.y", "a", "a").memory
    over = mapping("a: crm.z -> erp.z")
    done = passed(over, [{"id": "1", "z": "new"}], [{"id": "1", "z": "old"}], known)
    assert right(done) == [{"id": "1", "z": "new"}]  # nobody knows whether it was changed


# ── records ──────────────────────────────────────────────────────────────────────────────────────


def test_records_are_known_by_their_positions_or_by_a_property() -> None:
    assert list(records([{"k": 7}, {"k": 8}]).rows) == [0, 1]
    assert list(records([{"k": 7}, {"k": 8}], "k").rows) == ["7", "8"]


@pytest.mark.parametrize("rows", [[{"k": "a"}, {"k": "a"}], [{"k": ""}], [{}]])
def test_a_property_that_is_blank_or_the_same_in_two_records_is_no_id(rows: list[Record]) -> None:
    with pytest.raises(ValueError, match="cannot be the id"):
        records(rows, "k")


def test_create_is_no_event_of_a_pass() -> None:
    with pytest.raises(ValueError, match="every pass creates"):
        passed(mapping(*BY_KEY), [], [], event=Event.CREATE)
