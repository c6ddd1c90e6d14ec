"""
From files to findings: parse, resolve, check, and take the policy's own `# allow` into account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from syncdsl import check, schema
from syncdsl.check.suppression import ANY_TIME, Terms
from syncdsl.diagnostic import Diagnostic, Result, Severity, in_order
from syncdsl.policy import Policy
from syncdsl.project.files import Content, Reader, are_whole
from syncdsl.project.load import Project, load
from syncdsl.project.selection import EVERYTHING, Selection
from syncdsl.resolve import resolve
from syncdsl.syntax import tree


class Understood(NamedTuple):
    """What files say, and what in them says nothing."""

    policy: Policy
    diagnostics: list[Diagnostic]
    listed: list[tree.File]
    files: int  # with those that could not be read
    whole: bool  # no policy of their folders is left out

    @property
    def errors(self) -> list[Diagnostic]:
        errors = [each for each in self.diagnostics if each.severity is Severity.ERROR]
        return in_order(errors)


def understand(listed: Sequence[Content], reader: Reader) -> Understood:
    """The policy in these files."""
    return understood_from(load(listed, reader), listed, schema.SHIPPED)


def understood_from(
    project: Project, listed: Sequence[Content], shipped: Mapping[str, schema.System]
) -> Understood:
    """The policy of a project whose files were read from these."""
    policy, unresolved = resolve(project.units, shipped)
    diagnostics = [*project.diagnostics, *unresolved]
    return Understood(policy, diagnostics, project.listed, len(listed), are_whole(listed))


def examine(
    understood: Understood, selection: Selection = EVERYTHING, terms: Terms = ANY_TIME
) -> Result:
    """All that is wrong with a policy, as far as it is to be told, in the order of the files."""

    def judged(path: str) -> frozenset[str]:
        # Of one file alone nobody can tell whether what is between files is rightly allowed in it.
        codes = selection.told_in(path).codes
        return codes if understood.whole else codes - check.BETWEEN_FILES

    found = [*understood.diagnostics, *check.run(understood.policy)]
    promises = check.verdicts(understood.policy, found, understood.diagnostics)
    found = check.suppress(found, understood.listed, judged, terms)
    return Result(
        tuple(check.joined([*selection.applied(in_order(found))])),
        understood.files,
        len(understood.policy.rules),
        promises=promises,
        period=check.period(understood.listed, terms),
    )
