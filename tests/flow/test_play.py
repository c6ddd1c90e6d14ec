"""What is told of passes that go round and round is what `run` does, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncdsl.convert import Value, text
from syncdsl.filters.frame import PropertyKey
from syncdsl.flow.circles import circles
from syncdsl.flow.graph import graph_of, object_of
from syncdsl.flow.play import Stage, Trace, endless, second_pass
from syncdsl.flow.scene import Cast, cast
from syncdsl.flow.settling import unsettled
from syncdsl.policy import Mapping, Policy
from syncdsl.semantics.pair import Link, Memory, Records
from syncdsl.semantics.run import run
from syncdsl.situation import Event
from tests.semantics.build import policy

# ── carried out once more, over records with their names ─────────────────────────────────────────


class World:
    """One record of each object, and what the mappings remember."""

    def __init__(self, held: dict[PropertyKey, Value]) -> None:
        self.held = held
        self.memories: dict[int, Memory] = {}

    def records(self, of: tuple[str, str | None], home: str) -> Records:
        wanted = (*of, home if of[1] is None else "")
        return Records(
            {0: {key[2]: value for key, value in self.held.items() if object_of(key) == wanted}}, {}
        )

    def passed(self, mapping: Mapping, event: Event) -> None:
        left, right = (
            self.records(side, mapping.source.path) for side in (mapping.left, mapping.right)
        )
        memory = self.memories.get(id(mapping), Memory((Link(0, 0),)))
        bare = mapping._replace(match=(), creates=())
        done = run(bare, left, right, memory, event=event)
        self.memories[id(mapping)] = done.memory
        for change in done.changes:
            system, name = (mapping.left, mapping.right)[change.record.side.value == "right"]
            home = mapping.source.path if name is None else ""
            self.held[system, name, change.property, home] = change.new


def replayed(found: Cast, trace: Trace) -> list[dict[PropertyKey, str]]:
    """What is held after each turn of a trace, by `run` over the mappings as they are written."""
    world = World(dict(zip(found.properties, trace.start, strict=True)))
    after = []
    for turn in trace.turns:
        if turn.mapping is None or turn.event is None:
            (write,) = turn.writes
            world.held[found.properties[write.number]] = write.new
        else:
            mapping = found.mappings[turn.mapping]
            world.passed(mapping, turn.event)
        after.append({key: text(value) for key, value in world.held.items()})
    return after


def told(found: Cast, trace: Trace) -> list[dict[PropertyKey, str]]:
    held = list(trace.start)
    after = []
    for turn in trace.turns:
        for write in turn.writes:
            held[write.number] = write.new
        after.append(dict(zip(found.properties, map(text, held), strict=True)))
    return after


RINGS = tuple(
    "\n".join(lines)
    for lines in (
        (
            "mapping a: h.t -> d.t { v: h.v -> d.v as negate }",
            "mapping b: d.t -> h.t { v: d.v -> h.v }",
        ),
        ("mapping a: h.t <-> d.t {", "v: h.v -> d.v", "w: d.v -> h.v", "}"),
        (
            "mapping a: h.t -> d.t { v: h.v -> d.v }",
            "mapping b: d.t -> e.t { v: d.v -> e.v }",
            "mapping c: e.t -> h.t { v: e.v -> h.v }",
        ),
        (
            "mapping a: h.t -> d.t { v: h.v -> d.v values turn }",
            "mapping b: d.t -> h.t { v: d.v -> h.v }",
            "values turn {",
            "a -> b",
            "b -> c",
            "c -> a",
            "}",
        ),
        (
            "mapping a: h.t -> d.t { v: h.v -> d.v as date }",
            'mapping b: d.t -> h.t { v: d.v -> h.v as datetime("Asia/Tokyo") }',
        ),
    )
)


def cast_of(text: str) -> Cast:
    known = policy(text)
    (circle,) = circles(graph_of(known))
    found = cast(graph_of(known), circle.edges)
    assert found is not None
    return found


@pytest.mark.parametrize("text", RINGS)
def test_a_trace_is_what_the_mappings_do_as_they_are_written(text: str) -> None:
    found = cast_of(text)
    trace = endless(found.scene)
    assert trace is not None
    assert told(found, trace) == replayed(found, trace)


@pytest.mark.parametrize("text", RINGS)
def test_what_comes_round_has_written_something_on_the_way(text: str) -> None:
    trace = endless(cast_of(text).scene)
    assert trace is not None
    assert any(turn.writes for turn in trace.again)


def test_rules_that_are_wired_alike_are_one_scene() -> None:
    two = "mapping a: h.t <-> d.t {\nv: h.v -> d.v\nw: d.v -> h.v\n}"
    others = two.replace("h.", "shop.").replace("d.", "erp.").replace("w:", "back:")
    assert cast_of(two).scene.mappings == cast_of(others).scene.mappings


# ── all that small policies can do ───────────────────────────────────────────────────────────────

_CLAUSES = (
    "", "if blank", "once", "not on reactivation", "on update only", "clear blanks", "append",
    "as upper", "as lower", "as negate", "values turn", "sticky", "forward only in steps",
    "when {left}.u = a", "when {right}.v is blank",
)  # fmt: skip
_TWO_WAY = ("", "{left} wins", "{right} wins", "most recent wins", "ask", "if blank", "append")
_MAPPINGS = (("h", "d"), ("d", "e"), ("e", "h"))
_DECLARED = "values turn {\na -> b\nb -> c\nc -> a\notherwise copy\n}\norder steps { a < b < c }\n"


@st.composite
def rules(draw: st.DrawFn, left: str, right: str) -> str:
    arrow = draw(st.sampled_from(["->", "<-", "<->"]))
    clauses = draw(st.sampled_from(_TWO_WAY if arrow == "<->" else _CLAUSES))
    names = (draw(st.sampled_from("vu")), draw(st.sampled_from("vu")))
    clauses = clauses.format(left=left, right=right)
    return f"{left}.{names[0]} {arrow} {right}.{names[1]} {clauses}"


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    lines = []
    for left, right in draw(st.lists(st.sampled_from(_MAPPINGS), min_size=1, unique=True)):
        several = draw(st.lists(rules(left, right), min_size=1, max_size=2))
        inside = "\n".join(f"r{at}: {rule}" for at, rule in enumerate(several))
        lines.append(f"mapping {left}{right}: {left}.t <-> {right}.t {{\n{inside}\n}}")
    return policy("\n".join(lines) + "\n" + _DECLARED)


@settings(max_examples=150)
@given(policies(), st.lists(st.sampled_from([None, "a", "b", "c", "A"]), min_size=6, max_size=6))
def test_where_nothing_is_told_records_settle(known: Policy, values: list[Value]) -> None:
    graph = graph_of(known)
    for circle in circles(graph):
        found = cast(graph, circle.edges)
        assert found is not None
        if endless(found.scene) is not None:
            continue
        stage = Stage(found.scene)
        order = tuple(range(len(found.mappings)))
        # What gives from outside is blank: two rules that write one property are told elsewhere.
        start = tuple(
            values[at % len(values)] if tried else None
            for at, tried in enumerate(found.scene.values)
        )
        first = stage.round(stage.begin(start), order, Event.INITIAL)
        state, moving = stage.settle(first, order, Event.UPDATE)
        assert moving is None
        assert stage.settle(state, order, Event.REACTIVATION)[1] is None


@settings(max_examples=60)
@given(policies())
def test_what_is_proved_to_converge_writes_nothing_in_a_second_pass(known: Policy) -> None:
    graph = graph_of(known)
    for mapping in known.mappings:
        if any(unsettled(mapping)):
            continue
        found = cast(graph, [edge for edge in graph.edges if edge.mapping is mapping])
        assert found is not None
        assert second_pass(found.scene) is None
