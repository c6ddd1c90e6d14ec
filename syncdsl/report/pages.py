"""The page of each code: of a check its docstring, of a fault what `faults` says."""

from __future__ import annotations

from syncdsl import faults
from syncdsl.check import CHECKS
from syncdsl.report.table import aligned
from syncdsl.report.text import shown


def page(code: str) -> str | None:
    """The page of a code, if there is such a code."""
    for check in CHECKS:
        if check.code == code:
            head = f"{code} ({check.severity.value}, since {check.since})"
            return _laid_out(head, check.page)
    if code in faults.PAGES:
        return _laid_out(code, faults.PAGES[code])
    return None


def _laid_out(head: str, page: str) -> str:
    # One page has a character that cannot be seen; here it is to be seen.
    lines = [shown(line) for line in page.strip().splitlines()]
    return "\n".join([head, "", *lines, ""])


def every_page() -> str:
    """All codes, each with the first sentence of its page."""
    checks = [(check.code, check.severity.value, check.summary) for check in CHECKS]
    others = [(code, "", faults.summary(code)) for code in faults.PAGES]
    heading = ("code", "severity", "what it tells")
    return "\n".join([*aligned([heading, *checks, *others]), ""])
