"""
Rules write round and round, and what they write never comes to rest.

What one rule writes another one gives on, until it is back at the property from which it came, and
there it is another value than before. The sync is then never done: every pass changes records that
nobody has touched, their histories fill with it, and each change sets off whatever waits for one.
The rules may stand in different mappings, so that none of them shows it.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      active: hubspot.active -> dynamics.inactive as negate
    }
    mapping answers: dynamics.contact -> hubspot.contacts {
      active: dynamics.inactive -> hubspot.active
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      active: hubspot.active -> dynamics.inactive as negate
    }
    mapping answers: dynamics.contact -> hubspot.contacts {
      active: dynamics.inactive -> hubspot.active as negate
    }

Right anyway: never. Let one of the rules fill only what is blank, turn round in one what the other
turns, or make one two-way rule of them, which knows which side was edited.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.trace import full_name, rules_in, trace_story
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity
from syncdsl.flow.circles import Circle
from syncdsl.flow.graph import graph_of, rules_of
from syncdsl.flow.play import Trace
from syncdsl.flow.scene import MAX_RULES, Cast
from syncdsl.flow.trials import trials
from syncdsl.policy import AlwaysConverge, Policy, Rule
from syncdsl.suggest import one_of

check = Check(__name__, Severity.ERROR, since="0.2")

MAX_NAMED = 3  # rules in a message


@check.on_policy
def never_comes_to_rest(policy: Policy) -> Iterator[Diagnostic]:
    tried = trials(graph_of(policy))
    promised = {each.mapping for each in policy.promises if isinstance(each, AlwaysConverge)}
    for circle, cast, found in tried.made:
        if found.endless is None or any(edge.mapping.name in promised for edge in circle.edges):
            continue  # if a mapping is promised to come to rest, `promise-broken` tells it
        yield from _told(cast, found.endless)
    for circle in tried.too_large:
        yield from _too_large(circle)


def _told(tried: Cast, trace: Trace) -> Iterator[Diagnostic]:
    again = trace.again
    moving = list(dict.fromkeys(write.number for turn in again for write in turn.writes))
    if len(moving) < 2:
        return  # rules that write over each other in one place: `two-rules-write-one-property`
    rules = rules_in(tried, again)
    target = full_name(tried, moving[-1])
    if trace.is_live:
        message = f"{_named(rules)} never come to rest: `{target}` changes at every pass"
    else:
        message = (
            f"{_named(rules)} never come to rest: each time the sync is switched on again "
            f"`{target}` changes once more"
        )
    *others, last = rules
    yield check.finding(
        message,
        last.label_span,
        rule=last,
        told=trace_story(tried, trace),
        labels=tuple(Label(each.label_span, "this rule too") for each in others[:MAX_LABELS]),
        notes=("these passes were carried out in memory, nobody edits anything meanwhile",),
    )


def _named(rules: list[Rule]) -> str:
    if len(rules) > MAX_NAMED:
        return f"{len(rules)} rules, the last of them `{rules[-1].name}`,"
    return one_of([rule.name for rule in rules], last="and")


def _too_large(circle: Circle) -> Iterator[Diagnostic]:
    rules = rules_of(circle.edges)
    if len(rules) > MAX_RULES:
        yield check.finding(
            f"{len(rules)} rules give to each other in a circle, the last of which is "
            f"`{rules[-1].name}`: that is too many to find out by trying whether they settle",
            rules[-1].label_span,
            severity=Severity.INFO,
            certainty=Certainty.UNKNOWN,
            labels=tuple(Label(each.label_span, "one of them") for each in rules[:MAX_LABELS]),
        )
