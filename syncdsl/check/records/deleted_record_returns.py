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
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity, Story
from syncdsl.laws.life import customs_of, fate
from syncdsl.policy import Create, Mapping, Policy
from syncdsl.situation import Side

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def made_again(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        if mapping.broken or mapping.delete_span is None:
            continue
        for create in mapping.creates:
            if not create.never and fate(customs_of(mapping), create.side).returns:
                yield _finding(mapping, create)


def _finding(mapping: Mapping, create: Create) -> Diagnostic:
    deleted, other = mapping.left[0], mapping.right[0]
    if create.side is Side.RIGHT:
        deleted, other = other, deleted
    passes = fate(customs_of(mapping), create.side).passes
    assert mapping.delete_span is not None
    edit = Edit(mapping.delete_span, "delete ignored")
    return check.finding(
        f"a record that is deleted in `{deleted}` is made again from its partner in `{other}`",
        mapping.delete_span,
        told=Story(
            (
                f"a record in `{deleted}` is deleted, its partner in `{other}` stays",
                *("sync" for _ in range(passes)),
            ),
            f"there is a record in `{deleted}` again",
        ),
        fixes=(Fix("remember that it was deleted", (edit,)),),
    )
