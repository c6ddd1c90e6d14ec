"""
Only one of two opposite rules converts, so what people type comes back in another spelling.

A conversion says how the receiving system wants a value. Where a second rule gives that value back
as it is, the conversion reaches the system in which the value was typed too: `Ada` becomes `ADA` in
front of the person who wrote it. A two-way rule does not do that. It compares both sides evened
out, and leaves either spelling where it is.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      name: hubspot.name -> dynamics.name as upper, owned by hubspot
    }
    mapping answers: dynamics.contact -> hubspot.contacts {
      name: dynamics.name -> hubspot.name
    }

Good:

    mapping people: hubspot.contacts <-> dynamics.contact {
      name: hubspot.name <-> dynamics.name as upper, ask
    }

Right anyway: when the spelling is meant for both systems, as it is with telephone numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.loops.round_trip_changes_value import only_spells, returning
from syncdsl.check.story import in_words
from syncdsl.check.trace import edit_story, full_name, rules_in
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.policy import Policy

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_policy
def comes_back_in_another_spelling(policy: Policy) -> Iterator[Diagnostic]:
    for tried, edited in returning(policy):
        rules = rules_in(tried, edited.turns)
        if not rules or not all(only_spells(rule) for rule in rules):
            continue
        *others, last = rules
        yield check.finding(
            f"what is typed into `{full_name(tried, edited.number)}` comes back in another "
            f"spelling: {in_words(edited.made)} becomes {in_words(edited.came_back)}",
            last.label_span,
            rule=last,
            told=edit_story(tried, edited),
            labels=tuple(
                Label(each.label_span, "on the way there") for each in others[:MAX_LABELS]
            ),
            notes=("a two-way rule compares both sides evened out, and leaves either spelling",),
        )
