"""The laws of what rules and passes do, over random rules, values and histories."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from syncdsl.condition import Record
from syncdsl.convert import Value
from syncdsl.policy import Arrow, Blanks, Clauses, Guarded, Mapping, Mode, Rule, Winner
from syncdsl.semantics.observe import Moment, observe
from syncdsl.semantics.pair import Before, Both, Link, Memory, Records, records
from syncdsl.semantics.run import Pass, run
from syncdsl.semantics.table import questions, situations, table
from syncdsl.situation import (
    Action,
    Changed,
    Content,
    Event,
    Outcome,
    Reason,
    Side,
    Truth,
    Written,
)
from tests.semantics.build import mapping, rule

# ── random clauses ───────────────────────────────────────────────────────────────────────────────

EVENTS = [event for event in Event if event is not Event.CREATE]
truths = st.lists(st.sampled_from(Truth), min_size=1, unique=True).map(tuple)


MEETINGS = [*product((None, *Side), (True, False), (True, False))]
ANYTHING = tuple(Guarded(*meeting, tuple(Truth)) for meeting in MEETINGS)


@st.composite
def guards(draw: st.DrawFn) -> tuple[Guarded, ...]:
    return tuple(Guarded(*meeting, draw(truths)) for meeting in MEETINGS)


@st.composite
def any_clauses(draw: st.DrawFn) -> Clauses:
    """All that `resolve` can make of the clauses of a rule, and more."""
    arrow = draw(st.sampled_from(Arrow))
    mode = draw(st.sampled_from(Mode))
    plain = mode is Mode.SET
    return Clauses(
        arrow=arrow,
        events=tuple(draw(st.lists(st.sampled_from(Event), min_size=1, unique=True))),
        mode=mode,
        blanks=draw(st.sampled_from(Blanks)) if plain else Blanks.SKIP,
        winner=draw(st.none() | st.sampled_from(Winner)),
        default=arrow is not Arrow.BOTH and draw(st.booleans()),
        owner=draw(st.none() | st.sampled_from(Side)),
        guard=draw(st.none() | guards()),
        constant=arrow is not Arrow.BOTH and draw(st.booleans()),
        left_refusable=draw(st.booleans()),
        right_refusable=draw(st.booleans()),
        left_may_leave_order=draw(st.booleans()),
        right_may_leave_order=draw(st.booleans()),
    )


# ── random rules and values ──────────────────────────────────────────────────────────────────────

CONVERSIONS = (
    *("", "as trim", "as trim | lower", "as text(3)", "as number", "as bool", "as negate"),
    *('as split(";")', 'as join(";")', 'as split(";") | trim | lower', "as date"),
)
MAPS = ("", "values words", "values copying", "values filling", "values staging")
MODES = (
    *("", "if blank", "once", "append", "union", "forward only in stages", "sticky"),
    *("sticky in crm", "sticky in erp"),
)
ON = ("", "on create only", "on create or update", "not on reactivation", "not on initial")
GUARDS = (
    *("", "when crm.x is blank", "when erp.y is not blank", "when crm.x = erp.y"),
    *("when crm.x in [a, lead] or erp.z = a", "when not erp.y contains a and crm.z is blank"),
)
WINNERS = ("", "crm wins", "erp wins", "most recent wins", "ask")
OWNERS = ("", "owned by crm", "owned by erp")
TYPES = ("", "text", "number", "bool", "list", "date")

VALUES: tuple[Value, ...] = (
    *(None, "", " ", "a", "A", " a ", "b", "long text", "lead", "Lead", "open", "won", "lost"),
    *("cold", "hot", "one", "two", "deux", "1", 1, 2, 9, 0, Decimal("1.50"), "1.5", "many"),
    *(True, False, "true", "yes", "no", "2026-01-31", "31.1.2026", "a;b", "b;c", "A;b;;", ";"),
    *(["a"], ["b", "A"], ["a;b"], ["a\nb", "c"], [" ", None], "a\nb", "b\r\nc\n", "\n", "\n\na"),
)
values = st.sampled_from(VALUES)


@st.composite
def rule_texts(draw: st.DrawFn, arrows: Sequence[str] = ("->", "<-", "<->")) -> str:
    arrow = draw(st.sampled_from(arrows))
    mode = draw(st.sampled_from(MODES))
    said = [mode, *(draw(st.sampled_from(of)) for of in (CONVERSIONS, ON, GUARDS, OWNERS))]
    if arrow != "<->" or mode not in ("append", "union"):
        # A map takes whole values. Where both sides add, it would take "one" today, and tomorrow,
        # when a line has come to it, copy "one" and the line.
        said.append(draw(st.sampled_from(MAPS)))
    if arrow == "<->":
        said.append(draw(st.sampled_from(WINNERS)))
    if mode == "":
        clearing = ["", "clear blanks", "clear emptied"]
        said.append(draw(st.sampled_from(clearing)))
    if arrow != "<->" and not any(each.startswith("clear") for each in said):
        said.append(draw(st.sampled_from(["", "default lead"])))
    ends = ["crm.x", "erp.y"]
    if draw(st.booleans()):
        ends.reverse()
    return f"{ends[0]} {arrow} {ends[1]} {', '.join(filter(None, said))}"


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules over properties of any types, whose records may hold what does not fit the type."""
    types = {name: draw(st.sampled_from(TYPES)) for name in "xy"}
    found = rule(draw(rule_texts()), **{name: kind for name, kind in types.items() if kind})
    gives = questions(found.clauses).gives
    guard = found.clauses.guard
    return found._replace(
        clauses=found.clauses._replace(
            guard=ANYTHING if guard is not None and may_fade(found) else guard,
            left_refusable=gives[0],
            right_refusable=gives[1],
            left_may_leave_order=True,
            right_may_leave_order=True,
        )
    )


