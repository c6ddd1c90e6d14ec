"""The life of records in the model is what passes over records with rules make of them."""

from itertools import pairwise
from random import Random
from typing import NamedTuple

import pytest

from syncdsl.laws.customs import Customs, customs_of
from syncdsl.laws.fates import (
    WITH_ANOTHER,
    Fate,
    breach_of,
    breaches,
    broken_by,
)
from syncdsl.laws.life import (
    OTHERS,
    PASS,
    Act,
    Life,
    Memorised,
    Passed,
    State,
    Step,
    Where,
    explore,
    following,
    look,
    starts,
)
from syncdsl.policy import Arrow, Mapping
from syncdsl.semantics.pair import Id, Link, Memory, Records, Ref
from syncdsl.semantics.run import Pass, run
from syncdsl.situation import Event, Side
from tests.laws.kinds import as_mapping, kinds

KINDS = [*kinds()]
many_kinds = pytest.mark.parametrize("customs", KINDS[::13], ids=range(0, len(KINDS), 13))
some_kinds = pytest.mark.parametrize("customs", KINDS[::37], ids=range(0, len(KINDS), 37))
few_kinds = pytest.mark.parametrize("customs", KINDS[::97], ids=range(0, len(KINDS), 97))
each_engine = pytest.mark.parametrize("engine", Memorised, ids=lambda engine: engine.name.lower())


def test_a_mapping_has_the_customs_that_its_lines_say() -> None:
    for customs in KINDS[::3]:
        assert customs_of(as_mapping(customs)) == customs


# ── the model does what a pass does ──────────────────────────────────────────────────────────────


@many_kinds
@each_engine
def test_a_history_is_a_sequence_of_passes(customs: Customs, engine: Memorised) -> None:
    """With rules, and with records of another key beside, in live passes and in full ones."""
    life, random = Life(customs, engine), Random(str(customs))
    for start in starts(life):
        for _ in range(3):
            state, real = start, Real(as_mapping(customs), start)
            for _ in range(10):
                step, after = random.choice([(PASS, start), *following(life, state)])
                if state.world.others > OTHERS:
                    break
                if step is PASS or random.random() < 0.3:
                    passed = look(life, state)
                    event = random.choice((Event.UPDATE, Event.REACTIVATION))
                    assert real.looked(event, passed) == seen(passed)
                    state = passed.state
                    if engine is Memorised.NOTHING:
                        real.memory = Memory((Link("stranger", "stranger"),))
                else:
                    real.do(step, customs)
                    state = after
                real.forget(state)


class Seen(NamedTuple):
    """What a pass has done, by the numbers of the records."""

    made: dict[Ref, Ref]  # by what they were made from
    deleted: tuple[Ref, ...]
    asked: bool
    known: set[tuple[int, int, bool]]


def seen(passed: Passed) -> Seen:
    made = dict(zip(passed.sources, passed.made, strict=True))
    known = {(int(link.left), int(link.right), link.inside) for link in passed.known}
    return Seen(made, passed.deleted, passed.asked, known)


class Real:
    """Records of a mapping with rules, and what its engine remembers."""

    def __init__(self, over: Mapping, start: State) -> None:
        self.over = over
        self.count = 0
        self.ids: dict[Side, list[Id]] = {side: [] for side in Side}
        self.rows: dict[Id, dict[str, object]] = {}
        self.bin: dict[Id, dict[str, object]] = {}
        self.memory = Memory((Link("stranger", "stranger"),))
        for side in Side:
            if start.world.watched(side).where is Where.HERE:
                self.enter(side)
            else:
                self.ids[side].append("nowhere")
        if start.links:
            left, right = (self.ids[side][0] for side in Side)
            self.memory = Memory((*self.memory.links, Link(left, right)))

    def enter(self, side: Side) -> None:
        self.count += 1
        id = f"{side.value} {self.count}"
        self.ids[side].append(id)
        self.rows[id] = {"k": "a", "s": "in"}

    def do(self, step: Step, customs: Customs) -> None:
        if step.side is None:
            assert customs.scope is not None
            for side in customs.scope.reads:
                for id in self.ids[side][:1]:
                    for rows in (self.rows, self.bin):
                        if id in rows:
                            rows[id]["s"] = "in" if step.act is Act.BACK else "out"
            return
        ids = self.ids[step.side]
        match step.act:
            case Act.ENTER:
                self.enter(step.side)
            case Act.TAKE:
                del self.rows[ids[-1]]
            case Act.DELETE:
                self.bin[ids[0]] = self.rows.pop(ids[0])
            case Act.RESTORE:
                self.rows[ids[0]] = self.bin.pop(ids[0])
            case _:
                del self.rows[ids[0]]

    def looked(self, event: Event, model: Passed) -> Seen:
        left, right = (self._records(side) for side in Side)
        done = run(self.over, left, right, self.memory, event=event)
        numbers = {Ref(side, id): n for side in Side for n, id in enumerate(self.ids[side])}
        made = {}
        for pair in done.pairs:
            if pair.made is None:
                continue
            new, source = pair.refs if pair.made is Side.LEFT else pair.refs[::-1]
            at = Ref(source.side, numbers[source])
            number = dict(zip(model.sources, model.made, strict=True))[at].id
            assert number in (0, len(self.ids[new.side]))
            self.count += 1
            self.ids[new.side][number : number + 1] = [f"{new.side.value} {self.count}"]
            numbers[new] = int(number)
            made[at] = Ref(new.side, int(number))
        deleted = tuple(Ref(ref.side, numbers[ref]) for ref in done.deleted)
        for ref in done.deleted:
            self.bin[ref.id] = self.rows[ref.id]
        self.rows = {}
        for side in Side:
            rows = dict(done.after.of(side).rows)
            assert rows.pop("stranger") == {"k": "z", "s": "in"}
            for id, row in rows.items():
                self.rows[self.ids[side][numbers[Ref(side, id)]]] = dict(row)
        links = []
        for link in done.memory.links:
            ids = [self._id(ref, numbers) for ref in link.refs]
            links.append(link._replace(left=ids[0], right=ids[1]))
        self.memory = Memory(tuple(links))
        return Seen(made, deleted, self._is_asked(done), self._known(done, numbers))

    def _id(self, ref: Ref, numbers: dict[Ref, int]) -> Id:
        """Its system has given a record that was made another id."""
        return self.ids[ref.side][numbers[ref]] if ref in numbers else ref.id

    def forget(self, state: State) -> None:
        """The numbers of others that are gone and belong to nobody are free."""
        for side in Side:
            ones = state.world.of(side)
            del self.ids[side][len(ones) :]

    def _records(self, side: Side) -> Records:
        rows = {id: self.rows[id] for id in self.ids[side] if id in self.rows}
        return Records({**rows, "stranger": {"k": "z", "s": "in"}}, {})

    def _is_asked(self, done: Pass) -> bool:
        watched = [self.ids[side][:1] for side in Side]
        pairs = [pair for pair in done.pairs if pair.made is None]
        return any([[pair.left], [pair.right]] == watched for pair in pairs)

    def _known(self, done: Pass, numbers: dict[Ref, int]) -> set[tuple[int, int, bool]]:
        return {
            (*(numbers[ref] for ref in link.refs), link.inside)  # type: ignore[misc]  # of two
            for link in done.memory.links
            if link.left != "stranger"
        }


