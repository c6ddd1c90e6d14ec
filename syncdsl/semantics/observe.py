"""
From two records to a situation, and from an outcome to the values that are written.

`observe` reads a pair of records through the wiring of a rule and answers every question that the
rule's table asks, in the shape that the table has: a question that does not matter in this
situation is None. `effects` says what an outcome puts into the properties. Between the two stands
the table, and nothing else: this file knows values, and not what a clause makes of them.

Some settled points. Sides whose stages are the same agree, whatever their spelling. An element that
differs from another only by what the conversion evens out (`A` and `a` under `lower`) is the same.
A text stands for a list by the separator of the `join` that made it, as the text of a `list`
property by ";", else by its lines; what is added to it is added in the same form, and what is there
is left as it is, to the letter.

This file is also pasted into compiled modules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from syncdsl.condition import Record, evaluate
from syncdsl.convert import (
    STEPS,
    Unusable,
    Value,
    compare,
    is_blank,
    same,
    text,
    turned_round,
)
from syncdsl.situation import (
    Action,
    Changed,
    Content,
    Event,
    Newer,
    Outcome,
    Rank,
    Side,
    Sides,
    Situation,
    Written,
)
from syncdsl.wiring import Conversion, End, Wiring, becomes


class Questions(NamedTuple):
    """What a rule asks, as far as an observer has to know."""

    gives: tuple[bool, bool]  # does the left side give, does the right one?
    adds: bool = False  # `append` or `union`
    once: bool = False
    newest: bool = False  # `most recent wins`


class Moment(NamedTuple):
    """A pair of records when a sync looks at them. `left` and `right` are the rule's ends."""

    event: Event
    left: Record | None  # None: there is no such record
    right: Record | None
    left_before: Record | None = None  # after the last sync; None: nobody knows
    right_before: Record | None = None
    left_times: Mapping[str, Value] | None = None  # when each property was changed
    right_times: Mapping[str, Value] | None = None
    written: Written = Written.NO  # has this rule written this pair before?


class _Held(NamedTuple):
    """What one end holds, and what it would give to the other."""

    end: End
    out: Conversion
    raw: Value
    given: Value  # after the conversion
    usable: bool = True
    gives: bool = True
    adds: bool = False

    @property
    def content(self) -> Content:
        if not self.usable:
            return Content.UNUSABLE
        value = self.given if self.gives else self.raw
        if self.adds:  # a text of empty lines has no more in it than a blank
            return Content.VALUE if elements(value) else Content.BLANK
        return Content.BLANK if is_blank(value) else Content.VALUE


def observe(wiring: Wiring, asks: Questions, moment: Moment) -> Situation:
    """The situation of a rule at a moment."""
    left = _held(wiring.left, wiring.forward, moment.left, asks.gives[0], asks.adds)
    right = _held(wiring.right, wiring.backward, moment.right, asks.gives[1], asks.adds)
    guard = None
    if wiring.guard is not None:
        guard = evaluate(wiring.guard, moment.left, moment.right)
    if moment.event is Event.CREATE:
        made = Side.LEFT if moment.left is None else Side.RIGHT
        source, gives = (right, asks.gives[1]) if made is Side.LEFT else (left, asks.gives[0])
        rank = None
        if gives and source.content is Content.VALUE:
            rank = _rank(wiring, asks, left, right)
        return Situation(
            moment.event, made, left.content, right.content, None, None, guard=guard, rank=rank
        )
    agree = _agree(wiring, asks, left, right)
    contents = left.content, right.content
    lists = asks.adds and all(asks.gives) and contents == (Content.VALUE, Content.VALUE)
    return Situation(
        moment.event,
        None,
        *contents,
        agree,
        _changed(wiring, asks, moment),
        newer=_newer(wiring, moment) if asks.newest and not agree else None,
        guard=guard,
        rank=None if agree else _rank(wiring, asks, left, right),
        lacks=_lacks(left, right) if lists and not agree else None,
        written=moment.written if asks.once and not agree else None,
    )


class Effect(NamedTuple):
    """The new value of a property."""

    side: Side
    value: Value  # None: emptied


