"""
Who looks after a record is copied as it is, and the other system does not know that person.

An owner is a user of one system, kept by that system's own number. In another system the number is
nobody, or somebody else. People leave, too, and teams and queues own records: what is not mapped
is refused, or the record falls to whoever runs the sync.

Bad:

    owner: hubspot.hubspot_owner_id -> dynamics.ownerid on create only

Good:

    owner: hubspot.hubspot_owner_id -> dynamics.ownerid on create only, values owners

    values owners {
      "41" -> "a7f3c1d2-0000-4000-8000-000000000001"
      otherwise "a7f3c1d2-0000-4000-8000-000000000009"
    }

Right anyway: when the giving property holds the users of the receiving system, because somebody
fills it for this. Where a mapping pairs the users of the two systems, nothing is told: then each of
them is known in the other one.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.meanings import USERS, is_owner
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.flow.writing import written_ends
from syncdsl.policy import Policy

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_rules
def copies_an_owner(place: Place) -> Iterator[Diagnostic]:
    rule = place.rule
    if rule.values is not None or rule.left is None or rule.right is None:
        return
    if rule.left.system == rule.right.system or not (is_owner(rule.left) or is_owner(rule.right)):
        return
    for side, _ in written_ends(rule, place.mapping):
        giver, target = rule.end(side.other), rule.end(side)
        if giver is None or target is None:
            continue
        if is_owner(target) and not _users_are_paired(place.policy, giver.system, target.system):
            yield check.finding(
                f"`{target}` holds users of `{target.system}`, and nothing says which of them "
                f"`{giver}` means",
                rule.label_span,
                rule=rule,
                notes=("a value map names them, and its `otherwise` who takes over from the rest",),
            )
            return


def _users_are_paired(policy: Policy, giving: str, receiving: str) -> bool:
    for mapping in policy.mappings:
        for one, other in ((mapping.left, mapping.right), (mapping.right, mapping.left)):
            if one[0] == giving and other[0] == receiving and other[1] in USERS:
                return True
    return False
