"""
A condition can keep an objection from getting to the other system.

Somebody unsubscribes, and the rule that carries this on is left out, because its condition does not
hold or the pair no longer fits the scope. The other system goes on writing to a person who refused.
What a person said about mail has to travel whoever they are, so such a rule stands without a
condition, in a mapping that pairs do not leave: `leaving keeps`.

Bad:

    optout: hubspot.hs_email_optout -> dynamics.donotbulkemail sticky,
        when hubspot.lifecyclestage = customer

Good:

    optout: hubspot.hs_email_optout -> dynamics.donotbulkemail sticky

Right anyway: when nobody whom the condition leaves out is written to from the other system.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from syncdsl.check.base import Check, described
from syncdsl.check.known.conditions import ask, go_on, shown
from syncdsl.check.known.meanings import Polarity, polarity
from syncdsl.check.remedies import without_clause
from syncdsl.check.story import in_words
from syncdsl.condition import Condition
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity, Story
from syncdsl.filters.frame import place
from syncdsl.filters.question import Demand, Known, Witness
from syncdsl.flow.writing import reach
from syncdsl.policy import Kind, Mapping, Policy, Property, Rule
from syncdsl.situation import Side, Truth

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def stays_behind(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        refusals = [*_refusals(mapping)]
        for each in refusals:
            yield from _where_the_guard_fails(policy, mapping, each)
        outside = (_outside_the_scope(policy, mapping, each) for each in refusals)
        yield from islice((found for found in outside if found is not None), 1)


class _Refusal(NamedTuple):
    """A rule that carries on what people refuse."""

    rule: Rule
    giver: Property
    receiver: Side
    value: bool  # that says so
    words: str


def _refusals(mapping: Mapping) -> Iterator[_Refusal]:
    """Those that a condition may leave out."""
    everywhere = mapping.scope is not None and mapping.scope.stops
    for rule in mapping.rules:
        if not everywhere and rule.wiring.guard is None:
            continue
        for side in rule.receivers:
            giver = rule.end(side.other)
            meaning = polarity(giver)
            if giver is None or meaning is None or not reach(rule, mapping).of(side):
                continue
            objects = meaning is Polarity.OBJECTION
            words = f"an objection in `{giver}`" if objects else f"a refusal in `{giver}`"
            yield _Refusal(rule, giver, side, objects, words)


def _where_the_guard_fails(
    policy: Policy, mapping: Mapping, refusal: _Refusal
) -> Iterator[Diagnostic]:
    rule, guard = refusal.rule, refusal.rule.guard
    clause = rule.clause(Kind.GUARD)
    told = None if guard is None else _left_out(policy, mapping, refusal, guard, _UNHELD)
    if told is None or clause is None:
        return
    fix = without_clause(rule, "carry it on whatever else holds", Kind.GUARD)
    yield check.finding(
        f"{refusal.words} does not get to `{rule.system(refusal.receiver)}` where this condition "
        "does not hold",
        clause.span,
        rule=rule,
        told=told,
        fixes=() if fix is None else (fix,),
        certainty=Certainty.DATA,
        question=f"how many with {refusal.words} does the condition leave out?",
    )


def _outside_the_scope(policy: Policy, mapping: Mapping, refusal: _Refusal) -> Diagnostic | None:
    scope = mapping.scope
    if scope is None or not scope.stops:
        return None
    told = _left_out(policy, mapping, refusal, scope.condition, (Truth.FAILS,))
    if told is None:
        return None
    rule = refusal.rule
    return check.finding(
        f"{refusal.words} no longer gets to `{rule.system(refusal.receiver)}` once a pair does not "
        "fit the scope",
        scope.span,
        rule=rule,
        told=told,
        labels=(Label(rule.label_span, "the rule that carries it on"),),
        fixes=(go_on(scope),),
        certainty=Certainty.DATA,
        question=f"how many pairs with {refusal.words} are outside the scope?",
    )


_UNHELD = (Truth.FAILS, Truth.UNKNOWN)


def _left_out(
    policy: Policy,
    mapping: Mapping,
    refusal: _Refusal,
    condition: Condition,
    truths: tuple[Truth, ...],
) -> Story | None:
    """A record with the refusal that the condition leaves out, if there can be one."""
    at = place(refusal.giver.key)
    for truth in truths:
        verdict = ask(
            policy, mapping, Demand(condition, (truth,)), but={at: Known((refusal.value,))}
        )
        if verdict.witness is not None:
            others = {name: value for name, value in verdict.witness.left.items() if name != at[1]}
            own = f"`{refusal.giver}` becomes {in_words(refusal.value)}"
            step = f"{shown(Witness(others, {}))}, and {own}" if others else own
            target = described(refusal.rule, refusal.receiver)
            return Story((step,), f"`{target}` stays as it is")
    return None