def may_fade(found: Rule) -> bool:
    """Can a value that is there for a guard be blank for the rule?"""
    wiring = found.wiring
    steps = {step.name for step in (*wiring.forward.steps, *wiring.backward.steps)}
    return found.clauses.mode.adds or not steps.isdisjoint({"trim", "split"})


@st.composite
def rows(draw: st.DrawFn, names: str) -> Record:
    return {name: draw(values) for name in draw(st.sets(st.sampled_from(names)))}


@st.composite
def moments(draw: st.DrawFn, found: Rule) -> Moment:
    event = draw(st.sampled_from(Event))
    own = "yz" if found.flipped else "xz", "xz" if found.flipped else "yz"
    left, right = draw(rows(own[0])), draw(rows(own[1]))
    days = st.sampled_from([None, "2026-01-01", "2026-01-02", "soon"])
    made = draw(st.sampled_from(Side)) if event is Event.CREATE else None
    return Moment(
        event,
        None if made is Side.LEFT else left,
        None if made is Side.RIGHT else right,
        draw(st.none() | rows(own[0])),
        draw(st.none() | rows(own[1])),
        draw(st.none() | st.fixed_dictionaries({own[0][0]: days})),
        draw(st.none() | st.fixed_dictionaries({own[1][0]: days})),
        draw(st.sampled_from(Written)),
    )


# ── random passes ────────────────────────────────────────────────────────────────────────────────


@st.composite
def pasts(draw: st.DrawFn, label: str) -> Link:
    """What is remembered of the records `1`, maybe nothing but that they belong together."""
    before = draw(st.none() | st.tuples(rows("xz"), rows("yz")))
    held = () if before is None else (Before(label, *(tuple(each.items()) for each in before)),)
    wrote = draw(st.sampled_from([frozenset(), frozenset({label})]))
    return Link("1", "1", before=held, wrote=wrote)


@st.composite
def mappings(draw: st.DrawFn, rules: int = 3) -> Mapping:
    """Mappings in which rules may write the same properties."""
    ends = [("crm.x", "erp.y"), ("crm.x", "erp.z"), ("crm.z", "erp.y")]
    lines = ["match k = k as trim | lower"]
    lines += draw(st.sampled_from([[], ["create in crm"], ["create in erp when crm.x is blank"]]))
    lines += draw(st.sampled_from([[], ["scope crm.z != won"], ["scope erp.z = a, leaving keeps"]]))
    lines.append(f"delete {draw(st.sampled_from(['ignored', 'follows', 'unlinks']))}")
    for number in range(draw(st.integers(1, rules))):
        left, right = draw(st.sampled_from(ends))
        text = draw(rule_texts()).replace("crm.x", left, 1).replace("erp.y", right, 1)
        lines.append(f"r{number}: {text}")
    return mapping(*lines)


@st.composite
def records_of(draw: st.DrawFn, names: str) -> list[Record]:
    keys = st.sampled_from(["", "a", "A ", "b", None])
    many = draw(st.integers(0, 3))
    return [{"id": str(number), "k": draw(keys), **draw(rows(names))} for number in range(many)]


@st.composite
def memories(draw: st.DrawFn, over: Mapping) -> Memory:
    """Links of records that may be there or not."""
    left, right = (draw(st.permutations("0123")) for _ in Side)
    links = []
    for ids in [*zip(left, right, strict=True)][: draw(st.integers(0, 3))]:
        before = tuple(
            Before(each.label, *(tuple(draw(rows(names)).items()) for names in ("xz", "yz")))
            for each in over.rules
            if draw(st.booleans())
        )
        wrote = draw(st.sets(st.sampled_from([each.label for each in over.rules])))
        links.append(Link(*ids, draw(st.booleans()), before, frozenset(wrote)))
    return Memory(tuple(links))


@st.composite
def passes(draw: st.DrawFn) -> tuple[Mapping, Both, Memory, Event]:
    over = draw(mappings())
    both = Both(*(records(draw(records_of(names)), "id") for names in ("xz", "yz")))
    return over, both, draw(memories(over)), draw(st.sampled_from(EVENTS))


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
