"""
From trees to the policy: names become what they stand for.

This is the one phase that knows both the tree and the policy. It goes over all files three times,
because names may be used before they are declared: first the declarations (systems, value maps,
orders), then mappings and their rules, then what speaks about mappings (promises and tests). What
does not fit is told where it stands, and the rest is understood all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from syncdsl import policy, schema
from syncdsl.diagnostic import Diagnostic
from syncdsl.resolve.declarations import declare
from syncdsl.resolve.examples import example
from syncdsl.resolve.mappings import mappings
from syncdsl.resolve.names import Names
from syncdsl.resolve.promises import promise
from syncdsl.resolve.unit import Unit
from syncdsl.syntax import tree

__all__ = ["Unit", "resolve"]

Declared = TypeVar("Declared", policy.ValueMap, policy.Order)


def resolve(
    units: Sequence[Unit], shipped: Mapping[str, schema.System] = schema.SHIPPED
) -> tuple[policy.Policy, list[Diagnostic]]:
    """The policy of a project's files, and what in them has no meaning."""
    names = Names()
    names.unread = frozenset(name for unit in units for name in unit.file.unread)
    declare(names, units, shipped)
    listed = [unit for unit in units if unit.listed]
    found = [mapping for unit in listed for mapping in mappings(names, unit.file)]
    promises, examples = [], []
    for unit in listed:
        path = unit.file.source.path
        here = [mapping for mapping in found if mapping.source is unit.file.source]
        for item in unit.file.items:
            if isinstance(item, tree.Test):
                examples.append(example(names, item, here))
            elif not isinstance(item, _NO_PROMISES):
                promises.append(promise(names, item, path))
    paths = [unit.file.source.path for unit in listed]
    return (
        policy.Policy(
            systems=tuple(names.systems.values()),
            mappings=tuple(found),
            values=tuple(_own(names.values, paths)),
            orders=tuple(_own(names.orders, paths)),
            promises=tuple(each for each in promises if each is not None),
            examples=tuple(each for each in examples if each is not None),
            whole=not names.diagnostics and not any(_has_broken(unit.file) for unit in listed),
        ),
        names.diagnostics,
    )


_NO_PROMISES = (
    tree.Use,
    tree.System,
    tree.Mapping,
    tree.Values,
    tree.Order,
    tree.Rule,
    tree.Broken,
)


def _has_broken(file: tree.File) -> bool:
    """Is there anything in a file that could not be read?"""
    for item in file.items:
        parts: tuple[object, ...] = (item,)
        if isinstance(item, tree.Mapping):
            parts = item.entries if item.name is not None else (tree.Broken(item.span),)
        elif isinstance(item, tree.Values):
            parts = item.lines if item.name is not None else (tree.Broken(item.span),)
        if any(isinstance(part, tree.Broken) for part in parts):
            return True
    return False


def _own(declared: dict[str, dict[str, Declared]], paths: list[str]) -> list[Declared]:
    """What stands in these files themselves."""
    return [
        each for path in paths for each in declared[path].values() if each.span.source.path == path
    ]
