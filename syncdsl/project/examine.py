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


def examine(understood: Understood, codes: frozenset[str], terms: Terms = ANY_TIME) -> Result:
    """All that is wrong with a policy, as far as these codes tell it, in the order of the files."""
    found = [*understood.diagnostics, *check.run(understood.policy)]
    promises = check.verdicts(understood.policy, found)
    # Of one file alone it cannot be told whether what is between files is rightly allowed in it.
    judged = codes if understood.whole else codes - check.BETWEEN_FILES
    found = check.suppress(found, understood.listed, judged, terms)
    asked = tuple(each for each in in_order(found) if each.code in codes)
    return Result(
        asked,
        understood.files,
        len(understood.policy.rules),
        promises=promises,
        period=check.period(understood.listed, terms),
    )