def effects(wiring: Wiring, asks: Questions, moment: Moment, outcome: Outcome) -> list[Effect]:
    """What an outcome puts into the properties."""
    if outcome.side is None:
        return []
    left = _held(wiring.left, wiring.forward, moment.left, asks.gives[0], asks.adds)
    right = _held(wiring.right, wiring.backward, moment.right, asks.gives[1], asks.adds)
    found = []
    for side in Side:
        if outcome.side is not Sides.BOTH and outcome.side.value != side.value:
            continue
        source, target = (right, left) if side is Side.LEFT else (left, right)
        if outcome.action is Action.CLEAR:
            value: Value = None
        elif outcome.action is Action.ADD:
            value = _added(target.raw, _missing(source, target), _separator(source, target))
        elif source.content is Content.BLANK:
            value = wiring.default
        else:
            value = _spelled(_offered(source, target) if asks.adds else source.given, target.end)
        found.append(Effect(side, value))
    return found


def elements(value: Value, separator: str | None = None) -> list[Value]:
    """The elements of a list, or of a text that stands for one; without a separator its lines."""
    if is_blank(value):
        return []
    if isinstance(value, list | tuple):
        return [element for element in value if not is_blank(element)]
    if not isinstance(value, str):
        return [value]
    parts = value.split(separator) if separator else re.split(r"\r\n|\r|\n", value)
    return [part for part in parts if part]


def _held(
    end: End, conversion: Conversion, record: Record | None, gives: bool, adds: bool
) -> _Held:
    if end.name is None:
        raw = end.constant
    else:
        raw = None if record is None else record.get(end.name)
    if not gives:
        return _Held(end, conversion, raw, None, gives=False, adds=adds)
    try:
        return _Held(end, conversion, raw, becomes(conversion, raw), adds=adds)
    except Unusable:
        return _Held(end, conversion, raw, None, usable=False)


def _agree(wiring: Wiring, asks: Questions, left: _Held, right: _Held) -> bool:
    contents = left.content, right.content
    if asks.adds:
        if Content.UNUSABLE in contents:
            return False
        if Content.BLANK in contents:
            return all(each.content is Content.BLANK for each in (left, right) if each.gives)
        adds_right = left.gives and _missing(left, right)
        adds_left = right.gives and _missing(right, left)
        return not adds_right and not adds_left
    if Content.BLANK in contents:
        return contents == (Content.BLANK, Content.BLANK)
    for source, target in ((left, right), (right, left)):
        if source.gives and source.usable:
            if same(_spelled(source.given, target.end), target.raw, target.end.kind):
                return True
    if all(asks.gives) and left.usable and right.usable and wiring.forward.values is None:
        # Both evened out, in the right end's terms: there and back, because a step such as
        # `negate` or `split` does not give both sides the same terms.
        try:
            if same(left.given, becomes(wiring.forward, right.given), wiring.right.kind):
                return True
        except Unusable:
            pass
    return _stages_agree(wiring, asks, left, right)


def _changed(wiring: Wiring, asks: Questions, moment: Moment) -> Changed:
    if moment.event is Event.INITIAL:
        return Changed.UNKNOWN
    left = _was_changed(wiring.left, moment.left, moment.left_before)
    right = _was_changed(wiring.right, moment.right, moment.right_before)
    if not all(asks.gives):  # nobody asks whether the receiving side was changed
        source, receiver = (left, right) if asks.gives[0] else (right, left)
        if source is not None and receiver is None and _source(wiring, asks).name is not None:
            left, right = (left, False) if asks.gives[0] else (False, right)
    if left is None or right is None:
        return Changed.UNKNOWN
    return {
        (False, False): Changed.NEITHER,
        (True, False): Changed.LEFT,
        (False, True): Changed.RIGHT,
        (True, True): Changed.BOTH,
    }[left, right]


def _source(wiring: Wiring, asks: Questions) -> End:
    return wiring.left if asks.gives[0] else wiring.right


def _was_changed(end: End, record: Record | None, before: Record | None) -> bool | None:
    if end.name is None:
        return False  # a constant never changes
    if before is None or end.name not in before:
        return None
    return not same((record or {}).get(end.name), before[end.name], end.kind)


def _newer(wiring: Wiring, moment: Moment) -> Newer:
    left = _time(wiring.left, moment.left_times)
    right = _time(wiring.right, moment.right_times)
    order = compare(left, right, "datetime")
    if order is None or order == 0:
        return Newer.UNKNOWN
    return Newer.LEFT if order > 0 else Newer.RIGHT


def _time(end: End, times: Mapping[str, Value] | None) -> Value:
    """A time of change in one form, None where it is no time."""
    value = None if times is None or end.name is None else times.get(end.name)
    try:
        return None if is_blank(value) else STEPS["datetime"].function(value, None)
    except Unusable:
        return None


# ── stages ───────────────────────────────────────────────────────────────────────────────────────


