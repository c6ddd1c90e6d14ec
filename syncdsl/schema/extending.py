"""A project's own schema, laid over the one that is shipped for its kind."""

from __future__ import annotations

from syncdsl.schema.model import Object, Objects, Property, System


def extended(base: System, own: System) -> System:
    """
    What is known of a system, from the shipped schema and a project's own. A fact of the project's
    own counts, and what it does not say is as shipped. What it calls complete stands alone.
    """
    if own.complete:
        return own
    names = [*base.objects, *(name for name in own.objects if name not in base.objects)]

    def read(name: str) -> Object:
        if name not in own.objects:
            return base.objects[name]
        if name not in base.objects or own.is_complete(name):
            return own.objects[name]
        return _object(base.objects[name], own.objects[name])

    return System(own.kind or base.kind, base.complete, Objects(names, read))


def _object(base: Object, own: Object) -> Object:
    properties = dict(base.properties)
    for name, facts in own.properties.items():
        shipped = properties.get(name)
        properties[name] = facts if shipped is None else laid_over(shipped, facts)
    return Object(
        own.name,
        own.label or base.label,
        own.times or base.times,
        properties,
        own.modified or base.modified,
        base.complete if own.complete is None else own.complete,
    )


def laid_over(base: Property, own: Property) -> Property:
    """A property with its own facts, and where it has none those of the base."""
    stated = {fact: value for fact, value in own._asdict().items() if value is not None}
    return base._replace(**stated)
