"""
A rule does what another one does already.

Two rules of a mapping go between the same two properties, with the same clauses, and the one has no
condition, or one that holds wherever the other's does. The narrower one adds nothing. Whoever
changes one of them later may not see the other, and then the two are in each other's way.

Bad:

    phone: hubspot.phone -> dynamics.telephone1 if blank
    shops: hubspot.phone -> dynamics.telephone1 if blank, when hubspot.type = store

Good:

    phone: hubspot.phone -> dynamics.telephone1 if blank

Right anyway: never; one of them can go.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl import filters
from syncdsl.check.base import Check
from syncdsl.check.known.conditions import ask
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from syncdsl.filters.question import Answer, Demand
from syncdsl.policy import Mapping, Policy, Rule
from syncdsl.semantics.table import questions
from syncdsl.source import Span

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def adds_nothing(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        alike: dict[tuple[object, ...], list[Rule]] = {}
        for rule in mapping.rules:
            alike.setdefault(_between(rule), []).append(rule)
        for rules in alike.values():
            if len(rules) > 1:
                yield from _repeated(policy, mapping, rules)


def does_the_same(rule: Rule, other: Rule) -> bool:
    """Do two rules of a mapping write the same wherever both are applied?"""
    return _between(rule) == _between(other) and _effect(rule) == _effect(other)


def _repeated(policy: Policy, mapping: Mapping, rules: list[Rule]) -> Iterator[Diagnostic]:
    gone: list[Rule] = []
    for rule in reversed(rules):
        for other in rules:
            if other is rule or other in gone or not does_the_same(rule, other):
                continue
            if _is_within(policy, mapping, rule, other):
                gone.append(rule)
                yield check.finding(
                    f"`{rule.name}` repeats `{other.name}`: it writes the same, and only where "
                    f"`{other.name}` does too",
                    rule.label_span,
                    rule=rule,
                    labels=(Label(other.label_span, "this rule does it already"),),
                    fixes=tuple(_without(policy, mapping, rule)),
                )
                break


def _is_within(policy: Policy, mapping: Mapping, rule: Rule, other: Rule) -> bool:
    """Does the other's guard hold wherever the rule's does?"""
    narrow, wide = rule.guard, other.guard
    if wide is None or narrow == wide:
        return True
    demands = [Demand(wide, filters.DOES_NOT_HOLD)]
    demands += [] if narrow is None else [Demand(narrow, filters.HOLDS)]
    return ask(policy, mapping, *demands).answer is Answer.NO


def _between(rule: Rule) -> tuple[object, ...]:
    """Its two ends, as its mapping tells them apart."""
    left, right = rule.left, rule.right
    return left and left.name, right and right.name, rule.systems


def _effect(rule: Rule) -> tuple[object, ...]:
    """All that settles what a rule writes, but for its guard. Python takes 1 and true for one."""
    if questions(rule.clauses).once:
        return (rule.name,)  # each of them may write once
    clauses = rule.clauses._replace(guard=None, owner=None)
    return clauses, repr(rule.wiring._replace(guard=None))


def _without(policy: Policy, mapping: Mapping, rule: Rule) -> Iterator[Fix]:
    """The mapping without the rule, if nobody speaks of it."""
    spoken_of = (
        rule.label in (*each.written, *(label for _, label in each.decisions))
        for each in policy.examples
        if each.mapping.span == mapping.span
    )
    if rule.doc or any(spoken_of):
        return
    text, source = rule.span.source.text, rule.span.source
    start = text.rfind("\n", 0, rule.span.start) + 1
    end = text.find("\n", rule.span.end)
    end = len(text) if end < 0 else end + 1
    if not text[start : rule.span.start].strip():
        yield Fix("leave this rule out", (Edit(Span(source, start, end), ""),), safe=True)
