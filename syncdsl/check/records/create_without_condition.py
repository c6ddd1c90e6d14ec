"""
The first pass creates a record for everybody.

A `create` line without a condition holds for all records that have no partner yet, also for those
that lay there for years. How many these are shows when the sync is switched on; and what the
receiving system does with new records (welcome mails, campaigns, tasks for Sales) it does for each
of them. Say for whom a record is made, or how many may change in one pass.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics when hubspot.lifecyclestage in [opportunity, customer]
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Right anyway: when the giving system holds nothing but what the other one is to have. A budget says
how much a pass may do at most:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics
      name: hubspot.lastname -> dynamics.lastname on create only
    }
    at most 2% of people change
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Certainty, Diagnostic, Severity
from syncdsl.policy import ChangeBudget, Policy, object_name

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_policy
def creates_for_all(policy: Policy) -> Iterator[Diagnostic]:
    bounded = {each.mapping for each in policy.promises if isinstance(each, ChangeBudget)}
    for mapping in policy.mappings:
        if mapping.broken or mapping.scope is not None or mapping.name in bounded:
            continue
        if not mapping.match:
            continue  # that it creates what is there already is told, and is worse
        for create in mapping.creates:
            if create.never or create.text:
                continue
            giver = mapping.end(create.side.other)
            given, made = object_name(giver), mapping.end(create.side)[0]
            yield check.finding(
                f"the first pass creates a record in `{made}` for every one of `{given}` that has "
                "none there",
                create.span,
                certainty=Certainty.DATA,
                question=f"how many of `{given}` have no partner in `{made}`?",
            )
