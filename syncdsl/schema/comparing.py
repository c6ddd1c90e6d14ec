"""What changed between two schemas of one system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from syncdsl.schema.model import Object, Option, Property, System

Part = TypeVar("Part", Object, Property, Option)


class What(Enum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Change(NamedTuple):
    """One difference. What it is about is the innermost of object, property and option."""

    what: What
    object: str | None = None
    property: str | None = None
    option: str | int | bool | None = None
    fact: str | None = None  # of what was changed; None where all of it was added or removed
    old: Any = None  # the fact; or all that was known of what was removed
    new: Any = None


def changes(old: System, new: System) -> tuple[Change, ...]:
    """The differences, in the order of the old schema; what is new of a kind comes last."""
    return tuple(_of_system(old, new))


def _of_system(old: System, new: System) -> Iterator[Change]:
    yield from _of_facts(Change(What.CHANGED), old, new, ("kind", "complete"))
    for name, before, after in _pairs(old.objects, new.objects):
        about = Change(What.CHANGED, name)
        if before is None or after is None:
            yield _all_of(about, before, after)
        elif before is not after:
            yield from _of_object(about, before, after)


def _of_object(about: Change, old: Object, new: Object) -> Iterator[Change]:
    yield from _of_facts(about, old, new, ("label", "times", "modified", "complete"))
    for name, before, after in _pairs(old.properties, new.properties):
        inner = about._replace(property=name)
        if before is None or after is None:
            yield _all_of(inner, before, after)
        elif before != after:
            yield from _of_property(inner, before, after)


def _of_property(about: Change, old: Property, new: Property) -> Iterator[Change]:
    facts = [fact for fact in Property._fields if fact not in ("name", "options")]
    yield from _of_facts(about, old, new, facts)
    if old.options is None or new.options is None:
        yield from _of_facts(about, old, new, ("options",))
        return
    olds, news = (_by_value(each.options or ()) for each in (old, new))
    for key, before, after in _pairs(olds, news):
        inner = about._replace(option=key[1])
        if before is None or after is None:
            yield _all_of(inner, before, after)
        else:
            yield from _of_facts(inner, before, after, ("label", "state"))


def _by_value(options: tuple[Option, ...]) -> dict[tuple[type, Any], Option]:
    """By type too: `1` and `true` are two options."""
    return {(type(option.value), option.value): option for option in options}


def _all_of(about: Change, old: Part | None, new: Part | None) -> Change:
    return about._replace(what=What.ADDED if old is None else What.REMOVED, old=old, new=new)


def _of_facts(about: Change, old: Any, new: Any, facts: Iterable[str]) -> Iterator[Change]:
    for fact in facts:
        before, after = getattr(old, fact), getattr(new, fact)
        if before != after or type(before) is not type(after):
            yield about._replace(fact=fact, old=before, new=after)


def _pairs(
    old: Mapping[Any, Part], new: Mapping[Any, Part]
) -> Iterator[tuple[Any, Part | None, Part | None]]:
    for name in old:
        yield name, old[name], new.get(name)
    for name in new:
        if name not in old:
            yield name, None, new[name]
