"""
A value map does not say what becomes of some of the values that its property can have.

The schema lists the options of the giving property, and the map leaves some of them out. Records
that hold one of these are rejected, pass after pass. Often the option was added to the system after
the map was written.

Bad:

    system dynamics { kind dynamics365 }

    mapping leads: dynamics.lead -> hubspot.contacts {
      rating: dynamics.leadqualitycode -> hubspot.hs_lead_status on create only, values rating
    }

    values rating {
      1 -> OPEN_DEAL
      2 -> NEW
    }

Good:

    system dynamics { kind dynamics365 }

    mapping leads: dynamics.lead -> hubspot.contacts {
      rating: dynamics.leadqualitycode -> hubspot.hs_lead_status on create only, values rating
    }

    values rating {
      1 -> OPEN_DEAL
      2 -> NEW
      otherwise reject
    }

Right anyway: when the values that are left out are to be rejected. Say so: `otherwise reject`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.known.arriving import options_of
from syncdsl.convert import Unusable, Value, convert, is_blank, text
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from syncdsl.filters.applied import may_hold, when
from syncdsl.policy import Kind, Mapping, Policy, Property, Rule, ValueMap
from syncdsl.schema import Option, Type
from syncdsl.situation import Side
from syncdsl.source import Span
from syncdsl.suggest import few_of
from syncdsl.wiring import Conversion

check = Check(__name__, Severity.WARNING, since="0.1")


class _Gap(NamedTuple):
    """A map, read for one property."""

    values: ValueMap
    property: Property
    side: Side
    missing: tuple[str, ...]


@check.on_policy
def leaves_values_out(policy: Policy) -> Iterator[Diagnostic]:
    gaps: dict[tuple[Span, _Gap], set[Span]] = {}
    known: _Known = {}
    for mapping in policy.mappings:
        for rule in mapping.rules:
            if rule.values is None or rule.values.says_otherwise:
                continue
            for gap in _gaps(rule, mapping, rule.values, known):
                clause = rule.clause(Kind.VALUES)
                places = gaps.setdefault((gap.values.span, gap), set())
                places.add(rule.label_span if clause is None else clause.span)
    for (_, gap), places in gaps.items():
        yield _told(gap, sorted(places, key=lambda span: (span.source.path, span.start)))


def _told(gap: _Gap, places: list[Span]) -> Diagnostic:
    read = "" if gap.side is Side.LEFT else ", read from right to left,"
    one = len(gap.missing) == 1
    missing = few_of(gap.missing, more="more values", quote="")
    return check.finding(
        f"`{gap.values.name}`{read} leaves out {missing}, which `{gap.property}` can "
        f"hold: {'it is' if one else 'they are'} never written",
        gap.values.span,
        labels=tuple(Label(place, "used here") for place in places[:MAX_LABELS]),
        notes=("`otherwise reject` says that this is meant",),
        fixes=tuple(_fixes(gap.values)),
        question=f"how many values of `{gap.property}` are {'this' if one else 'one of these'}?",
    )


def _fixes(values: ValueMap) -> Iterator[Fix]:
    """Whether to reject is for a person to decide, so the fix is not a safe one."""
    if values.lines:
        last = values.lines[-1].span
        rest = re.compile(r"[ \t]*(#[^\r\n]*)?(?=[\r\n]|$)").match(last.source.text, last.end)
        end = last.end if rest is None else rest.end()
        line = Edit(Span(last.source, end, end), "\n  otherwise reject")
        yield Fix("say that all other values are rejected", (line,))


# ── which values are left out ────────────────────────────────────────────────────────────────────


# What was found out already: by property and conversion, which `resolve` lets many rules share.
_Known = dict[tuple[tuple[str, str | None, str, str], int], list[Option]]


def _gaps(rule: Rule, mapping: Mapping, values: ValueMap, known: _Known) -> Iterator[_Gap]:
    for side in Side:
        giver = rule.end(side)
        if giver is None or not rule.clauses.arrow.gives(side):
            continue
        conversion = rule.conversion(side.other)
        key = giver.key, id(conversion)
        if key not in known:
            known[key] = list(_missing(_options(giver), conversion))
        missing = known[key]
        if missing and (rule.wiring.guard is not None or mapping.scope is not None):
            applied = when(rule, mapping)
            missing = [each for each in missing if may_hold(applied, giver.key, each.value)]
        if missing:
            yield _Gap(values, giver, side, tuple(map(_named, missing)))


def _options(giver: Property) -> tuple[Option, ...]:
    """All that a property can hold; empty where nobody knows."""
    facts = giver.facts
    if facts is None or facts.type is Type.LIST:
        return ()  # a map takes a list as a whole
    if facts.type is Type.BOOL and facts.options is None:
        return Option(True, None), Option(False, None)
    return options_of(giver)


def _missing(options: Iterable[Option], conversion: Conversion) -> Iterator[Option]:
    assert conversion.values is not None
    named = {text(entry.given) for entry in conversion.values.entries}
    for option in options:
        value: Value = option.value
        if not conversion.map_first:
            try:
                value = convert(conversion.steps, value)
            except Unusable:
                continue  # the map is not reached
        if not is_blank(value) and text(value) not in named:
            yield option


def _named(option: Option) -> str:
    """The value, and the label by which people know a number."""
    value = text(option.value)
    return f"`{value}`" if option.label in (None, value) else f"`{value}` ({option.label})"
