"""Scenes of a few rules, each in a mapping of its own or all in one."""

from syncdsl.flow.graph import graph_of
from syncdsl.flow.scene import Cast, cast
from tests.semantics.build import policy


def between(*lines: str) -> Cast:
    """The scene of mappings of which each has one rule: `h.x -> d.y if blank`."""
    texts = []
    for at, line in enumerate(lines):
        left, arrow, right, *_ = line.split()
        objects = (f"{end.partition('.')[0]}.t" for end in (left, right))
        texts.append(f"mapping m{at}: {f' {arrow} '.join(objects)} {{\n  r: {line}\n}}")
    graph = graph_of(policy("\n".join([*texts, "order steps { b < c }"])))
    found = cast(graph, graph.edges)
    assert found is not None
    return found


def within(*lines: str, scope: str = "") -> Cast:
    """The scene of one mapping that has all the rules, and perhaps a scope."""
    rules = [f"  r{at}: {line}" for at, line in enumerate(lines)]
    head = [f"  scope {scope}"] if scope else []
    text = "\n".join(["mapping m: h.t <-> d.t {", *head, *rules, "}", "order steps { b < c }"])
    graph = graph_of(policy(text))
    found = cast(graph, graph.edges)
    assert found is not None
    return found
