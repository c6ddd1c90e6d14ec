"""What the policy promises."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.promises import (
    promise_broken,
)

CHECKS: tuple[Check, ...] = (promise_broken.check,)
