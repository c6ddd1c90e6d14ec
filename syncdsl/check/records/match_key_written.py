"""
A rule writes something else into the property by which records find each other.

Linked records stay linked, so today nothing happens. But when the sync is set up anew, or another
product looks for the pair, the key no longer names the partner: nobody is found, and somebody is
made a second time, or a stranger is found. A rule that copies the one half of the key to the other
keeps the two alike and is no problem.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      email: hubspot.work_email -> dynamics.emailaddress1, owned by hubspot
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      match email = emailaddress1 as trim | lower
      email: hubspot.work_email -> dynamics.emailaddress2, owned by hubspot
    }

Right anyway: when the links are never lost, and the key was only needed to begin with.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.flow.graph import Edge, graph_of
from syncdsl.policy import Key, Policy, Rule
from syncdsl.situation import Event, Side

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def writes_a_key(policy: Policy) -> Iterator[Diagnostic]:
    graph = graph_of(policy)
    for mapping in policy.mappings:
        if not mapping.match or mapping.broken:
            continue
        keys = {end.key: key for key in mapping.match for end in (key.left, key.right)}
        found = [
            (edge, key)
            for end, key in keys.items()
            for edge in graph.writing.get(end, ())
            if edge.mapping is mapping and _writes_something_else(edge, key)
        ]
        for edge, key in sorted(found, key=lambda each: each[0].rule.label_span.start):
            yield _finding(edge.rule, edge.side, key)


def _writes_something_else(edge: Edge, key: Key) -> bool:
    """Into a record that is there. What a new record begins with it may be found by."""
    same = edge.gives in (key.left.key, key.right.key) and edge.rule.values is None
    return not same and edge.does.events != {Event.CREATE}


def _finding(rule: Rule, side: Side, key: Key) -> Diagnostic:
    giver, target = rule.end(side.other), rule.end(side)
    given = "a constant" if giver is None else f"`{giver}`"
    if giver is not None and rule.values is not None:
        given = f"what `{rule.values.name}` makes of `{giver}`"
    return check.finding(
        f"this rule writes {given} into `{target}`, by which records are matched: without their "
        "link the two no longer find each other",
        rule.label_span,
        rule=rule,
        labels=(Label(key.span, "the key"),),
    )
