"""A sync that does not settle, or whose result depends on an order."""

from __future__ import annotations

from syncdsl.check.base import Check

CHECKS: tuple[Check, ...] = ()
