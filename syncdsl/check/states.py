"""
States and the reasons that go with them, as Dataverse keeps them: `statecode` and `statuscode`.

Each reason belongs to one state; the schema says to which, at the reason's options.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from syncdsl.check.asking import asked_by_rule
from syncdsl.convert import MissingLibrary, Unusable, Value, same, text
from syncdsl.policy import Mapping, Property, Rule
from syncdsl.situation import Side
from syncdsl.wiring import becomes


def state_of(end: Property) -> str | None:
    """The name of the state that this property is, or gives the reason of."""
    if end.facts is None:
        return None
    return end.facts.state or (end.name if end.name == "statecode" else None)


def states_of(reason: Property, values: Iterable[Value]) -> Iterator[Value]:
    """The states to which values of a reason belong, as far as the schema says."""
    options = () if reason.facts is None else reason.facts.options or ()
    for value in values:
        for option in options:
            if option.state is not None and same(option.value, value, None):
                yield option.state


def arriving(rule: Rule, side: Side) -> dict[str | None, Value]:
    """
    What the policy itself says can arrive at an end: by the given value, or by None for a constant
    and for all that a map does not name.
    """
    wiring = rule.wiring
    conversion = rule.conversion(side)
    if rule.clauses.constant:
        end = wiring.left if side is Side.RIGHT else wiring.right
        try:
            return {None: becomes(conversion, end.constant)}
        except (MissingLibrary, Unusable):
            return {}
    if conversion.values is None:
        return {}
    found: dict[str | None, Value] = {}
    for entry in conversion.values.entries:
        found.setdefault(text(entry.given), entry.becomes)
    if conversion.values.otherwise == "value":
        found[None] = conversion.values.fallback
    return found


def asks_for(rule: Rule, mapping: Mapping, name: str) -> bool:
    """Does the rule's condition, or the mapping's scope, ask for a property of this name?"""
    return any(operand.name == name for operand in asked_by_rule(rule, mapping))
