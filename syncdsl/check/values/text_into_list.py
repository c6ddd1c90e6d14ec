"""
A text is written to a property that holds a list.

`tea;coffee` is one text. To a property of which people tick several boxes it is one box of a
strange name, and the system refuses it or adds a new choice to the list.

Bad:

    system jotform { kind jotform, schema "schemas/jotform.json" }
    system hubspot { kind hubspot }

    mapping stores: jotform.store_form -> hubspot.companies {
      what: jotform.message -> hubspot.hs_keywords on create only
    }

Good:

    system jotform { kind jotform, schema "schemas/jotform.json" }
    system hubspot { kind hubspot }

    mapping stores: jotform.store_form -> hubspot.companies {
      what: jotform.message -> hubspot.hs_keywords as split(";"), on create only
    }

Right anyway: when every text is one choice of the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import Way, type_of, ways
from syncdsl.check.remedies import with_step
from syncdsl.diagnostic import Certainty, Diagnostic, Fix, Severity
from syncdsl.flow.writing import reach
from syncdsl.schema import Type

check = Check(__name__, Severity.WARNING, since="0.2", certainty=Certainty.DATA)


@check.on_alike
def is_one_element(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    for way in ways(rule):
        if type_of(way.target) is not Type.LIST or way.given is None:
            continue
        if way.given.many is not False or way.given.type is not Type.TEXT or way.given.options:
            continue
        if reach(rule, mapping).of(way.side):
            separator = way.target.facts.separator if way.target.facts else None
            yield check.finding(
                f"`{way.giver}` gives a text, and `{way.target}` takes a list: {_harm(separator)}",
                rule.label_span,
                rule=rule,
                fixes=tuple(_fixes(way, separator)),
                question=f"how many values of `{way.giver}` {_question(separator)}?",
            )


def _harm(separator: str | None) -> str:
    if separator is None:
        return "the whole text becomes one element"
    return f"it is taken apart at each `{separator}`, and nowhere else"


def _question(separator: str | None) -> str:
    if separator is None:
        return "name more than one element"
    return f"separate elements by anything else than `{separator}`"


def _fixes(way: Way, separator: str | None) -> Iterator[Fix]:
    """What stands between the elements of the texts, nobody knows here."""
    if way.rule.values is None:
        apart = separator or ";"
        yield with_step(way.rule, f"take it apart at each `{apart}`", f'split("{apart}")')
