"""What does nothing, or is never used."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.idle import (
    clause_without_effect,
    condition_always_holds,
    condition_never_holds,
    rule_never_writes,
    rule_repeated,
    step_without_effect,
    unused_order,
    unused_value_map,
)

CHECKS: tuple[Check, ...] = (
    condition_never_holds.check,
    condition_always_holds.check,
    rule_never_writes.check,
    rule_repeated.check,
    clause_without_effect.check,
    step_without_effect.check,
    unused_value_map.check,
    unused_order.check,
)
