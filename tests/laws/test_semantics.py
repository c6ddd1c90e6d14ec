"""The laws of what rules and passes do, over random rules, values and histories."""

from collections.abc import Iterable
from copy import deepcopy
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from syncdsl.policy import Arrow, Blanks, Clauses, Mapping, Mode, Rule, Winner
from syncdsl.semantics.observe import observe
from syncdsl.semantics.pair import Both, Memory, Records, records
from syncdsl.semantics.run import Pass, run
from syncdsl.semantics.table import questions, situations, table
from syncdsl.situation import Action, Changed, Content, Event, Outcome, Reason, Side, Truth
from tests.semantics.build import mapping
from tests.semantics.random_policies import (
    EVENTS,
    TYPES,
    any_clauses,
    moments,
    passes,
    pasts,
    rows,
    rule_texts,
    rules,
)

# ── one rule ─────────────────────────────────────────────────────────────────────────────────────


@given(any_clauses())
def test_1_every_situation_is_decided_and_stands_once_in_the_table(given: Clauses) -> None:
    found = [*situations(given)]
    assert len(found) == len(set(found))
    assert [row.situation for row in table(given)] == found
    for row in table(given):
        receivers = [side for side in Side if given.arrow.gives(side.other)]
        written = [side for side in Side if touches(row.outcome, side)]
        assert set(written) <= set(receivers)
        assert bool(written) is (row.outcome.action in WRITING)


@given(st.data())
def test_what_is_seen_in_two_records_is_in_the_table(data: st.DataObject) -> None:
    found = data.draw(rules())
    moment = data.draw(moments(found))
    seen = observe(found.wiring, questions(found.clauses), moment)
    assert seen in set(situations(found.clauses))


@given(any_clauses())
def test_4_sides_that_agree_are_not_written(given: Clauses) -> None:
    for row in table(given):
        if row.situation.agree:
            assert row.outcome.action is Action.KEEP


@given(any_clauses())
def test_10_an_edit_is_only_overwritten_for_a_reason_that_is_written_down(given: Clauses) -> None:
    for row in table(given):
        for side in Side:
            replaced = row.outcome.action in (Action.WRITE, Action.CLEAR) and row.outcome.receiver
            lost = replaced is side and row.situation.content(side) is not Content.BLANK
            if lost and row.situation.was_changed(side):
                assert row.outcome.reason in SAID


@given(any_clauses())
def test_12_what_both_sides_have_changed_to_the_same_is_settled(given: Clauses) -> None:
    for row in table(given):
        if row.situation.changed is Changed.BOTH and row.situation.agree:
            assert row.outcome.action is Action.KEEP


@given(any_clauses())
def test_13_without_a_policy_a_conflict_is_told_and_not_settled(given: Clauses) -> None:
    plain = given._replace(arrow=Arrow.BOTH, mode=Mode.SET, winner=None, default=False)
    for row in table(plain._replace(constant=False)):
        seen = row.situation
        values = Content.BLANK not in (seen.left, seen.right) and seen.event is not Event.CREATE
        asked = seen.event in given.events and seen.guard in (None, Truth.HOLDS)
        if values and asked and not seen.agree and seen.changed in (Changed.BOTH, Changed.UNKNOWN):
            assert row.outcome.action is Action.CONFLICT


@given(any_clauses())
def test_24_a_blank_takes_nothing_away_unless_a_clause_says_so(given: Clauses) -> None:
    for row in table(given):
        giver = None if row.outcome.receiver is None else row.outcome.receiver.other
        if row.outcome.action is Action.CLEAR:
            assert given.blanks is not Blanks.SKIP
        elif giver is not None and row.situation.content(giver) is Content.BLANK:
            assert row.outcome.reason is Reason.DEFAULT


@given(any_clauses(), st.sampled_from(Side))
def test_an_owner_changes_nothing_in_what_happens(given: Clauses, owner: Side) -> None:
    assert table(given._replace(owner=owner)) == table(given._replace(owner=None))


@given(any_clauses())
def test_an_axis_that_a_rule_does_not_ask_is_not_in_its_table(given: Clauses) -> None:
    for seen in situations(given):
        assert (seen.guard is None) is (given.guard is None)
        assert seen.newer is None or given.winner is Winner.NEWEST
        assert seen.rank is None or given.mode.has_stages
        assert seen.lacks is None or given.mode.adds
        assert seen.written is None or given.mode is Mode.ONCE


