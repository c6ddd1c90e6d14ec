"""
The laws of one rule, or of a mapping, in words: which are kept over time, and how the others are
broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from syncdsl.laws import fate_words, fates
from syncdsl.laws.customs import customs_of
from syncdsl.laws.law import Kept, card
from syncdsl.laws.words import in_a_line, meant, tell
from syncdsl.policy import ChangeBudget, Mapping, Promise, Rule, object_name
from syncdsl.report.table import aligned, title
from syncdsl.report.text import shown
from syncdsl.source import Span

_NO = "no"


def summary(rule: Rule) -> str:
    """A line for each law."""
    return _as_table([[found.law.value, verdict(rule, found)] for found in card(rule.clauses)])


def _as_table(body: Sequence[Sequence[str]]) -> str:
    more = ["", "add `--laws` to see how a `no` comes about"] if _asks_why(body) else []
    cells = [[*map(shown, line)] for line in body]
    return "\n".join([*aligned([["over time", "kept"], *cells]), *more, ""])


def _asks_why(body: Sequence[Sequence[str]]) -> bool:
    """Is there a law that is not kept, and no clause that says so?"""
    return any(cells[-1] == _NO for cells in body)


def histories(rule: Rule) -> str:
    """Each law, and below those that are not kept the shortest history that shows it."""
    return "\n".join([*title(rule), "", *map(shown, _histories(rule)), ""])


def verdict(rule: Rule, found: Kept) -> str:
    """Whether a rule keeps a law, in few words."""
    if found.broken is None:
        remembers = "if the engine remembers what it synced last"
        return "yes" if found.forgetful is None else remembers
    clause = meant(rule, found)
    return _NO if clause is None else f"no, as `{clause.text}` says"


def _histories(rule: Rule) -> Iterator[str]:
    for found in card(rule.clauses):
        yield f"{found.law.value}: {verdict(rule, found)}"
        broken = found.broken or found.forgetful
        if broken is not None:
            otherwise = "" if found.broken else "otherwise: "
            yield f"    {otherwise}{in_a_line(tell(rule, found.law, broken))}"


# ── the laws of a mapping ────────────────────────────────────────────────────────────────────────


def mapping_summary(mapping: Mapping, promises: Sequence[Promise]) -> str:
    """The lines of a mapping that its records' life depends on, and a line for each law."""
    laws = fates.card(customs_of(mapping))
    body = [[found.law.value, mapping_verdict(mapping, promises, found)] for found in laws]
    return "\n".join([*_lines_of(mapping), "", _as_table(body)])


def mapping_histories(mapping: Mapping, promises: Sequence[Promise]) -> str:
    """Each law, and below those that are not kept the shortest history that shows it."""
    told = _mapping_histories(mapping, promises)
    return "\n".join([*_lines_of(mapping), "", *map(shown, told), ""])


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


def _mapping_histories(mapping: Mapping, promises: Sequence[Promise]) -> Iterator[str]:
    for found in fates.card(customs_of(mapping)):
        yield f"{found.law.value}: {mapping_verdict(mapping, promises, found)}"
        broken = found.broken or found.forgetful
        if broken is not None:
            otherwise = "" if found.broken else "otherwise: "
            yield f"    {otherwise}{in_a_line(fate_words.tell(mapping, broken))}"


def _limit(mapping: Mapping, promises: Sequence[Promise]) -> str | None:
    """What bounds how much a pass may do."""
    for promise in promises:
        if isinstance(promise, ChangeBudget) and promise.mapping == mapping.name:
            return _written(promise.span)
    return None


def _lines_of(mapping: Mapping) -> Iterator[str]:
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
