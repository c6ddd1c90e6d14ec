"""What is proved of several mappings is true of every history that is played by `run`."""

from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from syncdsl.convert import text
from syncdsl.flow.exhaustive import settling
from syncdsl.flow.orders import ends, orders_that_differ
from syncdsl.flow.play import Stage, State, Trace, Values
from syncdsl.flow.scene import Cast
from syncdsl.flow.space import Space
from syncdsl.laws.law import Engine
from syncdsl.situation import Event
from tests.flow.several import between, within

LATER = (Event.UPDATE, Event.REACTIVATION)

# ── what is known of a few ───────────────────────────────────────────────────────────────────────

RESTING = (
    (2, ("h.x -> d.y", "d.y -> e.z")),
    (2, ("h.x <-> d.y, h wins", "d.y <-> e.z, d wins")),
    (3, ("h.x <-> d.y, ask", "d.y <-> e.z, ask")),
    (2, ("h.x -> d.y if blank", "d.y -> e.z if blank", "e.z -> h.x if blank")),
    (1, ("h.x -> d.y", "h.x -> e.z")),
    (1, ("h.x -> d.y when d.k = a", "e.z -> d.y when d.k = b")),
)
RESTLESS = (
    ("h.x -> d.y", "d.y -> e.z", "e.z -> h.x"),
    ("h.x -> d.y", "h.z -> d.y"),
    ("h.x -> d.y", "e.z -> d.y"),
    ("h.x -> d.y when d.k = a", "e.z -> d.y when d.k != b"),
)
SAME = (
    ("h.x -> d.y", "d.y -> e.z"),
    ("h.x <-> d.y, h wins", "d.y <-> e.z, d wins"),
    ("h.x -> d.y once", "d.y -> e.z"),
    ("h.x -> d.y if blank", "d.y -> e.z if blank"),
)
DIFFERENT = (
    ("h.x -> d.y", "d.y -> e.z if blank"),
    ("h.x -> d.y", "d.y -> e.z once"),
    ("h.x -> d.y", "d.y -> e.z forward only in steps"),
    ("h.x <-> d.y, ask", "d.y <-> e.z, ask"),
)


@pytest.mark.parametrize(("rounds", "lines"), RESTING)
def test_some_come_to_rest(rounds: int, lines: tuple[str, ...]) -> None:
    found = settling(between(*lines).scene)
    assert found is not None and found.is_whole
    assert (found.rest, found.endless) == (rounds, None)


@pytest.mark.parametrize("lines", RESTLESS)
def test_some_never_do_and_their_rounds_come_again_and_again(lines: tuple[str, ...]) -> None:
    scene = between(*lines).scene
    found = settling(scene)
    assert found is not None and found.endless is not None and found.endless.back_to is not None
    assert found.rest is None
    assert any(turn.writes for turn in found.endless.again)
    once = played(Stage(scene), found.endless)
    assert once[-1].values == once[found.endless.back_to].values


@pytest.mark.parametrize("lines", SAME)
def test_some_end_the_same_whichever_mapping_runs_first(lines: tuple[str, ...]) -> None:
    scene = between(*lines).scene
    found = ends(scene)
    assert found is not None and found.differing is None
    assert orders_that_differ(scene) is None


@pytest.mark.parametrize("lines", DIFFERENT)
def test_of_others_two_orders_are_told_that_end_differently(lines: tuple[str, ...]) -> None:
    scene = between(*lines).scene
    found = ends(scene)
    assert found is not None and found.differing is not None
    stage, (number, there, back, before) = Stage(scene), found.differing
    assert there.start == back.start
    assert there.turns[: len(before)] == back.turns[: len(before)] == before
    one, other = (played(stage, trace)[-1].values[number] for trace in (there, back))
    assert text(one) != text(other)


def test_what_never_comes_to_rest_has_no_end() -> None:
    assert ends(between(*RESTLESS[0]).scene) is None


def test_of_too_many_states_nothing_is_proved() -> None:
    scene = between("h.x <-> d.y, ask", "d.y <-> e.z, ask", "e.z <-> h.x, ask").scene
    found = settling(scene, most=1_000)
    assert found is None or not found.is_whole
    assert ends(between("h.x -> d.y", "d.y -> e.z").scene, most=50) is None


def test_an_engine_that_forgets_knows_fewer_states() -> None:
    scene = between("h.x <-> d.y, ask", "d.y <-> e.z, ask").scene
    remembers, forgets = settling(scene), settling(scene, (), Engine.FORGETS)
    assert remembers is not None and forgets is not None
    assert forgets.states < remembers.states


@pytest.mark.parametrize(
    "lines", [*(lines for _, lines in RESTING[:3]), RESTING[-1][1], *RESTLESS[1:]]
)
def test_one_value_more_changes_no_verdict(lines: tuple[str, ...]) -> None:
    scene = between(*lines).scene
    few, many = settling(scene), settling(scene, more=1)
    assert few is not None and many is not None
    assert (few.trace is None, few.rest) == (many.trace is None, many.rest)
    one, other = ends(scene), ends(scene, more=1)
    assert (one and one.differing is None) == (other and other.differing is None)


