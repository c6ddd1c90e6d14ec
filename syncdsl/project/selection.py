"""
Which findings are told, and how severe they are.

The configuration speaks first, then its parts for some paths, in their order; who speaks later
counts more. `--select` and `--ignore` stand in the place of the settings of the same name, and what
a part for some paths leaves out stays out. Of severities the command line has the last word.

In one place a code counts more than a group, and `ignore` more than `select` of the same kind. What
cannot be understood is told always.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

from syncdsl import faults
from syncdsl.check import CHECKS, GROUPS
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.project.choice import Choice, PathChoice
from syncdsl.project.codes import ALL_CODES

ALWAYS_TOLD = frozenset(faults.PAGES) - faults.CAN_BE_IGNORED

_USUAL = {check.code: check.severity for check in CHECKS}
_FROM_MILD = (Severity.INFO, Severity.WARNING, Severity.ERROR)


class Told(NamedTuple):
    """What is told in one file."""

    codes: frozenset[str]
    severity: dict[str, Severity]


class Selection(NamedTuple):
    """What the configuration and the command line say together."""

    line: Choice = Choice()
    base: Choice = Choice()
    per_path: tuple[PathChoice, ...] = ()
    not_suppressible: tuple[str, ...] = ()
    root: str = ""

    def told_in(self, path: str) -> Told:
        """What is told in a file; its path is as the user would write it."""
        if not self.per_path:
            return _told(self.line, self.base, ())
        inside = PurePath(os.path.relpath(path, self.root or None)).as_posix()
        return _told(
            self.line,
            self.base,
            tuple(each.choice for each in self.per_path if each.covers(inside)),
        )

    def applied(self, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings that are told, as severe as was said."""
        for each in found:
            told = self.told_in(each.span.source.path)
            if each.code not in told.codes:
                continue
            severity = told.severity.get(each.code)
            yield each if severity is None else _with(each, severity)

    def never_allowed(self) -> frozenset[str]:
        """The codes that no policy may allow."""
        return codes_of(self.not_suppressible)


EVERYTHING = Selection()


def codes_of(names: Collection[str]) -> frozenset[str]:
    """The codes of codes and groups."""
    grouped = (check.code for name in names for check in GROUPS.get(name, ()))
    return frozenset([*(name for name in names if name not in GROUPS), *grouped])


@lru_cache
def _told(line: Choice, base: Choice, per_path: tuple[Choice, ...]) -> Told:
    first = Choice(
        line.select or base.select,
        line.extend_select if line.select else (*base.extend_select, *line.extend_select),
        line.ignore or base.ignore,
    )
    codes = _chosen(first, frozenset(ALL_CODES))
    for each in per_path:
        codes = _chosen(each, codes)
    if per_path:
        codes &= _chosen(line, frozenset() if line.select else codes)
    severity: dict[str, str] = {}
    for each in (base, *per_path, line):
        severity |= _severities(each)
    off = {code for code, word in severity.items() if word == "off"}
    severe = {code: Severity(word) for code, word in severity.items() if word != "off"}
    return Told((codes - off) | ALWAYS_TOLD, severe)


def _chosen(choice: Choice, before: frozenset[str]) -> frozenset[str]:
    """The codes that a choice leaves; where it selects none, it takes from those before it."""
    named, ignored = ({name for name in names if name not in GROUPS} for names in _sides(choice))
    grouped, out = (codes_of(names) for names in _sides(choice))
    chosen = grouped if choice.select else before | grouped
    return frozenset((chosen - out) | (named - ignored))


def _sides(choice: Choice) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (*choice.select, *choice.extend_select), choice.ignore


def _severities(choice: Choice) -> dict[str, str]:
    """A code counts more than its group."""
    groups = [pair for pair in choice.severity if pair[0] in GROUPS]
    codes = [pair for pair in choice.severity if pair[0] not in GROUPS]
    of_groups = {check.code: word for name, word in groups for check in GROUPS[name]}
    return of_groups | dict(codes)


def _with(found: Diagnostic, severity: Severity) -> Diagnostic:
    """
    A finding as severe as was said. One that its check tells as something milder than usual, as
    where nobody knows the engine or the policy declares it, stays as mild.
    """
    usual = _USUAL.get(found.code, found.severity)
    if found.severity is not usual:
        severity = min(severity, found.severity, key=_FROM_MILD.index)
    return found if severity is found.severity else found._replace(severity=severity)
