"""Which records belong together, which are made, and which disappear."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.records import (
    create_without_condition,
    create_without_match_key,
    deleted_record_returns,
    deletion_without_limit,
    domain_matched_with_url,
    match_key_can_be_blank,
    match_key_not_normalised,
    match_key_not_unique,
    match_key_types_differ,
    match_key_written,
    merge_deletes_partner,
    reference_without_mapping,
    required_target_can_be_blank,
    required_target_unfilled,
    scope_exit_unsaid,
    scope_not_closed,
    scope_reads_synced_property,
)

CHECKS: tuple[Check, ...] = (
    create_without_match_key.check,
    match_key_types_differ.check,
    match_key_not_normalised.check,
    domain_matched_with_url.check,
    match_key_not_unique.check,
    match_key_can_be_blank.check,
    match_key_written.check,
    required_target_unfilled.check,
    required_target_can_be_blank.check,
    reference_without_mapping.check,
    scope_not_closed.check,
    scope_reads_synced_property.check,
    create_without_condition.check,
    deleted_record_returns.check,
    deletion_without_limit.check,
    merge_deletes_partner.check,
    scope_exit_unsaid.check,
)
