"""What policies would say if a system had another schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from syncdsl import schema
from syncdsl.diagnostic import Diagnostic
from syncdsl.project.examine import Understood, examine, understood_from
from syncdsl.project.files import Content, Reader
from syncdsl.project.load import Project, load
from syncdsl.project.schemas import Named
from syncdsl.project.selection import Selection
from syncdsl.resolve import Unit
from syncdsl.syntax import tree


def differences(old: Named, new: Named) -> tuple[schema.Change, ...]:
    """What changed. A file beside a kind counts as what it makes of what is shipped for that."""
    before, after = old.system, new.system
    if _is_for(old.own, new):
        before = schema.extended(after, before)
    elif _is_for(new.own, old):
        after = schema.extended(before, after)
    return schema.changes(before, after)


def _is_for(own: schema.System, shipped: Named) -> bool:
    return shipped.system is not shipped.own and own.kind in (None, shipped.name)


class Broken(NamedTuple):
    """What a change of a schema does to policies."""

    systems: tuple[str, ...]  # those that have the schema
    errors: list[Diagnostic]  # with the old schema
    found: tuple[Diagnostic, ...]  # with the new one, and not with the old one


def broken_by(
    old: Named, new: Named, listed: Sequence[Content], reader: Reader, selection: Selection
) -> Broken:
    """
    What is found with the new schema and was not with the old one.

    The systems whose schema is one of the two files take them in turn. If there are none, all
    systems of their kind do, whatever schema they have.
    """
    project = load(listed, reader)
    uses = list(_uses(project))
    meant = [use for use in uses if use.real is not None and use.real in (old.real, new.real)]
    kind = new.system.kind or old.system.kind
    if not meant and kind is not None:
        meant = [use for use in uses if use.kind == kind]
    before, after = (_understood(project, listed, meant, each) for each in (old, new))
    known = Counter(map(_identity, examine(before, selection).found))
    found = []
    for each in examine(after, selection).found:
        known[_identity(each)] -= 1
        if known[_identity(each)] < 0 and each.allowed is None:
            found.append(each)
    systems = tuple(dict.fromkeys(use.system for use in meant))
    return Broken(systems, before.errors, tuple(found))


class _Use(NamedTuple):
    """A declaration of a system, and which schema it names."""

    system: str
    kind: str | None
    path: str  # of the file
    schema: str | None  # as it is written there
    real: str | None  # where it really is


def _uses(project: Project) -> Iterator[_Use]:
    for unit in project.units:
        path = unit.file.source.path
        for item in unit.file.items:
            if not isinstance(item, tree.System):
                continue
            kind = name = None
            for fact in reversed(item.facts):
                if isinstance(fact, tree.Kind):
                    kind = fact.name.text
                else:
                    name = str(fact.path.value)
            own = None if name is None else unit.schemas.get(name)
            real = None if name is None else project.schemas.get((path, name))
            yield _Use(item.name.text, kind or (own and own.kind), path, name, real)


def _understood(
    project: Project, listed: Sequence[Content], meant: Sequence[_Use], named: Named
) -> Understood:
    """The policy, if these systems had this schema."""
    places = {(use.path, use.schema) for use in meant}
    shipped = dict(schema.SHIPPED)
    for use in meant:
        if use.schema is None and use.kind is not None:
            base = schema.SHIPPED.get(use.kind)
            shipped[use.kind] = named.own if base is None else schema.extended(base, named.own)
    units = tuple(_with_schema(unit, places, named.own) for unit in project.units)
    return understood_from(project._replace(units=units), listed, shipped)


def _with_schema(unit: Unit, places: set[tuple[str, str | None]], system: schema.System) -> Unit:
    path = unit.file.source.path
    schemas = {
        name: system if (path, name) in places else known for name, known in unit.schemas.items()
    }
    return unit._replace(schemas=schemas)


def _identity(found: Diagnostic) -> tuple[object, ...]:
    return found.code, found.span.source.path, found.span.start, found.message
