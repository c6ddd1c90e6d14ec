"""
Several records can share the value by which their partner is looked for.

A key that two records of one side have does not tell which of them is meant. The pass reports them
and writes none of them, until somebody merges the two or they are told apart by another key; other
products take the first one that they are given. Dataverse does not force e-mail addresses to be
unique, and names of people and companies never are.

Bad:

    system dynamics { kind dynamics365 }

    mapping companies: hubspot.companies -> dynamics.account {
      match name = name as trim | lower
      city: hubspot.city -> dynamics.address1_city if blank
    }

Good:

    system dynamics { kind dynamics365 }

    mapping companies: hubspot.companies -> dynamics.account {
      match customer_number = accountnumber as trim
      city: hubspot.city -> dynamics.address1_city if blank
    }

Right anyway: when there is no better key. This is an information: it says which question to ask
the records before the sync is switched on.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.meanings import is_shared
from syncdsl.check.records.match_key_types_differ import never_equal
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Policy, Property, object_name

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_policy
def may_be_shared(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        if mapping.broken or len(mapping.match) != 1:
            continue  # several keys together tell records apart that each of them would not
        (key,) = mapping.match
        if never_equal(policy, key) is not None:
            continue  # nobody pairs at all, and that is told
        for end, home in ((key.left, mapping.left), (key.right, mapping.right)):
            if _may_be_shared(end):
                records = object_name(home)
                yield check.finding(
                    f"several `{records}` can share one `{end.name}`; those that do pair with "
                    "nobody",
                    key.span,
                    question=f"how many `{records}` share one `{end.name}`?",
                )
                break


def _may_be_shared(end: Property) -> bool:
    unique = None if end.facts is None else end.facts.unique
    return unique is False or (unique is None and is_shared(end))
