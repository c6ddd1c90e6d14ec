"""
A default that stood in for a blank comes back as if somebody had written it.

A default fills a property that the other system wants filled, and says that nobody knows better.
Where another rule gives that property back, the stopgap gets into the blank from which it came, and
from then on it is data: it goes into letters, and into every other system.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      create in dynamics
      match email = emailaddress1 as trim | lower
      name: hubspot.lastname -> dynamics.lastname on create only, default "Unknown"
    }
    mapping answers: dynamics.contact -> hubspot.contacts {
      name: dynamics.lastname -> hubspot.lastname if blank
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      create in dynamics
      match email = emailaddress1 as trim | lower
      name: hubspot.lastname -> dynamics.lastname on create only, default "Unknown"
    }
    mapping answers: dynamics.contact -> hubspot.contacts {
      name: dynamics.lastname -> hubspot.lastname if blank, when dynamics.lastname != "Unknown"
    }

Right anyway: when the default is the truth for whoever has nothing else, as a currency may be.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.remedies import with_clause
from syncdsl.check.story import in_words
from syncdsl.check.trace import filled_story
from syncdsl.diagnostic import Diagnostic, Fix, Label, Severity
from syncdsl.flow.fills import Filled, filled
from syncdsl.flow.graph import Edge, Graph, graph_of
from syncdsl.flow.scene import Cast, cast
from syncdsl.flow.sending import way
from syncdsl.policy import Kind, Policy
from syncdsl.semantics.test_block import spelled, spelled_value

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def is_data_from_then_on(policy: Policy) -> Iterator[Diagnostic]:
    graph = graph_of(policy)
    for edge in graph.edges:
        if edge.gives is None or edge.does.fills is None:
            continue
        back = _way_back(graph, edge)
        tried = cast(graph, [edge, *back]) if back else None
        if tried is None:
            continue
        found = filled(
            tried.scene,
            tried.properties.index(edge.writes),
            edge.rule.wiring.default,
            tried.properties.index(edge.gives),
        )
        if found is not None:
            yield _told(tried, edge, back, found)


def _way_back(graph: Graph, edge: Edge) -> list[Edge]:
    """How the property that the default fills gives to the one that was blank."""
    assert edge.gives is not None
    home = edge.gives
    return way(
        graph,
        edge.writes,
        lambda other: other.writes == home and other.does.later is not None,
    )


def _told(tried: Cast, edge: Edge, back: list[Edge], found: Filled) -> Diagnostic:
    last, default = back[-1], in_words(edge.rule.wiring.default)
    return check.finding(
        f"the default {default} of `{edge.rule.name}` comes back: `{last.target}`, which was "
        f"blank, becomes {in_words(found.value)}",
        last.rule.label_span,
        rule=last.rule,
        told=filled_story(tried, edge, found),
        labels=(
            Label(edge.rule.label_span, "this rule has the default"),
            *(Label(each.rule.label_span, "on the way back") for each in back[:-1][:MAX_LABELS]),
        ),
        fixes=tuple(_fixes(edge, back)),
    )


def _fixes(edge: Edge, back: list[Edge]) -> Iterator[Fix]:
    """A condition on the one rule that gives it back, if it has none yet."""
    if len(back) > 1 or back[0].rule.clause(Kind.GUARD) is not None:
        return
    end, default = edge.target, spelled_value(edge.rule.wiring.default)
    clause = f"when {spelled(end.system)}.{spelled(end.name)} != {default}"
    yield with_clause(back[0].rule, "leave the default out", clause, Kind.GUARD)
