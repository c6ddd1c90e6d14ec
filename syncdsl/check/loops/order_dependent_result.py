"""
What records hold in the end depends on which of two mappings runs first.

One mapping writes a property, another one gives it on, and gives it on only once: it fills a blank,
or keeps the later stage. If the second one runs first, it gives on what stood there before the
first one came, and stays with that. Two tries of the same switch-on then end differently.

Asked is what records hold when nothing is written any more: from the first pass on, and after one
edit of what was at rest. Where the rules let values through as they are, all histories are gone
through, and silence is a proof.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      phone: hubspot.phone -> dynamics.telephone1, owned by hubspot
    }
    mapping customers: dynamics.contact -> erp.customer {
      phone: dynamics.telephone1 -> erp.phone if blank
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      phone: hubspot.phone -> dynamics.telephone1, owned by hubspot
    }
    mapping customers: dynamics.contact -> erp.customer {
      phone: dynamics.telephone1 -> erp.phone, owned by dynamics
    }

Right anyway: when whoever switches the sync on for the first time knows which mapping comes first.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.trace import full_name, orders_story
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.filters.frame import PropertyKey
from syncdsl.flow.circles import circles
from syncdsl.flow.graph import Edge, Graph, graph_of
from syncdsl.flow.orders import Orders, ends, orders_that_differ
from syncdsl.flow.scene import Cast, Scene, cast, has_options
from syncdsl.policy import Policy

check = Check(__name__, Severity.INFO, since="0.2")

MAX_SEARCHED = 20  # scenes of which all histories are gone through


@check.on_policy
def ends_differently(policy: Policy) -> Iterator[Diagnostic]:
    graph = graph_of(policy)
    known: dict[int, tuple[Scene, Orders | None]] = {}  # by identity, as a scene's hash is slow
    round_and_round = {key for circle in circles(graph) for key in circle.properties}
    for first, second in _following(graph, round_and_round):
        tried = cast(graph, [first, second])
        if tried is None or len(tried.mappings) != 2 or not _has_one_writer_each(graph, tried):
            continue
        if id(tried.scene) not in known:
            known[id(tried.scene)] = tried.scene, _differing(tried, len(known))
        found = known[id(tried.scene)][1]
        if found is not None:
            yield _told(tried, first, second, found)


def _following(graph: Graph, but: set[PropertyKey]) -> Iterator[tuple[Edge, Edge]]:
    """What one mapping changes and another one gives on; a blank that is filled is given then."""
    for second in graph.edges:
        if second.gives is None or second.does.later is None:
            continue
        if (second.does.follows and not second.asks) or second.gives in but:
            continue
        for first in graph.writing.get(second.gives, ()):
            if first.mapping is not second.mapping and first.does.changes is not None:
                yield first, second


def _differing(tried: Cast, asked: int) -> Orders | None:
    """Proved, where that is possible; otherwise tried."""
    proved = ends(tried.scene) if asked < MAX_SEARCHED else None
    if proved is None or (proved.differing is not None and has_options(tried)):
        return orders_that_differ(tried.scene)
    return proved.differing


def _has_one_writer_each(graph: Graph, tried: Cast) -> bool:
    """Of several it is told elsewhere that the order of them counts."""
    return all(len(graph.writing.get(key, ())) <= 1 for key in tried.properties)


def _told(tried: Cast, first: Edge, second: Edge, found: Orders) -> Diagnostic:
    return check.finding(
        f"what `{full_name(tried, found.number)}` holds depends on whether `{first.mapping.title}` "
        f"or `{second.mapping.title}` runs first",
        second.rule.label_span,
        rule=second.rule,
        told=orders_story(tried, found),
        labels=(Label(first.rule.label_span, f"writes `{first.target}`, which is given on"),),
    )
