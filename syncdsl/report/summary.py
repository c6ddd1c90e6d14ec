"""The counts that end a report."""

from __future__ import annotations

from typing import NamedTuple

from syncdsl.diagnostic import Certainty, Promises, Result, Severity


class Summary(NamedTuple):
    errors: int
    warnings: int
    infos: int
    allowed: int  # accepted in the policy itself, with a reason
    files: int
    rules: int
    depends_on_data: int  # of the errors, warnings and informations
    promises: Promises
    known: int  # left out: the baseline has them
    gone: int  # in the baseline, and nowhere else any more

    @property
    def is_clean(self) -> bool:
        """Nothing is wrong: informations alone are nothing wrong."""
        return not self.errors and not self.warnings


def summarize(result: Result) -> Summary:
    told = [each for each in result.found if each.allowed is None]
    counts = dict.fromkeys(Severity, 0)
    for each in told:
        counts[each.severity] += 1
    return Summary(
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        allowed=len(result.found) - len(told),
        files=result.files,
        rules=result.rules,
        depends_on_data=sum(each.certainty is Certainty.DATA for each in told),
        promises=result.promises,
        known=result.known,
        gone=result.gone,
    )


def counted(number: int, word: str, plural: str | None = None) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {plural or f'{word}s'}"
