"""The values that a rule can put into a property, as far as the policy names them."""

from __future__ import annotations

from syncdsl.check.known.creating import fills_blanks
from syncdsl.convert import MissingLibrary, Unusable, Value, convert, text
from syncdsl.policy import Rule
from syncdsl.situation import Side
from syncdsl.wiring import Conversion, becomes


def values_put(rule: Rule, side: Side) -> tuple[Value, ...] | None:
    """What a rule can write to this side, without blanks. None: that is up to the records."""
    values, default = rule.conversion(side).values, rule.wiring.default
    if rule.end(side.other) is not None and (values is None or values.otherwise == "copy"):
        return None
    try:
        found = tuple(_by_given(rule, side).values())
    except MissingLibrary:
        return None
    return found if default is None else (*found, default)


def put_by_given(rule: Rule, side: Side) -> dict[str | None, Value]:
    """
    What the policy itself says a rule can put there: by the given value, or by None for a constant
    and for all that a map does not name.
    """
    try:
        return _by_given(rule, side)
    except MissingLibrary:
        return {}


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


def _by_given(rule: Rule, side: Side) -> dict[str | None, Value]:
    """A value that the conversion refuses is not put. Raises MissingLibrary."""
    conversion = rule.conversion(side)
    if rule.end(side.other) is None:
        source = rule.wiring.left if side is Side.RIGHT else rule.wiring.right
        try:
            return {None: becomes(conversion, source.constant)}
        except Unusable:
            return {}
    found: dict[str | None, Value] = {}
    for given, value in _mapped(conversion).items():
        try:
            found[given] = convert(conversion.steps, value) if conversion.map_first else value
        except Unusable:
            continue
    return found


def _mapped(conversion: Conversion) -> dict[str | None, Value]:
    """What its value map names."""
    values = conversion.values
    if values is None:
        return {}
    named: dict[str | None, Value] = {}
    for entry in values.entries:
        named.setdefault(text(entry.given), entry.becomes)
    return {**named, None: values.fallback} if values.otherwise == "value" else named