def played(stage: Stage, trace: Trace) -> list[State]:
    """All states of a history, played by `run`: as many writes as are told, and the same."""
    states = [stage.begin(trace.start)]
    for turn in trace.turns:
        if turn.mapping is None or turn.event is None:
            (write,) = turn.writes
            state = stage.edited(states[-1], write.number, write.new)
        else:
            state = stage.turn(states[-1], turn.mapping, turn.event)
        assert {*state.turns[-1].writes} == {*turn.writes}
        states.append(state)
    return states


# ── what is true of all ──────────────────────────────────────────────────────────────────────────

_CLAUSES = {
    "->": ("", "if blank", "once", "not on reactivation", "on update only", "clear blanks",
           "clear emptied", "default n", "when d.y is blank", "not on initial",
           "when d.k = a", "when d.k != a"),
    "<->": ("", "ask", "if blank", "once", "ask, clear blanks"),
}  # fmt: skip


@st.composite
def scenes(draw: st.DrawFn) -> Cast:
    lines = []
    for left, right in (("h.x", "d.y"), draw(st.sampled_from([("d.y", "e.z"), ("h.z", "d.y")]))):
        arrow = draw(st.sampled_from(["->", "<->"]))
        clauses = [each for each in _CLAUSES[arrow] if "d." not in each or left != "e.z"]
        lines.append(f"{left} {arrow} {right} {draw(st.sampled_from(clauses))}")
    return between(*lines)


@st.composite
def mappings_of_several_rules(draw: st.DrawFn) -> Cast:
    lines = []
    for left, right in draw(st.sampled_from(_ENDS)):
        arrow = draw(st.sampled_from(["->", "<-", "<->"]))
        clauses = _CLAUSES["<->" if arrow == "<->" else "->"]
        lines.append(f"{left} {arrow} {right} {draw(st.sampled_from(clauses))}")
    return within(*lines, scope=draw(st.sampled_from(_SCOPES)))


_ENDS = (
    (("h.x", "d.y"), ("h.z", "d.y")),
    (("h.x", "d.y"), ("h.x", "d.w")),
    (("h.x", "d.y"), ("h.x", "d.y"), ("h.z", "d.y")),
)
_SCOPES = ("", "h.x = n, leaving keeps", "d.y != n, leaving stops", "h.k = n, leaving keeps")
_NUMBERS = st.integers(0, 4)  # of values
_HISTORIES = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 1), st.sampled_from(LATER)), st.tuples(st.integers(0, 3), _NUMBERS)
    ),
    max_size=12,
)


def lived(
    known: Cast, held: list[int], steps: list[tuple[int, Event | int]]
) -> list[tuple[Values, State]]:
    """What all properties hold after each step, by numbers and as it is played."""
    space, stage = Space(known.scene), Stage(known.scene)
    begun = next(space.starts())
    state = (*held[: space.size], *begun[space.size :])
    play = stage.begin(space.real(state))
    both = []
    mappings = range(len(known.scene.mappings))
    for at, what in [*((at, Event.INITIAL) for at in mappings), *steps]:
        if isinstance(what, Event):
            if at in mappings:
                state = space.passed(state, at, what).state
                play = stage.turn(play, at, what)
        elif at < space.size:
            state = (*state[:at], what, *state[at + 1 :])
            play = stage.edited(play, at, space.values[what])
        both.append((space.real(state), play))
    return both


@settings(max_examples=50)
@given(
    scenes() | mappings_of_several_rules(), st.lists(_NUMBERS, min_size=5, max_size=5), _HISTORIES
)
def test_passes_of_numbers_are_those_of_values(
    known: Cast, held: list[int], steps: list[tuple[int, Event | int]]
) -> None:
    """What a pass makes of what its rules say is written twice; here the two are compared."""
    for values, play in lived(known, held, steps):
        assert values == play.values


@settings(max_examples=10)
@given(
    scenes() | mappings_of_several_rules(), st.lists(_NUMBERS, min_size=5, max_size=5), _HISTORIES
)
def test_what_comes_to_rest_does_so_in_every_order(
    known: Cast, held: list[int], steps: list[tuple[int, Event | int]]
) -> None:
    scene = known.scene
    found = settling(scene)
    assume(found is not None and found.rest is not None)
    assert found is not None and found.rest is not None
    *_, (_, state) = lived(known, held, steps)
    stage = Stage(scene)
    for event in LATER:
        for order in permutations(range(len(scene.mappings))):
            later = state
            for _ in range(found.rest):
                later = stage.round(later, order, event)
            assert stage.round(later, order, event).values == later.values


@settings(max_examples=10)
@given(scenes())
def test_what_is_proved_of_orders_is_not_seen_otherwise_in_a_trial(known: Cast) -> None:
    found = ends(known.scene) if len(known.scene.mappings) == 2 else None
    if found is not None and found.differing is None:
        assert orders_that_differ(known.scene) is None
