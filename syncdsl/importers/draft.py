"""
A schema that is put together from what an importer finds.

The same property may be told several times: an answer that comes in pages, options that stand in a
file of their own. What is told later adds facts, and never changes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from syncdsl.schema import Object, Property, System, Times, laid_over
from syncdsl.suggest import one_of

MAX_PROPERTIES = 200_000  # of all objects; the largest system that we know has 60,000
MAX_NAME = 200  # characters; no system of ours has names half as long

# A policy names a property by a word, or by anything in backquotes, on one line.
_UNSPEAKABLE = re.compile("[`\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Draft:
    """The objects so far, in the order in which they were found."""

    def __init__(self, kind: str | None, *, complete: bool = False) -> None:
        self.kind = kind
        self.complete = complete
        self._objects: dict[str, Object] = {}
        self._properties: dict[str, dict[str, Property]] = {}
        self._count = 0

    def __contains__(self, name: str) -> bool:
        return name in self._objects

    def add_object(
        self,
        name: str,
        *,
        label: str | None = None,
        times: Times | None = None,
        modified: str | None = None,
        complete: bool | None = None,
    ) -> str | None:
        """Why there can be no such object, if there cannot."""
        problem = name_problem(name)
        if problem is not None:
            return problem
        properties = self._properties.setdefault(name, {})
        told = Object(name, label, times, properties, modified, complete)
        facts = told._asdict()
        known = self._objects.get(name)
        if known is not None:
            facts |= {key: fact for key, fact in known._asdict().items() if fact is not None}
        self._objects[name] = Object(**facts)
        return None

    def add(self, owner: str, found: Property) -> str | None:
        """Why a property, or a part of what is said about it, is left out, if it is."""
        problem = name_problem(found.name)
        if problem is not None:
            return problem
        properties = self._properties[owner]
        known = properties.get(found.name)
        if known is None and self._count >= MAX_PROPERTIES:
            return f"this is more than {MAX_PROPERTIES} properties, and the rest is left out"
        if known is None:
            self._count += 1
            properties[found.name] = found
            return None
        properties[found.name] = laid_over(found, known)
        other = [
            name
            for name, old, new in zip(Property._fields, known, found, strict=True)
            if old is not None and new is not None and old != new
        ]
        if not other:
            return None
        words = one_of([name.replace("_", " ") for name in other], quote="", last="and")
        return f"`{owner}.{found.name}` is told twice, with another {words}; the first counts"

    @property
    def is_full(self) -> bool:
        return self._count >= MAX_PROPERTIES

    def properties(self, owner: str) -> tuple[Property, ...]:
        return tuple(self._properties[owner].values())

    def names(self) -> tuple[str, ...]:
        """Of those of which a property is known: the others are names, and nothing to look at."""
        return tuple(name for name in self._objects if self._properties[name])

    def system(self, only: Iterable[str] = ()) -> System:
        """What was found; of the objects only these, if any are named."""
        chosen = set(only)
        objects = {
            name: _without_dangling(self._objects[name])
            for name in self.names()
            if not chosen or name in chosen
        }
        return System(self.kind, self.complete, objects)


def _without_dangling(found: Object) -> Object:
    """Without the mention of a property that a complete object does not have."""
    if not found.complete:
        return found

    def known(name: str | None) -> str | None:
        return name if name in found.properties else None

    properties = {
        name: each._replace(currency=known(each.currency), state=known(each.state))
        for name, each in found.properties.items()
    }
    return found._replace(properties=properties, modified=known(found.modified))


def name_problem(name: str) -> str | None:
    """Why no policy could name this."""
    if not name.strip():
        return "there is a name that is blank; it is left out"
    if len(name) > MAX_NAME:
        return f"`{name[:40]}…` is longer than {MAX_NAME} characters, so it is left out"
    if _UNSPEAKABLE.search(name):
        plain = _UNSPEAKABLE.sub("·", name)
        return f"`{plain}` has a character that no policy can write (shown as ·); it is left out"
    return None


def name_of(path: str, index: int, objects: Sequence[str]) -> str:
    """What a file's one object is called: as the user says, else as the file."""
    if objects:
        return objects[min(index, len(objects) - 1)]
    return PurePath(path).stem
