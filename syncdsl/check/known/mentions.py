"""
The values that a policy names, each with the property whose options it should be one of.

A value stands in a policy as a constant, a default, a line of a value map, in a condition, or as a
stage of an order. Where the schema lists the options of the property, each of these can be held
against the list; a property of which no list is known has no mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.check.known.arriving import (
    Seen,
    after,
    given_names,
    hidden_by,
    named,
    of_property,
    options_of,
    type_of,
    ways,
)
from syncdsl.condition import AllOf, AnyOf, Compare, Condition, IsIn, Negation, Operand
from syncdsl.convert import Value, text
from syncdsl.filters.frame import facts_of, key_of
from syncdsl.flow.writing import reach
from syncdsl.latest import of_the_latest
from syncdsl.policy import Kind, Mapping, Policy, Property, Rule
from syncdsl.schema import Option, Type
from syncdsl.semantics.alike import Alike, kinds_of, rules_where
from syncdsl.situation import Side, Word
from syncdsl.source import Span
from syncdsl.wiring import Conversion


class Role(Word):
    """What the policy does with the value."""

    WRITES = "writes"  # it is written to the property
    READS = "reads"  # a value map waits for it
    ASKS = "asks"  # a condition compares the property with it
    RANKS = "ranks"  # an order has it as a stage


class Mention(NamedTuple):
    property: Property
    value: Value  # as it stands at the place
    role: Role
    span: Span
    options: tuple[Option, ...]  # () where nobody knows


class Unlisted(NamedTuple):
    """A mention that is none of the options."""

    mention: Mention
    labelled: Option | None  # the option that has it as its label


@of_the_latest
def unlisted(policy: Policy) -> tuple[Unlisted, ...]:
    """What a policy names that is none of the options of its property, in the policy's order."""
    found: dict[tuple[Role, Span, str, str], Unlisted] = {}
    fits: set[tuple[Role, Span, str]] = set()
    for mention in _mentions(policy):
        value = text(mention.value)
        if _is_none(mention):
            place = mention.role, mention.span, value, str(mention.property)
            found.setdefault(place, Unlisted(mention, _labelled(mention)))
        elif mention.role in _SHARED:
            fits.add((mention.role, mention.span, value))
    written = {place[1:] for place in found if place[0] is Role.WRITES}
    return tuple(
        each
        for place, each in found.items()
        # Of a line that goes both ways the worse is told: what is refused, nobody waits for.
        if place[:3] not in fits and (place[0] is not Role.READS or place[1:] not in written)
    )


# A line and a stage that are of no use to one property may be there for another one.
_SHARED = (Role.READS, Role.RANKS)


def _labelled(mention: Mention) -> Option | None:
    """The one option whose label it is."""
    word = text(mention.value).casefold()
    named_so = [each for each in mention.options if (each.label or "").casefold() == word]
    if len(named_so) != 1 or text(named_so[0].value).casefold() == word:
        return None
    return named_so[0]


def _mentions(policy: Policy) -> Iterator[Mention]:
    seen: Seen = set()
    waited_for: Seen = set()
    asked: set[Span] = set()
    fitting: set[int] = {id(None)}  # guards; rules with the same words share one
    naming = _naming(policy)
    for mapping in policy.mappings:
        for rule in mapping.rules:
            if id(rule) in naming:
                yield from _of_rule(rule, mapping, seen, waited_for)
            guard = None if id(rule.wiring.guard) in fitting else rule.guard
            clause = None if guard is None else rule.clause(Kind.GUARD)
            if guard is not None and clause is not None and clause.span not in asked:
                asked.add(clause.span)  # a usual one is asked of every rule
                found = [*_asked(policy, guard, mapping, clause.span)]
                if not any(map(_is_none, found)):
                    fitting.add(id(rule.wiring.guard))
                yield from found
        if mapping.scope is not None:
            yield from _asked(policy, mapping.scope.condition, mapping, mapping.scope.span)
        for create in mapping.creates:
            if create.condition is not None:
                yield from _asked(policy, create.condition, mapping, create.span)


