"""
A condition, a value map or an order names a value that its property never has.

A condition that compares with a value which is not among the options never holds; a line of a value
map that waits for it is never read; a stage of that name is never reached. Where the schema says
that it has all options this is an error; where one of them has a similar name, a warning. Else it
is one information for each property, because a system's own options may just not be listed.

Bad:

    system hubspot { kind hubspot }

    mapping people: hubspot.contacts -> dynamics.contact {
      name: hubspot.lastname -> dynamics.lastname on create only,
          when hubspot.lifecyclestage = custommer
    }

Good:

    system hubspot { kind hubspot }

    mapping people: hubspot.contacts -> dynamics.contact {
      name: hubspot.lastname -> dynamics.lastname on create only,
          when hubspot.lifecyclestage = customer
    }

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
def is_no_option(policy: Policy) -> Iterator[Diagnostic]:
    yield from tell(check, policy, (Role.READS, Role.ASKS, Role.RANKS))
