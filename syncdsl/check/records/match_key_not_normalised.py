"""
Records are matched by an e-mail address or a phone number that is compared letter by letter.

People type both, and each time in another way: `Ada@Example.com` in the one system and
`ada@example.com` in the other, `0351 123456` here and `+49351123456` there. To a sync these are two
people, so a pair is not found, and where records are created somebody is made a second time.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1
      create in dynamics
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Right anyway: when both systems bring every value into one form by themselves before they keep it.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.meanings import is_email, is_phone
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from syncdsl.policy import Key, Policy
from syncdsl.source import Span

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def compares_as_typed(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        for key in () if mapping.broken else mapping.match:
            if is_email(key.left) or is_email(key.right):
                yield from _email(key)
            elif is_phone(key.left) and is_phone(key.right):
                yield from _phone(key)


def _email(key: Key) -> Iterator[Diagnostic]:
    steps = [step.name for step in key.steps]
    if "lower" in steps or "upper" in steps:
        return
    added = "lower" if "trim" in steps else "trim | lower"
    end = Span(key.span.source, key.span.end, key.span.end)
    edit = Edit(end, f" | {added}" if steps else f" as {added}")
    yield check.finding(
        f"`Ada@Example.com` and `ada@example.com` do not pair: {_named(key)} is compared letter "
        "by letter",
        key.span,
        question=f"how many values of {_named(key)} differ in capital letters or spaces alone?",
        fixes=(Fix("compare it in small letters, without spaces around it", (edit,)),),
    )


def _phone(key: Key) -> Iterator[Diagnostic]:
    if any(step.name == "e164" for step in key.steps):
        return
    yield check.finding(
        f"`+49 351 123456` and `0351/123456` do not pair: {_named(key)} is compared as it is "
        "written",
        key.span,
        question=f"how many values of {_named(key)} are one number, written in two ways?",
        notes=('`as e164("DE")` brings numbers into one form; the region is that of short ones',),
    )


def _named(key: Key) -> str:
    return f"`{key.left.name} = {key.right.name}`"