def _rank(wiring: Wiring, asks: Questions, left: _Held, right: _Held) -> Rank | None:
    if wiring.stages is None and wiring.sticky is None:
        return None
    ours, theirs = _stages(wiring, asks, left, right)
    if ours is None or theirs is None:
        return Rank.OUTSIDE
    return Rank.LATER if ours > theirs else Rank.EARLIER


def _stages_agree(wiring: Wiring, asks: Questions, left: _Held, right: _Held) -> bool:
    if wiring.stages is None and wiring.sticky is None:
        return False
    ours, theirs = _stages(wiring, asks, left, right)
    return ours is not None and ours == theirs


def _stages(
    wiring: Wiring, asks: Questions, left: _Held, right: _Held
) -> tuple[int | None, int | None]:
    """The stages of both sides, counted from 1; 0 for a blank, None outside the order."""
    compared = left if asks.gives[0] else right
    if not compared.usable:
        return None, None
    if asks.gives[0]:
        ours, theirs, kind = left.given, right.raw, wiring.right.kind
    else:
        ours, theirs, kind = left.raw, right.given, wiring.left.kind
    # What the conversion of its side makes blank is blank, whatever the value as it stands.
    return (
        0 if left.content is Content.BLANK else _stage(wiring, ours, kind),
        0 if right.content is Content.BLANK else _stage(wiring, theirs, kind),
    )


def _stage(wiring: Wiring, value: Value, kind: str | None) -> int | None:
    if wiring.sticky is not None:
        try:
            return 2 if STEPS["bool"].function(value, None) == wiring.sticky else 1
        except Unusable:
            return None
    for number, stage in enumerate(wiring.stages or (), 1):
        if same(value, stage, kind):
            return number
    return None


# ── lists ────────────────────────────────────────────────────────────────────────────────────────


def _lacks(left: _Held, right: _Held) -> Sides:
    left_lacks, right_lacks = bool(_missing(right, left)), bool(_missing(left, right))
    if left_lacks and right_lacks:
        return Sides.BOTH
    return Sides.LEFT if left_lacks else Sides.RIGHT


def _missing(source: _Held, target: _Held) -> list[Value]:
    """The elements that are given and not there already, each once."""
    separator = _separator(source, target)
    offered = elements(_offered(source, target), separator)
    if isinstance(target.raw, str):  # an element of several lines becomes several lines
        offered = [part for element in offered for part in elements(element, separator)]
    there = elements(target.raw, separator)
    for value in (target.raw, *there):
        there = [*there, *elements(_evened(source, target, value), separator)]
    missing: list[Value] = []
    for element in offered:
        if not any(same(element, other, None) for other in (*there, *missing)):
            missing.append(element)
    return missing


def _evened(source: _Held, target: _Held, value: Value) -> Value:
    """What is there, in the spelling that the conversion gives; None if it cannot take it."""
    back = target.out
    if not target.gives:
        if source.out.values is not None:
            return None  # a target does not go through the map that led to it
        back = Conversion(turned_round(source.out.steps))
    try:
        return becomes(source.out, becomes(back, value))
    except Unusable:
        return None


def _offered(source: _Held, target: _Held) -> Value:
    """What is given; as a list, where a text of it is not parted as one of the target's is."""
    parted_by = _parted_by(source.end, target.end)
    is_list = isinstance(source.raw, list | tuple)
    for name, argument in source.out.steps:
        if name == "join" and is_list:
            parted_by = str(argument or ";")
        is_list = name == "split" or (is_list and name != "join")
    if is_list or parted_by == _separator(source, target):
        return source.given
    return elements(source.given, parted_by)


def _separator(source: _Held, target: _Held) -> str | None:
    """What stands between the elements in a text of the target; None: each has a line."""
    for name, argument in reversed(source.out.steps):
        if name in ("join", "split"):
            return str(argument or ";") if name == "join" else _parted_by(target.end, source.end)
    return _parted_by(target.end, source.end)


def _parted_by(end: End, other: End) -> str | None:
    """The separator in the texts of an end as it stands; one of an unknown type is as the other."""
    return ";" if end.kind == "list" or (end.kind is None and other.kind == "list") else None


def _added(target: Value, missing: list[Value], separator: str | None) -> Value:
    if isinstance(target, list | tuple):
        return [*target, *missing]
    glue = separator or "\n"
    there = text(target)
    return there + ("" if there.endswith(glue) else glue) + glue.join(map(text, missing))


def _spelled(value: Value, end: End) -> Value:
    """A list that goes into a text has a line for each element."""
    if isinstance(value, list | tuple) and end.kind == "text":
        return "\n".join(map(text, elements(value)))
    return value
