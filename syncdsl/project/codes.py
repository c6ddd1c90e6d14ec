"""All codes that can be printed, and what is wrong with a name that is to be one."""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl import faults
from syncdsl.check import CHECKS, GROUPS
from syncdsl.project.choice import Choice
from syncdsl.suggest import did_you_mean

ALL_CODES = (*(check.code for check in CHECKS), *faults.PAGES)


def misnamed(choice: Choice) -> Iterator[tuple[str, str]]:
    """The names of a choice that do not do, and why."""
    for name in dict.fromkeys(choice.names):
        if name not in ALL_CODES and name not in GROUPS:
            yield name, no_such_name(name)
    for name in dict.fromkeys((*choice.ignore, *(name for name, _ in choice.severity))):
        if name in faults.PAGES and name not in faults.CAN_BE_IGNORED:
            what = "be ignored" if name in choice.ignore else "have another severity"
            yield name, f"`{name}` cannot {what}: what is not understood cannot be checked"


def no_such_name(name: str) -> str:
    near = nearest(name)
    meant = f"did you mean `{near}`?" if near else "`syncdsl explain` lists them all"
    return f"there is no code or group `{name}`; {meant}"


def nearest(name: str) -> str | None:
    """The code or the group that is spelled nearly like this."""
    return did_you_mean(name, (*ALL_CODES, *GROUPS))
