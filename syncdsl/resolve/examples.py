"""`test` blocks: which mapping they are about, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from syncdsl import policy
from syncdsl.convert import Value
from syncdsl.diagnostic import Label
from syncdsl.resolve.names import Names
from syncdsl.situation import Event, Side
from syncdsl.source import Span
from syncdsl.suggest import hint, one_of
from syncdsl.syntax import tree

Line = TypeVar("Line", bound=tree.TestLine)


def example(names: Names, item: tree.Test, here: Sequence[policy.Mapping]) -> policy.Example | None:
    """The example, or None if it is not clear what it is about; that was told then."""
    if item.text is None or any(isinstance(line, tree.Broken) for line in item.lines):
        return None
    mapping = _mapping(names, item, here)
    event = _event(names, item)
    if mapping is None or event is None:
        return None
    systems = mapping.left[0], mapping.right[0]
    given: dict[Side, policy.Fields | None] = {}
    before: dict[Side, policy.Fields | None] = {}
    for line in _lines(item, tree.Given):
        side = names.one_of_systems(line.system, systems, "the system of this record")
        if side is not None:
            _tell_twice(names, line, side in given)
            given[side] = None if line.record is None else fields(line.record)
    for before_line in _lines(item, tree.Before):
        side = names.one_of_systems(before_line.system, systems, "the system of this record")
        if side is not None:
            _tell_twice(names, before_line, side in before)
            before[side] = fields(before_line.record)
    _tell_missing(names, item, mapping, given, event)
    newer = _lines(item, tree.NewerLine)
    return policy.Example(
        text=str(item.text.value),
        mapping=mapping,
        event=event,
        left=given.get(Side.LEFT),
        right=given.get(Side.RIGHT),
        left_before=before.get(Side.LEFT),
        right_before=before.get(Side.RIGHT),
        newer=names.one_of_systems(newer[0].system, systems, "the newer side") if newer else None,
        written=_labels(names, [line.label for line in _lines(item, tree.WrittenLine)], mapping),
        linked=not _lines(item, tree.Unlinked),
        expected=_expected(names, item, systems),
        decisions=tuple(
            (line.decision, label)
            for line in _lines(item, tree.ExpectDecision)
            for label in _labels(names, [line.label], mapping)
        ),
        span=item.text.span,
        named=tuple(_named(item, systems)),
    )


def _named(item: tree.Test, systems: tuple[str, str]) -> Iterator[tuple[Side, str, Span]]:
    for line in item.lines:
        if not isinstance(line, tree.Given | tree.Before | tree.Expect) or line.record is None:
            continue
        if line.system.text in systems:
            side = Side.LEFT if line.system.text == systems[0] else Side.RIGHT
            for field in line.record.fields:
                yield side, field.name.text, field.name.span


def fields(record: tree.Record) -> policy.Fields:
    return tuple((field.name.text, _value(field.value)) for field in record.fields)


def _value(given: tree.Constant | tree.List | None) -> Value:
    if isinstance(given, tree.List):
        return tuple(constant.value for constant in given.values)
    return None if given is None else given.value


def _lines(item: tree.Test, kind: type[Line]) -> list[Line]:
    return [line for line in item.lines if isinstance(line, kind)]


def _mapping(
    names: Names, item: tree.Test, here: Sequence[policy.Mapping]
) -> policy.Mapping | None:
    if item.mapping is not None:
        return names.mapping(item.mapping)
    named = {
        line.system.text
        for line in item.lines
        if isinstance(line, tree.Given | tree.Before | tree.Expect)
    }
    fitting = [mapping for mapping in here if named <= {mapping.left[0], mapping.right[0]}]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        titles = one_of([mapping.title for mapping in fitting], last="and")
        message = f"this test fits {titles}; say which one after its text: `in …`"
    else:
        message = "no mapping of this file is between the systems of this test"
    names.tell("unclear-test", message, item.head)
    return None


def _event(names: Names, item: tree.Test) -> Event | None:
    lines = _lines(item, tree.TestOn)
    known = [event.value for event in Event]
    if not lines:
        events = one_of(known)
        names.tell("unclear-test", f"this test does not say on which event: {events}", item.head)
        return None
    _tell_twice(names, lines[-1], len(lines) > 1)
    word = lines[0].event
    if word.text not in known:
        near = hint(word.text, known, "event")
        names.tell("unknown-name", f"there is no event `{word.text}`; {near}", word.span)
        return None
    return Event(word.text)


def _tell_twice(names: Names, line: tree.TestLine, there: bool) -> None:
    if there:
        names.tell("unclear-test", "this is said twice in one test", line.span)


def _tell_missing(
    names: Names,
    item: tree.Test,
    mapping: policy.Mapping,
    given: dict[Side, policy.Fields | None],
    event: Event,
) -> None:
    there = [side for side in Side if given.get(side) is not None]
    if not _lines(item, tree.Expect) and not _lines(item, tree.ExpectDecision):
        names.tell("unclear-test", "this test expects nothing", item.head)
    if event is Event.CREATE and len(there) == 2:
        names.tell(
            "unclear-test",
            "on `create` one of the two records does not exist yet; say `given SYSTEM none`",
            item.head,
        )
    if event is not Event.CREATE and len(there) < 2:
        missing = [mapping.end(side)[0] for side in Side if side not in there]
        systems = one_of(missing, last="and")
        names.tell(
            "unclear-test",
            f"on `{event.value}` both records exist; this test gives none of {systems}",
            item.head,
        )


def _expected(
    names: Names, item: tree.Test, systems: tuple[str, str]
) -> tuple[tuple[Side, policy.Fields], ...]:
    found = []
    for line in _lines(item, tree.Expect):
        side = names.one_of_systems(line.system, systems, "the system of this record")
        if side is not None:
            found.append((side, fields(line.record)))
    return tuple(found)


def _labels(names: Names, labels: list[tree.Name], mapping: policy.Mapping) -> tuple[str, ...]:
    known = [rule.label for rule in mapping.rules]
    found = []
    for label in labels:
        if label.text in known:
            found.append(label.text)
        elif label.text in names.unread:
            names.mistakes += 1  # its rule was told
        else:
            near = hint(label.text, known, "rule")
            names.tell("unknown-name", f"there is no rule `{label.text}`; {near}", label.span)
    return tuple(found)


__all__ = ["Label", "example", "fields"]
