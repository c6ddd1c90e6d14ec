"""Promises: what they are about."""

from __future__ import annotations

from decimal import Decimal

from syncdsl import policy
from syncdsl.resolve.names import Names
from syncdsl.suggest import hint
from syncdsl.syntax import tree


def promise(names: Names, item: tree.Promise, path: str) -> policy.Promise | None:
    """The promise, or None if what it is about does not exist; that was told then."""
    match item:
        case tree.NeverOverwrite():
            found = _property(names, item.property, path)
            return None if found is None else policy.NeverOverwrite(found, item.span)
        case tree.NeverSend():
            found = _property(names, item.property, path)
            system = names.system(item.system).name
            return None if found is None else policy.NeverSend(found, system, item.span)
        case tree.AlwaysConverge():
            mapping = names.mapping(item.mapping)
            return None if mapping is None else policy.AlwaysConverge(item.mapping.text, item.span)
        case tree.Budget():
            return _budget(names, item)
        case tree.OverwritesBudget():
            found = _property(names, item.property, path)
            count = item.most.value
            if not isinstance(count, int) or count < 0:
                names.tell(
                    "unfit-value",
                    f"`{count}` is no number of overwrites; accepted: a whole number from 0 on",
                    item.most.span,
                )
                return None
            return None if found is None else policy.OverwriteBudget(count, found, item.span)


def _budget(names: Names, item: tree.Budget) -> policy.ChangeBudget | None:
    mapping = names.mapping(item.mapping)
    percent = item.percent.value
    if not isinstance(percent, int | Decimal) or not 0 <= percent <= 100:
        names.tell(
            "unfit-value",
            f"`{percent}` is no share of the pairs; accepted: a number from 0 to 100",
            item.percent.span,
        )
        return None
    return None if mapping is None else policy.ChangeBudget(percent, mapping.name or "", item.span)


def _property(names: Names, end: tree.End, path: str) -> policy.Property | None:
    system = names.system(end.parts[0]).name
    if len(end.parts) == 1:
        names.tell(
            "wrong-end",
            f"`{system}` is a whole system; a promise is about a property, "
            f"as in `{system}.contact.source`",
            end.span,
        )
        return None
    if len(end.parts) == 2:
        return names.property(system, None, end.parts[1].text, path)
    object_name = end.parts[1]
    known = names.systems[system].schema
    if known is not None and known.complete and object_name.text not in known.objects:
        near = hint(object_name.text, list(known.objects), "object")
        names.tell(
            "unknown-name",
            f"`{system}` has no object `{object_name.text}`; {near}",
            object_name.span,
        )
        return None
    return names.property(system, object_name.text, end.parts[2].text, path)