# ── the verdicts ─────────────────────────────────────────────────────────────────────────────────


@some_kinds
@each_engine
def test_what_breaks_a_law_is_told_as_it_happens(customs: Customs, engine: Memorised) -> None:
    for law in Fate:
        broken = breach_of(customs, law, engine=engine)
        if broken is None:
            continue
        life = Life(customs, engine)
        assert broken.moments[0].state in starts(life)
        for moment, then in pairwise(broken.moments):
            nexts = {PASS: look(life, moment.state).state, **dict(following(life, moment.state))}
            assert nexts[moment.step] == then.state
        last = broken.moments[-1]
        assert last.step == PASS and broken.passed == look(life, last.state)
        assert (law, broken.side) in broken_by(life, last.state, broken.passed)


@some_kinds
@each_engine
def test_another_record_of_the_same_key_matters_to_two_laws_only(
    customs: Customs, engine: Memorised
) -> None:
    alone = {(broken.law, broken.side): len(broken.moments) for broken in breaches(customs, engine)}
    life = Life(customs, engine)
    lived = explore(life)
    beside: dict[tuple[Fate, Side], int] = {}
    for state, passed in lived.passes.items():
        for broken in broken_by(life, state, passed):
            beside.setdefault(broken, lived.came[state].length + 1)
    for law in set(Fate) - WITH_ANOTHER:
        for side in Side:
            assert alone.get((law, side)) == beside.get((law, side))


@few_kinds
@each_engine
def test_one_more_record_changes_no_verdict(customs: Customs, engine: Memorised) -> None:
    kept = {law for law in Fate if breach_of(customs, law, engine=engine) is None}
    life = Life(customs, engine, others=OTHERS + 1)
    lived = explore(life)
    broken = {law for pair in lived.passes.items() for law, _ in broken_by(life, *pair)}
    assert broken == set(Fate) - kept


@pytest.mark.parametrize("arrow", Arrow)
def test_what_is_ignored_does_nothing(arrow: Arrow) -> None:
    """`delete ignored` keeps all laws about deletions, on an engine that remembers."""
    for customs in KINDS:
        if customs.arrow is arrow and customs.delete == "ignored":
            broken = {each.law for each in breaches(customs, Memorised.LINKS)}
            for law in (Fate.STAYS_DELETED, Fate.TAKES_NONE_ALONG, Fate.MERGE_IS_QUIET):
                assert law not in broken and breach_of(customs, law) is None


@pytest.mark.parametrize("arrow", Arrow)
def test_a_deletion_follows_in_the_direction_of_the_arrow(arrow: Arrow) -> None:
    for customs in KINDS:
        if customs.arrow is arrow and customs.delete == "follows":
            for side in Side:
                found = breach_of(customs, Fate.TAKES_NONE_ALONG, side=side)
                assert (found is not None) is arrow.gives(side.other)


@pytest.mark.parametrize("side", Side)
def test_in_whatever_order_duplicates_are_merged_the_end_is_the_same(side: Side) -> None:
    """Of three records with one key two are merged away, with passes between, one or the other."""
    for customs in KINDS:
        if not customs.matches:
            continue  # then records have no key that could be the same
        life = Life(customs, others=2)
        state = settled(life, next(starts(life)))
        for _ in range(2):
            state = dict(following(life, state))[Step(Act.ENTER, side)]
        state = settled(life, state)
        ends = []
        for order in ((Act.MERGE, Act.TAKE), (Act.TAKE, Act.MERGE)):
            end = state
            for act in order:
                end = settled(life, dict(following(life, end))[Step(act, side)])
            ends.append(end)
        assert ends[0] == ends[1]


def settled(life: Life, state: State) -> State:
    """After as many passes as do something."""
    while (after := look(life, state).state) != state:
        state = after
    return state
