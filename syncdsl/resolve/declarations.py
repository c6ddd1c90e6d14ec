"""Systems, value maps and orders: what files declare for themselves and for those that use them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from syncdsl import policy, schema
from syncdsl.convert import Value, text
from syncdsl.diagnostic import Label
from syncdsl.resolve.names import Names, visible
from syncdsl.resolve.unit import Unit
from syncdsl.syntax import tree


def declare(names: Names, units: Sequence[Unit], shipped: Mapping[str, schema.System]) -> None:
    """Enters all declarations, and what each file can see of them."""
    uses = {}
    values: dict[str, dict[str, policy.ValueMap]] = {}
    orders: dict[str, dict[str, policy.Order]] = {}
    for unit in units:
        file = unit.file
        path = file.source.path
        uses[path] = [used for used in unit.uses.values() if used is not None]
        values[path], orders[path] = {}, {}
        for item in file.items:
            doc = file.docs.get(item.span.start, "")
            if isinstance(item, tree.System):
                _declare_system(names, item, unit)
            elif isinstance(item, tree.Values) and item.name is not None:
                _enter(names, values[path], _value_map(names, item, item.name, doc), "value map")
            elif isinstance(item, tree.Order):
                _enter(names, orders[path], _order(names, item, doc), "order")
    for path in uses:
        seen = visible(uses, path)
        names.values[path] = _merged(names, [values[each] for each in seen if each in values])
        names.orders[path] = _merged(names, [orders[each] for each in seen if each in orders])
    for system in names.systems.values():
        names.systems[system.name] = _with_shipped(names, system, shipped)


def _enter(names: Names, declared: dict[str, Any], item: Any, kind: str) -> None:
    there = declared.get(item.name)
    if there is None:
        declared[item.name] = item
        return
    names.tell(
        "declared-twice",
        f"the {kind} `{item.name}` is declared twice",
        item.span,
        labels=(Label(there.span, "the first one"),),
    )


def _merged(names: Names, tables: list[dict[str, Any]]) -> dict[str, Any]:
    """A file's own declarations, then those that it brings in."""
    merged: dict[str, Any] = {}
    for declared in tables:
        for name, item in declared.items():
            there = merged.setdefault(name, item)
            if there is not item and there.span.source is _looking(tables):
                names.tell(
                    "declared-twice",
                    f"`{name}` is declared here and in `{item.span.source.path}`, which is used",
                    there.span,
                    labels=(Label(item.span, "the other one"),),
                )
    return merged


def _looking(tables: list[dict[str, Any]]) -> Any:
    """The file that looks: the one whose declarations come first."""
    return next((item.span.source for item in tables[0].values()), None)


def _declare_system(names: Names, item: tree.System, unit: Unit) -> None:
    kind = next((fact.name for fact in item.facts if isinstance(fact, tree.Kind)), None)
    path = next((fact.path for fact in item.facts if isinstance(fact, tree.Schema)), None)
    for first, fact in enumerate(item.facts):
        if any(type(other) is type(fact) for other in item.facts[:first]):
            word = "kind" if isinstance(fact, tree.Kind) else "schema"
            names.tell("declared-twice", f"`{word}` stands twice in one system", fact.span)
    known = None if path is None else unit.schemas.get(str(path.value))
    if path is not None and known is None:
        names.unreadable.add(item.name.text)
    system = policy.System(
        item.name.text,
        None if kind is None else kind.text,
        known,
        item.name.span,
        kind_span=None if kind is None else kind.span,
    )
    there = names.systems.get(system.name)
    if there is None:
        names.systems[system.name] = system
        return
    differs = [
        word
        for word, ours, theirs in (
            ("kind", system.kind, there.kind),
            ("schema", system.schema, there.schema),
        )
        if ours is not None and theirs is not None and ours != theirs
    ]
    if differs:
        names.tell(
            "contradicting-systems",
            f"the system `{system.name}` is declared with another {differs[0]} elsewhere; "
            "one name is one system in the whole project",
            system.span,
            labels=(Label(there.span, "the other declaration"),),
        )
    else:
        said_more = there.schema is None and system.schema is not None
        said = system if said_more else there
        of_kind = system if there.kind is None else there
        names.systems[system.name] = said._replace(kind=of_kind.kind, kind_span=of_kind.kind_span)


def _with_shipped(
    names: Names, system: policy.System, shipped: Mapping[str, schema.System]
) -> policy.System:
    """A system with the schema of its kind, over which its own schema is laid."""
    own = system.schema
    kind = system.kind or (None if own is None else own.kind)
    base = None if kind is None else shipped.get(kind)
    if own is not None and own.kind != kind and own.kind in shipped and base is not None:
        names.tell(
            "contradicting-systems",
            f"the system `{system.name}` is of the kind `{kind}`, and its schema is one of "
            f"`{own.kind}`",
            system.span,
        )
        return system
    # What a schema that cannot be read would have said is not to be guessed.
    if base is not None and system.name not in names.unreadable:
        own = base if own is None else schema.extended(base, own)
    return system._replace(kind=kind, schema=own)


def _value_map(names: Names, item: tree.Values, name: tree.Name, doc: str) -> policy.ValueMap:
    lines: list[policy.Line] = []
    otherwise: tree.Otherwise | None = None
    first: dict[Value, policy.Line] = {}
    for line in item.lines:
        if isinstance(line, tree.Otherwise):
            if otherwise is not None:
                names.tell("declared-twice", "`otherwise` stands twice in one map", line.span)
            otherwise = otherwise or line
        elif isinstance(line, tree.ValueLine):
            said = policy.Line(
                line.left.value, policy.Arrow(line.arrow.text), line.right.value, line.span
            )
            lines.append(said)
            if said.arrow is policy.Arrow.LEFT:
                continue
            there = first.setdefault(str(said.left), said)
            if there is not said:
                names.tell(
                    "value-mapped-twice",
                    f"`{said.left}` is mapped twice; only the first line is ever read",
                    line.left.span,
                    labels=(Label(there.span, "the first line"),),
                )
    then: str = "reject"
    fallback: Value = None
    if otherwise is not None:
        if isinstance(otherwise.then, str):
            then = otherwise.then
        else:
            then, fallback = "value", otherwise.then.value
    return policy.ValueMap(
        name.text,
        tuple(lines),
        then,
        fallback,
        otherwise is not None,
        doc,
        name.span,
        broken=any(isinstance(line, tree.Broken) for line in item.lines),
    )


def _order(names: Names, item: tree.Order, doc: str) -> policy.Order:
    stages: dict[str, Value] = {}
    for stage in item.stages:
        if text(stage.value) in stages:
            names.tell(
                "declared-twice", f"the stage `{stage.value}` stands twice in its order", stage.span
            )
        else:
            stages[text(stage.value)] = stage.value
    return policy.Order(item.name.text, tuple(stages.values()), doc, item.name.span)
