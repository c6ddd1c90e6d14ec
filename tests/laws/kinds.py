"""All kinds of mappings, by their customs, and a mapping with rules of each kind."""

from collections.abc import Iterator
from itertools import combinations

from syncdsl.laws.customs import Customs, Scope
from syncdsl.policy import Arrow, Mapping
from syncdsl.situation import Side
from tests.semantics.build import mapping

LEFT, RIGHT = Side
BOTH = tuple(Side)

# What a scope may say, by what it reads and by who can fit it alone.
SCOPES = {
    ((LEFT,), (LEFT,)): "crm.s = in",
    ((LEFT,), BOTH): "crm.s = in or crm.s is blank",
    ((RIGHT,), (RIGHT,)): "erp.s = in",
    ((RIGHT,), BOTH): "erp.s = in or erp.s is blank",
    (BOTH, ()): "crm.s = in and erp.s = in",
    (BOTH, BOTH): "(crm.s = in or crm.s is blank) and (erp.s = in or erp.s is blank)",
    (BOTH, (LEFT,)): "crm.s = in and (erp.s = in or erp.s is blank)",
}


def kinds() -> Iterator[Customs]:
    """All that there are, but for scopes, of which there is a sample."""
    for arrow in Arrow:
        sides = [side for side in Side if arrow.gives(side.other)]
        for makes in _some(sides):
            for matches in (True, False):
                for keyed in _some(makes) if matches else [()]:
                    for delete in ("ignored", "follows", "unlinks"):
                        for scope in _scopes():
                            yield Customs(arrow, delete, makes, matches, keyed, scope)


def as_mapping(customs: Customs) -> Mapping:
    """A mapping of this kind, with rules."""
    lines = [f"delete {customs.delete}"]
    if customs.matches:
        lines.append("match k = k")
    lines += [f"create in {_SYSTEMS[side]}" for side in customs.makes]
    if customs.scope is not None:
        condition = SCOPES[customs.scope.reads, customs.scope.alone]
        leaving = "stops" if customs.scope.stops else "keeps"
        lines.append(f"scope {condition}, leaving {leaving}")
    lines += [_copied("k", side) for side in customs.keyed]
    lines += [_copied("s", side) for side in customs.makes]
    lines.append(f"x: crm.x {customs.arrow.value} erp.x")
    return mapping(*lines, arrow=customs.arrow.value)


def _copied(name: str, made: Side) -> str:
    arrow = "->" if made is RIGHT else "<-"
    return f"{name}_{made.value}: crm.{name} {arrow} erp.{name} on create only"


_SYSTEMS = {LEFT: "crm", RIGHT: "erp"}


def _some(sides: list[Side] | tuple[Side, ...]) -> list[tuple[Side, ...]]:
    return [some for n in range(len(sides) + 1) for some in combinations(sides, n)]


def _scopes() -> Iterator[Scope | None]:
    yield None
    for reads, alone in SCOPES:
        for stops in (True, False):
            yield Scope(reads, alone, stops)
