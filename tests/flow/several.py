"""Small policies of several mappings, and what is known of them."""

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
