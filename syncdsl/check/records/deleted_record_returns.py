"""
A record that somebody deletes is made again by the sync.

With `delete unlinks` the record on the other side loses its partner, and to the next pass it is a
new one: it gets a partner, as the `create` line says. So nobody can delete anything for good. A
duplicate that was merged away comes back in the same way, for to a sync a merge is a deletion.

Bad:

    mapping people: hubspot.contacts <-> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics
      delete unlinks
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Good:

    mapping people: hubspot.contacts <-> dynamics.contact {
      match email = emailaddress1 as trim | lower
      create in dynamics
      delete ignored
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Right anyway: when records are deleted by accident only, and the sync is what brings them back.
Allow it with this reason.

`delete ignored` holds on an engine that remembers what it has linked. One that pairs records anew
at each pass makes the deleted one again, whatever is written here.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from syncdsl.laws.customs import customs_of
from syncdsl.laws.fate_words import names_of, tell
from syncdsl.laws.fates import Broken, Fate, breach_of
from syncdsl.policy import Mapping, Policy

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def made_again(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        if mapping.broken or mapping.delete_span is None:
            continue
        for create in mapping.creates:
            broken = breach_of(customs_of(mapping), Fate.STAYS_DELETED, side=create.side)
            if broken is not None:
                yield _finding(mapping, broken)


def _finding(mapping: Mapping, broken: Broken) -> Diagnostic:
    names = names_of(mapping)
    deleted, other = names[broken.side], names[broken.side.other]
    assert mapping.delete_span is not None
    edit = Edit(mapping.delete_span, "delete ignored")
    return check.finding(
        f"a record that is deleted in {deleted} is made again from its partner in {other}",
        mapping.delete_span,
        told=tell(mapping, broken),
        fixes=(Fix("remember that it was deleted", (edit,)),),
    )
