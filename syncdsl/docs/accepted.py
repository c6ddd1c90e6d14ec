"""Findings that a policy allows, with the reason: the risks that its people accept, by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from syncdsl.diagnostic import Diagnostic
from syncdsl.docs.escape import Markdown, code, fill, prose
from syncdsl.policy import Mapping, Policy, Rule
from syncdsl.source import Span


class Accepted(NamedTuple):
    """By the span of the rule, by that of the mapping's name, and what belongs to neither."""

    of_rules: dict[Span, list[Markdown]]
    of_mappings: dict[Span, list[Markdown]]
    elsewhere: list[Markdown]


def accepted_risks(policy: Policy, found: Sequence[Diagnostic]) -> Accepted:
    accepted = Accepted({}, {}, [])
    for risk in found:
        if risk.allowed is None:
            continue
        place = next(_places(policy, risk), accepted.elsewhere)
        if isinstance(place, Rule):
            place = accepted.of_rules.setdefault(place.span, [])
        elif isinstance(place, Mapping):
            place = accepted.of_mappings.setdefault(place.span, [])
        words = _words(risk)
        if words not in place:
            place.append(words)
    return accepted


def _words(risk: Diagnostic) -> Markdown:
    told, reason = prose(risk.message), prose(str(risk.allowed))
    words = "**Accepted risk:** {told}. **Why:** {reason} ({code})"
    return fill(words, told=told, reason=reason, code=code(risk.code))


def _places(policy: Policy, risk: Diagnostic) -> Iterator[Rule | Mapping]:
    path, start = risk.span.source.path, risk.span.start
    for mapping in policy.mappings:
        if mapping.source.path != path:
            continue
        for rule in mapping.rules:
            if rule.span.start <= start < max(rule.span.end, rule.span.start + 1):
                yield rule
        spans = [mapping.span, *(rule.span for rule in mapping.rules)]
        spans += [key.span for key in mapping.match]
        spans += [create.span for create in mapping.creates]
        spans += [] if mapping.scope is None else [mapping.scope.span]
        if min(span.start for span in spans) <= start < max(span.end for span in spans):
            yield mapping
