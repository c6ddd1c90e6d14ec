"""What a property means to people: consent, stages, money, states."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.meaning import (
    closed_record_written,
    consent_filtered_out,
    consent_missing_on_create,
    consent_not_sticky,
    consent_polarity_inverted,
    money_without_currency,
    owner_not_mapped,
    paired_properties_diverge,
    stage_can_go_back,
    state_set_on_create,
    state_without_status,
)

CHECKS: tuple[Check, ...] = (
    consent_polarity_inverted.check,
    consent_not_sticky.check,
    consent_missing_on_create.check,
    consent_filtered_out.check,
    stage_can_go_back.check,
    state_without_status.check,
    state_set_on_create.check,
    closed_record_written.check,
    money_without_currency.check,
    paired_properties_diverge.check,
    owner_not_mapped.check,
)
