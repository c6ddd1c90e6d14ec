"""Which properties conditions ask for, whatever they say about them."""

from __future__ import annotations

from syncdsl.condition import Condition, Operand, operands
from syncdsl.policy import Create, Mapping, Rule


def asked_by_rule(rule: Rule, mapping: Mapping) -> list[Operand]:
    """By the rule's condition and the mapping's scope; the sides are those of either."""
    return _asked(rule.wiring.guard, mapping)


def asked_to_create(create: Create, mapping: Mapping) -> list[Operand]:
    """By the condition of a `create` line and the mapping's scope."""
    return _asked(create.condition, mapping)


def _asked(condition: Condition | None, mapping: Mapping) -> list[Operand]:
    scope = None if mapping.scope is None else mapping.scope.condition
    given = [each for each in (condition, scope) if each is not None]
    return [operand for each in given for operand in operands(each)]
