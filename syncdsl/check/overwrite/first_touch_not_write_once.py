"""
A property that says where somebody first came from changes when somebody comes again.

Reports of what brings customers rest on the first touch. It is true once, when the record is made;
every later value is another fact. This rule writes later values over it.

Bad:

    source: hubspot -> dynamics

Good:

    source: hubspot -> dynamics once

Right anyway: when the giving system itself keeps the first touch and corrects it. Say so:

    source: hubspot -> dynamics, owned by hubspot
"""

from __future__ import annotations

import re

from syncdsl.check.base import LATER_EVENTS, Check, overwritten, receiver_of, words
from syncdsl.diagnostic import Severity
from syncdsl.policy import Clauses, Kind, Rule
from syncdsl.situation import Event, Row

check = Check(__name__, Severity.WARNING, since="0.1")

# Whole names, as `words` gives them. The bare `source` of a contact is its first touch in every
# system that has one; `first_…` only with what a touch is, because of first names and first orders.
FIRST_TOUCH = re.compile(
    r"""
      source | lead_?source(_?code)? | (original|originating|acquisition|first)_source(_\w+)?
    | hs_analytics_source(_data_[12])?            # HubSpot: Original Traffic Source
    | hs_analytics_first_\w+                      # HubSpot: First Touch Converting Campaign …
    | hs_object_source(_\w+)?                     # HubSpot: Record source
    | first_(touch|conversion|referrer|campaign|page|visit|channel)(_\w+)?
    | utm_\w+_first | first_utm_\w+ | original_utm_\w+
    """,
    re.VERBOSE,
)
# A target that is named like this is meant to change.
LATEST = re.compile(r"(\w+_)?(latest|last|current|recent)(_\w+)?")


def keeps_a_first_touch(rule: Rule, row: Row) -> bool:
    receiver = receiver_of(rule, row)
    target, source = rule.end(receiver), rule.end(receiver.other)
    if target is None or LATEST.fullmatch(words(target.name)):
        return False
    ends = (end for end in (target, source) if end is not None)
    return any(FIRST_TOUCH.fullmatch(words(end.name)) for end in ends)


@check.on_rows(
    "a change of `{source}` overwrites `{target}`, which keeps the first touch",
    only_for=keeps_a_first_touch,
)
def overwrites_later(row: Row, clauses: Clauses) -> bool:
    receiver = overwritten(row)
    return (
        row.situation.event is Event.UPDATE
        and receiver is not None
        and row.situation.was_changed(receiver.other) is True
        and not clauses.mode.has_stages
        and clauses.owner is None  # what overwrites the owner is told as that
    )


check.leave_out("write only when the record is created", *LATER_EVENTS, two_way=False)
check.fix("write once, into a blank", "once", Kind.MODE)
check.fix("say that people edit only in {source}", "owned by {source}", Kind.OWNER, two_way=False)
