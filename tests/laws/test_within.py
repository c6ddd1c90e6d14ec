"""A rule in its mapping: the product of both models, and that it need not be gone through."""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import NamedTuple

import pytest

from syncdsl.laws import life, within
from syncdsl.laws.customs import Customs, Scope, customs_of
from syncdsl.laws.law import Engine
from syncdsl.laws.life import Life, Where, look
from syncdsl.laws.model import Act as ModelAct
from syncdsl.laws.model import Model, State
from syncdsl.laws.within import (
    Within,
    breach_within,
    comes_up,
    following,
    lost_and_found,
    walk,
)
from syncdsl.laws.within_words import tell_within
from syncdsl.laws.words import in_a_line
from syncdsl.policy import Arrow, Clauses, Mode
from syncdsl.semantics.pair import Memory, Records
from syncdsl.semantics.run import run
from syncdsl.situation import Event, Side
from tests.compile.policies import clause_sets
from tests.laws.kinds import kinds
from tests.laws.test_histories import as_mapping, day, record
from tests.semantics.build import mapping

LEFT = (Side.LEFT,)
SCOPES = [None, Scope(LEFT, LEFT, stops=True), Scope(LEFT, LEFT, stops=False)]
# Nothing is made: a pair that is made is another one.
CUSTOMS = [
    Customs(Arrow.BOTH, delete, (), True, (), scope)
    for delete, scope in product(("ignored", "follows", "unlinks"), SCOPES)
]
SETS = [*clause_sets()]
# The product of lists and stages is large; one of each stands for all.
SMALL = [each for each in SETS if each.mode in (Mode.SET, Mode.IF_BLANK, Mode.ONCE)]
some_sets = pytest.mark.parametrize("clauses", SETS[::17], ids=range(0, len(SETS), 17))
few_sets = pytest.mark.parametrize("clauses", SMALL[::41], ids=range(0, len(SMALL), 41))
each_custom = pytest.mark.parametrize("customs", CUSTOMS, ids=range(len(CUSTOMS)))


class Both(NamedTuple):
    """A state of the product."""

    records: life.State
    values: State
    wrote: bool = False


def looked(model: Model, over: Life, both: Both, event: Event) -> Both:
    """A pass over records and values."""
    records, values, wrote = both
    passed = look(over, records)
    if passed.asked and not is_linked(records):
        values, event = forgotten(values), Event.INITIAL
    after = model.sync(values, event).state if passed.asked else values
    wrote = wrote or after[:2] != values[:2]
    return Both(passed.state, after if is_linked(passed.state) else forgotten(after), wrote)


def is_linked(records: life.State) -> bool:
    return any(link[:2] == (0, 0) for link in records.links)


def forgotten(values: State) -> State:
    return values._replace(before=None, wrote=False)


def there(records: life.State) -> bool:
    return all(records.world.watched(side).where is Where.HERE for side in Side)


# ── the product does what a pass does ────────────────────────────────────────────────────────────


@some_sets
def test_a_history_of_the_product_is_a_sequence_of_passes(clauses: Clauses) -> None:
    random = Random(str(clauses))
    model = Model(clauses, Engine.REMEMBERS, recalls=(True, True))
    starts = [start for start, step, _ in model.starts() if step.act is ModelAct.FIRST]
    for customs in CUSTOMS:
        over, scope = Life(customs, others=0), customs.scope
        lines = [f"delete {customs.delete}"]
        if scope is not None:
            lines.append(f"scope crm.s = in, leaving {'stops' if scope.stops else 'keeps'}")
        real = mapping("match k = k", *lines)._replace(rules=as_mapping(model).rules)
        both = Both(next(life.starts(over)), random.choice(starts))
        memory = Memory()
        for _ in range(12):
            if random.random() < 0.5:
                event = random.choice((Event.UPDATE, Event.REACTIVATION))
                before, both = both, looked(model, over, both, event)
                left, right = rows_of(model, before)
                done = run(real, left, right, memory, event=event)
                memory = done.memory
                assert linked_in(memory) == is_linked(both.records)
                for side in Side:
                    row = dict(done.after.of(side).rows).get("1")
                    here = both.records.world.watched(side).where is Where.HERE
                    assert (row is not None) is here
                    end = model.values.end(side).name
                    if row is not None and end is not None:
                        assert row.get(end) == both.values.held(side)
            elif random.random() < 0.5:
                edits = [edit.state for edit in model.edits(both.values)]
                both = both._replace(values=random.choice(edits or [both.values]))
            elif nexts := life.following(over, both.records):
                both = both._replace(records=random.choice(nexts)[1])


