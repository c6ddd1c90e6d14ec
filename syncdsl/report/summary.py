"""The counts that end a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from syncdsl.diagnostic import Diagnostic, Severity


class Summary(NamedTuple):
    errors: int
    warnings: int
    infos: int
    allowed: int  # accepted in the policy itself, with a reason
    files: int
    rules: int

    @property
    def is_clean(self) -> bool:
        """Nothing is wrong: informations alone are nothing wrong."""
        return not self.errors and not self.warnings


def summarize(found: Sequence[Diagnostic], files: int, rules: int) -> Summary:
    counts = dict.fromkeys(Severity, 0)
    for each in found:
        if each.allowed is None:
            counts[each.severity] += 1
    return Summary(
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        allowed=sum(each.allowed is not None for each in found),
        files=files,
        rules=rules,
    )


def counted(number: int, word: str, plural: str | None = None) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {plural or f'{word}s'}"
