"""
Values as Python writes them, laid out in lines.

A `Node` is an expression before it has a layout: a text, or items between brackets. What fits into
a line stands in one; of the rest each item has a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

WIDTH = 100

# Python reads no more than 200 brackets in brackets, and people fewer; what is deeper gets a name.
MAX_DEPTH = 20


class Item(NamedTuple):
    before: str  # `name=`, `"key": `, or nothing
    node: Node


class Group(NamedTuple):
    opening: str
    items: tuple[Item, ...]
    closing: str
    depth: int


Node = str | Group
Named = Callable[[object], str | None]  # the name of a value that has one
Deep = Callable[[Node], str]  # gives a name to what is too deep


def group(opening: str, items: Sequence[Item], closing: str) -> Group:
    depths = [item.node.depth for item in items if not isinstance(item.node, str)]
    return Group(opening, tuple(items), closing, 1 + max(depths, default=0))


def call(name: str, *arguments: Node, **named: Node) -> Group:
    items = [Item("", node) for node in arguments]
    return group(f"{name}(", items + [Item(f"{key}=", named[key]) for key in named], ")")


def sequence(nodes: Sequence[Node]) -> Group:
    return group("(", [Item("", node) for node in nodes], ")")


def record(fields: dict[str, Node]) -> Group:
    return group("{", [Item(f"{quoted(key)}: ", node) for key, node in fields.items()], "}")


def node(value: object, named: Named = lambda _: None, deep: Deep | None = None) -> Node:
    """A value of a policy: a text, a number, a truth, one of our words, a tuple of these."""
    name = named(value)
    if name is not None:
        return name
    match value:
        case Enum():
            return f"{type(value).__name__}.{value.name}"
        case Decimal():
            return f'Decimal("{value}")'
        case str():
            return quoted(value)
        case None | bool() | int():
            return repr(value)
        case float():
            return repr(value) if abs(value) < float("inf") else f'float("{value}")'
        case list():
            items = [Item("", node(each, named, deep)) for each in value]
            return group("[", items, "]")
        case tuple():
            made = _fields(value, named, deep) if hasattr(value, "_fields") else None
            if made is None:
                made = sequence([node(each, named, deep) for each in value])
            return deep(made) if deep is not None and made.depth >= MAX_DEPTH else made
        case _:
            raise TypeError(f"a {type(value).__name__} is no value of a policy")


def _fields(value: object, named: Named, deep: Deep | None) -> Group:
    """A NamedTuple, without what is as it is anyway."""
    kind = type(value)
    # What every NamedTuple has, and no type says.
    names: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    defaults = kind._field_defaults  # type: ignore[attr-defined]
    items = []
    for name in names:
        each = getattr(value, name)
        if name not in defaults:
            items.append(Item("", node(each, named, deep)))
        elif type(each) is not type(defaults[name]) or each != defaults[name]:
            items.append(Item(f"{name}=", node(each, named, deep)))
    return group(f"{kind.__name__}(", items, ")")


def quoted(text: str) -> str:
    """A text as Python writes it; like the rest of the module in double quotes, if they fit."""
    written = repr(text)
    return written if '"' in written else f'"{written[1:-1]}"'


def layout(node: Node, indent: int = 0, before: str = "", after: str = "") -> list[str]:
    """The lines of an expression that stands between two texts."""
    flat = _flat(node)
    start = " " * indent + before
    if isinstance(node, str) or not node.items or len(start + flat + after) <= WIDTH:
        return [start + flat + after]
    lines = [start + node.opening]
    for item in node.items:
        lines += layout(item.node, indent + 4, item.before, ",")
    return [*lines, " " * indent + node.closing + after]


def _flat(node: Node) -> str:
    if isinstance(node, str):
        return node
    items = ", ".join(item.before + _flat(item.node) for item in node.items)
    comma = "," if node.opening == "(" and len(node.items) == 1 else ""
    return f"{node.opening}{items}{comma}{node.closing}"


def comment(text: str, indent: int = 0) -> list[str]:
    """A text of a user as comment lines. Nothing in it ends a line or turns one round."""
    lines = text.splitlines()
    return [f"{' ' * indent}# {printable(line)}".rstrip() for line in lines]


def printable(text: str) -> str:
    """A text whose characters all can be seen: the others as Python writes them in texts."""
    return "".join(
        letter if letter.isprintable() else repr(letter)[1:-1] for letter in text.expandtabs(4)
    )