def rows_of(model: Model, both: Both) -> Iterator[Records]:
    for side in Side:
        if both.records.world.watched(side).where is not Where.HERE:
            yield Records({}, {})
            continue
        row = record(model, both.values, side)
        time = dict.fromkeys(("left", "right"), day(both.values, side))
        fits = "in" if both.records.world.fits else "out"
        yield Records({"1": {**row, "s": fits}}, {"1": time})


def linked_in(memory: Memory) -> bool:
    return any(link[:2] == ("1", "1") for link in memory.links)


# ── nothing is new but what spans a loss ─────────────────────────────────────────────────────────


def reached(model: Model, over: Life, *, edits: bool, starts: list[Both]) -> list[Both]:
    """All that can happen, with edits or without."""
    seen = {place(model, start) for start in starts}
    waiting = [*starts]
    for both in waiting:
        nexts = [looked(model, over, both, Event.UPDATE)]
        if edits:
            nexts.append(looked(model, over, both, Event.REACTIVATION))
            nexts += [both._replace(values=edit.state) for edit in model.edits(both.values)]
            if model.clauses.guard is not None:
                nexts.append(both._replace(values=model.turned(both.values)))
        nexts += [both._replace(records=after) for _, after in life.following(over, both.records)]
        for each in nexts:
            if place(model, each) not in seen:
                seen.add(place(model, each))
                waiting.append(each)
    return waiting


def place(model: Model, both: Both) -> tuple[life.State, State, bool]:
    return both.records, model.canonical(both.values), both.wrote


def begun(model: Model, over: Life) -> list[Both]:
    records = next(life.starts(over))
    return [
        looked(model, over, Both(records, start), Event.INITIAL)
        for start, step, _ in model.starts()
        if step.act is ModelAct.FIRST
    ]


@few_sets
@each_custom
def test_no_pass_finds_what_the_model_does_not_have(clauses: Clauses, customs: Customs) -> None:
    """That is why what holds of a rule holds whatever becomes of the records."""
    model, over = Model(clauses, Engine.REMEMBERS), Life(customs, others=0)
    known = {model.canonical(past.state) for past in walk(model, following)}
    for both in reached(model, over, edits=True, starts=begun(model, over)):
        if is_linked(both.records):
            assert model.canonical(both.values) in known


@few_sets
@each_custom
def test_a_restored_record_changes_what_the_product_says(
    clauses: Clauses, customs: Customs
) -> None:
    model, over = Model(clauses, Engine.REMEMBERS, more=1), Life(customs, others=0)
    changed = False
    for past in walk(model, following):
        if past.steps[0].act is not ModelAct.FIRST or not past.rests:
            continue
        records = look(over, next(life.starts(over))).state
        both = Both(records, past.state)
        if looked(model, over, both, Event.UPDATE).values[:2] == both.values[:2]:
            ends = reached(model, over, edits=False, starts=[both])
            changed = changed or any(
                each.values[:2] != both.values[:2] for each in ends if there(each.records)
            )
    broken = breach_within(clauses, customs, Within.RESTORED_IS_SAME)
    assert changed is (broken is not None)


