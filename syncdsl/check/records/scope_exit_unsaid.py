"""
A scope does not say what becomes of a pair that no longer fits.

A deal is won and leaves the pipeline that is synced. Does the sync go on with it? Here it stops, as
`leaving stops` says. Products disagree: HubSpot's data sync has a page on which the filter matters
at the first sync only, and another one on which a record that no longer fits is excluded. What is
not said, everybody reads as their product does.

Bad:

    mapping deals: hubspot.deals -> dynamics.opportunity {
      scope hubspot.pipeline = sales
      name: hubspot.dealname -> dynamics.name on create only
    }

Good:

    mapping deals: hubspot.deals -> dynamics.opportunity {
      scope hubspot.pipeline = sales, leaving stops
      name: hubspot.dealname -> dynamics.name on create only
    }

Right anyway: when pairs never leave the scope, as with a country that nobody changes. It costs two
words to say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity, Story
from syncdsl.laws.customs import customs_of
from syncdsl.laws.fate_words import tell
from syncdsl.laws.fates import Fate, breach_of
from syncdsl.policy import Mapping, Policy, Scope
from syncdsl.source import Span

check = Check(__name__, Severity.INFO, since="0.2")


@check.on_policy
def does_not_say(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        scope = mapping.scope
        if scope is None or scope.says_leaving:
            continue
        end = Span(scope.span.source, scope.span.end, scope.span.end)
        told = None if mapping.broken else _told(mapping, scope)
        yield check.finding(
            f"`{mapping.title}` does not say what becomes of a pair that leaves its scope: here it "
            "is no longer synced",
            scope.span,
            told=told,
            fixes=(
                Fix("say so", (Edit(end, ", leaving stops"),), safe=True),
                Fix("go on syncing it", (Edit(end, ", leaving keeps"),)),
            ),
        )


def _told(mapping: Mapping, scope: Scope) -> Story | None:
    """What the other reading would do."""
    kept = mapping._replace(scope=scope._replace(stops=False))
    broken = breach_of(customs_of(kept), Fate.OUTSIDE_IS_LEFT)
    if broken is None:
        return None
    story = tell(kept, broken)
    return story._replace(after=f"nothing is written; with `leaving keeps` {story.after}")
