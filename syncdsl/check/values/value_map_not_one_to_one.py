"""
Two lines of a value map give the same value, and only the first of them is ever read back.

A map is read from right to left too, by its `<->` and `<-` lines. Where two of these lines have the
same value on the right, the second one is never read, and what it names on the left comes back as
something else.

Bad:

    rating: hubspot.rating <-> dynamics.rating, ask, values rating

    values rating {
      hot  <-> 1
      warm <-> 1
      cold <-> 3
      otherwise reject
    }

Good:

    rating: hubspot.rating <-> dynamics.rating, ask, values rating

    values rating {
      hot  <-> 1
      warm  -> 1
      cold <-> 3
      otherwise reject
    }

Right anyway: never; a line that is not to be read back is written with `->`.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.convert import text
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.policy import Arrow, Line, Policy, ValueMap
from syncdsl.source import Span

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_policy
def comes_back_as_something_else(policy: Policy) -> Iterator[Diagnostic]:
    read_back: dict[Span, ValueMap] = {}
    for mapping in policy.mappings:
        for rule in mapping.rules:
            if rule.values is not None and rule.clauses.arrow is not Arrow.RIGHT:
                read_back[rule.values.span] = rule.values
    for values in read_back.values():
        first: dict[str, Line] = {}
        never: dict[str, list[Line]] = {}
        for line in values.lines:
            if line.arrow is Arrow.RIGHT:
                continue
            there = first.setdefault(text(line.right), line)
            if text(there.left) != text(line.left):
                never.setdefault(text(line.right), []).append(line)
        for right, lines in never.items():
            yield _told(right, first[right], lines)


def _told(right: str, first: Line, lines: list[Line]) -> Diagnostic:
    line, more = lines[0], len(lines) - MAX_LABELS
    back = f"`{right}` is read back as `{text(first.left)}`, never as `{text(line.left)}`"
    if line.arrow is Arrow.BOTH:
        back = f"`{text(line.left)}` becomes `{right}` and comes back as `{text(first.left)}`"
    return check.finding(
        back,
        line.span,
        labels=(
            Label(first.span, "this line is read"),
            *(Label(each.span, "nor is this one") for each in lines[1:MAX_LABELS]),
        ),
        notes=(
            f"from right to left the first line with `{right}` is read",
            *([f"{more} more lines have it too"] if more > 0 else []),
        ),
    )