WRITING = (Action.WRITE, Action.ADD, Action.CLEAR)
SAID = (
    Reason.SOURCE,  # the arrow
    Reason.WINNER,
    Reason.NEWEST,
    Reason.LATER_STAGE,
    Reason.CLEAR_BLANKS,
    Reason.CLEAR_EMPTIED,
)


def touches(outcome: Outcome, side: Side) -> bool:
    return outcome.side is not None and outcome.side.value in (side.value, "both")


# ── passes ───────────────────────────────────────────────────────────────────────────────────────


@given(passes(), st.randoms())
def test_2_the_order_of_rules_records_and_links_does_not_matter(
    given: tuple[Mapping, Both, Memory, Event], random: Random
) -> None:
    over, both, memory, event = given
    left, right = (Records(dict(mixed(side.rows.items(), random)), side.times) for side in both)
    otherwise = over._replace(rules=mixed(over.rules, random))
    links = Memory(mixed(memory.links, random))
    done = run(over, *both, memory, event=event)
    assert in_any_order(run(otherwise, left, right, links, event=event)) == in_any_order(done)


def mixed(several: Iterable[Any], random: Random) -> tuple[Any, ...]:
    return tuple(random.sample([*several], len([*several])))


def in_any_order(done: Pass) -> object:
    """What a pass does, without the order in which it is told."""
    both = [sorted(done.after.of(side).rows.items(), key=str) for side in Side]
    links = [
        (link.left, link.right, link.inside, sorted(map(str, link.before)), sorted(link.wrote))
        for link in done.memory.links
    ]
    ambiguities = [(each.key, sorted(each.records, key=str)) for each in done.ambiguities]
    conflicts = [(each.record, each.property, sorted(each.rules)) for each in done.conflicts]
    told = (links, ambiguities, conflicts, done.alone, done.deleted, done.created)
    return both, *(sorted(each, key=str) for each in told)


@given(passes())
def test_3_what_no_rule_writes_stays(given: tuple[Mapping, Both, Memory, Event]) -> None:
    over, both, memory, event = given
    done = run(over, *both, memory, event=event)
    paired = {ref for pair in done.pairs for ref in pair.refs}
    for ref in both.refs():
        before, after = both.row(ref), done.after.row(ref)
        if after is None:
            assert ref in done.deleted
            continue
        written = {change.property for change in done.changes if change.record == ref}
        assert not written or ref in paired
        assert before is not None
        assert {name: after.get(name) for name in before if name not in written} == {
            name: value for name, value in before.items() if name not in written
        }


@given(st.data())
def test_a_second_pass_of_a_rule_writes_nothing(data: st.DataObject) -> None:
    types = {name: kind for name in "xy" if (kind := data.draw(st.sampled_from(TYPES)))}
    over = mapping("create in crm", "create in erp", f"a: {data.draw(rule_texts())}", **types)
    event = data.draw(st.sampled_from(EVENTS))
    memory = Memory((data.draw(pasts("a")),))
    sides = [[{"id": "1", **data.draw(rows("xz"))}], [{"id": "1", **data.draw(rows("yz"))}]]
    missing = data.draw(st.none() | st.sampled_from(written_sides(over.rules[0])))
    if missing is not None:
        memory, sides[missing is Side.RIGHT] = Memory(), []
    done = run(over, records(sides[0], "id"), records(sides[1], "id"), memory, event=event)
    second = run(over, done.after.left, done.after.right, done.memory, event=event)
    assert second.changes == ()
    assert second.created == ()


def written_sides(found: Rule) -> list[Side]:
    """The sides of the mapping that a rule writes."""
    return [side.other if found.flipped else side for side in found.receivers]


@given(passes())
def test_13_what_two_rules_would_write_differently_is_told_and_not_written(
    given: tuple[Mapping, Both, Memory, Event],
) -> None:
    over, both, memory, event = given
    done = run(over, *both, memory, event=event)
    for conflict in done.conflicts:
        before, after = both.row(conflict.record) or {}, done.after.row(conflict.record) or {}
        assert after.get(conflict.property) == before.get(conflict.property)
        assert len(conflict.rules) == len(conflict.values) >= 2
    in_conflict = {each.rule for each in done.decisions if each.in_conflict}
    assert in_conflict == {label for conflict in done.conflicts for label in conflict.rules}


@given(passes())
def test_a_pass_does_not_touch_what_it_is_given(
    given: tuple[Mapping, Both, Memory, Event],
) -> None:
    over, both, memory, event = given
    copies = deepcopy((both, memory))
    done = run(over, *both, memory, event=event)
    assert (both, memory) == copies
    assert run(over, *both, memory, event=event) == done
