"""
Findings as JSON, to be kept from one run to the next.

Every span is an index into the list of sources and two offsets. What is read back is not believed:
whatever is not exactly as `to_json` writes it ends in a ValueError.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from syncdsl.diagnostic import (
    Certainty,
    Diagnostic,
    Edit,
    Fix,
    Label,
    Promises,
    Result,
    Severity,
    Story,
)
from syncdsl.situation import (
    Action,
    Changed,
    Content,
    Event,
    Newer,
    Outcome,
    Rank,
    Reason,
    Row,
    Side,
    Sides,
    Situation,
    Truth,
    Written,
)
from syncdsl.source import Source, Span

Made = TypeVar("Made")


def to_json(result: Result) -> dict[str, Any]:
    sources: dict[str, int] = {}

    def span(place: Span) -> list[int]:
        index = sources.setdefault(place.source.path, len(sources))
        return [index, place.start, place.end]

    found = [
        [
            each.code,
            each.severity.value,
            each.message,
            span(each.span),
            [[span(label.span), label.words] for label in each.labels],
            each.notes,
            each.rule,
            each.row and [_names(each.row.situation), _names(each.row.outcome)],
            each.story,
            [
                [fix.title, [[span(edit.span), edit.text] for edit in fix.edits], fix.safe]
                for fix in each.fixes
            ],
            each.allowed,
            each.certainty.value,
            each.question,
        ]
        for each in result.found
    ]
    return {
        "files": result.files,
        "rules": result.rules,
        "promises": result.promises,
        "period": result.period,
        "sources": list(sources),
        "found": found,
    }


def from_json(data: Any, source_of: Callable[[str], Source]) -> Result:
    """The findings again; `source_of` has the sources by their path."""
    try:
        return _Reading(data, source_of).result(data)
    except (TypeError, KeyError, IndexError, AttributeError) as problem:
        raise ValueError(f"this is no result: {problem!r}") from None


class _Reading:
    """The sources of one result, and how each part of it is taken apart."""

    def __init__(self, data: Any, source_of: Callable[[str], Source]) -> None:
        self.sources = [source_of(_text(path)) for path in _list(data["sources"])]

    def result(self, data: Any) -> Result:
        found = tuple(self.diagnostic(*_list(each)) for each in _list(data["found"]))
        return Result(
            found,
            files=_whole(data["files"]),
            rules=_whole(data["rules"]),
            promises=_promises(data["promises"]),
            period=_or_none(_period, data["period"]),
        )

    def diagnostic(
        self,
        code: Any,
        severity: Any,
        message: Any,
        span: Any,
        labels: Any,
        notes: Any,
        rule: Any,
        row: Any,
        story: Any,
        fixes: Any,
        allowed: Any,
        certainty: Any,
        question: Any,
    ) -> Diagnostic:
        return Diagnostic(
            _text(code),
            Severity(severity),
            _text(message),
            self.span(*_list(span)),
            tuple(Label(self.span(*place), _text(words)) for place, words in _list(labels)),
            tuple(_text(note) for note in _list(notes)),
            _or_none(_text, rule),
            _or_none(_row, row),
            _or_none(_story, story),
            tuple(self.fix(*fix) for fix in _list(fixes)),
            _or_none(_text, allowed),
            Certainty(certainty),
            _or_none(_text, question),
        )

    def fix(self, title: Any, edits: Any, safe: Any) -> Fix:
        if not isinstance(safe, bool):
            raise ValueError(safe)
        changes = tuple(Edit(self.span(*place), _text(text)) for place, text in _list(edits))
        return Fix(_text(title), changes, safe)

    def span(self, index: Any, start: Any, end: Any) -> Span:
        source = self.sources[_whole(index)]
        if not _whole(start) <= _whole(end) <= len(source.text):
            raise ValueError("this place is not in its file")
        return Span(source, start, end)


# The closed sets in which the answers of a row are found.
_SITUATION: dict[str, type[Enum]] = {
    "event": Event,
    "made": Side,
    "left": Content,
    "right": Content,
    "changed": Changed,
    "newer": Newer,
    "guard": Truth,
    "rank": Rank,
    "lacks": Sides,
    "written": Written,
}
_OUTCOME: dict[str, type[Enum]] = {"action": Action, "reason": Reason, "side": Sides}


def _names(answers: Situation | Outcome) -> list[str | bool | None]:
    return [answer.name if isinstance(answer, Enum) else answer for answer in answers]


def _row(data: Any) -> Row:
    situation, outcome = _list(data)
    return Row(
        Situation(*map(_answer, Situation._fields, _list(situation, len(Situation._fields)))),
        Outcome(*map(_answer, Outcome._fields, _list(outcome, len(Outcome._fields)))),
    )


def _answer(question: str, name: Any) -> Any:
    if name is None or (question == "agree" and isinstance(name, bool)):
        return name
    return (_SITUATION.get(question) or _OUTCOME[question])[name]


def _story(data: Any) -> Story:
    steps, after = _list(data)
    return Story(tuple(map(_text, _list(steps))), _text(after))


def _promises(data: Any) -> Promises:
    proved, broken, undecided, budgets = map(_whole, _list(data, len(Promises._fields))[:-1])
    return Promises(proved, broken, undecided, budgets, _or_none(_text, data[-1]))


def _period(data: Any) -> tuple[str, str]:
    first, last = _list(data)
    return _text(first), _text(last)


def _list(data: Any, length: int | None = None) -> list[Any]:
    if not isinstance(data, list) or len(data) != (len(data) if length is None else length):
        raise ValueError(f"{data!r} is no such list")
    return data


def _or_none(read: Callable[[Any], Made], data: Any) -> Made | None:
    return None if data is None else read(data)


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise ValueError(f"{data!r} is no text")
    return data


def _whole(data: Any) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or data < 0:
        raise ValueError(f"{data!r} is no whole number")
    return data
