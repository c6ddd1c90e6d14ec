"""Mappings: the named ones, and the one that a file has for the rules outside of them."""

from __future__ import annotations

from typing import TypeVar

from syncdsl import policy
from syncdsl.diagnostic import Label
from syncdsl.policy import Arrow
from syncdsl.resolve.clauses import KIND, one_of_a_kind
from syncdsl.resolve.conditions import Ends, resolved
from syncdsl.resolve.names import Names
from syncdsl.resolve.rules import rule
from syncdsl.resolve.said import Home, steps
from syncdsl.situation import Side
from syncdsl.suggest import hint
from syncdsl.syntax import tree
from syncdsl.syntax.format import format_condition

# What stands for the other system of a rule that gives a constant and has no mapping to belong to.
_CONSTANT: tuple[str, str | None] = ("a constant", None)

Entry = TypeVar("Entry", tree.Via, tree.Delete, tree.Scope, tree.Match)


def mappings(names: Names, file: tree.File) -> list[policy.Mapping]:
    """The mappings of a file, in its order; its own one stands where its first rule does."""
    found: list[policy.Mapping] = []
    own: dict[Ends, list[tree.Rule]] = {}
    places: list[policy.Mapping | Ends] = []
    for item in file.items:
        if isinstance(item, tree.Mapping) and item.name is not None:
            mapping = _named(names, item, item.name, file)
            if mapping is not None:
                places.append(mapping)
        elif isinstance(item, tree.Rule):
            ends = _own_ends(names, item)
            if ends is None:
                continue
            home = _home(ends, own)
            if home not in own:
                own[home] = []
                places.append(home)
            own[home].append(item)
    for place in places:
        if isinstance(place, policy.Mapping):
            found.append(place)
        else:
            found.append(_own_mapping(names, own[place], place, file))
    return found


# ── a file's own mapping ─────────────────────────────────────────────────────────────────────────


def _own_ends(names: Names, item: tree.Rule) -> Ends | None:
    """The systems and objects of a rule outside a mapping; a constant needs no system."""
    found: list[tuple[str, str | None] | None] = []
    for end in (item.left, item.right):
        if isinstance(end, tree.Constant):
            found.append(None)
            continue
        system = names.system(end.parts[0])
        object_name = end.parts[1] if len(end.parts) == 3 else None
        if object_name is not None and system.schema is not None and system.schema.complete:
            known = list(system.schema.objects)
            if object_name.text not in known:
                near = hint(object_name.text, known, "object")
                names.tell(
                    "unknown-name",
                    f"`{system.name}` has no object `{object_name.text}`; {near}",
                    object_name.span,
                )
                return None
        found.append((system.name, object_name.text if object_name is not None else None))
    left, right = found
    if left is None and right is None:
        names.tell("wrong-end", "both ends are constants; one of them is to be written", item.span)
        return None
    left, right = left or _CONSTANT, right or _CONSTANT
    if left[0] == right[0]:
        names.tell(
            "wrong-end",
            f"both ends are of `{left[0]}`; a rule goes between two systems",
            item.right.span,
        )
        return None
    return left, right


def _home(ends: Ends, own: dict[Ends, list[tree.Rule]]) -> Ends:
    """The mapping of the file that a rule belongs to: the one between its two systems."""
    left, right = ends
    for known in own:
        if known in (ends, (right, left)):
            return known
        if _CONSTANT in ends and (left in known or right in known):
            return known
    return ends


def _own_mapping(
    names: Names, items: list[tree.Rule], ends: Ends, file: tree.File
) -> policy.Mapping:
    path = file.source.path
    home = Home(None, ends, Arrow.BOTH, (), path, {})
    return policy.Mapping(
        name=None,
        left=ends[0],
        right=ends[1],
        arrow=Arrow.BOTH,
        via=None,
        match=(),
        creates=(),
        delete="ignored",
        scope=None,
        rules=_rules(names, items, home, file),
        doc="",
        span=items[0].label.span,
        source=file.source,
        home=path,
    )


# ── a named mapping ──────────────────────────────────────────────────────────────────────────────