@few_sets
@each_custom
def test_a_pair_is_written_as_often_as_the_product_says(clauses: Clauses, customs: Customs) -> None:
    if not comes_up(clauses, customs, Within.STILL_ONCE):
        return
    model, over = Model(clauses, Engine.REMEMBERS, more=1), Life(customs, others=0)
    twice = any(
        both.wrote and looked(model, over, both, event).values[:2] != both.values[:2]
        for both in reached(model, over, edits=True, starts=begun(model, over))
        for event in (Event.UPDATE, Event.REACTIVATION)
    )
    assert twice is (breach_within(clauses, customs, Within.STILL_ONCE) is not None)


@pytest.mark.parametrize("side", Side)
def test_being_outside_of_the_scope_is_a_pause(side: Side) -> None:
    """It ends with a live pass, of a pair that is linked and was not asked meanwhile."""
    for customs in kinds():
        scope = customs.scope
        if scope is None or not scope.stops or side not in scope.reads or not customs.matches:
            continue
        over = Life(customs, others=0)
        first = look(over, next(life.starts(over))).state
        outside = dict(life.following(over, first))[life.Step(life.Act.OUT)]
        paused = look(over, outside)
        assert not paused.asked and is_linked(paused.state)
        back = dict(life.following(over, paused.state))[life.Step(life.Act.BACK)]
        assert is_linked(back) and look(over, back).asked


def test_a_link_is_lost_where_a_line_says_so_and_found_by_a_key() -> None:
    for customs in kinds():
        if customs.delete == "ignored" or not customs.matches:
            assert lost_and_found(customs) is None
        elif customs.scope is None:
            assert lost_and_found(customs) is not None


# ── how it is told ───────────────────────────────────────────────────────────────────────────────


def told(text: str, law: Within) -> str:
    over = mapping("match k = k", "delete unlinks", "scope crm.s = in", f"a: {text}", arrow="<->")
    rule = over.rules[0]
    broken = breach_within(rule.clauses, customs_of(over), law)
    assert broken is not None
    return in_a_line(tell_within(over, rule, law, broken))


def test_what_a_restored_record_changes_is_told_step_by_step() -> None:
    assert told("crm.x -> erp.y", Within.RESTORED_IS_SAME) == (
        "first sync, both sides hold the same; `erp.y` is edited; sync; the record in `crm` is "
        "deleted; sync; the deleted record in `crm` is restored; sync → `erp.y` changes, though "
        "nobody has edited anything since"
    )


def test_the_sides_are_those_of_the_mapping_where_a_rule_stands_the_other_way_round() -> None:
    turned = told("erp.y <- crm.x", Within.RESTORED_IS_SAME)
    assert "`erp.y` is edited; sync; the record in `crm` is deleted" in turned


def test_a_second_write_is_told_step_by_step() -> None:
    assert told("crm.x -> erp.y once", Within.STILL_ONCE) == (
        "first sync, `erp.y` is blank; `erp.y` is emptied; the record in `crm` is deleted; sync; "
        "the deleted record in `crm` is restored; sync → `erp.y` is written a second time"
    )


def test_an_edit_outside_of_the_scope_is_told_step_by_step() -> None:
    assert told("crm.x <-> erp.y sticky", Within.OUTSIDE_EDIT_STAYS) == (
        "first sync, both sides hold the same; the record leaves the scope; `crm.x` is taken "
        "back; it comes back into the scope; sync → the edit of `crm.x` is gone"
    )


def test_a_law_that_says_nothing_new_has_no_line() -> None:
    ignored = mapping("match k = k", "a: crm.x -> erp.y once")
    assert within.card(ignored.rules[0].clauses, customs_of(ignored)) == ()
    plain = mapping("match k = k", "delete unlinks", "a: crm.x -> erp.y")
    laws = [each.law for each in within.card(plain.rules[0].clauses, customs_of(plain))]
    assert laws == [Within.RESTORED_IS_SAME]  # that it writes often is told anyway
