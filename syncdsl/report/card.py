"""The laws of one rule, in words: which it keeps over time, and how it breaks the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from syncdsl.laws.law import Kept, card
from syncdsl.laws.words import in_a_line, meant, tell
from syncdsl.policy import Rule
from syncdsl.report.table import aligned, title
from syncdsl.report.text import shown

_NO = "no"


def summary(rule: Rule) -> str:
    """A line for each law."""
    body = [[found.law.value, shown(verdict(rule, found))] for found in card(rule.clauses)]
    more = ["", "add `--laws` to see how a `no` comes about"] if _asks_why(body) else []
    return "\n".join([*aligned([["over time", "kept"], *body]), *more, ""])


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
