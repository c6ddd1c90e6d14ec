"""Conditions, conversions and promises in words, and what systems and records are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import assert_never

from syncdsl import policy
from syncdsl.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    IsBlank,
    IsIn,
    Negation,
    Operand,
)
from syncdsl.convert import Step, Value
from syncdsl.convert import text as value_text
from syncdsl.docs.escape import Markdown, code, fill, listed
from syncdsl.situation import Side

Systems = tuple[str, str]  # of the left and the right side

# Products whose names are not written as a word of our language would be.
_SPELLED = {
    "bigcommerce": "BigCommerce",
    "hubspot": "HubSpot",
    "mailchimp": "Mailchimp",
    "netsuite": "NetSuite",
    "quickbooks": "QuickBooks",
    "woocommerce": "WooCommerce",
}


def titles(names: Iterable[str]) -> dict[str, str]:
    """What systems are called in sentences; two that would be called alike keep their names."""
    known = list(dict.fromkeys(names))
    found = {name: _title(name) for name in known}
    count = Counter(found.values())
    return {name: title if count[title] == 1 else name for name, title in found.items()}


def _title(name: str) -> str:
    if not (name.isascii() and name.isalpha() and name.islower()):
        return name
    return _SPELLED.get(name) or (name.upper() if len(name) <= 3 else name.capitalize())


def noun(system: policy.System | None, object_name: str | None) -> str:
    """What a record is called: by the schema's label, without a schema a record."""
    schema = None if system is None else system.schema
    known = None if schema is None or object_name is None else schema.objects.get(object_name)
    label = None if known is None else known.label
    if not label:
        return "record"
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def property_words(found: policy.Property) -> Markdown:
    """A property as people see it, with its name."""
    label = None if found.facts is None else found.facts.label
    if not label or label.casefold() == found.name.casefold():
        return code(found.name)
    return fill("{label} {name}", label=label, name=code(found.name))


def value_words(value: Value) -> Markdown:
    return code(value_text(value) or "blank")


# ── conditions ───────────────────────────────────────────────────────────────────────────────────


def condition_words(condition: Condition, systems: Systems) -> Markdown:
    match condition:
        case AllOf():
            return _all_of(condition, systems)
        case AnyOf():
            return listed([condition_words(part, systems) for part in condition.parts], "or")
        case Negation():
            return _negation(condition, systems)
        case Compare():
            return _comparison(condition, systems)
        case IsIn():
            return _is_in(condition, systems, "is", "is one of")
        case IsBlank():
            return fill("{property} is blank", property=_operand(condition.operand, systems))
        case _:
            assert_never(condition)


def _all_of(condition: AllOf, systems: Systems) -> Markdown:
    parts = []
    for part in condition.parts:
        words = condition_words(part, systems)
        parts.append(fill("({words})", words=words) if isinstance(part, AnyOf) else words)
    return Markdown(" and ".join(parts))


def _negation(condition: Negation, systems: Systems) -> Markdown:
    part = condition.part
    if isinstance(part, IsBlank):
        return fill("{property} is not blank", property=_operand(part.operand, systems))
    if isinstance(part, IsIn):
        return _is_in(part, systems, "is not", "is none of")
    return fill("it is not so that ({words})", words=condition_words(part, systems))


def _comparison(condition: Compare, systems: Systems) -> Markdown:
    other = condition.value
    return fill(
        "{property} {comparison} {value}",
        property=_operand(condition.operand, systems),
        comparison=Markdown(_COMPARISONS.get(condition.comparison, condition.comparison)),
        value=_operand(other, systems) if isinstance(other, Operand) else value_words(other),
    )


_COMPARISONS = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}


def _is_in(condition: IsIn, systems: Systems, one: str, many: str) -> Markdown:
    values = [value_words(value) for value in condition.values]
    return fill(
        "{property} {words} {values}",
        property=_operand(condition.operand, systems),
        words=Markdown(one if len(values) == 1 else many),
        values=listed(values, "or") if values else Markdown("no value"),
    )


def _operand(operand: Operand, systems: Systems) -> Markdown:
    system = systems[0] if operand.side is Side.LEFT else systems[1]
    return code(f"{system}.{operand.name}")


# ── conversions ──────────────────────────────────────────────────────────────────────────────────


def steps_words(steps: Sequence[Step]) -> Markdown:
    return Markdown(", ".join(_step(step) for step in steps))


def _step(step: Step) -> Markdown:
    words = _STEPS.get(step.name)
    if words is None:
        return code(step.name)
    plain, with_argument = words
    if step.argument is None:
        return Markdown(plain)
    return fill(with_argument, argument=code(step.argument))


# Without an argument, and with one. A step that is new here is named as it is written.
_STEPS = {
    "trim": ("without white space around it",) * 2,
    "lower": ("in small letters",) * 2,
    "upper": ("in capitals",) * 2,
    "text": ("as a text", "as a text of at most {argument} characters"),
    "number": ("as a number",) * 2,
    "date": ("as a day", "as a day in {argument}"),
    "datetime": ("as a time", "as a time in {argument}"),
    "bool": ("as true or false",) * 2,
    "e164": ("as a telephone number", "as a telephone number of {argument}"),
    "split": ("split at `;`", "split at {argument}"),
    "join": ("joined with `;`", "joined with {argument}"),
    "negate": ("turned from true to false and from false to true",) * 2,
}


# ── promises ─────────────────────────────────────────────────────────────────────────────────────


def promise_words(promise: policy.Promise, called: dict[str, str]) -> Markdown:
    match promise:
        case policy.NeverOverwrite():
            return fill("{property} is never overwritten.", property=code(promise.property))
        case policy.NeverSend():
            return fill(
                "{property} never gets to {system}.",
                property=code(promise.property),
                system=called.get(promise.system, promise.system),
            )
        case policy.AlwaysConverge():
            return fill(
                "A second pass over {mapping} writes nothing, if nobody edits in between.",
                mapping=code(promise.mapping),
            )
        case policy.ChangeBudget():
            return fill(
                "In one pass, at most {percent}% of the pairs of {mapping} change.",
                percent=value_text(promise.percent),
                mapping=code(promise.mapping),
            )
        case policy.OverwriteBudget():
            return fill(
                "In one pass, {property} is overwritten at most {most} times.",
                property=code(promise.property),
                most=promise.most,
            )
        case _:
            assert_never(promise)
