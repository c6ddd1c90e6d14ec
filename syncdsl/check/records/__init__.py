"""Which records belong together, which are made, and which disappear."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.records import (
    create_without_match_key,
)

CHECKS: tuple[Check, ...] = (create_without_match_key.check,)
