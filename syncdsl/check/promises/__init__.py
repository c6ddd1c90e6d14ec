"""What the policy promises."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.promises import promise_broken, promise_without_subject

CHECKS: tuple[Check, ...] = (
    promise_broken.check,
    promise_without_subject.check,
)
