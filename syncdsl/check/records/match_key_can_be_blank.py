"""
Records without a key are left out, although the mapping creates what is missing.

A blank key pairs nothing and creates nothing. Contacts that somebody noted with a phone number and
no e-mail address never arrive on the other side, and no pass reports an error for it.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics when hubspot.email is not blank
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Right anyway: nearly always. This is an information: it says whom the sync leaves out, and which
question tells how many they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.creating import is_chosen_by
from syncdsl.check.known.meanings import is_email, is_phone
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Create, Key, Mapping, Policy, Property, object_name
from syncdsl.situation import Side

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_policy
def leaves_records_out(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        if mapping.broken:
            continue
        for create in mapping.creates:
            found = None if create.never else _blank_key(mapping, create)
            if found is not None:
                key, giver = found
                yield _finding(mapping, create, key, giver)
                break


def _blank_key(mapping: Mapping, create: Create) -> tuple[Key, Property] | None:
    """The first key of the giving records that people leave blank."""
    for key in mapping.match:
        giver = key.right if create.side is Side.LEFT else key.left
        required = giver.facts is not None and giver.facts.required is True
        if required or not (is_email(giver) or is_phone(giver)):
            continue
        if not is_chosen_by(mapping, create, giver):
            return key, giver
    return None


def _finding(mapping: Mapping, create: Create, key: Key, giver: Property) -> Diagnostic:
    given, made = (
        (mapping.right, mapping.left) if create.side is Side.LEFT else (mapping.left, mapping.right)
    )
    records = object_name(given)
    return check.finding(
        f"`{records}` without `{giver.name}` pair with nothing, and none is created for them in "
        f"`{made[0]}`",
        key.span,
        question=f"how many `{records}` have no `{giver.name}`?",
    )
