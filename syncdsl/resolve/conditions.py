"""Conditions: the tree's become those that can be evaluated."""

from __future__ import annotations

from syncdsl import condition
from syncdsl.convert import Value
from syncdsl.resolve.names import Names, type_name
from syncdsl.situation import Side
from syncdsl.syntax import tree

Ends = tuple[tuple[str, str | None], tuple[str, str | None]]  # system and object, left and right


def resolved(
    names: Names, given: tree.Condition, ends: Ends, home: str
) -> condition.Condition | None:
    """The condition with its properties found, None if one of them is of another system."""
    match given:
        case tree.AllOf() | tree.AnyOf():
            parts = [resolved(names, part, ends, home) for part in given.parts]
            known = tuple(part for part in parts if part is not None)
            if len(known) < len(parts):
                return None
            return (
                condition.AllOf(known) if isinstance(given, tree.AllOf) else condition.AnyOf(known)
            )
        case tree.Negation():
            part = resolved(names, given.part, ends, home)
            return None if part is None else condition.Negation(part)
        case tree.IsBlank():
            operand = _operand(names, given.operand, ends, home)
            if operand is None:
                return None
            blank = condition.IsBlank(operand)
            return condition.Negation(blank) if given.negated else blank
        case tree.IsIn():
            operand = _operand(names, given.operand, ends, home)
            if operand is None:
                return None
            values = tuple(constant.value for constant in given.values)
            return condition.IsIn(operand, values, _compared_as(operand.kind, values))
        case tree.Compare():
            return _comparison(names, given, ends, home)


def _comparison(
    names: Names, given: tree.Compare, ends: Ends, home: str
) -> condition.Condition | None:
    operand = _operand(names, given.operand, ends, home)
    if isinstance(given.value, tree.Operand):
        other = _operand(names, given.value, ends, home)
        if operand is None or other is None:
            return None
        return condition.Compare(operand, given.comparison, other, operand.kind or other.kind)
    if operand is None:
        return None
    value = given.value.value
    if given.value.span.text == "blank":
        names.tell(
            "unfit-value",
            "`blank` is a text here; for a property without a value write `is blank`, "
            'for the text `"blank"`',
            given.value.span,
        )
    kind = _compared_as(operand.kind, (value,))
    return condition.Compare(operand, given.comparison, value, kind)


def _compared_as(kind: str | None, values: tuple[Value, ...]) -> str | None:
    """By the schema's type; a bare number beside a property of no known type says its own."""
    numbers = all(not isinstance(value, str | bool) for value in values)
    return "number" if kind is None and values and numbers else kind


def _operand(names: Names, given: tree.Operand, ends: Ends, home: str) -> condition.Operand | None:
    systems = ends[0][0], ends[1][0]
    side = names.one_of_systems(given.system, systems, "the system of this property")
    if side is None:
        return None
    system, object_name = ends[0] if side is Side.LEFT else ends[1]
    found = names.property(system, object_name, given.name.text, home)
    return condition.Operand(side, given.name.text, type_name(found))
