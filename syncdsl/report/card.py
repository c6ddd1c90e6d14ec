"""The laws of a rule or a mapping, in words: which are kept, and how the others are broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from syncdsl.check.trace import orders_story, trace_story
from syncdsl.diagnostic import Story
from syncdsl.flow.exhaustive import TOO_MANY, Settling
from syncdsl.flow.graph import Graph
from syncdsl.flow.scene import Cast
from syncdsl.flow.together import Together, together
from syncdsl.laws import fate_words, fates, within
from syncdsl.laws.customs import customs_of
from syncdsl.laws.law import Kept, Law, card, kept
from syncdsl.laws.within_words import tell_within
from syncdsl.laws.words import in_a_line, meant, tell
from syncdsl.policy import ChangeBudget, Mapping, Promise, Rule, object_name
from syncdsl.report.summary import counted
from syncdsl.report.table import aligned
from syncdsl.report.text import shown
from syncdsl.source import Span
from syncdsl.suggest import few_of

_NO = "no"


class Line(NamedTuple):
    """A law, whether it is kept, and how it is broken."""

    law: str
    verdict: str
    story: Callable[[], Story] | None  # asked where histories are told


def summary(lines: Sequence[Line]) -> str:
    """A line for each law."""
    body = [[line.law, shown(line.verdict)] for line in lines]
    asks_why = any(line.verdict == _NO for line in lines)
    more = ["", "add `--laws` to see how a `no` comes about"] if asks_why else []
    return "\n".join([*aligned([["over time", "kept"], *body]), *more, ""])


def histories(lines: Sequence[Line]) -> str:
    """Each law, and below those that are not kept the shortest history that shows it."""
    return "\n".join([*map(shown, _told(lines)), ""])


def _told(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield f"{line.law}: {line.verdict}"
        if line.story is not None:
            otherwise = "otherwise: " if line.verdict.startswith("if ") else ""
            yield f"    {otherwise}{in_a_line(line.story())}"


# ── the laws of a rule ───────────────────────────────────────────────────────────────────────────


def of_rule(rule: Rule, mapping: Mapping) -> Iterator[Line]:
    """The laws of a rule, and those that it has in its mapping."""
    for found in card(rule.clauses):
        broken = found.broken or found.forgetful
        story = None if broken is None else partial(tell, rule, found.law, broken)
        yield Line(found.law.value, verdict(rule, found), story)
    for inside in within.card(rule.clauses, customs_of(mapping)):
        lost = inside.broken or inside.forgetful
        story = None if lost is None else partial(tell_within, mapping, rule, inside.law, lost)
        yield Line(inside.law.value, _verdict_within(rule, mapping, inside), story)


def verdict(rule: Rule, found: Kept) -> str:
    """Whether a rule keeps a law, in few words."""
    if found.broken is None:
        remembers = "if the engine remembers what it synced last"
        return "yes" if found.forgetful is None else remembers
    clause = meant(rule, found)
    return _NO if clause is None else f"no, as `{clause.text}` says"


def _verdict_within(rule: Rule, mapping: Mapping, found: within.Kept) -> str:
    if found.law is within.Within.OUTSIDE_EDIT_STAYS:
        return verdict(rule, kept(rule.clauses, Law.EDIT_STAYS))  # it is the same pass
    if found.broken is None:
        return "yes"
    return _NO if mapping.delete_span is None else f"no, as `{_written(mapping.delete_span)}` says"


def of_group(rule: Rule, graph: Graph) -> Iterator[Line]:
    """What a rule does together with those that it depends on, or that depend on it."""
    found = together(rule, graph)
    if found is None:
        return
    law = f"with {few_of([each.name for each in found.rules if each is not rule])} it comes to rest"
    if found.settling is None or not found.settling.is_whole or found.cast is None:
        yield Line(law, f"nobody knows, as {found.why}", None)
        return
    yield _resting(law, found, found.settling, found.cast)
    if found.mappings > 1:
        yield _orders(found, found.cast)


def _resting(law: str, found: Together, settling: Settling, cast: Cast) -> Line:
    if settling.endless is not None:
        return Line(law, _NO, partial(trace_story, cast, settling.endless))
    if settling.rest is None:
        return Line(law, "nobody knows", None)
    rest = max(settling.rest, 1)
    words = counted(rest, "pass", "passes") if found.mappings == 1 else counted(rest, "round")
    verdict = f"after {words}"
    forgetful = found.forgetful
    if forgetful is None or not forgetful.is_whole or forgetful.rest == settling.rest:
        return Line(law, verdict, None)
    if forgetful.endless is None:
        otherwise = "" if forgetful.rest is None else f", otherwise after {forgetful.rest}"
        return Line(law, f"{verdict} if the engine remembers what it synced last{otherwise}", None)
    verdict = f"if the engine remembers what it synced last, {verdict}"
    return Line(law, verdict, partial(trace_story, cast, forgetful.endless))


def _orders(found: Together, cast: Cast) -> Line:
    law = "it ends the same, whichever mapping runs first"
    if found.ends is None:
        is_endless = found.settling is not None and found.settling.endless is not None
        why = "it never comes to rest" if is_endless else TOO_MANY
        return Line(law, f"nobody knows, as {why}", None)
    if found.ends.differing is None:
        return Line(law, "yes", None)
    return Line(law, _NO, partial(orders_story, cast, found.ends.differing))


# ── the laws of a mapping ────────────────────────────────────────────────────────────────────────


def of_mapping(mapping: Mapping, promises: Sequence[Promise]) -> Iterator[Line]:
    """What becomes of the records of a mapping."""
    for found in fates.card(customs_of(mapping)):
        broken = found.broken or found.forgetful
        story = None if broken is None else partial(fate_words.tell, mapping, broken)
        yield Line(found.law.value, mapping_verdict(mapping, promises, found), story)


def mapping_verdict(mapping: Mapping, promises: Sequence[Promise], found: fates.Kept) -> str:
    """Whether a mapping keeps a law, in few words."""
    if found.broken is None:
        remembers = "if the engine remembers which records belong together"
        return "yes" if found.forgetful is None else remembers
    line = fates.because_of(mapping, found.law)
    words = _NO if line is None else f"no, as `{line}` says"
    limit = _limit(mapping, promises)
    if found.law is fates.Fate.TAKES_NONE_ALONG and limit is not None:
        return f"{words}; `{limit}` bounds it"
    return words


def _limit(mapping: Mapping, promises: Sequence[Promise]) -> str | None:
    """What bounds how much a pass may do."""
    for promise in promises:
        if isinstance(promise, ChangeBudget) and promise.mapping == mapping.name:
            return _written(promise.span)
    return None


def lines_of(mapping: Mapping) -> Iterator[str]:
    """A mapping's ends, and its lines but for the rules."""
    left, right = (object_name(end) for end in (mapping.left, mapping.right))
    yield shown(f"{mapping.title}: {left} {mapping.arrow.value} {right}")
    for key in mapping.match:
        yield shown(f"    match {_written(key.span)}")
    spans = [line.span for line in mapping.creates]
    if mapping.delete_span is not None:
        spans.append(mapping.delete_span)
    if mapping.scope is not None:
        spans.append(mapping.scope.span)
    for span in spans:
        yield shown(f"    {_written(span)}")


def _written(span: Span) -> str:
    return " ".join(span.text.split())
