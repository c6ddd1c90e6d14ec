"""A sync that does not settle, or whose result depends on an order."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.loops import (
    sync_loop,
)

CHECKS: tuple[Check, ...] = (sync_loop.check,)