def _naming(policy: Policy) -> set[int]:
    """The rules, by identity, of the kinds that name what is none of the options; and those that
    share a map or an order with them, as its lines and stages may be there for these."""
    lacking = [kind for kind in kinds_of(policy).different if any(map(_is_none, _of_kind(kind)))]
    shared = {id(each) for kind in lacking for each in (kind.rule.values, kind.rule.order) if each}
    samples = {id(kind.rule) for kind in lacking}
    return {
        id(rule)
        for rule, _ in rules_where(
            policy,
            lambda sample: (
                id(sample) in samples
                or not shared.isdisjoint((id(sample.values), id(sample.order)))
            ),
        )
    }


def _of_kind(kind: Alike) -> Iterator[Mention]:
    return _of_rule(kind.rule, kind.mapping, set(), set())


def _is_none(mention: Mention) -> bool:
    """Is it none of the options, if these are known?"""
    value = text(mention.value)
    return bool(mention.options) and all(text(each.value) != value for each in mention.options)


def _of_rule(rule: Rule, mapping: Mapping, seen: Seen, waited_for: Seen) -> Iterator[Mention]:
    for side in rule.receivers:
        giver, target = rule.end(side.other), rule.end(side)
        conversion = rule.conversion(side)
        options = () if target is None else _options(target)
        if target is not None and options:
            yield from _written(rule, mapping, side, (target, options), seen)
        if target is not None and rule.order is not None and side is rule.receivers[-1]:
            for stage in rule.order.stages:
                yield Mention(target, stage, Role.RANKS, rule.order.span, options)
        if giver is not None and rule.values is not None:
            known = giver.key, id(conversion)
            if known not in waited_for:
                waited_for.add(known)
                yield from _waited_for(rule, side, giver, conversion)


def _written(
    rule: Rule,
    mapping: Mapping,
    side: Side,
    known: tuple[Property, tuple[Option, ...]],
    seen: Seen,
) -> Iterator[Mention]:
    target, options = known
    if not reach(rule, mapping).of(side):
        return
    for way in ways(rule):
        if way.side is not side:
            continue
        for each in named(way, seen):
            if type_of(target) is not Type.LIST:
                yield Mention(target, each.value, Role.WRITES, each.span, options)
            elif text(each.value) == text(each.written):
                for element in text(each.value).split(";"):
                    yield Mention(target, element.strip(), Role.WRITES, each.span, options)


def _waited_for(
    rule: Rule, side: Side, giver: Property, conversion: Conversion
) -> Iterator[Mention]:
    """The values that a map's lines wait for, held against what the steps before it give."""
    options = () if type_of(giver) is Type.LIST else _options(giver)  # it takes a list as a whole
    if options and conversion.steps and not conversion.map_first:
        given = of_property(giver)
        for step in conversion.steps:
            given = after(given, step)
        # What comes of an option is no list.
        options = tuple(Option(value, None) for value in given.options)  # type: ignore[arg-type]
    for each in given_names(rule, side):
        if hidden_by(conversion, each.value) is not None:
            continue  # is told as that
        yield Mention(giver, each.value, Role.READS, each.span, options)


def _asked(policy: Policy, condition: Condition, mapping: Mapping, span: Span) -> Iterator[Mention]:
    for operand, values in _compared(condition):
        facts = facts_of(policy, key_of(operand, mapping))
        property_ = Property(*mapping.end(operand.side), operand.name, facts)
        if options := _options(property_):
            for value in values:
                yield Mention(property_, value, Role.ASKS, span, options)


def _compared(condition: Condition) -> Iterator[tuple[Operand, tuple[Value, ...]]]:
    """What is compared with whole values, or with elements of a list."""
    match condition:
        case AllOf() | AnyOf():
            for part in condition.parts:
                yield from _compared(part)
        case Negation():
            yield from _compared(condition.part)
        case IsIn(operand, values, _) if operand.kind != Type.LIST.value:
            yield operand, values
        case Compare(operand, comparison, value, _) if not isinstance(value, Operand):
            is_list = operand.kind == Type.LIST.value
            if comparison in (("contains",) if is_list else ("=", "!=")):
                yield operand, (value,)
        case _:
            pass


def _options(property_: Property) -> tuple[Option, ...]:
    return options_of(property_) if type_of(property_) in (Type.OPTION, Type.LIST) else ()
