"""
A property is used that the schema of its system does not have.

A misspelt property does not exist: the rule writes nothing, a condition that reads it never holds,
and a promise about it is kept for nobody. Where the schema says that it is complete, this is an
error; where the object has a property with a similar name, a warning. Else it is one information
for each object, because the schema may just not list a property that was added to the system.

Bad:

    system hubspot { kind hubspot }

    mapping people: hubspot.contacts -> dynamics.contact {
      name: hubspot.lastnam -> dynamics.lastname on create only
    }

Good:

    system hubspot { kind hubspot }

    mapping people: hubspot.contacts -> dynamics.contact {
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Right anyway: for a property that was added to the system after the schema was written down. Write
it into the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.naming import near_name, place_of_name, renamed
from syncdsl.condition import Condition, operands
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity
from syncdsl.policy import Kind, Mapping, NeverOverwrite, NeverSend, OverwriteBudget, Policy, Rule
from syncdsl.source import Span
from syncdsl.suggest import MAX_LISTED, did_you_mean, hint

check = Check(__name__, Severity.ERROR, since="0.1")

MAX_LOOKED_FOR = 100  # unknown properties of one object; beyond, the schema is of something else


class _Use(NamedTuple):
    """A property where a policy names it."""

    system: str
    object: str | None
    name: str
    span: Span


@check.on_policy
def is_not_in_the_schema(policy: Policy) -> Iterator[Diagnostic]:
    schemas = {system.name: system.schema for system in policy.systems if system.schema is not None}
    if not schemas:
        return
    places: dict[tuple[str, str, str], list[Span]] = {}
    for use in _uses(policy):
        known = schemas.get(use.system)
        if known is None or use.object is None or use.object not in known.objects:
            continue
        if use.name not in known.objects[use.object].properties:
            spans = places.setdefault((use.system, use.object, use.name), [])
            if use.span not in spans[-1:]:  # a `usual` condition is read by every rule
                spans.append(use.span)
    objects: dict[tuple[str, str], dict[str, list[Span]]] = {}
    for (system, object_name, name), spans in places.items():
        objects.setdefault((system, object_name), {})[name] = spans
    for (system, object_name), names in objects.items():
        schema = schemas[system]
        properties = list(schema.objects[object_name].properties)
        tell = _told_by_complete if schema.is_complete(object_name) else _told
        yield from tell(f"{system}.{object_name}", names, properties)


def _told_by_complete(
    owner: str, names: dict[str, list[Span]], known: list[str]
) -> Iterator[Diagnostic]:
    for count, (name, spans) in enumerate(names.items()):
        message, near = f"`{owner}` has no property `{name}`", None
        if count < MAX_LOOKED_FOR:
            message, near = f"{message}; {hint(name, known, 'property')}", did_you_mean(name, known)
        yield _finding(message, name, near, spans)


def _told(owner: str, names: dict[str, list[Span]], known: list[str]) -> Iterator[Diagnostic]:
    unlisted: dict[str, list[Span]] = {}
    for name, spans in names.items():
        near = near_name(name, known) if len(unlisted) < MAX_LOOKED_FOR else None
        if near is None:
            unlisted[name] = spans
            continue
        message = f"the schema of `{owner}` has no property `{name}`; did you mean `{near}`?"
        yield _finding(message, name, near, spans, f"does `{owner}` have `{name}`?")
    if unlisted:
        shown = [f"`{name}`" for name in list(unlisted)[:MAX_LISTED]]
        last = f"{len(unlisted) - MAX_LISTED} more" if len(unlisted) > MAX_LISTED else shown.pop()
        listed = f"{', '.join(shown)} and {last}" if shown else last
        yield check.finding(
            f"the schema of `{owner}` does not list {listed}, so nothing is known of "
            f"{'it' if len(unlisted) == 1 else 'them'}",
            next(iter(unlisted.values()))[0],
            severity=Severity.INFO,
            certainty=Certainty.UNKNOWN,
        )


def _finding(
    message: str, name: str, near: str | None, spans: list[Span], question: str | None = None
) -> Diagnostic:
    """`question` is what its system would answer, where the schema may not list everything."""
    first, *others = spans
    return check.finding(
        message,
        place_of_name(first, name) or first,
        severity=Severity.ERROR if question is None else Severity.WARNING,
        question=question,
        labels=tuple(Label(span, "named here too") for span in others[:MAX_LABELS]),
        fixes=() if near is None else renamed(name, near, spans),
    )


# ── where properties are named ───────────────────────────────────────────────────────────────────


def _uses(policy: Policy) -> Iterator[_Use]:
    for mapping in policy.mappings:
        for key in mapping.match:
            yield _Use(*mapping.left, key.left.name, key.span)
            yield _Use(*mapping.right, key.right.name, key.span)
        for create in mapping.creates:
            if create.condition is not None:
                yield from _read(create.condition, mapping, create.span)
        if mapping.scope is not None:
            yield from _read(mapping.scope.condition, mapping, mapping.scope.span)
        for rule in mapping.rules:
            if rule.wiring.guard is not None or _has_an_unknown_end(rule):
                yield from _in_rule(rule, mapping)
    for promise in policy.promises:
        if isinstance(promise, NeverOverwrite | NeverSend | OverwriteBudget):
            of = promise.property
            yield _Use(of.system, of.object, of.name, promise.span)
    for example in policy.examples:
        for side, name, span in example.named:
            ends = example.mapping.end(side)
            yield _Use(*ends, name, span)


def _has_an_unknown_end(rule: Rule) -> bool:
    left, right = rule.left, rule.right
    return (left is not None and left.facts is None) or (right is not None and right.facts is None)


def _in_rule(rule: Rule, mapping: Mapping) -> Iterator[_Use]:
    for end, span in zip((rule.left, rule.right), rule.ends, strict=True):
        if end is not None and end.facts is None:
            yield _Use(end.system, end.object, end.name, span)
    clause, guard = rule.clause(Kind.GUARD), rule.guard
    if clause is not None and guard is not None:
        yield from _read(guard, mapping, clause.span)


def _read(condition: Condition, mapping: Mapping, span: Span) -> Iterator[_Use]:
    for operand in operands(condition):
        ends = mapping.end(operand.side)
        yield _Use(*ends, operand.name, span)
