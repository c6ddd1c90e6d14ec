"""
A value that is edited comes back as another one, changed by the rules that gave it on.

What one rule writes another one gives back to where it came from. If the two do not undo each
other, the edit is rewritten by the sync itself a pass later: a day is moved, a choice becomes its
neighbour. Who made the edit sees it vanish, and nobody has made the one that stands there instead.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      rating: hubspot.rating -> dynamics.rating, values to_dynamics, owned by hubspot
    }
    mapping answers: dynamics.contact -> hubspot.contacts {
      rating: dynamics.rating -> hubspot.rating, values from_dynamics
    }

    values to_dynamics {
      hot  -> 1
      warm -> 1
      cold -> 3
      otherwise reject
    }

    values from_dynamics {
      1 -> hot
      3 -> cold
      otherwise reject
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      rating: hubspot.rating -> dynamics.rating, values to_dynamics, owned by hubspot
    }
    mapping answers: dynamics.contact -> hubspot.contacts {
      rating: dynamics.rating -> hubspot.rating if blank, values from_dynamics
    }

    values to_dynamics {
      hot  -> 1
      warm -> 1
      cold -> 3
      otherwise reject
    }

    values from_dynamics {
      1 -> hot
      3 -> cold
      otherwise reject
    }

Right anyway: never. Another spelling of the same (`trim`, `lower`, `e164` …) is told as
`one-sided-conversion`, and a value map that cannot be read back as `value-map-not-one-to-one`.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.story import in_words
from syncdsl.check.trace import edit_story, full_name, rules_in
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.flow.edits import Edited
from syncdsl.flow.graph import graph_of
from syncdsl.flow.scene import Cast
from syncdsl.flow.trials import trials
from syncdsl.policy import Policy, Rule

check = Check(__name__, Severity.WARNING, since="0.2")

# What these steps do to a value is another spelling of it; whoever writes them says which one.
SPELLING = frozenset({"trim", "lower", "upper", "text", "number", "bool", "e164", "split", "join"})


@check.on_policy
def comes_back_changed(policy: Policy) -> Iterator[Diagnostic]:
    for tried, edited in returning(policy):
        rules = rules_in(tried, edited.turns)
        if not all(only_spells(rule) for rule in rules):
            yield _told(tried, edited, rules)


def returning(policy: Policy) -> Iterator[tuple[Cast, Edited]]:
    """The first edit of each circle that comes back changed; of one that settles at all."""
    for _, cast, found in trials(graph_of(policy)).made:
        if found.changed is not None:
            yield cast, found.changed


def only_spells(rule: Rule) -> bool:
    """Does its conversion at most change how a value is spelled?"""
    ways = rule.wiring.forward, rule.wiring.backward
    return all(way.values is None and {step.name for step in way.steps} <= SPELLING for way in ways)


def _told(tried: Cast, edited: Edited, rules: list[Rule]) -> Diagnostic:
    *others, last = rules
    return check.finding(
        f"an edit of `{full_name(tried, edited.number)}` comes back changed: "
        f"{in_words(edited.made)} becomes {in_words(edited.came_back)}",
        last.label_span,
        rule=last,
        told=edit_story(tried, edited),
        labels=tuple(Label(each.label_span, "on the way there") for each in others[:MAX_LABELS]),
    )
