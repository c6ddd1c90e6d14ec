"""
Records are created, and nothing says how to find the ones that are there already.

Without a `match` line a pass pairs no two records. Whoever exists in both systems is created a
second time, and the duplicates then go their own ways.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      create in dynamics
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Right anyway: when the other system was empty at the start and only this sync ever writes to it, so
that every record there is linked.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Policy

check = Check(__name__, Severity.ERROR, since="0.1")


@check.on_policy
def makes_duplicates(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        if mapping.match or mapping.broken:
            continue
        for create in mapping.creates:
            if create.never:
                continue
            system = mapping.end(create.side)[0]
            yield check.finding(
                f"every record that is in `{system}` already is created once more: "
                f"`{mapping.title}` has no `match` line to find it by",
                create.span,
                notes=("a `match` line names what tells a record, as in `match email = email`",),
            )
