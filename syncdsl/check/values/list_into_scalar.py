"""
A list is written to a property that holds one value.

A property in which people tick several boxes has a list, also where only one of them is ticked. A
system that expects one value takes the first, refuses all, or keeps a text with separators that
nobody reads as a list any more.

Bad:

    system jotform { kind jotform, schema "schemas/jotform.json" }
    system hubspot { kind hubspot }

    mapping people: jotform.store_form -> hubspot.contacts {
      agreed: jotform.consents -> hubspot.message on create only
    }

Good:

    system jotform { kind jotform, schema "schemas/jotform.json" }
    system hubspot { kind hubspot }

    mapping people: jotform.store_form -> hubspot.contacts {
      agreed: jotform.consents -> hubspot.message as join(", "), on create only
    }

Right anyway: when the list never has more than one value.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import Way, type_of, ways
from syncdsl.check.known.fitting import WORDS
from syncdsl.check.remedies import with_step
from syncdsl.diagnostic import Certainty, Diagnostic, Fix, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Mode
from syncdsl.schema import Type

check = Check(__name__, Severity.WARNING, since="0.2", certainty=Certainty.DATA)


@check.on_alike
def holds_one_value(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    for way in ways(rule):
        type_ = type_of(way.target)
        if way.given is None or not way.given.many or type_ in (None, Type.LIST):
            continue
        if rule.clauses.mode is Mode.APPEND:
            continue  # adds each element as a line
        assert type_ is not None
        if reach(rule, mapping).of(way.side):
            yield check.finding(
                f"`{way.giver}` gives a list, and `{way.target}` takes {WORDS[type_]}",
                rule.label_span,
                rule=rule,
                fixes=tuple(_fixes(way, type_)),
                question=f"how many values of `{way.giver}` have more than one element?",
            )


def _fixes(way: Way, type_: Type) -> Iterator[Fix]:
    if type_ is Type.TEXT and way.rule.values is None:
        yield with_step(way.rule, "write its elements as one text", 'join("; ")')
