"""
A state and its status reason are not written together, or do not go together.

Dataverse keeps two properties for where a record stands: `statecode` (open, won, lost) and
`statuscode`, the reason. Each reason belongs to one state, and a pair that does not is refused
("… is not a valid status code for state code …"). Written alone, a reason is refused as soon as
the record is in another state, and a state gets its default reason, whichever stood there.

Bad:

    system dynamics { kind dynamics365 }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      match id = new_dealid
      reason: hubspot.dealstage -> dynamics.statuscode, values reason, owned by hubspot
    }

    values reason {
      closedwon -> 3
      closedlost -> 5
      otherwise reject
    }

Good:

    system dynamics { kind dynamics365 }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      match id = new_dealid
      reason: hubspot.dealstage -> dynamics.statuscode, values reason, owned by hubspot
      state: hubspot.dealstage -> dynamics.statecode not on create, values state, owned by hubspot
    }

    values reason {
      closedwon -> 3
      closedlost -> 5
      otherwise reject
    }

    values state {
      closedwon -> 1
      closedlost -> 2
      otherwise reject
    }

Right anyway: when the records that this rule meets are all in the one state. Ask for it: a rule or
a scope with `statecode` in its condition is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.check.base import LATER_EVENTS, Check
from syncdsl.check.known.putting import put_by_given
from syncdsl.check.known.states import asks_for, state_of, states_of
from syncdsl.convert import Value, same, text
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Mapping, Policy, Property, Rule
from syncdsl.situation import Side

check = Check(__name__, Severity.WARNING, since="0.2")


class _Writer(NamedTuple):
    rule: Rule
    side: Side
    target: Property


@check.on_policy
def splits_the_pair(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        if mapping.broken:
            continue  # the other one may be in a line that was not understood
        states, reasons = _writers(mapping)
        for key, writer in reasons.items():
            if key in states:
                yield from _clashing(states[key], writer)
            elif not asks_for(writer.rule, mapping, key[1]):
                yield _alone(writer, key[1])
        for key, writer in states.items():
            if key not in reasons:
                yield _without_reason(writer)


_Writers = dict[tuple[Side, str], _Writer]  # by the mapping's side and the name of the state


def _writers(mapping: Mapping) -> tuple[_Writers, _Writers]:
    states: _Writers = {}
    reasons: _Writers = {}
    later = frozenset(LATER_EVENTS)
    for rule in mapping.rules:
        for side, target in rule.targets:
            state = state_of(target)
            if state is None or not reach(rule, mapping).of(side) & later:
                continue
            home = rule.turned(side)
            found = states if state == target.name else reasons
            found.setdefault((home, state), _Writer(rule, side, target))
    return states, reasons


def _alone(writer: _Writer, state: str) -> Diagnostic:
    rule, side, target = writer
    found = {text(each) for each in states_of(target, put_by_given(rule, side).values())}
    state_is = f" than {found.pop()}" if len(found) == 1 else ""
    return check.finding(
        f"`{target}` is written without `{state}`, and a record in another state{state_is} refuses "
        "it",
        rule.label_span,
        rule=rule,
        question=f"how many records that this rule meets are in another state{state_is}?",
    )


def _without_reason(writer: _Writer) -> Diagnostic:
    return check.finding(
        f"`{writer.target}` is written without the reason that goes with it: Dataverse puts in "
        "the default reason of the state",
        writer.rule.label_span,
        rule=writer.rule,
    )


def _clashing(state: _Writer, reason: _Writer) -> Iterator[Diagnostic]:
    """The first pair of values that the two rules write together and that does not go together."""
    states, reasons = (put_by_given(each.rule, each.side) for each in (state, reason))
    constant = state.rule.clauses.constant or reason.rule.clauses.constant
    givers = [each.rule.end(each.side.other) for each in (state, reason)]
    if not constant and givers[0] != givers[1]:
        return
    for given, value in reasons.items():
        beside = _beside(given, states)
        for wanted in states_of(reason.target, (value,)):
            clash = next((each for each in beside if not same(each, wanted, None)), None)
            if clash is not None and len(beside) == len({text(each) for each in beside}):
                yield check.finding(
                    f"{text(value)} in `{reason.target}` belongs to the state {text(wanted)}, and "
                    f"`{state.rule.name}` writes {text(clash)} beside it: the pair is refused",
                    reason.rule.label_span,
                    severity=Severity.ERROR,
                    rule=reason.rule,
                    labels=(Label(state.rule.label_span, "the state"),),
                )
                return


def _beside(given: str | None, states: dict[str | None, Value]) -> list[Value]:
    """What the other rule writes for the same record; of a constant it is known for every one."""
    if given is None:
        return list(states.values())[:1] if len(states) == 1 else []
    if given in states:
        return [states[given]]
    return [states[None]] if None in states else []
