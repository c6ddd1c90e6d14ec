"""What a property means to people: consent, stages, money, states."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.meaning import (
    consent_not_sticky,
    stage_can_go_back,
)

CHECKS: tuple[Check, ...] = (
    consent_not_sticky.check,
    stage_can_go_back.check,
)
