"""
Which scenes are small enough, and plain enough, for all that can happen in them to be gone through.

In the fragment every value goes on as it is, and a pass looks at values only through three
questions: is it blank, is it one of those that the rules name (a constant, a default, a stage, what
a condition compares with), is it the same as another one. Outside of it are conversions and value
maps, lists, truths that stay, times of change, types whose values have several spellings, and
conditions that ask for more than equality.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import count

from syncdsl.condition import Compare, Condition, IsBlank, IsIn, Operand, reads
from syncdsl.convert import Value, is_blank, text
from syncdsl.filters.question import Leaf, leaves
from syncdsl.flow.scene import BareRule, Scene
from syncdsl.policy import Mode
from syncdsl.semantics.table import questions
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
    if not all(map(_asks_for_equality, _conditions(scene))):
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
    if questions(clauses).newest:
        return "times of change are not searched"
    if not all(end.kind in _TEXTS for end in (wiring.left, wiring.right)):
        return "values of a type are compared that have several spellings"
    return None


def _asks_for_equality(condition: Condition) -> bool:
    return all(map(_is_equality, leaves(condition)))


def _is_equality(leaf: Leaf) -> bool:
    match leaf:
        case IsBlank():
            return True
        case IsIn():
            return leaf.kind in _TEXTS
        case Compare():
            return leaf.kind in _TEXTS and leaf.comparison in ("=", "!=")


# ── which values ─────────────────────────────────────────────────────────────────────────────────


def stand_alone(scene: Scene) -> tuple[bool, ...]:
    """
    Which properties are only read by conditions, and compared with nothing but values. What they
    hold goes nowhere.
    """
    compared = {name for condition in _conditions(scene) for name in _compared(condition)}
    return tuple(is_asked and str(at) not in compared for at, is_asked in enumerate(scene.asked))


def named_values(scene: Scene) -> tuple[tuple[Value, ...], ...]:
    """
    Of each property, the values that rules and conditions speak of. Of one that stands alone these
    are its own, and one that stands for all others.
    """
    asked: dict[str, dict[str, Value]] = {}
    for condition in _conditions(scene):
        for operand, constants in reads(condition):
            known = {text(value): value for value in constants if not is_blank(value)}
            asked.setdefault(operand.name, {}).update(known)
    own = [asked.get(str(at), {}) for at in range(len(scene.values))]
    alone = stand_alone(scene)
    of_all = {text(value): value for value in _in_rules(scene) if not is_blank(value)}
    for known, is_alone in zip(own, alone, strict=True):
        of_all |= {} if is_alone else known
    return tuple(
        (*known.values(), _another(known)) if is_alone else tuple(of_all.values())
        for known, is_alone in zip(own, alone, strict=True)
    )


def _another(known: Container[str]) -> str:
    likely = (f"something else{'!' * more}" for more in count())
    return next(name for name in likely if name not in known)


def _conditions(scene: Scene) -> Iterator[Condition]:
    for mapping in scene.mappings:
        if mapping.scope is not None:
            yield mapping.scope[0]
        for rule in mapping.rules:
            if rule.wiring.guard is not None:
                yield rule.wiring.guard


def _in_rules(scene: Scene) -> Iterator[Value]:
    for mapping in scene.mappings:
        for rule in mapping.rules:
            wiring = rule.wiring
            yield from (wiring.default, wiring.left.constant, wiring.right.constant)
            yield from wiring.stages or ()


def _compared(condition: Condition) -> Iterator[str]:
    """The properties that are compared with another one."""
    for leaf in leaves(condition):
        match leaf:
            case Compare(operand, _, Operand() as other):
                yield from (operand.name, other.name)
            case Compare() | IsIn() | IsBlank():
                pass


def plain_values(scene: Scene, named: Sequence[Value], most: int) -> tuple[Value, ...]:
    """So many values that no rule speaks of; first those that look like what is there."""
    likely = (value for several in scene.values for value in several if isinstance(value, str))
    made_up = (f"value {number}" for number in range(1, most + len(named) + 1))
    taken = set(map(text, named))
    free = (value for value in (*likely, *made_up) if value not in taken)
    return tuple(dict.fromkeys(free))[:most]
