"""The page of each code: of a check its docstring, of a fault what `faults` says."""

from __future__ import annotations

from syncdsl import faults
from syncdsl.check import CHECKS
from syncdsl.report.table import aligned


def page(code: str) -> str | None:
    """The page of a code, if there is such a code."""
    for check in CHECKS:
        if check.code == code:
            return f"{code} ({check.severity.value}, since {check.since})\n\n{check.page}\n"
    if code in faults.PAGES:
        return f"{code}\n\n{faults.PAGES[code].strip()}\n"
    return None


def every_page() -> str:
    """All codes, each with the first sentence of its page."""
    checks = [(check.code, check.severity.value, check.summary) for check in CHECKS]
    others = [(code, "", faults.summary(code)) for code in faults.PAGES]
    heading = ("code", "severity", "what it tells")
    return "\n".join([*aligned([heading, *checks, *others]), ""])
