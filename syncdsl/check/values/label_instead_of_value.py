"""
The label of an option stands where the value is meant that the system keeps.

People see `Hot`, the system keeps `1`. What is written by its label is refused, or empties the
property; a condition that asks for the label never holds, and a line of a value map that waits for
it is never read.

Bad:

    system dynamics { kind dynamics365 }

    mapping leads: hubspot.contacts -> dynamics.lead {
      rating: "Hot" -> dynamics.leadqualitycode on create only
    }

Good:

    system dynamics { kind dynamics365 }

    mapping leads: hubspot.contacts -> dynamics.lead {
      rating: 1 -> dynamics.leadqualitycode on create only
    }

Right anyway: when the system really has an option with this value too. Write it into the schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.mentions import Mention, unlisted
from syncdsl.check.naming import in_place_of, place_of_value
from syncdsl.check.unlisted import harm
from syncdsl.convert import Value, text
from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.policy import Policy

check = Check(__name__, Severity.ERROR, since="0.2")


@check.on_policy
def is_a_label(policy: Policy) -> Iterator[Diagnostic]:
    for mention, option in unlisted(policy):
        if option is None:
            continue
        yield check.finding(
            f"`{text(mention.value)}` is the label of `{text(option.value)}` in "
            f"`{mention.property}`: {harm(mention)}",
            place_of_value(mention.span, mention.value) or mention.span,
            fixes=tuple(_fixes(mention, option.value)),
        )


def _fixes(mention: Mention, value: Value) -> Iterator[Fix]:
    edit = in_place_of(mention.span, mention.value, value)
    if edit is not None:
        yield Fix(f"write `{text(value)}`", (edit,))
