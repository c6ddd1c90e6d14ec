"""A sync that does not settle, or whose result depends on an order."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.loops import (
    one_sided_conversion,
    order_dependent_result,
    round_trip_changes_value,
    sync_loop,
)

CHECKS: tuple[Check, ...] = (
    sync_loop.check,
    round_trip_changes_value.check,
    one_sided_conversion.check,
    order_dependent_result.check,
)
