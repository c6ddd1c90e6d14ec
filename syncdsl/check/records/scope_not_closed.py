"""
What one direction creates is not what the other one takes.

A mapping makes records in a system, and the scope of the mapping that reads them back asks for
something. If the rules write something else into a new record, or nothing at all, it stays outside.
It is made once, and from then on the two systems know different things. A rule with a constant is
the cure. The condition of a `create` line for the way back is not asked of a pair that is linked,
so there it is an information; but several products have one filter for both.

Bad:

    mapping there: erp.customer -> dynamics.account {
      match number = accountnumber as trim
      create in dynamics when erp.number is not blank
      number: erp.number -> dynamics.accountnumber as trim, on create only
    }
    mapping back: dynamics.account -> erp.customer {
      match accountnumber = number as trim
      scope dynamics.customertypecode = 3
      name: dynamics.name -> erp.name if blank
    }

Good:

    mapping there: erp.customer -> dynamics.account {
      match number = accountnumber as trim
      create in dynamics when erp.number is not blank
      number: erp.number -> dynamics.accountnumber as trim, on create only
      type: 3 -> dynamics.customertypecode on create only
    }
    mapping back: dynamics.account -> erp.customer {
      match accountnumber = number as trim
      scope dynamics.customertypecode = 3
      name: dynamics.name -> erp.name if blank
    }

Right anyway: when the system itself gives a new record that value, or when what goes into it is
never to come back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl import filters
from syncdsl.check.base import Check
from syncdsl.check.known.conditions import is_no, property_name, reads
from syncdsl.check.known.creating import filling
from syncdsl.check.known.putting import values_on_create
from syncdsl.check.story import in_words
from syncdsl.condition import Condition
from syncdsl.convert import Value
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity
from syncdsl.filters.frame import PropertyKey, facts_of, framed, known_of, place
from syncdsl.filters.question import Demand, Known, Where
from syncdsl.policy import Create, Mapping, ObjectName, Policy, Rule
from syncdsl.situation import Side
from syncdsl.source import Span

check = Check(__name__, Severity.WARNING, since="0.2")


class _Reader(NamedTuple):
    """What asks something of the records of an object before they flow back."""

    mapping: Mapping
    side: Side  # of that object
    condition: Condition
    words: str
    span: Span
    severity: Severity


class _Making(NamedTuple):
    """A mapping that makes records, and the rules that write into them, by property."""

    mapping: Mapping
    create: Create
    filled: dict[str, list[Rule]]


@check.on_policy
def stays_outside(policy: Policy) -> Iterator[Diagnostic]:
    scopes = _of_scopes(policy)
    for mapping in policy.mappings:
        for create in () if mapping.broken else mapping.creates:
            if create.never:
                continue
            readers = [*_readers(scopes, mapping, create)]
            filled = filling(mapping, create.side) if readers else {}
            for reader in readers:
                found = _outside(policy, _Making(mapping, create, filled), reader)
                if found is not None:
                    yield found
                    break


_ONE_FILTER = (
    "the pair is linked and goes on; but if its link is lost, or the product has one filter for "
    "both, the record does not come back"
)


_Scopes = dict[tuple[frozenset[ObjectName], ObjectName], list[_Reader]]


def _of_scopes(policy: Policy) -> _Scopes:
    """What scopes ask of an object whose records flow back, by both objects and this one."""
    found: _Scopes = {}
    for mapping in policy.mappings:
        if mapping.scope is None:
            continue
        span, ends = mapping.scope.span, (mapping.left, mapping.right)
        words = f"the scope of `{mapping.title}`"
        for made in dict.fromkeys(ends):
            side = Side.LEFT if mapping.left == made else Side.RIGHT
            condition = mapping.scope.condition
            if mapping.arrow.gives(side) and reads(condition, side):
                reader = _Reader(mapping, side, condition, words, span, Severity.WARNING)
                found.setdefault((frozenset(ends), made), []).append(reader)
    return found


def _readers(scopes: _Scopes, mapping: Mapping, create: Create) -> Iterator[_Reader]:
    for back in mapping.creates:
        if back.side is not create.side and back.condition is not None:
            words = f"`create in {mapping.end(back.side)[0]}`"
            yield _Reader(mapping, create.side, back.condition, words, back.span, Severity.INFO)
    ends = frozenset((mapping.left, mapping.right))
    for reader in scopes.get((ends, mapping.end(create.side)), ()):
        if reader.mapping is not mapping:
            yield reader


def _outside(policy: Policy, making: _Making, reader: _Reader) -> Diagnostic | None:
    mapping, create, filled = making
    asked = reads(reader.condition, reader.side)
    side_of = {id(rule): rule.turned(create.side) for rule in mapping.rules}
    set_to: dict[str, tuple[Value, ...]] = {}
    unset = [name for name in asked if name not in filled and not _is_given(policy, reader, name)]
    for name in asked:
        values = values_on_create(filled[name], side_of) if name in filled else None
        if values is not None:
            set_to[name] = values
    system = mapping.end(create.side)[0]
    whole = {name: property_name(reader.mapping, reader.side, name) for name in asked}
    labels = (Label(reader.span, "asked here"),)
    notes = (_ONE_FILTER,) if reader.mapping is mapping else ()
    if set_to and _never(policy, reader, set_to):
        written = [
            f"`{whole[name]}` is {' or '.join(map(in_words, values))}"
            for name, values in set_to.items()
        ]
        return check.finding(
            f"what is created in `{system}` is not what {reader.words} takes: "
            f"{' and '.join(written)} there",
            create.span,
            severity=reader.severity,
            labels=labels,
            notes=notes,
        )
    empty = [name for name in unset if _never(policy, reader, {**set_to, name: (None,)})]
    if not empty:
        return None
    names = " and ".join(f"`{whole[name]}`" for name in empty)
    return check.finding(
        f"what is created in `{system}` is not what {reader.words} takes: no rule fills {names}",
        create.span,
        severity=reader.severity,
        labels=labels,
        notes=notes,
        certainty=Certainty.DATA,
        question=f"what does `{system}` itself put into {names} of a new record?",
    )


def _is_given(policy: Policy, reader: _Reader, name: str) -> bool:
    """Does the system itself put something into it? A key comes from a series of numbers."""
    facts = facts_of(policy, _key(reader, name))
    by_itself = facts is not None and (facts.calculated is True or facts.create is False)
    keys = [key.left if reader.side is Side.LEFT else key.right for key in reader.mapping.match]
    return by_itself or name in _STATES or name in {key.name for key in keys}


# A new record of Dataverse is active (learn.microsoft.com, "Define status reason transitions").
_STATES = ("statecode", "statuscode")


def _key(reader: _Reader, name: str) -> PropertyKey:
    system, object_name = reader.mapping.end(reader.side)
    return system, object_name, name, reader.mapping.source.path if object_name is None else ""


def _never(policy: Policy, reader: _Reader, values: dict[str, tuple[Value, ...]]) -> bool:
    """Does a new record with these values never fulfil what is asked?"""
    known: dict[Where, Known] = known_of(policy, reader.mapping, reader.condition)
    known |= {place(_key(reader, name)): Known(each) for name, each in values.items()}
    demand = Demand(framed(reader.condition, reader.mapping), filters.HOLDS)
    return is_no(filters.find(known, demand))
