"""Value maps and orders, with who uses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from syncdsl.convert import Value, same
from syncdsl.docs.escape import Markdown, code, fill, prose
from syncdsl.docs.words import value_words
from syncdsl.policy import Arrow, Policy, Rule, ValueMap
from syncdsl.situation import Side
from syncdsl.source import Span

ARROWS = {Arrow.RIGHT: "→", Arrow.LEFT: "←", Arrow.BOTH: "↔"}


class MapView(NamedTuple):
    name: str
    doc: Markdown
    used_by: Markdown
    heads: tuple[str, ...]
    rows: tuple[tuple[Markdown, ...], ...]
    otherwise: Markdown


class OrderView(NamedTuple):
    name: str
    doc: Markdown
    used_by: Markdown
    stages: Markdown


def maps_of(policy: Policy) -> tuple[ValueMap, ...]:
    """The value maps of the policy's files, and those that its rules take from elsewhere."""
    found = {values.span: values for values in policy.values}
    for rule in policy.rules:
        if rule.values is not None:
            found.setdefault(rule.values.span, rule.values)
    return tuple(found.values())


def map_views(policy: Policy, called: dict[str, str]) -> Iterator[MapView]:
    users: dict[Span, list[Rule]] = {}
    for rule in policy.rules:
        if rule.values is not None:
            users.setdefault(rule.values.span, []).append(rule)
    for values in maps_of(policy):
        yield _map_view(values, users.get(values.span, []), called)


def order_views(policy: Policy) -> Iterator[OrderView]:
    found = {order.span: order for order in policy.orders}
    users: dict[Span, list[Rule]] = {}
    for rule in policy.rules:
        if rule.order is not None:
            found.setdefault(rule.order.span, rule.order)
            users.setdefault(rule.order.span, []).append(rule)
    for order in found.values():
        stages = Markdown(", ".join(value_words(stage) for stage in order.stages))
        yield OrderView(order.name, prose(order.doc), _users(users.get(order.span, [])), stages)


def _users(rules: list[Rule]) -> Markdown:
    return Markdown(", ".join(code(rule.name) for rule in rules))


def _map_view(values: ValueMap, users: list[Rule], called: dict[str, str]) -> MapView:
    systems = {rule.systems for rule in users}
    left, right = ("left", "right") if len(systems) != 1 else next(iter(systems))
    left, right = called.get(left, left), called.get(right, right)
    rows = tuple(
        (
            _labelled(line.left, users, Side.LEFT),
            Markdown(ARROWS[line.arrow]),
            _labelled(line.right, users, Side.RIGHT),
        )
        for line in values.lines
    )
    otherwise = Markdown(" ".join(_otherwise(values, users, left, right)))
    heads = left, "", right
    return MapView(values.name, prose(values.doc), _users(users), heads, rows, otherwise)


def _labelled(value: Value, users: list[Rule], side: Side) -> Markdown:
    """A value with what people see, if the schemas of all ends say the same."""
    labels = {_label(value, rule, side) for rule in users}
    label = labels.pop() if len(labels) == 1 else None
    if not label or label.casefold() == str(value).casefold():
        return value_words(value)
    return fill("{value} {label}", value=value_words(value), label=label)


def _label(value: Value, rule: Rule, side: Side) -> str | None:
    end = rule.end(side)
    options = None if end is None or end.facts is None else end.facts.options
    return next((option.label for option in options or () if same(option.value, value, None)), None)


def _otherwise(values: ValueMap, users: list[Rule], left: str, right: str) -> Iterator[Markdown]:
    """What becomes of the values that the map does not name, in the directions it is read in."""
    told = {}
    for giver, arrow in ((left, Arrow.RIGHT), (right, Arrow.LEFT)):
        if not _is_read(values, users, arrow):
            continue
        words = "is reported, and nothing is written"
        if values.otherwise == "copy":
            words = "is copied as it is"
        elif values.otherwise == "value" and arrow is Arrow.RIGHT:
            words = "becomes {fallback}"
        told[giver] = words
    if len(told) == 2 and len(set(told.values())) == 1:
        told = {"either side": told[left]}
    for giver, words in told.items():
        fallback = value_words(values.fallback)
        yield fill(f"Any other value of {{giver}} {words}.", giver=giver, fallback=fallback)


def _is_read(values: ValueMap, users: Iterable[Rule], arrow: Arrow) -> bool:
    arrows = [rule.clauses.arrow for rule in users] or [line.arrow for line in values.lines]
    return arrow in arrows or Arrow.BOTH in arrows
