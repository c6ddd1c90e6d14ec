"""What the rules that depend on one rule do over time, with it: a part of its card."""

from __future__ import annotations

from typing import NamedTuple

from syncdsl.flow.exhaustive import MAX_STATES, TOO_MANY, Settling, settling
from syncdsl.flow.fragment import outside
from syncdsl.flow.graph import Graph, rules_of
from syncdsl.flow.groups import coupled_with
from syncdsl.flow.orders import Ends, ends
from syncdsl.flow.scene import MAX_RULES, Cast, cast
from syncdsl.laws.customs import customs_of
from syncdsl.laws.law import Engine
from syncdsl.policy import Rule


class Together(NamedTuple):
    """A rule with others, and all that can happen to one record of each object."""

    rules: tuple[Rule, ...]  # all of them, in the order of the source
    cast: Cast | None
    settling: Settling | None
    forgetful: Settling | None  # on an engine that does not remember what it synced last
    ends: Ends | None
    why: str | None  # nothing is known of them

    @property
    def mappings(self) -> int:
        return 0 if self.cast is None else len(self.cast.mappings)


def together(rule: Rule, graph: Graph) -> Together | None:
    """What a rule does with all that it depends on, or that depend on it; None: nothing does."""
    edges = coupled_with(rule, graph)
    rules = rules_of(edges)
    if len(rules) < 2:
        return None
    made = cast(graph, edges)
    if made is None:
        too_many = f"these are {len(rules)} rules, and at most {MAX_RULES} are looked at"
        return Together(rules, None, None, None, None, too_many)
    why = outside(made.scene)
    if why is not None:
        return Together(rules, made, None, None, None, why)
    makes = tuple(customs_of(mapping).makes for mapping in made.mappings)
    found = settling(made.scene, makes)
    forgetful = settling(made.scene, makes, Engine.FORGETS)
    proved = ends(made.scene, makes, MAX_STATES) if len(made.mappings) > 1 else None
    is_whole = found is not None and found.is_whole
    return Together(rules, made, found, forgetful, proved, None if is_whole else TOO_MANY)
