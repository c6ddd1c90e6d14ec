"""What a finding says where nothing can be drawn: its message, and a line for each thing more."""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.diagnostic import Diagnostic
from syncdsl.report.text import shown


def in_lines(found: Diagnostic) -> str:
    """All of a finding; no line begins otherwise than here, whatever stands in a policy."""
    return "\n".join(map(shown, [found.message, *_details(found)]))


def _details(found: Diagnostic) -> Iterator[str]:
    if found.story is not None:
        several = len(found.story.steps) > 1
        for number, step in enumerate(found.story.steps, 1):
            head = "for example: " if number == 1 else ""
            yield f"{head}{f'{number}. ' if several else ''}{step}"
        yield f"→ {found.story.after}"
    yield from (f"note: {note}" for note in found.notes)
    if found.question is not None:
        yield f"question: {found.question}"
    yield from (f"fix: {fix.title}" for fix in found.fixes)
    yield f"{found.certainty.value}; more: syncdsl explain {found.code}"
