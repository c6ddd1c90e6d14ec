"""What is proved of coupled rules is true of every history that is played by `run`."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from syncdsl.convert import Value
from syncdsl.flow.exhaustive import settling
from syncdsl.flow.graph import graph_of
from syncdsl.flow.groups import cast_of, group_of
from syncdsl.flow.play import Stage, second_pass
from syncdsl.flow.scene import Cast
from syncdsl.policy import Policy
from syncdsl.situation import Event, Side
from tests.semantics.build import policy


def of(*lines: str) -> Policy:
    return policy("\n".join(["mapping m: h.t <-> d.t {", *lines, "}", "order steps { b < c }"]))


def cast_all(known: Policy) -> Cast:
    found = cast_of(known.mappings[0].rules, graph_of(known))
    assert found is not None
    return found


# ── what is known of a few ───────────────────────────────────────────────────────────────────────

SETTLED = (
    ("a: h.x -> d.y if blank", "b: h.x <- d.y if blank"),
    ("a: h.x -> d.y once", "b: h.x <- d.y once"),
    ("a: h.x -> d.y if blank", "b: d.y <-> h.z, ask"),
    ("a: h.x <-> d.y, h wins", "b: h.x <-> d.z, h wins"),
)
MOVING = (
    ("a: h.x -> d.y", "b: d.y -> h.x"),
    ("a: h.x -> d.y", "b: h.z -> d.y"),
)
LATE = (
    (2, ("a: h.x -> d.y if blank", "b: d.y -> h.z if blank")),
    (2, ("a: h.x -> d.y default n", "b: d.y -> h.z")),
)
WAITING = ("a: h.x <-> d.y", "b: h.z <-> d.y")


@pytest.mark.parametrize("lines", SETTLED)
def test_some_write_nothing_in_a_second_pass(lines: tuple[str, ...]) -> None:
    found = settling(cast_all(of(*lines)).scene, (tuple(Side),))
    assert found is not None
    assert (found.trace, found.rest) == (None, 1)


@pytest.mark.parametrize("lines", MOVING)
def test_some_never_come_to_rest(lines: tuple[str, ...]) -> None:
    found = settling(cast_all(of(*lines)).scene)
    assert found is not None and found.trace is not None
    assert found.rest is None


@pytest.mark.parametrize(("passes", "lines"), LATE)
def test_some_come_to_rest_later(passes: int, lines: tuple[str, ...]) -> None:
    found = settling(cast_all(of(*lines)).scene)
    assert found is not None and found.trace is not None and found.rest == passes


@pytest.mark.parametrize(
    "lines",
    [
        ("a: h.x -> d.y as lower", "b: d.y -> h.x"),
        ("a: h.x -> d.y append", "b: d.y -> h.x append"),
        ("a: h.x <-> d.y, most recent wins", "b: d.y -> h.z"),
        ("a: h.x -> d.y when h.x > 3", "b: d.y -> h.x"),
        ("a: h.x -> d.y", "b: d.y -> h.z", "c: h.z -> d.w", "d: d.w -> h.x", "e: h.x -> d.v"),
    ],
)
def test_nothing_is_said_of_what_is_outside(lines: tuple[str, ...]) -> None:
    assert settling(cast_all(of(*lines)).scene) is None


def test_what_is_found_is_told_where_the_states_are_too_many() -> None:
    """Two conflicts: one edit waits until the other side is as it was, and then is given on."""
    found = settling(cast_all(of(*WAITING)).scene, most=2_000)
    assert found is not None and found.trace is not None
    assert (found.rest, found.is_whole, len(found.trace.turns)) == (None, False, 7)


def test_what_nobody_writes_couples_nothing() -> None:
    known = of("a: h.x -> d.y when h.kind = a", "b: h.z -> d.z when h.kind = a", "c: d.z -> h.w")
    (mapping,) = known.mappings
    names = [[rule.label for rule in group_of(each, mapping)] for each in mapping.rules]
    assert names == [["a"], ["b", "c"], ["b", "c"]]


# ── what is true of all ──────────────────────────────────────────────────────────────────────────

_ONE_WAY = (
    "", "if blank", "once", "not on reactivation", "on update only", "clear blanks",
    "clear emptied", "default n", "when {left} = a", "when d.y is blank",
)  # fmt: skip
_TWO_WAY = ("", "h wins", "d wins", "ask", "if blank", "once", "h wins, clear blanks")


@st.composite
def rules(draw: st.DrawFn) -> str:
    left, arrow = draw(st.sampled_from(["h.x", "h.z"])), draw(st.sampled_from(["->", "<-", "<->"]))
    clauses = draw(st.sampled_from(_TWO_WAY if arrow == "<->" else _ONE_WAY))
    return f"{left} {arrow} d.y {clauses.format(left=left)}"


def several(least: int) -> st.SearchStrategy[Policy]:
    found = st.lists(rules(), min_size=least, max_size=2)
    return found.map(lambda all_: of(*(f"r{at}: {rule}" for at, rule in enumerate(all_))))


@settings(max_examples=8)
@given(several(2))
def test_what_is_proved_is_not_seen_otherwise_in_a_trial(known: Policy) -> None:
    scene = cast_all(known).scene
    found = settling(scene)
    if found is not None and found.trace is None:
        assert second_pass(scene) is None


_VALUES = st.sampled_from([None, "a", "n", "one", "two", "three", "four"])
_PASSES = (Event.UPDATE, Event.REACTIVATION)
_STEPS = st.one_of(st.sampled_from(_PASSES), st.tuples(st.integers(0, 2), _VALUES))


@settings(max_examples=8)
@given(several(2), st.lists(_VALUES, min_size=3, max_size=3), st.data())
def test_histories_of_any_values_rest_after_as_many_passes_as_are_told(
    known: Policy, values: list[Value], data: st.DataObject
) -> None:
    scene = cast_all(known).scene
    found = settling(scene)
    assume(found is not None and found.rest is not None)
    assert found is not None and found.rest is not None
    stage = Stage(scene)
    state = stage.round(stage.begin(tuple(values[: len(scene.values)])), (0,), Event.INITIAL)
    for step in data.draw(st.lists(_STEPS, max_size=12)):
        if isinstance(step, Event):
            state = stage.round(state, (0,), step)
        elif step[0] < len(scene.values):
            state = stage.edited(state, *step)
    for event in _PASSES:
        later = state
        for _ in range(found.rest):
            later = stage.round(later, (0,), event)
        after = stage.round(later, (0,), event)
        assert not after.turns[-1].writes


@pytest.mark.parametrize("lines", [*SETTLED[:2], *MOVING, *(lines for _, lines in LATE)])
def test_one_value_more_changes_no_verdict(lines: tuple[str, ...]) -> None:
    scene = cast_all(of(*lines)).scene
    few, many = settling(scene), settling(scene, more=1)
    assert few is not None and many is not None
    assert (few.trace is None, few.rest) == (many.trace is None, many.rest)


@pytest.mark.parametrize("lines", [*MOVING, WAITING, *(lines for _, lines in LATE)])
def test_a_history_is_what_run_does(lines: tuple[str, ...]) -> None:
    scene = cast_all(of(*lines)).scene
    found = settling(scene)
    assert found is not None and found.trace is not None
    stage = Stage(scene)
    state = stage.begin(found.trace.start)
    for turn in found.trace.turns:
        if turn.event is None:
            (write,) = turn.writes
            state = stage.edited(state, write.number, write.new)
        else:
            state = stage.round(state, (0,), turn.event)
        assert {*state.turns[-1].writes} == {*turn.writes}
    assert state.turns[-1].writes
    assert None not in [turn.event for turn in found.trace.turns[-2:]]
