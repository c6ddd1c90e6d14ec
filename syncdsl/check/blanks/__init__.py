"""What a blank, a default or a constant does to a value."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.blanks import (
    blank_becomes_zero,
    blank_clears_target,
    default_blocks_value,
    default_comes_back,
    emptied_value_returns,
    zero_is_no_blank,
)

CHECKS: tuple[Check, ...] = (
    blank_clears_target.check,
    default_comes_back.check,
    blank_becomes_zero.check,
    zero_is_no_blank.check,
    emptied_value_returns.check,
    default_blocks_value.check,
)
