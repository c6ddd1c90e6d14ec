"""What somebody says about which findings are told, and how severe: names, not yet codes."""

from __future__ import annotations

import re
from typing import NamedTuple

SEVERITIES = ("error", "warning", "info", "off")


class Choice(NamedTuple):
    """What one place says: the command line, the configuration, or its part for some paths."""

    select: tuple[str, ...] = ()  # codes and groups; none: all
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        severe = (name for name, _ in self.severity)
        return (*self.select, *self.extend_select, *self.ignore, *severe)


class PathChoice(NamedTuple):
    """What the configuration says about some files."""

    glob: str  # from the folder of the configuration
    choice: Choice

    def covers(self, path: str) -> bool:
        return pattern(self.glob).fullmatch(path) is not None


def pattern(glob: str) -> re.Pattern[str]:
    """
    `*` is anything in a name, `**` any folders, `?` one character, all else itself. What matches a
    folder covers all that is in it.
    """
    parts = [part for part in glob.split("/") if part not in ("", ".")]
    inside = "".join("(?:[^/]+/)*" if part == "**" else f"{_name(part)}/" for part in parts[:-1])
    last = ".+" if not parts or parts[-1] == "**" else _name(parts[-1])
    return re.compile(f"{inside}{last}(?:/.*)?", re.DOTALL)


def _name(part: str) -> str:
    signs = {"*": "[^/]*", "?": "[^/]"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in part)
