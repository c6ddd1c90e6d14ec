"""
Which values a property can take, by its type.

The table says for a type that arrives and the type of the target how many of the values fit. Where
it comes from: the pairs of types that two products document (HubSpot's data sync,
knowledge.hubspot.com/integrations/understand-your-data-sync-field-mappings, 2024-06; its Salesforce
connector, knowledge.hubspot.com/salesforce/map-hubspot-properties-to-salesforce-fields, 2026-03),
and for the others what the text of a value can be read as. A pair that is not in it fits.

What refers to a record is no value like others: which record is meant is a question of keys.
"""

from __future__ import annotations

from syncdsl.convert import STEPS, Unusable, Value
from syncdsl.schema import Type
from syncdsl.situation import Word


class Fit(Word):
    """How many of the values a target can take."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


_T = Type
_FITS: dict[Type, dict[Type, Fit]] = {
    # A text is free: it may read `12`, `yes` or `2026-03-02`, and may not.
    _T.TEXT: {
        _T.NUMBER: Fit.SOME,
        _T.MONEY: Fit.SOME,
        _T.BOOL: Fit.SOME,
        _T.DATE: Fit.SOME,
        _T.DATETIME: Fit.SOME,
        _T.OPTION: Fit.SOME,
    },
    # 0 and 1 are truths; a number of milliseconds is a moment only to the step `datetime`.
    _T.NUMBER: {_T.BOOL: Fit.SOME, _T.DATE: Fit.NONE, _T.DATETIME: Fit.NONE},
    _T.MONEY: {
        _T.BOOL: Fit.SOME,
        _T.DATE: Fit.NONE,
        _T.DATETIME: Fit.NONE,
        _T.OPTION: Fit.NONE,
        _T.REFERENCE: Fit.NONE,
    },
    _T.BOOL: {
        _T.NUMBER: Fit.NONE,
        _T.MONEY: Fit.NONE,
        _T.DATE: Fit.NONE,
        _T.DATETIME: Fit.NONE,
        _T.REFERENCE: Fit.NONE,
    },
    _T.DATE: {
        _T.NUMBER: Fit.NONE,
        _T.MONEY: Fit.NONE,
        _T.BOOL: Fit.NONE,
        _T.OPTION: Fit.NONE,
        _T.REFERENCE: Fit.NONE,
    },
    _T.DATETIME: {
        _T.NUMBER: Fit.NONE,
        _T.MONEY: Fit.NONE,
        _T.BOOL: Fit.NONE,
        _T.OPTION: Fit.NONE,
        _T.REFERENCE: Fit.NONE,
    },
    # Which options there are decides; without a list nobody knows.
    _T.OPTION: {},
    _T.REFERENCE: {
        _T.NUMBER: Fit.NONE,
        _T.MONEY: Fit.NONE,
        _T.BOOL: Fit.NONE,
        _T.DATE: Fit.NONE,
        _T.DATETIME: Fit.NONE,
    },
}

# What the steps read as these types, a target of the type takes.
_STEP = {
    _T.NUMBER: "number",
    _T.MONEY: "number",
    _T.BOOL: "bool",
    _T.DATE: "date",
    _T.DATETIME: "datetime",
}

WORDS = {
    _T.TEXT: "a text",
    _T.NUMBER: "a number",
    _T.MONEY: "an amount of money",
    _T.BOOL: "true or false",
    _T.DATE: "a date",
    _T.DATETIME: "a date with a time",
    _T.OPTION: "one of its options",
    _T.LIST: "a list",
    _T.REFERENCE: "a reference to a record",
}


def fit(arriving: Type, target: Type) -> Fit:
    """How many values of a type does a property of another type take?"""
    return _FITS.get(arriving, {}).get(target, Fit.ALL)


def step_for(target: Type) -> str | None:
    """The step that lets through what a property of this type takes."""
    return _STEP.get(target)


def takes(target: Type, value: Value) -> bool:
    """Does a property of this type take this one value? True where only its options can tell."""
    name = _STEP.get(target)
    if name is None:
        return True
    try:
        STEPS[name].function(value, None)
    except Unusable:
        return False
    return True
