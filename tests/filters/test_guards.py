"""A table has all that a guard can say of records whose values fit their types."""

from hypothesis import given, settings
from hypothesis import strategies as st

from syncdsl.condition import Condition, Operand, evaluate
from syncdsl.convert import is_blank
from syncdsl.filters.question import Demand
from syncdsl.resolve.facts import guarded
from syncdsl.situation import Side, Truth
from syncdsl.wiring import End, Wiring
from tests.filters.conditions import DOMAINS, Asked, conditions, small_records


@st.composite
def guards(draw: st.DrawFn) -> tuple[Condition, tuple[Operand, ...]]:
    """Over the ends of a rule, or the one end and another property beside it."""
    kinds = [draw(st.sampled_from([*DOMAINS])) for _ in range(2)]
    side = draw(st.sampled_from(Side))
    operands = Operand(Side.LEFT, "x", kinds[0]), Operand(side, "y", kinds[1])
    return draw(conditions(operands)), operands


@settings(max_examples=200)
@given(guards())
def test_a_table_has_every_truth_that_small_records_give_its_guard(
    guard: tuple[Condition, tuple[Operand, ...]],
) -> None:
    condition, operands = guard
    wiring = Wiring(End("x", operands[0].kind), End("y", operands[1].kind), guard=condition)
    said: dict[tuple[bool, bool], tuple[Truth, ...]] = {
        (each.left_blank, each.right_blank): each.truths
        for each in guarded(condition, wiring)
        if each.made is None
    }
    asked = Asked((Demand(condition, ()),), {}, operands)
    for left, right in small_records(asked):
        truth = evaluate(condition, left, right)
        # An end that the guard does not read can be blank or not.
        for blank, truths in said.items():
            fits = blank[0] == is_blank(left.get("x")) and blank[1] == is_blank(right.get("y"))
            assert not fits or truth in truths