def _named(
    names: Names, item: tree.Mapping, name: tree.Name, file: tree.File
) -> policy.Mapping | None:
    assert item.left is not None and item.arrow is not None and item.right is not None
    mistakes = names.mistakes
    left, right = _object(names, item.left), _object(names, item.right)
    if left is None or right is None:
        return None
    if left[0] == right[0]:
        names.tell(
            "wrong-end",
            f"both sides are of `{left[0]}`; a mapping goes between two systems "
            "(give one account of a product its own name as a system)",
            item.right.span,
        )
        return None
    ends = left, right
    path = file.source.path
    usual = _usual(names, item)
    home = Home(name.text, ends, Arrow(item.arrow.text), usual, path, {})
    rules = [entry for entry in item.entries if isinstance(entry, tree.Rule)]
    via, scope = _only(names, item, tree.Via), _only(names, item, tree.Scope)
    match, delete = _only(names, item, tree.Match), _only(names, item, tree.Delete)
    mapping = policy.Mapping(
        name=name.text,
        left=left,
        right=right,
        arrow=home.arrow,
        via=None if via is None else via.name.text,
        match=() if match is None else tuple(_key(names, key, ends, path) for key in match.keys),
        creates=_creates(names, item, ends, path),
        delete="ignored" if delete is None else delete.then,
        scope=None if scope is None else _scope(names, scope, ends, path),
        rules=_rules(names, rules, home, file),
        doc=file.docs.get(item.span.start, ""),
        span=name.span,
        source=file.source,
        usual=tuple(KIND[type(clause)] for clause in usual),
        ends=(item.left.span, item.right.span),
        via_span=None if via is None else via.name.span,
        broken=names.mistakes > mistakes
        or any(isinstance(entry, tree.Broken) for entry in item.entries),
        delete_span=None if delete is None else delete.span,
    )
    there = names.mappings.setdefault(name.text, mapping)
    if there is not mapping:
        names.tell(
            "declared-twice",
            f"the mapping `{name.text}` is declared twice",
            name.span,
            labels=(Label(there.span, "the first one"),),
        )
    return mapping


def _object(names: Names, end: tree.End) -> tuple[str, str | None] | None:
    system = names.system(end.parts[0])
    if len(end.parts) == 3:
        names.tell(
            "wrong-end",
            "a mapping goes between two objects, as in `hubspot.contacts`; "
            "properties stand in its rules",
            end.parts[2].span,
        )
        return None
    return system.name, end.parts[1].text if len(end.parts) == 2 else None


def _usual(names: Names, item: tree.Mapping) -> tuple[tree.Clause, ...]:
    clauses = [
        clause
        for entry in item.entries
        if isinstance(entry, tree.Usual)
        for clause in entry.clauses
    ]
    return tuple(one_of_a_kind(names, tuple(clauses)).values())


def _only(names: Names, item: tree.Mapping, kind: type[Entry]) -> Entry | None:
    """The one line of a kind; a second one is told."""
    lines = [entry for entry in item.entries if isinstance(entry, kind)]
    for line in lines[1:]:
        word = kind.__name__.lower()
        names.tell(
            "declared-twice",
            f"`{word}` stands twice in one mapping",
            line.span,
            labels=(Label(lines[0].span, "the first one"),),
        )
    return lines[0] if lines else None


def _rules(
    names: Names, items: list[tree.Rule], home: Home, file: tree.File
) -> tuple[policy.Rule, ...]:
    found: list[policy.Rule] = []
    first: dict[str, tree.Rule] = {}
    for item in items:
        there = first.setdefault(item.label.text, item)
        if there is not item:
            names.tell(
                "declared-twice",
                f"two rules of one mapping are called `{item.label.text}`",
                item.label.span,
                labels=(Label(there.label.span, "the first one"),),
            )
        made = rule(names, item, home, file.docs.get(item.span.start, ""))
        if made is not None:
            found.append(made)
    return tuple(found)


def _key(names: Names, key: tree.Key, ends: Ends, path: str) -> policy.Key:
    return policy.Key(
        names.property(*ends[0], key.left.text, path),
        names.property(*ends[1], key.right.text, path),
        steps(names, key.steps),
        key.span,
    )


def _creates(names: Names, item: tree.Mapping, ends: Ends, path: str) -> tuple[policy.Create, ...]:
    found: dict[Side, policy.Create] = {}
    for entry in item.entries:
        if not isinstance(entry, tree.Create):
            continue
        systems = ends[0][0], ends[1][0]
        side = names.one_of_systems(entry.system, systems, "the system of this `create` line")
        if side is None:
            continue
        arrow = Arrow(item.arrow.text) if item.arrow is not None else Arrow.BOTH
        if not entry.never and not arrow.gives(side.other):
            names.tell(
                "against-mapping",
                f"nothing is given to `{entry.system.text}` here, so what is created would be "
                f"empty; the mapping only goes `{systems[0]} {arrow.value} {systems[1]}`",
                entry.span,
            )
            continue
        condition, text = None, ""
        if entry.condition is not None:
            condition = resolved(names, entry.condition, ends, path)
            text = format_condition(entry.condition)
        line = policy.Create(side, condition, entry.never, text, entry.span)
        there = found.setdefault(side, line)
        if there is not line:
            names.tell(
                "declared-twice",
                f"there are two `create` lines for `{entry.system.text}`; "
                + (
                    "join their conditions with `or`"
                    if there.text and text
                    else "leave one of them out"
                ),
                entry.span,
                labels=(Label(there.span, "the first one"),),
            )
    return tuple(found.values())


def _scope(names: Names, entry: tree.Scope, ends: Ends, path: str) -> policy.Scope | None:
    condition = resolved(names, entry.condition, ends, path)
    if condition is None:
        return None
    text = format_condition(entry.condition)
    stops, said = entry.leaving != "keeps", entry.leaving is not None
    return policy.Scope(condition, stops, text, entry.span, said)
