"""
A text can be longer than the property that it is written to.

What is too long is refused by one system and cut off by the next. A cut-off address is a wrong
one, and in a two-way rule it comes back and replaces the whole one.

Bad:

    system erp { kind business-central }
    system dynamics { kind dynamics365 }

    mapping accounts: dynamics.account -> erp.customer {
      city: dynamics.address1_city -> erp.City, owned by dynamics
    }

Good:

    system erp { kind business-central }
    system dynamics { kind dynamics365 }

    mapping accounts: dynamics.account -> erp.customer {
      city: dynamics.address1_city -> erp.City as text(30), owned by dynamics
    }

Right anyway: when the longer values are known to be without worth. `text(30)` is better then too:
it reports the records in question.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.arriving import Named, Seen, Way, named, ways_where
from syncdsl.check.naming import place_of_value
from syncdsl.check.remedies import with_step
from syncdsl.convert import text
from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Policy
from syncdsl.source import Span

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def is_too_long(policy: Policy) -> Iterator[Diagnostic]:
    told: set[tuple[Span, str]] = set()
    seen: Seen = set()
    for way, mapping in ways_where(policy, _may_be_too_long):
        most = None if way.target.facts is None else way.target.facts.max_length
        if most is None or not reach(way.rule, mapping).of(way.side):
            continue
        if way.given is not None and (way.given.max_length or 0) > most:
            yield _can_be(way, way.given.max_length or 0, most)
        for each in named(way, seen):
            place = each.span, str(way.target)
            if len(text(each.value)) > most and place not in told:
                told.add(place)
                yield _is(way, each, most)


def _may_be_too_long(way: Way) -> bool:
    most = None if way.target.facts is None else way.target.facts.max_length
    if most is None:
        return False
    given = 0 if way.given is None else way.given.max_length or 0
    return given > most or any(len(text(each.value)) > most for each in named(way, set()))


def _can_be(way: Way, length: int, most: int) -> Diagnostic:
    return check.finding(
        f"`{way.giver}` can give {length} characters and `{way.target}` takes {most}: what is "
        f"longer is refused or cut off",
        way.rule.label_span,
        rule=way.rule,
        fixes=tuple(_fixes(way, most)),
        question=f"how many values of `{way.giver}` are longer than {most} characters?",
    )


def _is(way: Way, each: Named, most: int) -> Diagnostic:
    return check.finding(
        f"this has {len(text(each.value))} characters and `{way.target}` takes {most}: it is "
        f"refused or cut off",
        place_of_value(each.span, each.written) or each.span,
        severity=Severity.ERROR,
    )


def _fixes(way: Way, most: int) -> Iterator[Fix]:
    """The steps come before a value map, so that beside one they say nothing of what arrives."""
    if way.rule.values is None:
        step = f"text({most})"
        title = f"report what is longer than {most} characters"
        yield with_step(way.rule, title, step)
