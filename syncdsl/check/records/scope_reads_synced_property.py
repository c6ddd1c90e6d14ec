"""
The sync itself moves a pair out of the scope.

The scope asks for a property that a rule of the mapping, or of another one between the same two
objects, writes. After such a write the pair no longer fits, and from the next pass on nothing of it
is synced: the last thing that the two systems tell each other is what parts them. Which pairs are
in then depends on what was synced before, and when. Ask for a property that nobody syncs, or let
pairs that no longer fit stay (`leaving keeps`).

Bad:

    mapping people: hubspot.contacts <-> dynamics.contact {
      match email = emailaddress1 as trim | lower
      scope hubspot.lifecyclestage in [opportunity, customer]
      stage: hubspot.lifecyclestage <- dynamics.new_stage, owned by dynamics
    }

Good:

    mapping people: hubspot.contacts <-> dynamics.contact {
      match email = emailaddress1 as trim | lower
      scope hubspot.lifecyclestage in [opportunity, customer], leaving keeps
      stage: hubspot.lifecyclestage <- dynamics.new_stage, owned by dynamics
    }

Right anyway: when the sync is to end with exactly this write, as with a record that is closed. What
only a new record gets, and a constant that always fits, is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl import filters
from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.known.conditions import go_on
from syncdsl.check.known.putting import values_put
from syncdsl.check.story import in_words
from syncdsl.condition import operands
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity, Story
from syncdsl.filters.applied import when
from syncdsl.filters.frame import LATER, at_another_time, framed, key_of, known_of, place
from syncdsl.filters.question import Demand, Known, Where, Witness
from syncdsl.flow.writing import reach
from syncdsl.policy import Mapping, Policy, Property, Rule, Scope
from syncdsl.situation import Event, Side, Truth

check = Check(__name__, Severity.WARNING, since="0.2", certainty=Certainty.DATA)


class _Written(NamedTuple):
    """A side of a rule, in the mapping in which it stands."""

    rule: Rule
    mapping: Mapping
    side: Side


class _Mover(NamedTuple):
    """A rule that can move a pair out of the scope."""

    rule: Rule
    target: Property
    witness: Witness


@check.on_policy
def moves_pairs_out(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        scope = mapping.scope
        if scope is None or not scope.stops:
            continue
        asked = {key_of(each, mapping) for each in operands(scope.condition)}
        movers = []
        for other in (mapping, *_of_the_same_records(policy, mapping)):
            for rule in other.rules:
                for side, target in rule.targets:
                    if target.key in asked:
                        movers += _moving(policy, mapping, scope, _Written(rule, other, side))
        if movers:
            yield _told(mapping, scope, movers)


def _told(mapping: Mapping, scope: Scope, movers: list[_Mover]) -> Diagnostic:
    first = movers[0]
    now, then = place(first.target.key)[1], place(first.target.key, LATER)[1]
    before, after = (first.witness.left[name] for name in (now, then))
    told = Story(
        (f"`{first.target}` is {in_words(before)}, and this rule writes {in_words(after)}",),
        f"the pair no longer fits the scope: nothing of `{mapping.title}` is synced to it any more",
    )
    return check.finding(
        f"`{first.rule.name}` can move a pair out of the sync: it writes `{first.target}`, which "
        "the scope asks for",
        scope.span,
        told=told,
        labels=tuple(
            Label(each.rule.label_span, f"it writes `{each.target}`")
            for each in movers[:MAX_LABELS]
        ),
        fixes=(go_on(scope),),
        question=f"how many pairs would no longer fit once `{first.target}` is synced?",
    )


def _of_the_same_records(policy: Policy, mapping: Mapping) -> list[Mapping]:
    """
    The other mappings between the same two objects. What a third system writes there moves pairs
    out too, and that is what most scopes are for.
    """
    ends = {mapping.left, mapping.right}
    return [
        each for each in policy.mappings if each is not mapping and {each.left, each.right} == ends
    ]


def _moving(policy: Policy, mapping: Mapping, scope: Scope, written: _Written) -> list[_Mover]:
    """The rule, if it can write what the scope does not let in into a pair that it lets in."""
    rule, its_mapping, side = written
    target = rule.end(side)
    if target is None or not reach(rule, its_mapping).of(side) - {Event.CREATE}:
        return []
    known: dict[Where, Known] = known_of(policy, mapping, scope.condition)
    values = values_put(rule, side)
    now = known.get(place(target.key), Known())
    known[place(target.key, LATER)] = now if values is None else Known(values)
    condition = framed(scope.condition, mapping)
    demands = [
        Demand(condition, filters.HOLDS),
        Demand(at_another_time(condition, target.key), (Truth.FAILS,)),
    ]
    applied = when(rule, its_mapping).condition
    demands += [] if applied is None else [Demand(applied, filters.HOLDS)]
    witness = filters.find(known, *demands).witness
    return [] if witness is None else [_Mover(rule, target, witness)]
