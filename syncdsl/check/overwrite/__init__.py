"""A value is lost to another one."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.overwrite import (
    constant_overwrites,
    edit_lost_silently,
    first_touch_not_write_once,
    overwrite_on_initial_sync,
    overwrite_on_reactivation,
    owner_overwritten,
    protection_forgotten,
    removed_element_returns,
    stage_correction_undone,
    stale_value_wins,
)

CHECKS: tuple[Check, ...] = (
    overwrite_on_reactivation.check,
    overwrite_on_initial_sync.check,
    constant_overwrites.check,
    owner_overwritten.check,
    edit_lost_silently.check,
    stale_value_wins.check,
    first_touch_not_write_once.check,
    removed_element_returns.check,
    stage_correction_undone.check,
    protection_forgotten.check,
)
