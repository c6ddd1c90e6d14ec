"""What `explain` prints: a page, a group, or what a search finds; for people, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from syncdsl.report.json_form import in_lines, json_text
from syncdsl.report.page import Page
from syncdsl.report.table import aligned

VERSION = 1


def render(page: Page) -> str:
    """One page."""
    facts = [page.group]
    if page.severity is not None:
        facts += [page.severity.value, f"since {page.since}"]
    return f"{page.code} ({', '.join(facts)})\n\n{page.text}\n"


def render_list(pages: Sequence[Page]) -> str:
    """A line a page: its code, and the first sentence."""
    rows = [
        (page.code, page.group, page.severity.value if page.severity else "", page.summary)
        for page in pages
    ]
    return "\n".join([*aligned([("code", "group", "severity", "what it tells"), *rows]), ""])


def as_json(page: Page) -> str:
    """One page as an object."""
    parts = {
        "page": page.text,
        "why": page.why,
        "bad": page.example("Bad"),
        "good": page.example("Good"),
        "right_anyway": page.part("Right anyway"),
    }
    return json_text({"version": VERSION, **_facts(page), **parts}, indent=2) + "\n"


def list_as_json(pages: Sequence[Page]) -> str:
    """An object with what is known of each page but its text."""
    return in_lines(VERSION, "codes", [json_text(_facts(page)) for page in pages])


def _facts(page: Page) -> dict[str, Any]:
    return {
        "code": page.code,
        "group": page.group,
        "severity": page.severity and page.severity.value,
        "since": page.since,
        "certainty": page.certainty and page.certainty.value,
        "fixable": page.is_fixable,
        "summary": page.summary,
    }
