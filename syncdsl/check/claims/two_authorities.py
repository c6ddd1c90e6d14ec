"""
A value that one system owns is overwritten from another one by way of a third.

`owned by` names the source of truth. The rule that says so keeps to it; but what it gives to the
other side goes on from there, and comes back to the owner through rules of other mappings. An edit
in a system that owns nothing then ends as the truth.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      phone: hubspot.phone -> dynamics.phone, owned by hubspot
    }
    mapping customers: dynamics.contact <-> erp.customer {
      phone: dynamics.phone <-> erp.phone, ask
    }
    mapping bills: erp.customer <-> hubspot.contacts {
      phone: erp.phone <-> hubspot.phone, ask
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      phone: hubspot.phone -> dynamics.phone, owned by hubspot
    }
    mapping bills: erp.customer <- hubspot.contacts {
      phone: erp.phone <- hubspot.phone, owned by hubspot
    }

Right anyway: never. Either the system does not own the value, or one of the rules has to go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.trace import full_name, overwritten_story, rules_in
from syncdsl.convert import is_blank, text
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.flow.circles import Circle
from syncdsl.flow.edits import Edited, edits
from syncdsl.flow.graph import Graph, graph_of, rules_of
from syncdsl.flow.scene import Cast
from syncdsl.flow.trials import trials
from syncdsl.policy import Policy, Property, Rule

check = Check(__name__, Severity.ERROR, since="0.2")


class _Claim(NamedTuple):
    """What a rule says of an owner."""

    rule: Rule
    owner: Property
    other: Property


@check.on_policy
def overwrites_the_owner_from_afar(policy: Policy) -> Iterator[Diagnostic]:
    graph = graph_of(policy)
    for circle, tried, found in trials(graph).made:
        for claim in () if found.endless is not None else _claims(circle, graph):
            edited = next(_overwriting(tried, claim), None)
            if edited is not None:
                yield _told(tried, claim, edited)


def _claims(circle: Circle, graph: Graph) -> Iterator[_Claim]:
    """Where the owner's value is only given; what overwrites it at once is `owner-overwritten`."""
    for rule in rules_of(circle.edges):
        side = rule.clauses.owner
        if side is None or side in rule.receivers:
            continue
        owner, other = rule.end(side), rule.end(side.other)
        if owner is None or other is None:
            continue
        directly = (edge.source for edge in graph.writing.get(owner.key, ()))
        if not any(source is not None and source.key == other.key for source in directly):
            yield _Claim(rule, owner, other)


def _overwriting(tried: Cast, claim: _Claim) -> Iterator[Edited]:
    owner = tried.properties.index(claim.owner.key)
    other = tried.properties.index(claim.other.key)
    for edited in edits(tried.scene):
        before, after = edited.before[owner], edited.after[owner]
        if edited.number == other and not is_blank(before) and text(before) != text(after):
            yield edited


def _told(tried: Cast, claim: _Claim, edited: Edited) -> Diagnostic:
    rules = [rule for rule in rules_in(tried, edited.turns) if rule is not claim.rule]
    owner = tried.properties.index(claim.owner.key)
    return check.finding(
        f"an edit of `{full_name(tried, edited.number)}` gets round to `{claim.owner}` and "
        f"overwrites it, which `{claim.owner.system}` owns",
        claim.rule.label_span,
        rule=claim.rule,
        told=overwritten_story(tried, edited, owner),
        labels=tuple(Label(rule.label_span, "on the way round") for rule in rules[:MAX_LABELS]),
    )
