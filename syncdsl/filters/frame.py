"""
Conditions of several mappings, said of one record.

A condition speaks of the left and the right record of its own mapping. To ask two of them at once,
both are said of one record that holds the properties of all objects, each under its whole name.
What two mappings read of one object they read of one record.
"""

from __future__ import annotations

from syncdsl.condition import Condition, Operand, operands, with_operands
from syncdsl.filters.question import Known, Where
from syncdsl.policy import Mapping, Policy
from syncdsl.schema import Property, Type
from syncdsl.situation import Side

PropertyKey = tuple[str, str | None, str, str]  # of policy.Property


LATER = "later"
MAX_LIKELY = 8  # options of a property; examples need no more


def framed(condition: Condition, mapping: Mapping) -> Condition:
    """The condition about the one record."""

    def operand(given: Operand) -> Operand:
        side, name = place(key_of(given, mapping))
        return Operand(side, name, given.kind)

    return with_operands(condition, operand)


def place(key: PropertyKey, stamp: str = "") -> Where:
    """Where the one record holds a property."""
    system, object_name, name, home = key
    whole = ".".join(part for part in (system, object_name, name) if part is not None)
    return Side.LEFT, f"{home}{stamp}\n{whole}"


def at_another_time(condition: Condition, key: PropertyKey) -> Condition:
    """A framed condition about the record when one of its properties had another value."""
    now, then = place(key), place(key, LATER)
    return with_operands(
        condition,
        lambda given: given._replace(name=then[1]) if (given.side, given.name) == now else given,
    )


def key_of(operand: Operand, mapping: Mapping) -> PropertyKey:
    system, object_name = mapping.end(operand.side)
    return system, object_name, operand.name, mapping.source.path if object_name is None else ""


def known_of(policy: Policy, mapping: Mapping, condition: Condition) -> dict[Where, Known]:
    """What the schemas say of the properties that a condition reads, in the frame."""
    found = {}
    for operand in operands(condition):
        key = key_of(operand, mapping)
        facts = facts_of(policy, key)
        if facts is not None:
            found[place(key)] = _known(policy, key, facts)
    return found


def facts_of(policy: Policy, key: PropertyKey) -> Property | None:
    found = policy.object(key[:2])
    return None if found is None else found.properties.get(key[2])


def _known(policy: Policy, key: PropertyKey, facts: Property) -> Known:
    """A list of options counts where the schema says that it has all there is."""
    system, object_name = policy.system(key[0]), key[1]
    assert system is not None and system.schema is not None and object_name is not None
    if facts.type is Type.OPTION:
        options = tuple(option.value for option in facts.options or ())
        if options and system.schema.is_complete(object_name):
            return Known((*options, None))
        return Known(likely=options[:MAX_LIKELY])
    return Known(max_length=facts.max_length if facts.type is Type.TEXT else None)
