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

from syncdsl.check.base import Check
from syncdsl.check.known.meanings import USERS, is_owner, may_hold_a_user
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.flow.writing import written_ends
from syncdsl.policy import Mapping, Policy, Property, Rule
from syncdsl.semantics.alike import rules_where

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def copies_an_owner(policy: Policy) -> Iterator[Diagnostic]:
    paired = {
        (one[0], other[0])
        for mapping in policy.mappings
        for one, other in ((mapping.left, mapping.right), (mapping.right, mapping.left))
        if other[1] in USERS
    }
    for rule, mapping in rules_where(policy, _may_hold_users):
        if is_owner(rule.left) or is_owner(rule.right):
            found = _copied(rule, mapping)
            if found is not None and (found[0].system, found[1].system) not in paired:
                yield _finding(rule, *found)


def _may_hold_users(rule: Rule) -> bool:
    ends = (end for end in (rule.left, rule.right) if end is not None)
    return rule.values is None and any(map(may_hold_a_user, ends))


def _copied(rule: Rule, mapping: Mapping) -> tuple[Property, Property] | None:
    """What is copied, and the owner that it goes into."""
    for side, _ in written_ends(rule, mapping):
        giver, target = rule.end(side.other), rule.end(side)
        if giver is not None and target is not None and is_owner(target):
            return giver, target
    return None


def _finding(rule: Rule, giver: Property, target: Property) -> Diagnostic:
    return check.finding(
        f"`{target}` holds users of `{target.system}`, and nothing says which of them `{giver}` "
        "means",
        rule.label_span,
        rule=rule,
        notes=("a value map names them, and its `otherwise` who takes over from the rest",),
    )
