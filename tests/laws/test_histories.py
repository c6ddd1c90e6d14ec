"""The model of histories is the reference's pass on few values, and those are enough."""

from random import Random

import pytest

from syncdsl.condition import AnyOf, Compare, Operand
from syncdsl.laws.law import Engine, Law, kept
from syncdsl.laws.model import AGAIN, EVENTS, LIVE, Act, Model, Passed, State, Step
from syncdsl.laws.places import Places
from syncdsl.laws.questions import breaches, question
from syncdsl.laws.reach import explore, following
from syncdsl.laws.search import played
from syncdsl.laws.values import Held
from syncdsl.policy import Arrow, Clauses, Mapping, Rule
from syncdsl.semantics.pair import Memory, Records
from syncdsl.semantics.run import Pass, run
from syncdsl.semantics.table import situations
from syncdsl.situation import Event, Newer, Side
from tests.compile.policies import clause_sets
from tests.semantics.build import mapping

SETS = [*clause_sets()]
many_sets = pytest.mark.parametrize("clauses", SETS[::2], ids=range(0, len(SETS), 2))
some_sets = pytest.mark.parametrize("clauses", SETS[::8], ids=range(0, len(SETS), 8))
# Lists of three elements are many; one rule that adds stands for all.
ADDING = [each for each in SETS if each.mode.adds and each.arrow is Arrow.BOTH][:1]
few_sets = pytest.mark.parametrize(
    "clauses", [*ADDING, *(each for each in SETS[::15] if not each.mode.adds)]
)
each_engine = pytest.mark.parametrize("engine", Engine, ids=lambda engine: engine.name.lower())


# ── the model does what a pass does ──────────────────────────────────────────────────────────────


@many_sets
@each_engine
def test_a_history_is_a_sequence_of_passes(clauses: Clauses, engine: Engine) -> None:
    model = Model(clauses, engine, counts=True, recalls=(True, True))
    over = as_mapping(model)
    known = frozenset(situations(clauses))
    random = Random(str(clauses))
    starts = [*model.starts()]
    for _ in range(6):
        state, step, _ = random.choice(starts)
        memory = Memory()
        for _ in range(8):
            done = model.play(state, step)
            if isinstance(done, Passed):
                assert done.row.situation in known
                real = passed(over, model, state, step, memory)
                # Whether a condition fails or cannot be told depends on more than the model knows.
                assert real.decisions[0].row.outcome[::2] == done.row.outcome[::2]
                assert holds(real, over.rules[0]) == done.state[:2]
                memory = remembered(real, engine)
                assert baseline(real, over.rules[0], engine) == done.state.before
                done = done.state
            state = done
            step, _ = random.choice([*following(model, state)])


def as_mapping(model: Model) -> Mapping:
    """A mapping with one rule, that has the canonical wiring and a condition like any other."""
    over = mapping("match k = k", "create in crm", "create in erp", "a: crm.x <-> erp.y, ask")
    wiring = model.values.wiring
    if model.clauses.guard is not None:
        said = tuple(Compare(Operand(side, "g"), "=", "yes", None) for side in Side)
        wiring = wiring._replace(guard=AnyOf(said))
    rule = over.rules[0]._replace(clauses=model.clauses, wiring=wiring)
    return over._replace(rules=(rule,))


def passed(over: Mapping, model: Model, state: State, step: Step, memory: Memory) -> Pass:
    rows = {side: record(model, state, side) for side in Side}
    if step.act is Act.MADE:
        assert step.side is not None
        del rows[step.side]
    event = {Act.LIVE: Event.UPDATE, Act.AGAIN: Event.REACTIVATION}.get(step.act, Event.INITIAL)
    left, right = (
        Records(
            {"1": rows[side]} if side in rows else {},
            {"1": {name: day(state, side) for name in ("left", "right")}},
        )
        for side in Side
    )
    return run(over, left, right, memory, event=event)


def record(model: Model, state: State, side: Side) -> dict[str, Held]:
    fields: dict[str, Held] = {"k": "1", "g": "yes" if state.holds else "no"}
    end = model.values.end(side)
    return fields if end.name is None else {**fields, end.name: state.held(side)}


def day(state: State, side: Side) -> str | None:
    if state.newer is Newer.UNKNOWN:
        return None
    return "2026-01-02" if state.newer.value == side.value else "2026-01-01"


