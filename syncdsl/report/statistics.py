"""How many findings of each code there are, instead of the findings."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from syncdsl.diagnostic import Result, Severity
from syncdsl.report.json_form import VERSION, in_lines, json_text
from syncdsl.report.page import page_of
from syncdsl.report.summary import summarize
from syncdsl.report.table import aligned
from syncdsl.report.text import Paint, summary


class Count(NamedTuple):
    number: int
    code: str
    group: str
    severity: Severity


def counts(result: Result) -> list[Count]:
    """The most frequent first; of equal ones the one that comes first in the report."""
    told = [each for each in result.found if each.allowed is None]
    numbers = Counter((each.code, each.severity) for each in told)
    return [
        Count(number, code, _group(code), severity)
        for (code, severity), number in numbers.most_common()
    ]


def render(result: Result) -> str:
    """A line a code, the summary last."""
    found = counts(result)
    width = max(len("count"), *(len(str(each.number)) for each in found)) if found else 0
    heading = ("count".rjust(width), "code", "group", "severity")
    rows = [
        (str(each.number).rjust(width), each.code, each.group, each.severity.value)
        for each in found
    ]
    lines = [*aligned([heading, *rows]), ""] if found else []
    return "\n".join([*lines, summary(result, Paint(on=False))])


def as_json(result: Result) -> str:
    """One object; its parts are named as in `--format json`."""
    items = [json_text(_item(each)) for each in counts(result)]
    return in_lines(VERSION, "statistics", items, summary=summarize(result)._asdict())


def _item(each: Count) -> dict[str, Any]:
    return {
        "code": each.code,
        "group": each.group,
        "severity": each.severity.value,
        "count": each.number,
    }


def _group(code: str) -> str:
    page = page_of(code)
    return "" if page is None else page.group
