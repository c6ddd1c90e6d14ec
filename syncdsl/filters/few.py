"""
Conditions that are apart at sight: `segment = shop` and `segment = partner`.

Where many are compared with each other, each with each, most of them differ in what they name. So
each one is looked at once, for the properties to which it leaves a few texts. What is not seen here
is a question for `filters`.
"""

from __future__ import annotations

from syncdsl.condition import AllOf, Compare, Condition, IsIn, Operand
from syncdsl.convert import Value, is_blank, text
from syncdsl.filters.question import Where

Few = dict[Where, frozenset[str]]

_TEXTS = (None, "text", "option")  # of these types two values are one if their texts are


def few(*conditions: Condition) -> Few:
    """The properties to which conditions leave a few texts, if all of them hold."""
    found: Few = {}
    for condition in conditions:
        match condition:
            case AllOf(parts):
                each = few(*parts)
            case IsIn(operand, values, kind) if kind in _TEXTS:
                each = _one_of(operand, values)
            case Compare(operand, "=", value, kind) if kind in _TEXTS and not isinstance(
                value, Operand
            ):
                each = _one_of(operand, (value,))
            case _:
                continue
        for where, texts in each.items():
            found[where] = texts & found.get(where, texts)
    return found


def shares(one: Few, other: Few) -> bool:
    """Can both hold, as far as this tells?"""
    return all(
        where not in other or not texts.isdisjoint(other[where]) for where, texts in one.items()
    )


def _one_of(operand: Operand, values: tuple[Value, ...]) -> Few:
    texts = frozenset(text(value) for value in values if not is_blank(value))
    return {(operand.side, operand.name): texts}
