"""
In no situation does this rule write anything.

Its events, its condition or its mapping leave it nothing to do. A rule that looks as if it kept a
property up to date, and does not, is worse than none: people rely on it.

Bad:

    source: hubspot -> dynamics when hubspot.source is blank

Good:

    source: hubspot -> dynamics on create only, when hubspot.lifecyclestage is not blank

Right anyway: never; to keep a rule for later, put a `#` before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.idle.condition_never_holds import why_never
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.flow.writing import never_made, writing_rows
from syncdsl.policy import Mapping, Rule
from syncdsl.semantics.table import table
from syncdsl.situation import Reason
from syncdsl.suggest import one_of

check = Check(__name__, Severity.WARNING, since="0.1")


@check.on_alike
def never_writes(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, policy = place
    if not writing_rows(rule.clauses, never_made(rule, mapping)) and (
        why_never(policy, mapping, rule) is None  # that is told as what it is
    ):
        yield check.finding(
            f"`{rule.name}` never writes anything",
            rule.label_span,
            rule=rule,
            notes=(_why(rule, mapping),),
        )


def _why(rule: Rule, mapping: Mapping) -> str:
    """The reason that settles most of the situations in which there would be something to do."""
    never = never_made(rule, mapping)
    made = {row.situation.made for row in table(rule.clauses) if row.outcome.side is not None}
    systems = [rule.system(side) for side in made if side is not None]
    if systems:
        return (
            "it writes only when a record is made, and the mapping says that none ever is made "
            f"in {one_of(systems)}"
        )
    reasons = Counter(
        row.outcome.reason
        for row in table(rule.clauses)
        if row.outcome.reason not in (Reason.AGREE, Reason.EVENTS)
        and row.situation.made not in never
    )
    most = max(reasons, key=lambda reason: reasons[reason], default=Reason.EVENTS)
    if most is Reason.UNCHANGED and rule.clauses.constant:
        return "a constant never changes, so an update never writes it"
    return f"in most situations nothing is written because {most.value}"
