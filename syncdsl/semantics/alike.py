"""
Rules that are alike but for their names.

Ten thousand rules are a few dozen kinds: what clauses say, how a value is converted, and what the
schemas tell of both ends besides their names. Whoever asks something that no name can change asks
it of one rule of each kind, the *sample*, which has no names, so that nobody asks it for one by
mistake. Where the answer is no, it is no for all of the kind, and most kinds are out at once.

A sample has no condition either, and its mapping no scope: it is what rules of the kind do to pairs
that fulfil whatever is asked of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from syncdsl import schema
from syncdsl.latest import of_the_latest
from syncdsl.policy import Mapping, Policy, Property, Rule


class Alike(NamedTuple):
    """A sample, and which of a policy's rules are like it, by their place among all of them."""

    rule: Rule
    mapping: Mapping
    places: list[int]


class Kinds(NamedTuple):
    rules: list[tuple[Rule, Mapping]]  # all of a policy's, in the order of the source
    kinds: list[Alike]  # of each of them
    different: tuple[Alike, ...]


Question = Callable[[Rule], bool]


@of_the_latest
def kinds_of(policy: Policy) -> Kinds:
    """All rules of a policy, by their kinds."""
    found: dict[object, Alike] = {}
    rules: list[tuple[Rule, Mapping]] = []
    kinds: list[Alike] = []
    for mapping in policy.mappings:
        customs = mapping.usual, tuple([each.side for each in mapping.creates if each.never])
        for rule in mapping.rules:
            key = _key(rule, customs)
            kind = found.get(key)
            if kind is None:
                kind = found[key] = Alike(_nameless(rule), mapping._replace(scope=None), [])
            kind.places.append(len(rules))
            rules.append((rule, mapping))
            kinds.append(kind)
    return Kinds(rules, kinds, tuple(found.values()))


def rules_where(policy: Policy, question: Question) -> Iterator[tuple[Rule, Mapping]]:
    """The rules of the kinds that fit, in the order of the source. The question gets the sample."""
    found = kinds_of(policy)
    return (found.rules[place] for place in _places(found, question))


def mappings_where(policy: Policy, question: Question) -> Iterator[tuple[Mapping, list[Rule]]]:
    """The same for each mapping that has such rules."""
    found = kinds_of(policy)
    latest: tuple[Mapping, list[Rule]] | None = None
    for place in _places(found, question):
        rule, mapping = found.rules[place]
        if latest is None or latest[0] is not mapping:
            if latest is not None:
                yield latest
            latest = mapping, []
        latest[1].append(rule)
    if latest is not None:
        yield latest


def _places(found: Kinds, question: Question) -> Sequence[int]:
    wanted = [kind.places for kind in found.different if question(kind.rule)]
    return wanted[0] if len(wanted) == 1 else sorted(chain.from_iterable(wanted))


def _key(rule: Rule, customs: object) -> tuple[object, ...]:
    """
    All of a rule but its names, its places and its conditions. What `resolve` makes once for many
    rules is told by being it. Python takes 1 and true for one key, so a value has its type beside.
    """
    wiring = rule.wiring
    values = wiring.left.constant, wiring.right.constant, wiring.default, wiring.sticky
    return (
        rule.clauses,
        rule.systems,
        _facts(rule.left),
        _facts(rule.right),
        id(wiring.forward),
        id(wiring.backward),
        values if values == _NO_VALUES else (values, tuple(map(type, values))),
        id(rule.order),
        id(rule.values),
        tuple([clause[::2] for clause in rule.written]),  # kinds, and whether they are usual
        rule.flipped,
        customs,
    )


_NO_VALUES = (None, None, None, None)


def _facts(end: Property | None) -> object:
    """What is known of an end besides its name and its label."""
    if end is None or end.facts is None:
        return end is None
    rest, options = end.facts[2:], end.facts.options
    return rest if options is None else (rest, tuple([type(each.value) for each in options]))


def _nameless(rule: Rule) -> Rule:
    wiring = rule.wiring
    return rule._replace(
        label="",
        mapping=None,
        left=_nameless_end(rule.left),
        right=_nameless_end(rule.right),
        wiring=wiring._replace(
            left=wiring.left if rule.left is None else wiring.left._replace(name=""),
            right=wiring.right if rule.right is None else wiring.right._replace(name=""),
            guard=None,
        ),
        doc="",
    )


def _nameless_end(end: Property | None) -> Property | None:
    if end is None:
        return None
    facts: schema.Property | None = end.facts
    if facts is not None:
        facts = facts._replace(name="", label=None)
    return Property(end.system, None, "", facts)
