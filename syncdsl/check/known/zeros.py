"""
Systems in which a number is never blank.

Business Central's language knows no null: a field of a number is 0 and a field of a truth is false
until somebody enters something (learn.microsoft.com/dynamics365/business-central, "Field data
types" and the property `InitValue`). Whether 0 was entered, nobody can see.
"""

from __future__ import annotations

from syncdsl.check.known.arriving import type_of
from syncdsl.policy import Policy, Property
from syncdsl.schema import Type

_WITHOUT_BLANKS = {"business-central": {Type.NUMBER: "0", Type.MONEY: "0", Type.BOOL: "false"}}


def nothing_in(policy: Policy, property_: Property | None) -> str | None:
    """What stands in a property in the place of a blank; None if it can be blank, or who knows."""
    type_ = type_of(property_)
    if property_ is None or type_ is None:
        return None
    system = policy.system(property_.system)
    if system is None or system.kind is None:
        return None
    return _WITHOUT_BLANKS.get(system.kind, {}).get(type_)
