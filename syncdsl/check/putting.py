"""The values that a rule can put into a property, as far as the policy names them all."""

from __future__ import annotations

from syncdsl.check.creating import fills_blanks
from syncdsl.convert import MissingLibrary, Unusable, Value, convert
from syncdsl.policy import Rule
from syncdsl.situation import Side
from syncdsl.wiring import Conversion, becomes


def values_put(rule: Rule, side: Side) -> tuple[Value, ...] | None:
    """What a rule can write to this side, without blanks. None: that is up to the records."""
    wiring = rule.wiring
    source = wiring.right if side is Side.LEFT else wiring.left
    conversion = rule.conversion(side)
    found: list[Value]
    if source.name is None:
        try:
            found = [becomes(conversion, source.constant)]
        except Unusable:
            found = []
        except MissingLibrary:
            return None
    elif conversion.values is None or conversion.values.otherwise == "copy":
        return None
    else:
        found = [*_mapped(conversion)]
    return tuple(found) if wiring.default is None else (*found, wiring.default)


def values_on_create(rules: list[Rule], side_of: dict[int, Side]) -> tuple[Value, ...] | None:
    """What a property of a new record can hold, a blank among it. None: up to the records."""
    found: list[Value] = []
    always = False
    for rule in rules:
        side = side_of[id(rule)]
        values = values_put(rule, side)
        if values is None:
            return None
        found += values
        always = always or (rule.wiring.guard is None and fills_blanks(rule.clauses, side))
    return (*found, *(() if always else (None,)))


def _mapped(conversion: Conversion) -> list[Value]:
    values = conversion.values
    assert values is not None
    given = [entry.becomes for entry in values.entries]
    given += [values.fallback] if values.otherwise == "value" else []
    found = []
    for each in given:
        try:
            found.append(convert(conversion.steps, each) if conversion.map_first else each)
        except Unusable:
            continue
    return found
