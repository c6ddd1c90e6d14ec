"""
Two mappings create the same record.

Both go between the same two objects, and there are records that both make a partner for. Whichever
runs first creates it; for the other one it is there already, so what that one gives to new records
only, it never gives. Which of the two it is nobody has said. Conditions that no record fulfils
together settle it.

Bad:

    mapping stores: hubspot.companies -> dynamics.account {
      match domain = new_domain as trim | lower
      create in dynamics when hubspot.type in [store, partner]
      kind: "Store" -> dynamics.new_kind on create only
    }
    mapping partners: hubspot.companies -> dynamics.account {
      match domain = new_domain as trim | lower
      create in dynamics when hubspot.type = partner
      kind: "Partner" -> dynamics.new_kind on create only
    }

Good:

    mapping stores: hubspot.companies -> dynamics.account {
      match domain = new_domain as trim | lower
      create in dynamics when hubspot.type = store
      kind: "Store" -> dynamics.new_kind on create only
    }
    mapping partners: hubspot.companies -> dynamics.account {
      match domain = new_domain as trim | lower
      create in dynamics when hubspot.type = partner
      kind: "Partner" -> dynamics.new_kind on create only
    }

Right anyway: when it does not matter which of the two makes the record. Where neither gives
anything to new records only, it does not, and nothing is told. Rules of both that write
one property later on are told as `two-rules-write-one-property`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from syncdsl import filters
from syncdsl.check.base import Check
from syncdsl.check.known.conditions import shown
from syncdsl.condition import operands
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity, Story
from syncdsl.filters.applied import never_together, when
from syncdsl.filters.few import few, shares
from syncdsl.filters.frame import PropertyKey, framed, key_of, known_of, place
from syncdsl.filters.question import Demand, Known, Where, Witness
from syncdsl.flow.writing import agree_on_what_stays, reach
from syncdsl.policy import Create, Mapping, ObjectName, Policy, Rule, object_name
from syncdsl.situation import Event, Side

check = Check(__name__, Severity.WARNING, since="0.2", certainty=Certainty.DATA)


_Writer = tuple[Rule, Side]


class _Maker(NamedTuple):
    mapping: Mapping
    create: Create
    later: dict[PropertyKey, list[_Writer]]  # who writes what in records that are there
    to_new_only: bool  # it gives something to the records that it creates, and to no others
    few: dict[Where, frozenset[str]]  # the texts that its conditions leave to some properties

    @property
    def made(self) -> ObjectName:
        return self.mapping.end(self.create.side)

    @property
    def given(self) -> ObjectName:
        return self.mapping.end(self.create.side.other)


@check.on_policy
def both_create(policy: Policy) -> Iterator[Diagnostic]:
    lines: dict[tuple[ObjectName, ObjectName], list[tuple[Mapping, Create]]] = {}
    for mapping in policy.mappings:
        for create in () if mapping.broken else mapping.creates:
            not_understood = create.condition is None and create.text != ""
            if not create.never and not not_understood:
                between = mapping.end(create.side.other), mapping.end(create.side)
                lines.setdefault(between, []).append((mapping, create))
    for several in lines.values():
        makers = [_maker(*each) for each in several] if len(several) > 1 else []
        for first, second in combinations(makers, 2):
            if not (first.to_new_only or second.to_new_only):
                continue  # whoever makes the record, the other one fills it as it would have
            if shares(first.few, second.few) and not _told_of_rules(first, second):
                yield from _told(policy, first, second)


def _told(policy: Policy, first: _Maker, second: _Maker) -> Iterator[Diagnostic]:
    witness = _in_both(policy, first, second)
    if witness is None:
        return
    made, given = second.made[0], object_name(second.given)
    one, two = first.mapping.title, second.mapping.title
    record = shown(witness) if witness.left else f"any of `{given}`"
    yield check.finding(
        f"`{one}` and `{two}` create the same record in `{made}`: what the one that runs second "
        "gives to new records only, it never gives",
        second.create.span,
        told=Story(
            (f"one of `{given}` has no partner in `{made}`: {record}",),
            f"`{one}` or `{two}` creates one, whichever runs first",
        ),
        labels=(Label(first.create.span, f"`{one}` creates it too"),),
        question=f"how many of `{given}` fulfil both conditions?",
    )


def _maker(mapping: Mapping, create: Create) -> _Maker:
    later: dict[PropertyKey, list[_Writer]] = {}
    to_new_only = False
    for rule in mapping.rules:
        for side, end in rule.targets:
            events = reach(rule, mapping).of(side)
            if events - {Event.CREATE}:
                later.setdefault(end.key, []).append((rule, side))
            if side is rule.turned(create.side):
                to_new_only |= Event.CREATE in events and Event.INITIAL not in events
    return _Maker(mapping, create, later, to_new_only, _few(mapping, create))


def _told_of_rules(first: _Maker, second: _Maker) -> bool:
    """Are there rules of both that are told as writers of one property?"""
    return any(
        not agree_on_what_stays(one, other)
        and not never_together(when(one[0], first.mapping), when(other[0], second.mapping))
        for key in first.later.keys() & second.later.keys()
        for one in first.later[key]
        for other in second.later[key]
    )


def _few(mapping: Mapping, create: Create) -> dict[Where, frozenset[str]]:
    """Of hundreds of mappings of one pair of objects most are apart at sight."""
    scope = None if mapping.scope is None else mapping.scope.condition
    asked = [framed(each, mapping) for each in (create.condition, scope) if each is not None]
    return few(*asked)


def _in_both(policy: Policy, *makers: _Maker) -> Witness | None:
    """A record that both make a partner for."""
    known: dict[Where, Known] = {}
    demands = []
    for mapping, create, *_ in makers:
        for condition in (create.condition, mapping.scope and mapping.scope.condition):
            if condition is None:
                continue
            known |= known_of(policy, mapping, condition)
            for operand in operands(condition):
                if operand.side is create.side:
                    known[place(key_of(operand, mapping))] = Known((None,))
            demands.append(Demand(framed(condition, mapping), filters.HOLDS))
    return filters.find(known, *demands).witness
