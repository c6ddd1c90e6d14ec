"""
No value of the one half of a key is ever equal to a value of the other half.

A key compares what is written, after its steps. A date is never a number, and no yes is a
date-time; two lists of options without a common value never meet. No pair is ever found, and where
records are created every one of them is made once more.

Bad:

    system hubspot  { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      match createdate = birthdate
      city: hubspot.city -> dynamics.address1_city if blank
    }

Good:

    system hubspot  { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      city: hubspot.city -> dynamics.address1_city if blank
    }

Right anyway: never.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syncdsl.check.base import Check
from syncdsl.check.known.arriving import closed, options_of
from syncdsl.convert import STEPS, MissingLibrary, Step, Unusable, convert, is_blank, text
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Key, Policy, Property
from syncdsl.schema import Type

check = Check(__name__, Severity.ERROR, since="0.2")

# Types whose canonical texts have a form of their own. A text, an option or a reference may be
# written in any of these forms.
_FORMS = {
    Type.NUMBER.value: "a number",
    Type.MONEY.value: "a number",
    Type.BOOL.value: "true or false",
    Type.DATE.value: "a day",
    Type.DATETIME.value: "a moment",
}


@check.on_policy
def pairs_nothing(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        for key in () if mapping.broken else mapping.match:
            why = never_equal(policy, key)
            if why is not None:
                yield check.finding(f"{why}, so nothing is ever paired", key.span)


def never_equal(policy: Policy, key: Key) -> str | None:
    """Why no two records can have a key in common; None if they can, or nobody knows."""
    left, right = _form(key.left, key.steps), _form(key.right, key.steps)
    if left is not None and right is not None and left != right:
        return f"`{key.left}` is {left} and `{key.right}` is {right}: no two of them are equal"
    if not (closed(policy, key.left) and closed(policy, key.right)):
        return None  # a company may have options of its own
    some, others = _values(key.left, key.steps), _values(key.right, key.steps)
    if some and others and not some & others:
        return f"`{key.left}` and `{key.right}` have no value in common"
    return None


def _form(end: Property, steps: tuple[Step, ...]) -> str | None:
    kind = None if end.facts is None or end.facts.type is None else end.facts.type.value
    for step in steps:
        if step.name not in STEPS:
            return None  # told as an unknown step
        if step.name in ("trim", "lower", "upper", "text"):
            continue  # these leave a number what it is
        kind = STEPS[step.name].gives
    return None if kind is None else _FORMS.get(kind)


@cache
def _values(end: Property, steps: tuple[Step, ...]) -> frozenset[str]:
    """All that a property can hold, as the key sees it; empty where nobody knows."""
    found = set()
    for option in options_of(end):
        try:
            value = convert(steps, option.value)
        except (MissingLibrary, Unusable):
            continue
        if not is_blank(value):
            found.add(text(value))
    return frozenset(found)
