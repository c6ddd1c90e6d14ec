"""
Records are created without a value that their system asks for.

The schema says that a record of this object is to have it, and no rule fills it. What happens then
is the system's choice: it refuses the record, pass after pass, or it invents a value, which looks
like one that somebody entered, or it keeps a record that its own forms refuse to save (Dataverse
does, for what is "business required").

Bad:

    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics when hubspot.email is not blank
      email: hubspot.email -> dynamics.emailaddress1 on create only
    }

Good:

    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics when hubspot.email is not blank
      email: hubspot.email -> dynamics.emailaddress1 on create only
      name: hubspot.lastname -> dynamics.lastname on create only, default "(unknown)"
    }

Right anyway: when something in the receiving system fills it before the record is kept, such as a
number series or a workflow.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.creating import filling, required_names
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Policy, object_name
from syncdsl.suggest import few_of

# Dataverse "doesn't return an error when a column with ApplicationRequired applied doesn't have a
# value"; its apps do (learn.microsoft.com/power-apps/developer/data-platform, "Column
# definitions").
check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def creates_incomplete_records(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        for create in () if mapping.broken else mapping.creates:
            made = mapping.end(create.side)
            found = None if create.never else policy.object(made)
            required = () if found is None else required_names(found)
            if not required:
                continue
            filled = filling(mapping, create.side)
            missing = [name for name in required if name not in filled]
            if missing:
                yield check.finding(
                    f"`{object_name(made)}` is to have {few_of(missing)} when it is made, and "
                    f"no rule of `{mapping.title}` fills {'it' if len(missing) == 1 else 'them'}",
                    create.span,
                )
