"""
Options are copied as they are, and the target's list does not have all of them.

Both properties are chosen from a list, and the lists differ. A record with an option that the other
system does not know is refused, or its property is emptied, and nobody sees it in the system in
which it was chosen. A value map says what becomes of each.

Bad:

    system hubspot { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.lead {
      status: hubspot.hs_lead_status -> dynamics.statuscode on create only
    }

Good:

    system hubspot { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.lead {
      status: hubspot.hs_lead_status -> dynamics.statuscode on create only, values status
    }

    values status {
      NEW -> 1
      ATTEMPTED_TO_CONTACT -> 5
      CONNECTED -> 2
      otherwise reject
    }

Right anyway: when the target has options of its own that its schema does not list. Write them into
the schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import Way, closed, options_of, type_of, ways
from syncdsl.convert import Value, text
from syncdsl.diagnostic import Certainty, Diagnostic, Severity
from syncdsl.filters.applied import may_hold, when
from syncdsl.flow.writing import reach
from syncdsl.policy import Mapping
from syncdsl.schema import Type
from syncdsl.suggest import few_of

check = Check(__name__, Severity.WARNING, since="0.2", certainty=Certainty.DATA)

_CHOSEN = (Type.OPTION, Type.LIST)


@check.on_alike
def are_missing(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    for way in ways(rule):
        missing = _missing(way, mapping)
        if missing and reach(rule, mapping).of(way.side):
            names = [text(value) for value in missing]
            one = len(names) == 1
            such, refused = ("option", "it is") if one else ("options", "they are")
            if closed(place.policy, way.target):
                harm = f"`{way.target}` has no such {such}: {refused} refused"
            else:
                harm = (
                    f"the schema lists no such {such} for `{way.target}`: unless it has more of "
                    f"its own, {refused} refused"
                )
            yield check.finding(
                f"`{way.giver}` can hold {few_of(names)}, and {harm}",
                rule.label_span,
                rule=rule,
                notes=("a value map says what becomes of them",),
                question=f"how many values of `{way.giver}` are "
                f"{'this' if one else 'one of these'}?",
            )


def _missing(way: Way, mapping: Mapping) -> list[Value]:
    """The options that arrive and that the target does not list."""
    if way.given is None or not way.given.options or way.giver is None:
        return []
    if type_of(way.target) not in _CHOSEN or way.given.type is Type.BOOL:
        return []
    listed = {text(option.value) for option in options_of(way.target)}
    if not listed:
        return []
    missing = [value for value in way.given.options if text(value) not in listed]
    if missing and not way.conversion.steps and (way.rule.wiring.guard or mapping.scope):
        applied = when(way.rule, mapping)
        missing = [value for value in missing if may_hold(applied, way.giver.key, value)]
    return missing
