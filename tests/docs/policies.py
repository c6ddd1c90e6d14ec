"""Policies for the tests of the documentation: from a text, and with many sets of clauses."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from syncdsl import schema
from syncdsl.policy import Policy
from syncdsl.resolve import Unit, resolve
from syncdsl.source import Source
from syncdsl.syntax.parse import parse

DECLARED = """
order stages { lead < customer }

values levels {
  lead     <-> 1
  customer <-> 2
}
"""
_EVENTS = ("create", "initial", "update", "reactivation")
_MODES = ("if blank", "once", "append", "union", "forward only in stages", "sticky")
_BLANKS = ("skip blanks", "clear blanks", "clear emptied")
_WINNERS = ("hubspot wins", "dynamics wins", "most recent wins", "ask")
_GUARDS = (
    "hubspot.a = 1",
    "dynamics.x is blank",
    "dynamics.x = 3",
    "hubspot.x is not blank",
    "hubspot.x = dynamics.x",
    "hubspot.x is not blank and dynamics.b = true",
)
_STEPS = ("trim", "number", "negate", "lower | text(3)")
_CREATES = ("", "create in dynamics never", "create in hubspot never")


def policy_of(text: str, schemas: Mapping[str, schema.System | None] | None = None) -> Policy:
    """The policy of a text that has no mistakes."""
    file, unread = parse(Source("test.sync", text))
    found, unresolved = resolve([Unit(file, True, {}, schemas or {})])
    problems = [each.message for each in (*unread, *unresolved)]
    assert not problems or all("invisible" in each for each in problems), problems
    return found


def many_policies(number: int, seed: int = 1) -> Iterator[Policy]:
    """Policies whose rules have all that can stand beside each other, drawn with a seed."""
    chance = random.Random(seed)
    for _ in range(number):
        lines = [_rule(chance, index) for index in range(30)]
        head = f"mapping pairs: hubspot.o <-> dynamics.p {{\n{chance.choice(_CREATES)}\n"
        yield policy_of(f"{DECLARED}\n{head}{''.join(lines)}}}\n")


def _rule(chance: random.Random, index: int) -> str:
    arrow = chance.choice(("->", "<-", "<->", "<->"))
    ends = ["hubspot.x", "dynamics.x"]
    if chance.random() < 0.3:
        ends.reverse()
    clauses = [*_clauses(chance, arrow)]
    if arrow == "->" and chance.random() < 0.2:
        ends[0] = '"lead"'
    else:
        clauses += _conversion(chance)
    return f"r{index}: {ends[0]} {arrow} {ends[1]} {', '.join(clauses)}\n"


def _clauses(chance: random.Random, arrow: str) -> Iterator[str]:
    if chance.random() < 0.4:
        events = " or ".join(chance.sample(_EVENTS, chance.choice((1, 1, 2, 3))))
        yield f"not on {events}" if chance.random() < 0.3 else f"on {events}"
    if chance.random() < 0.5:
        yield chance.choice(_MODES)
    elif chance.random() < 0.5:
        yield chance.choice(_BLANKS)
    elif arrow != "<->" and chance.random() < 0.3:
        yield "default lead"
    if arrow == "<->" and chance.random() < 0.7:
        yield chance.choice(_WINNERS)
    if chance.random() < 0.25:
        yield f"when {chance.choice(_GUARDS)}"


def _conversion(chance: random.Random) -> Iterator[str]:
    if chance.random() < 0.3:
        yield f"as {chance.choice(_STEPS)}"
    if chance.random() < 0.2:
        yield "values levels"
