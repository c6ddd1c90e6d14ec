"""
The policy and its decision tables as one JSON object, whose form is in
docs/reference/compiled-rules.schema.json.

A table has every situation that the rules with these clauses can be in. A question that a rule does
not ask in a situation is left out of it. Numbers have all the digits that the policy gives them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from typing import assert_never

from syncdsl import policy, wiring
from syncdsl.condition import AllOf, AnyOf, Condition, IsBlank, IsIn, Negation, Operand
from syncdsl.convert import Step
from syncdsl.policy import Clauses
from syncdsl.semantics.table import table
from syncdsl.situation import Outcome, Reason, Row, Side, Situation
from syncdsl.source import Span

VERSION = 1
WIDTH = 100


Json = object  # a dict, a list, a text, a number, a truth, or None
_Object = dict[str, Json]


class _Line(_Object):
    """An object of plain words that stands in one line, however long that is."""


def to_json(policy: policy.Policy) -> str:
    """The whole text. It depends on the policy alone, not on the day or the machine."""
    tables: dict[Clauses, int] = {}
    mappings = [_mapping(mapping, tables) for mapping in policy.mappings]  # it fills `tables`
    found: _Object = {
        "version": VERSION,
        "systems": [_system(system) for system in policy.systems],
        "mappings": mappings,
        "tables": [[_row(row) for row in table(clauses)] for clauses in tables],
        "reasons": {_reason(reason): reason.value for reason in Reason},
        "values": [_value_map(values) for values in policy.values],
        "orders": [_order(order) for order in policy.orders],
        "promises": [_promise(promise) for promise in policy.promises],
        "tests": [_example(example) for example in policy.examples],
    }
    return "".join(_laid_out(found, 0)) + "\n"


# ── mappings and rules ───────────────────────────────────────────────────────────────────────────


def _system(system: policy.System) -> _Object:
    return {"name": system.name, "kind": system.kind, "declared": system.declared}


def _mapping(mapping: policy.Mapping, tables: dict[Clauses, int]) -> _Object:
    return {
        "name": mapping.name,
        "title": mapping.title,
        **_place(mapping.span),
        "doc": mapping.doc,
        "left": {"system": mapping.left[0], "object": mapping.left[1]},
        "right": {"system": mapping.right[0], "object": mapping.right[1]},
        "arrow": mapping.arrow.value,
        "via": mapping.via,
        "match": [_key(key) for key in mapping.match],
        "create": [_create(line) for line in mapping.creates],
        "delete": mapping.delete,
        "scope": mapping.scope and _scope(mapping.scope),
        "rules": [_rule(rule, tables) for rule in mapping.rules],
    }


def _key(key: policy.Key) -> _Object:
    return {"left": key.left.name, "right": key.right.name, "steps": _steps(key.steps)}


def _create(line: policy.Create) -> _Object:
    return {
        "in": line.side.value,
        "never": line.never,
        "text": line.text,
        "condition": line.condition and _condition(line.condition),
    }


def _scope(scope: policy.Scope) -> _Object:
    leaving = "stops" if scope.stops else "keeps"
    return {"text": scope.text, "condition": _condition(scope.condition), "leaving": leaving}


def _rule(rule: policy.Rule, tables: dict[Clauses, int]) -> _Object:
    clauses = rule.clauses._replace(owner=None)  # it changes nothing in what happens
    return {
        "label": rule.label,
        "line": rule.span.line,
        "doc": rule.doc,
        "left": _end(rule, Side.LEFT),
        "arrow": rule.clauses.arrow.value,
        "right": _end(rule, Side.RIGHT),
        "flipped": rule.flipped,
        "clauses": [
            {"kind": each.kind.value, "text": each.text, "usual": each.usual}
            for each in rule.written
        ],
        **_settings(rule),
        "wiring": _wiring(rule.wiring),
        "table": tables.setdefault(clauses, len(tables)),
    }


def _end(rule: policy.Rule, side: Side) -> _Object:
    end = rule.end(side)
    if end is None:
        ours = rule.wiring.left if side is Side.LEFT else rule.wiring.right
        return {"system": rule.system(side), "constant": ours.constant}
    kind = None if end.facts is None or end.facts.type is None else end.facts.type.value
    return {"system": end.system, "object": end.object, "property": end.name, "type": kind}


def _settings(rule: policy.Rule) -> _Object:
    """What the clauses come to, with what holds where there is none."""
    clauses = rule.clauses
    return {
        "events": [event.value for event in clauses.events],
        "mode": clauses.mode.value,
        "blanks": clauses.blanks.value,
        "winner": clauses.winner and clauses.winner.value,
        "owner": clauses.owner and clauses.owner.value,
        "values": rule.values and rule.values.name,
        "order": rule.order and rule.order.name,
    }


def _wiring(given: wiring.Wiring) -> _Object:
    return {
        "forward": _conversion(given.forward),
        "backward": _conversion(given.backward),
        "stages": None if given.stages is None else list(given.stages),
        "sticky": given.sticky,
        "default": given.default,
        "guard": given.guard and _condition(given.guard),
    }


def _conversion(conversion: wiring.Conversion) -> _Object:
    values = conversion.values
    return {
        "steps": _steps(conversion.steps),
        "values": None
        if values is None
        else {
            "entries": [{"given": each.given, "becomes": each.becomes} for each in values.entries],
            **_otherwise(values),
        },
        "map_first": conversion.map_first,
    }


def _steps(steps: Iterable[Step]) -> list[_Object]:
    return [{"step": step.name, "argument": step.argument} for step in steps]


def _otherwise(values: wiring.ValueMap | policy.ValueMap) -> _Object:
    fallback: _Object = {"fallback": values.fallback} if values.otherwise == "value" else {}
    return {"otherwise": values.otherwise, **fallback}


def _condition(condition: Condition) -> _Object:
    match condition:
        case AllOf():
            return {"all": [_condition(part) for part in condition.parts]}
        case AnyOf():
            return {"any": [_condition(part) for part in condition.parts]}
        case Negation():
            return {"not": _condition(condition.part)}
        case IsBlank():
            return {**_operand(condition.operand), "blank": True}
        case IsIn():
            values = list(condition.values)
            return {**_operand(condition.operand), "in": values, "as": condition.kind}
        case _:
            operand, comparison, value, kind = condition
            other = _operand(value) if isinstance(value, Operand) else {"value": value}
            return {**_operand(operand), "compare": comparison, "with": other, "as": kind}


def _operand(operand: Operand) -> _Object:
    return {"side": operand.side.value, "property": operand.name}


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def _row(row: Row) -> _Object:
    return _Line(situation=_situation(row.situation), outcome=_outcome(row.outcome))


def _situation(situation: Situation) -> _Object:
    answers = situation._asdict().items()
    return {question: _word(answer) for question, answer in answers if answer is not None}


def _outcome(outcome: Outcome) -> _Object:
    side = None if outcome.side is None else outcome.side.value
    return {"action": outcome.action.value, "side": side, "reason": _reason(outcome.reason)}


def _reason(reason: Reason) -> str:
    return reason.name.lower().replace("_", "-")


def _word(answer: Enum | bool) -> Json:
    return answer.value if isinstance(answer, Enum) else answer


# ── the rest of the policy ───────────────────────────────────────────────────────────────────────


def _value_map(values: policy.ValueMap) -> _Object:
    return {
        "name": values.name,
        **_place(values.span),
        "doc": values.doc,
        "lines": [
            {"left": line.left, "arrow": line.arrow.value, "right": line.right}
            for line in values.lines
        ],
        **_otherwise(values),
    }


def _order(order: policy.Order) -> _Object:
    place = _place(order.span)
    return {"name": order.name, **place, "doc": order.doc, "stages": list(order.stages)}


def _promise(promise: policy.Promise) -> _Object:
    place = _place(promise.span)
    match promise:
        case policy.NeverOverwrite():
            return {"never": "overwrite", **_property(promise.property), **place}
        case policy.NeverSend():
            return {"never": "send", **_property(promise.property), "to": promise.system, **place}
        case policy.AlwaysConverge():
            return {"always": "converge", "mapping": promise.mapping, **place}
        case policy.ChangeBudget():
            percent = promise.percent
            return {"at_most": percent, "percent_of": promise.mapping, **place}
        case policy.OverwriteBudget():
            return {"at_most": promise.most, "overwrites_of": _property(promise.property), **place}
    assert_never(promise)


def _property(end: policy.Property) -> _Object:
    return {"system": end.system, "object": end.object, "property": end.name}


def _example(example: policy.Example) -> _Object:
    return {
        "text": example.text,
        **_place(example.span),
        "mapping": example.mapping.title,
        "event": example.event.value,
        "left": _fields(example.left),
        "right": _fields(example.right),
        "before": {"left": _fields(example.left_before), "right": _fields(example.right_before)},
        "newer": example.newer and example.newer.value,
        "written": list(example.written),
        "linked": example.linked,
        "expect": [
            {"side": side.value, "record": _fields(fields)} for side, fields in example.expected
        ],
        "decisions": [
            {"decision": decision, "rule": label} for decision, label in example.decisions
        ],
    }


def _fields(fields: policy.Fields | None) -> _Object | None:
    return None if fields is None else dict(fields)


def _place(span: Span) -> _Object:
    return {"path": span.source.path, "line": span.line}


# ── layout ───────────────────────────────────────────────────────────────────────────────────────


def _laid_out(value: Json, indent: int) -> Iterator[str]:
    """What fits into a line stands in one."""
    flat = json.dumps(value) if isinstance(value, _Line) else _flat(value, WIDTH - indent)
    if flat is not None:
        yield flat
        return
    inside = "\n" + " " * (indent + 2)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    for number, (before, each) in enumerate(_items(value)):
        yield f"{',' if number else opening}{inside}{before}"
        yield from _laid_out(each, indent + 2)
    yield "\n" + " " * indent + closing


def _flat(value: Json, room: int) -> str | None:
    """The value in one line; None if it is one of several values and there is no room for it."""
    if not isinstance(value, dict | list):
        return _leaf(value)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    written = []
    for before, each in _items(value):
        flat = _flat(each, room)
        if flat is None:
            return None
        written.append(before + flat)
        room -= len(written[-1]) + len(", ")
        if room < 0:
            return None
    return opening + ", ".join(written) + closing


def _items(value: Json) -> Iterable[tuple[str, Json]]:
    if isinstance(value, dict):
        return ((f"{_text(key)}: ", each) for key, each in value.items())
    assert isinstance(value, list)
    return (("", each) for each in value)


def _leaf(value: Json) -> str:
    match value:
        case str():
            return _text(value)
        case Decimal():
            return format(value, "f")
        case _:
            return json.dumps(value, allow_nan=False)


def _text(text: str) -> str:
    """With all letters as they are, and without characters that cannot be seen."""
    written = json.dumps(text, ensure_ascii=False)
    if written.isprintable():
        return written
    return "".join(
        letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in written
    )
