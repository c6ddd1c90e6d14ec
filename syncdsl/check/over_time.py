"""The findings that a history is for the rules that have it."""

from __future__ import annotations

from syncdsl.check.base import FORGETS, UNPROVEN, Check, described, in_scope, receiver_of
from syncdsl.check.story import over_time, story_with_values
from syncdsl.diagnostic import Certainty, Diagnostic
from syncdsl.flow.writing import never_made
from syncdsl.laws.law import Broken, Engine
from syncdsl.policy import Mapping, Rule


def about(check: Check, rule: Rule, mapping: Mapping, broken: Broken) -> Diagnostic | None:
    """The finding that a history is for one of the rules that have it."""
    assert check.law is not None
    row, side = broken.row, broken.side
    if check.only_for is not None and not check.only_for(rule, receiver_of(rule, row)):
        return None
    if broken.made in never_made(rule, mapping):
        return None
    demands = in_scope(rule, mapping, row)
    found = story_with_values(rule, row, demands)
    if found is None and demands and story_with_values(rule, row):
        return None  # it does not come about within the scope
    names = {"source": described(rule, side.other), "target": described(rule, side)}
    forgets = broken.engine is Engine.FORGETS
    remedies = (remedy(rule, row) for remedy in check.remedies)
    question = None if check.question is None else check.question.format_map(names)
    return check.finding(
        check.message.format_map(names),
        rule.label_span,
        rule=rule,
        row=row,
        told=over_time(rule, check.law, broken, found),
        notes=(FORGETS,) if forgets else (),
        fixes=tuple(fix for fix in remedies if fix is not None),
        certainty=Certainty.UNKNOWN if forgets else None,
        question=question or (None if found is not None else UNPROVEN),
    )
