"""What is told of edits, defaults and orders is what passes make of them."""

import pytest

from syncdsl.convert import text
from syncdsl.flow.edits import changed_on_the_way
from syncdsl.flow.graph import graph_of
from syncdsl.flow.orders import orders_that_differ
from syncdsl.flow.scene import cast
from syncdsl.policy import Policy
from tests.flow.test_play import cast_of, replayed, told
from tests.semantics.build import policy

BACK = "mapping b: d.t -> h.t { v: d.v -> h.v }\n"
CHANGING = (
    "mapping a: h.t -> d.t { v: h.v -> d.v as upper }",
    "mapping a: h.t -> d.t { v: h.v -> d.v as lower, when h.u = a }",
    "mapping a: h.t -> d.t { v: h.v -> d.v values pairs }",
)
PAIRS = "values pairs {\none -> 1\ntwo -> 1\n1 -> 1\n}"


@pytest.mark.parametrize("there", CHANGING)
def test_an_edit_that_comes_back_changed_does_so_as_the_mappings_are_written(there: str) -> None:
    found = cast_of(f"{there}\n{BACK}{PAIRS}")
    edits = list(changed_on_the_way(found.scene))
    assert edits
    for edited in edits:
        after = replayed(found, edited.trace)
        assert after == told(found, edited.trace)
        assert after[-1][found.properties[edited.number]] == text(edited.came_back)
        assert text(edited.came_back) != text(edited.made)


def test_an_order_that_matters_ends_as_it_is_told() -> None:
    known = policy(
        "mapping a: h.t -> d.t { v: h.v -> d.v }\nmapping b: d.t -> e.t { v: d.v -> e.v if blank }"
    )
    found = cast(graph_of(known), graph_of(known).edges)
    assert found is not None
    differing = orders_that_differ(found.scene)
    assert differing is not None
    ends = []
    for trace in (differing.there, differing.back):
        after = replayed(found, trace)
        assert after == told(found, trace)
        ends.append(after[-1][found.properties[differing.number]])
    assert ends[0] != ends[1]


def test_the_graph_of_a_policy_is_made_once() -> None:
    one: Policy = policy("a: h.v -> d.v")
    assert graph_of(one) is graph_of(one)
    other = one._replace()
    assert graph_of(other) is not graph_of(one)
