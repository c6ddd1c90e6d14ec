"""
A property is written that nobody but its own system can write.

A calculated property (a score, a balance, "last modified") is what its system makes of other
values. What a sync writes there is refused, or gone at the next calculation. Every pass tries
again, and the record never agrees.

Bad:

    system erp { kind business-central }

    mapping customers: hubspot.companies -> erp.customer {
      balance: hubspot.open_amount -> erp.`Balance (LCY)`, owned by hubspot
    }

Good:

    system erp { kind business-central }

    mapping customers: erp.customer -> hubspot.companies {
      balance: erp.`Balance (LCY)` -> hubspot.open_amount, owned by erp
    }

Right anyway: never; the rule does nothing but fail.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check, Place
from syncdsl.check.known.arriving import is_read_only
from syncdsl.check.remedies import with_clause
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Arrow, Kind, Rule
from syncdsl.semantics.test_block import spelled
from syncdsl.situation import Side
from syncdsl.source import Span

check = Check(__name__, Severity.ERROR, since="0.2")


@check.on_alike
def writes_what_cannot_be_written(place: Place) -> Iterator[Diagnostic]:
    rule, mapping, _ = place
    for side, target in rule.targets:
        if not is_read_only(target) or not reach(rule, mapping).of(side):
            continue
        calculated = target.facts is not None and target.facts.calculated
        why = "is calculated by its system" if calculated else "is read-only"
        yield check.finding(
            f"`{target}` {why}: what this rule writes there is refused or lost",
            rule.ends[0] if side is Side.LEFT else rule.ends[1],
            rule=rule,
            fixes=tuple(_fixes(rule, side)),
        )


def _fixes(rule: Rule, side: Side) -> Iterator[Fix]:
    """A two-way rule can at least give what the property holds, which is its system's to say."""
    if rule.clauses.arrow is not Arrow.BOTH or rule.clause(Kind.OWNER) is not None:
        return
    arrow = _arrow(rule)
    if arrow is None:
        return
    system = rule.system(side)
    title, owner = f"only read it, and say that {system} owns it", f"owned by {spelled(system)}"
    turned = Edit(arrow, Arrow.LEFT.value if side is Side.RIGHT else Arrow.RIGHT.value)
    winner = rule.clause(Kind.WINNER)
    if winner is not None and not winner.usual:
        yield Fix(title, (turned, Edit(winner.span, owner)))
    else:
        yield Fix(title, (turned, *with_clause(rule, title, owner, Kind.OWNER).edits))


def _arrow(rule: Rule) -> Span | None:
    """Where the arrow stands, between the two ends."""
    left, right = rule.ends
    start = left.source.text.find(rule.clauses.arrow.value, left.end, right.start)
    if start < 0:
        return None
    return Span(left.source, start, start + len(rule.clauses.arrow.value))
