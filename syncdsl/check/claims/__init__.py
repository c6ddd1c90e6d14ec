"""Who may write a property: winners, owners, several rules."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.claims import (
    most_recent_without_times,
    scopes_overlap,
    two_authorities,
    two_rules_write_one_property,
    two_way_without_winner,
    winner_on_one_way,
)

CHECKS: tuple[Check, ...] = (
    two_way_without_winner.check,
    winner_on_one_way.check,
    two_rules_write_one_property.check,
    scopes_overlap.check,
    two_authorities.check,
    most_recent_without_times.check,
)
