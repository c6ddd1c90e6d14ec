"""Values that do not fit: types, lengths, options, value maps."""

from __future__ import annotations

from syncdsl.check.base import Check
from syncdsl.check.values import (
    code_instead_of_label,
    date_without_zone,
    incompatible_types,
    label_instead_of_value,
    leading_zeros_lost,
    list_into_scalar,
    list_overwritten,
    map_line_never_read,
    name_instead_of_id,
    not_writable_on_create,
    number_out_of_range,
    option_unknown_to_target,
    options_not_covered,
    precision_lost,
    read_only_target,
    step_cannot_take,
    text_cut_off,
    text_into_list,
    unknown_option,
    value_map_not_one_to_one,
    value_map_not_total,
    written_only_on_create,
)

CHECKS: tuple[Check, ...] = (
    read_only_target.check,
    written_only_on_create.check,
    not_writable_on_create.check,
    step_cannot_take.check,
    incompatible_types.check,
    name_instead_of_id.check,
    date_without_zone.check,
    text_cut_off.check,
    precision_lost.check,
    leading_zeros_lost.check,
    number_out_of_range.check,
    list_into_scalar.check,
    text_into_list.check,
    list_overwritten.check,
    label_instead_of_value.check,
    code_instead_of_label.check,
    option_unknown_to_target.check,
    unknown_option.check,
    options_not_covered.check,
    value_map_not_total.check,
    value_map_not_one_to_one.check,
    map_line_never_read.check,
)
