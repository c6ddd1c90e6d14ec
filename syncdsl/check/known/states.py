"""
States and the reasons that go with them, as Dataverse keeps them: `statecode` and `statuscode`.

Each reason belongs to one state; the schema says to which, at the reason's options. A state that is
written without a reason gets the state's default one (learn.microsoft.com/power-apps/developer/
data-platform, "Behavior of specialized update operations"). A reason of another state is refused:
"2 is not a valid status code for state code AccountState.Active".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from syncdsl.check.known.conditions import asked_by_rule
from syncdsl.convert import Value, same
from syncdsl.policy import Mapping, Property, Rule


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


def asks_for(rule: Rule, mapping: Mapping, name: str) -> bool:
    """Does the rule's condition, or the mapping's scope, ask for a property of this name?"""
    return any(operand.name == name for operand in asked_by_rule(rule, mapping))
