"""
A mapping or a promise is about an object that the schema of its system does not have.

Most often the name is misspelt, and then the mapping syncs nothing and the promise keeps nothing
from happening. Where the schema says that it is complete, this is an error; where it has an object
with a similar name, a warning; else an information, because the schema may just not list it.

Bad:

    system hubspot { kind hubspot }

    mapping people: hubspot.contcts -> dynamics.contact {
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Good:

    system hubspot { kind hubspot }

    mapping people: hubspot.contacts -> dynamics.contact {
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Right anyway: for an object that was added to the system after the schema was written down. Write it
into the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.naming import near_name, place_of_name, renamed
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity
from syncdsl.policy import NeverOverwrite, NeverSend, OverwriteBudget, Policy, System
from syncdsl.source import Span
from syncdsl.suggest import did_you_mean, hint

check = Check(__name__, Severity.ERROR, since="0.1")


@check.on_policy
def is_not_in_the_schema(policy: Policy) -> Iterator[Diagnostic]:
    systems = {system.name: system for system in policy.systems}
    places: dict[tuple[str, str], list[Span]] = {}
    for system, name, span in _objects(policy):
        schema = None if name is None or system not in systems else systems[system].schema
        if name is not None and schema is not None and name not in schema.objects:
            places.setdefault((system, name), []).append(span)
    for (system, name), (first, *others) in places.items():
        yield _told(systems[system], name, first, others)


def _objects(policy: Policy) -> Iterator[tuple[str, str | None, Span]]:
    for mapping in policy.mappings:
        if mapping.name is not None:
            left, right = mapping.ends or (mapping.span, mapping.span)
            yield *mapping.left, left
            yield *mapping.right, right
            continue
        for rule in mapping.rules:
            for end, span in zip((rule.left, rule.right), rule.ends, strict=True):
                if end is not None:
                    yield end.system, end.object, span
    for promise in policy.promises:
        if isinstance(promise, NeverOverwrite | NeverSend | OverwriteBudget):
            yield promise.property.system, promise.property.object, promise.span


def _other_number(name: str, known: Sequence[str]) -> str | None:
    """One system keeps `companies`, the other an `opportunity`: who has both mixes them up."""
    return next((each for each in known if _singular(each) == _singular(name)), None)


def _singular(name: str) -> str:
    name = name.casefold()
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def _told(system: System, name: str, first: Span, others: list[Span]) -> Diagnostic:
    assert system.schema is not None
    known = list(system.schema.objects)
    near = near_name(name, known) or _other_number(name, known)
    severity, certainty, question = Severity.WARNING, Certainty.UNKNOWN, None
    if system.schema.complete:
        near = did_you_mean(name, known) or near
        severity, certainty = Severity.ERROR, Certainty.CERTAIN
        message = f"`{system.name}` has no object `{name}`; "
        message += hint(name, known, "object") if near is None else f"did you mean `{near}`?"
    elif near is not None:
        message = f"the schema of `{system.name}` has no object `{name}`; did you mean `{near}`?"
        question = f"does `{system.name}` have records of `{name}`?"
    else:
        severity = Severity.INFO
        message = f"the schema of `{system.name}` does not list `{name}`, so nothing is known of it"
    return check.finding(
        message,
        place_of_name(first, name) or first,
        severity=severity,
        certainty=certainty,
        question=question,
        labels=tuple(Label(span, "named here too") for span in others[:MAX_LABELS]),
        fixes=() if near is None else renamed(name, near, [first, *others]),
    )
