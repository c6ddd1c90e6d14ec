"""
People are created without the objection that they have made.

Somebody unsubscribed from every mail in the one system. The mapping makes them in the other one and
brings their name and their address along, but not that. There they are new, and nobody knows that
they do not want to be written to, until they object once more.

Bad:

    system hubspot  { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics when hubspot.email is not blank
      name: hubspot.lastname -> dynamics.lastname on create only, default "(unknown)"
    }

Good:

    system hubspot  { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics when hubspot.email is not blank
      name: hubspot.lastname -> dynamics.lastname on create only, default "(unknown)"
      optout: hubspot.hs_email_optout -> dynamics.donotbulkemail, sticky
    }

Right anyway: when the receiving system writes to nobody. Say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.conditions import asked_to_create
from syncdsl.check.known.meanings import consents_in, polarity
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.laws.customs import fills
from syncdsl.policy import Create, Mapping, ObjectName, Policy, object_name
from syncdsl.situation import Side

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def brings_no_objection(policy: Policy) -> Iterator[Diagnostic]:
    known: _Known = {}
    for mapping in policy.mappings:
        for create in () if mapping.broken else mapping.creates:
            if create.never:
                continue
            ends = {Side.LEFT: mapping.left, Side.RIGHT: mapping.right}
            given, made = ends[create.side.other], ends[create.side]
            said = _consents(policy, given, known)
            if not said or not _consents(policy, made, known):
                continue
            if _is_brought(mapping, create, said):
                continue
            yield check.finding(
                f"`{object_name(made)}` is made without what `{object_name(given)}.{said[0]}` "
                "says: who has objected there has not objected here",
                create.span,
                question=f"of how many `{object_name(given)}` is `{said[0]}` set?",
            )


_Known = dict[ObjectName, tuple[str, ...]]


def _consents(policy: Policy, name: ObjectName, known: _Known) -> tuple[str, ...]:
    if name not in known:
        found = policy.object(name)
        known[name] = () if found is None else consents_in(found)
    return known[name]


def _is_brought(mapping: Mapping, create: Create, said: tuple[str, ...]) -> bool:
    """Does a rule bring a consent into the new record, or a condition keep objectors away?"""
    for rule in mapping.rules:
        side = rule.turned(create.side)
        if polarity(rule.end(side)) is not None and fills(rule.clauses, side):
            return True
    return any(
        operand.side is create.side.other and operand.name in said
        for operand in asked_to_create(create, mapping)
    )
