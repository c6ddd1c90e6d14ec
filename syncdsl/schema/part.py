"""A part of a schema: an object, or a property of one."""

from __future__ import annotations

from typing import NamedTuple

from syncdsl.schema.model import System


class Part(NamedTuple):
    """What of a schema is meant. None: all of it."""

    object: str | None = None
    property: str | None = None


def only(system: System, part: Part) -> System:
    """The schema of this part alone."""
    if part.object is None:
        return system
    found = system.objects[part.object]
    if part.property is not None:
        properties = {part.property: found.properties[part.property]}
        found = found._replace(properties=properties, complete=None)
    elif system.is_complete(part.object):
        found = found._replace(complete=True)
    return System(system.kind, False, {part.object: found})
