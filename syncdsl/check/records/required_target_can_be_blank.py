"""
What a new record must have is filled from a property that can be blank.

A blank gives nothing to a record that is created. Where the giving record has no value, the new one
lacks what its system asks for: it is refused, or made with an invented value. A `default` says
what to write instead.

Bad:

    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics when hubspot.email is not blank
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Good:

    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics when hubspot.email is not blank
      name: hubspot.lastname -> dynamics.lastname on create only, default "(unknown)"
    }

Right anyway: when the giving side is never blank and only its schema does not say so. This is an
information: it says which question to ask the records.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.creating import filling, fills_blanks, is_chosen_by, required_names
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Create, Mapping, Policy, Property, Rule, object_name

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_policy
def may_stay_blank(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        for create in () if mapping.broken else mapping.creates:
            made = mapping.end(create.side)
            found = None if create.never else policy.object(made)
            required = () if found is None else required_names(found)
            filled = filling(mapping, create.side) if required else {}
            for name in required:
                rules = filled.get(name, [])
                givers = [_blank_giver(rule, mapping, create) for rule in rules]
                if rules and None not in givers:
                    yield _finding(rules[0], givers[0], f"{object_name(made)}.{name}")


def _blank_giver(rule: Rule, mapping: Mapping, create: Create) -> Property | None:
    """What the rule gives to the new record, if that can be blank."""
    side = rule.turned(create.side)
    giver = rule.end(side.other)
    if giver is None or fills_blanks(rule.clauses, side):
        return None
    facts = giver.facts
    if facts is not None and (facts.required is True or facts.unique is True):
        return None
    keys = {end.key for key in mapping.match for end in (key.left, key.right)}
    if giver.key in keys or is_chosen_by(mapping, create, giver):
        return None  # a record without a key is not created at all
    return giver


def _finding(rule: Rule, giver: Property | None, target: str) -> Diagnostic:
    return check.finding(
        f"where `{giver}` is blank, a record is created without `{target}`, which it is to have",
        rule.label_span,
        rule=rule,
        notes=("`default` names what is written in the place of a blank",),
        question=f"how often is `{giver}` blank?",
    )
