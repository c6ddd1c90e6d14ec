"""
Stories that have signs in the place of names.

Rules that are wired alike have the same story, but for the names in it. So it is written once, and
each rule puts its own names into it.
"""

from __future__ import annotations

from syncdsl.diagnostic import Story
from syncdsl.policy import Rule
from syncdsl.situation import Side

PROPERTY = {Side.LEFT: "\1", Side.RIGHT: "\2"}
SYSTEM = {Side.LEFT: "\3", Side.RIGHT: "\4"}


def named(rule: Rule, told: Story) -> Story:
    """A story with the names of a rule; an end that is a constant has its system's."""
    names = []
    for side in Side:
        end, system = rule.end(side), rule.system(side)
        names.append((PROPERTY[side], system if end is None else f"{end.system}.{end.name}"))
        names.append((SYSTEM[side], system))
    return Story(tuple([_with(names, step) for step in told.steps]), _with(names, told.after))


def _with(names: list[tuple[str, str]], words: str) -> str:
    for sign, name in names:
        words = words.replace(sign, name)
    return words
