"""Names of systems, objects and properties that nothing is known of."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.names import (
    spelled_two_ways,
    undeclared_system,
    unknown_engine,
    unknown_kind,
    unknown_object,
    unknown_property,
)

CHECKS: tuple[Check, ...] = (
    unknown_object.check,
    unknown_property.check,
    spelled_two_ways.check,
    unknown_kind.check,
    undeclared_system.check,
    unknown_engine.check,
)
