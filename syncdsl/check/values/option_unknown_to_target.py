"""
A value is written that the target's list of options does not have.

A property of which people choose from a list takes nothing else: the write is refused, and in some
systems the property is emptied. Where the schema says that it has all options this is an error;
where one of them has a similar name, a warning. Else it is one information for each property,
because a system's own options may just not be listed.

Bad:

    mapping people: jotform.store_form -> hubspot.contacts {
      status: "NEWW" -> hubspot.hs_lead_status on create only
    }

    system hubspot { kind hubspot }

Good:

    mapping people: jotform.store_form -> hubspot.contacts {
      status: "NEW" -> hubspot.hs_lead_status on create only
    }

    system hubspot { kind hubspot }

Right anyway: when the system has options of its own. Write them into the schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.mentions import Role
from syncdsl.check.unlisted import tell
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Policy

check = Check(__name__, Severity.ERROR, since="0.2")


@check.on_policy
def is_refused(policy: Policy) -> Iterator[Diagnostic]:
    yield from tell(check, policy, (Role.WRITES,))
