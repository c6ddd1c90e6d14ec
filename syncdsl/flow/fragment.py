"""
Which scenes are small enough, and plain enough, for all that can happen in them to be gone through.

In the fragment every value goes on as it is, and a pass looks at values only through three
questions: is it blank, is it one of those that the rules name (a constant, a default, a stage, what
a condition compares with), is it the same as another one. Outside of it are conversions and value
maps, lists, truths that stay, times of change, types whose values have several spellings, and
conditions that ask for more than equality.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.condition import AllOf, AnyOf, Compare, Condition, IsBlank, IsIn, Negation, reads
from syncdsl.convert import Value, is_blank, text
from syncdsl.flow.scene import BareRule, Scene
from syncdsl.policy import Mode, Winner
from syncdsl.wiring import Conversion

MAX_MAPPINGS = 3
MAX_RULES = 4
MAX_PROPERTIES = 5


def outside(scene: Scene) -> str | None:
    """Why nothing can be proved of a scene, in words that follow "as"; None: it is in it."""
    rules = [rule for mapping in scene.mappings for rule in mapping.rules]
    for number, most, what in (
        (len(rules), MAX_RULES, "rules"),
        (len(scene.mappings), MAX_MAPPINGS, "mappings"),
        (len(scene.values), MAX_PROPERTIES, "properties"),
    ):
        if number > most:
            return f"these are {number} {what}, and at most {most} are searched"
    conditions = [mapping.scope[0] for mapping in scene.mappings if mapping.scope is not None]
    conditions += [rule.wiring.guard for rule in rules if rule.wiring.guard is not None]
    if not all(map(_asks_for_equality, conditions)):
        return "a condition asks for more than whether values are the same"
    return next((why for why in map(_not_plain, rules) if why is not None), None)


_TEXTS = (None, "text", "option", "reference")  # types whose values are the same if their texts are


def _not_plain(rule: BareRule) -> str | None:
    clauses, wiring = rule.clauses, rule.wiring
    named = (wiring.default, wiring.left.constant, wiring.right.constant)
    if not wiring.forward == wiring.backward == Conversion():
        return "a value is converted on its way"
    if clauses.mode.adds or any(isinstance(value, list | tuple) for value in named):
        return "lists are not searched"
    if clauses.mode is Mode.STICKY:
        return "`sticky` is not searched"
    if clauses.winner is Winner.NEWEST:
        return "times of change are not searched"
    if not all(end.kind in _TEXTS for end in (wiring.left, wiring.right)):
        return "values of a type are compared that have several spellings"
    return None


def _asks_for_equality(condition: Condition) -> bool:
    match condition:
        case AllOf() | AnyOf():
            return all(map(_asks_for_equality, condition.parts))
        case Negation():
            return _asks_for_equality(condition.part)
        case IsBlank():
            return True
        case IsIn():
            return condition.kind in _TEXTS
        case Compare():
            return condition.kind in _TEXTS and condition.comparison in ("=", "!=")


# ── which values ─────────────────────────────────────────────────────────────────────────────────


def named_values(scene: Scene) -> tuple[Value, ...]:
    """The values that rules and conditions speak of, each once."""
    known = {text(value): value for value in _named(scene) if not is_blank(value)}
    return tuple(known.values())


def _named(scene: Scene) -> Iterator[Value]:
    conditions = [mapping.scope[0] for mapping in scene.mappings if mapping.scope is not None]
    for mapping in scene.mappings:
        for rule in mapping.rules:
            wiring = rule.wiring
            yield from (wiring.default, wiring.left.constant, wiring.right.constant)
            yield from wiring.stages or ()
            if wiring.guard is not None:
                conditions.append(wiring.guard)
    for condition in conditions:
        for _, constants in reads(condition):
            yield from constants


def plain_values(scene: Scene, most: int) -> tuple[Value, ...]:
    """So many values that no rule speaks of; first those that look like what is there."""
    named = named_values(scene)
    likely = (value for several in scene.values for value in several if isinstance(value, str))
    made_up = (f"value {number}" for number in range(1, most + len(named) + 1))
    taken = set(map(text, named))
    free = (value for value in (*likely, *made_up) if value not in taken)
    return tuple(dict.fromkeys(free))[:most]
