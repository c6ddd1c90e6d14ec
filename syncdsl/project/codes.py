"""All codes that can be printed, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from syncdsl import faults
from syncdsl.check import CHECKS
from syncdsl.suggest import did_you_mean

ALL_CODES = (*(check.code for check in CHECKS), *faults.PAGES)


def selected(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes to be told: nothing selected is all. What cannot be understood is told always."""
    chosen = frozenset(select) or frozenset(ALL_CODES)
    must = frozenset(faults.PAGES) - faults.CAN_BE_IGNORED
    return (chosen - frozenset(ignore)) | must


def misnamed(select: Iterable[str], ignore: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The codes that cannot be selected or ignored, and why."""
    for code in dict.fromkeys([*select, *ignore]):
        if code not in ALL_CODES:
            yield code, no_such_code(code)
    for code in dict.fromkeys(ignore):
        if code in faults.PAGES and code not in faults.CAN_BE_IGNORED:
            yield code, f"`{code}` cannot be ignored: what is not understood cannot be checked"


def no_such_code(code: str) -> str:
    near = did_you_mean(code, ALL_CODES)
    meant = f"did you mean `{near}`?" if near else "`syncdsl explain` lists them all"
    return f"there is no code `{code}`; {meant}"
