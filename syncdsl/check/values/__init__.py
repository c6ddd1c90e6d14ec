"""Values that do not fit: types, lengths, options, value maps."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.values import (
    value_map_not_one_to_one,
    value_map_not_total,
)

CHECKS: tuple[Check, ...] = (
    value_map_not_total.check,
    value_map_not_one_to_one.check,
)