def holds(real: Pass, rule: Rule) -> tuple[Held, ...]:
    pair = real.decisions[0].pair
    rows = [real.after.row(ref) or {} for ref in pair.refs]
    ends = rule.wiring.left, rule.wiring.right
    return tuple(
        end.constant if end.name is None else row.get(end.name)  # type: ignore[misc]  # texts
        for row, end in zip(rows, ends, strict=True)
    )


def remembered(real: Pass, engine: Engine) -> Memory:
    """What the engine knows at the next pass, in which the records have the ids `1`."""
    (link,) = real.memory.links
    link = link._replace(left="1", right="1")
    return Memory(
        (link if engine is Engine.REMEMBERS else link._replace(before=(), wrote=frozenset()),)
    )


def baseline(real: Pass, rule: Rule, engine: Engine) -> tuple[Held, ...] | None:
    (link,) = real.memory.links
    if engine is Engine.FORGETS or not link.before:
        return None
    held = dict(link.before[0].left), dict(link.before[0].right)
    ends = rule.wiring.left, rule.wiring.right
    return tuple(
        end.constant if end.name is None else then.get(end.name)  # type: ignore[misc]  # texts
        for then, end in zip(held, ends, strict=True)
    )


# ── a card is right, and few values are enough ───────────────────────────────────────────────────


@many_sets
def test_what_breaks_a_law_is_told_as_it_happens(clauses: Clauses) -> None:
    for law in Law:
        found = kept(clauses, law)
        for engine in Engine:
            broken = found.on(engine)
            if broken is not None:
                assert broken.history.steps[0].act in (Act.FIRST, Act.MADE)
                assert broken.row == played(clauses, engine, broken.history)


@some_sets
@each_engine
def test_no_long_history_breaks_a_law_that_is_kept(clauses: Clauses, engine: Engine) -> None:
    """Of up to twelve steps, with as many values as there are names."""
    random = Random(str(clauses))
    laws = [law for law in Law if kept(clauses, law).on(engine) is None]
    model = Model(clauses, engine, more=1, counts=True, recalls=(True, True))
    starts, places = [*model.starts()], Places(model)
    for _ in range(4):
        _, _, done = random.choice(starts)
        state, resting = done.state, True
        for _ in range(12):
            for law in laws:
                if resting or not question(law).at_rest:
                    assert not [*breaches(law, places.at(state))], (law, state)
            step, state = random.choice([*following(model, state)])
            resting = step in (LIVE, AGAIN)


@few_sets
@each_engine
def test_one_more_value_changes_no_verdict(clauses: Clauses, engine: Engine) -> None:
    model = Model(clauses, engine, more=1, counts=True)
    reached = explore(model)
    for law in Law:
        places = reached.resting if question(law).at_rest else reached.all
        broken = any(next(breaches(law, place), None) for place in places)
        assert broken is (kept(clauses, law).on(engine) is not None), law


@some_sets
@each_engine
def test_edits_in_one_order_lead_as_far_as_in_every_order(clauses: Clauses, engine: Engine) -> None:
    model = Model(clauses, engine)
    reached = explore(model)
    lengths = {place.state: came.length for place, came in reached.all.items()}
    resting = {place.state for place in reached.resting}
    assert lengths == in_every_order(model)
    assert resting == {
        model.canonical(passed.state)
        for passed in (
            *(passed for _, _, passed in model.starts()),
            *(model.sync(state, event) for state in lengths for event in EVENTS.values()),
        )
    }


def in_every_order(model: Model) -> dict[State, int]:
    """The states, and how many steps lead to each."""
    lengths = {model.canonical(passed.state): 1 for _, _, passed in model.starts()}
    waiting = [*lengths]
    for state in waiting:
        for _, target in following(model, state):
            canonical = model.canonical(target)
            if canonical not in lengths:
                lengths[canonical] = lengths[state] + 1
                waiting.append(canonical)
    return lengths


@some_sets
@each_engine
def test_a_breach_takes_no_fewer_steps_than_its_law_says(clauses: Clauses, engine: Engine) -> None:
    reached = explore(Model(clauses, engine, counts=True))
    for law in Law:
        for place in reached.all:
            for breach in breaches(law, place):
                assert len(breach.steps) >= question(law).steps
