"""
An objection arrives as a consent, or a consent as an objection.

In one system a true means "you may write to me", in the other "do not write to me". A rule between
the two has to turn the value round, once. Where it does not, everybody who agreed is shut out, and
everybody who objected gets mail. The same happens between two objections if the rule does turn it
round. Two-way rules carry the mistake back, so that in the end both systems are wrong.

Bad:

    mail: erp.IsReceivingDirectMail -> dynamics.donotemail as bool, sticky, owned by erp

Good:

    mail: erp.IsReceivingDirectMail -> dynamics.donotemail as bool | negate, sticky, owned by erp

Right anyway: when a property means the opposite of what its name says.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_ROWS, Check, Place
from syncdsl.check.known.meanings import Polarity, polarity
from syncdsl.check.remedies import with_clause, with_step, without_clause
from syncdsl.check.story import story_with_values
from syncdsl.condition import Compare, Operand
from syncdsl.convert import MissingLibrary, Step, Unusable, Value, convert
from syncdsl.diagnostic import Diagnostic, Fix, Severity, Story
from syncdsl.filters import HOLDS
from syncdsl.filters.question import Demand
from syncdsl.flow.writing import never_made, reach, writing_rows
from syncdsl.policy import Arrow, Kind, Mode, Rule
from syncdsl.semantics.test_block import spelled
from syncdsl.situation import Row, Side
from syncdsl.wiring import Conversion, becomes

check = Check(__name__, Severity.ERROR, since="0.2")


@check.on_rules
def turns_consent_round(place: Place) -> Iterator[Diagnostic]:
    rule = place.rule
    left, right = polarity(rule.left), polarity(rule.right)
    if left is None or right is None:
        return
    side = rule.receivers[-1]
    turned = _turns(rule.conversion(side))
    if turned is None or turned is (left is not right) or not any(reach(rule, place.mapping)):
        return
    giver, target = rule.end(side.other), rule.end(side)
    said, heard = (right, left) if side is Side.LEFT else (left, right)
    row, told = _example(place, side)
    yield check.finding(
        f"a yes in `{giver}` (“{said.value}”) arrives as a "
        f"{'no' if turned else 'yes'} in `{target}` (“{heard.value}”)",
        rule.label_span,
        rule=rule,
        row=row,
        told=told,
        fixes=tuple(_fixes(rule, turned)),
    )


def _example(place: Place, side: Side) -> tuple[Row | None, Story | None]:
    """A yes that is written to this side, if records are found that bring it about."""
    rule = place.rule
    giver = rule.end(side.other)
    assert giver is not None
    operand = Operand(side.other, giver.name, "bool")
    demand = Demand(Compare(operand, "=", True, "bool"), HOLDS)
    rows = writing_rows(rule.clauses, never_made(rule, place.mapping))
    for row in [row for row in rows if row.outcome.receiver is side][:MAX_ROWS]:
        told = story_with_values(rule, row, (demand,))
        if told is not None:
            return row, told
    return None, None


def _turns(conversion: Conversion) -> bool | None:
    """Does it make a no of a yes, and a yes of a no? None: neither, or nobody knows."""
    given: list[Value] = [True, False]
    if conversion.values is not None and conversion.map_first:
        given = [entry.given for entry in conversion.values.entries]
    elif conversion.values is not None:
        given += [entry.given for entry in conversion.values.entries]
    found = set()
    for value in given:
        try:
            said, heard = _truth(value), _truth(becomes(conversion, value))
        except (MissingLibrary, Unusable):
            continue
        if said is not None and heard is not None:
            found.add(said is not heard)
    return found.pop() if len(found) == 1 else None


def _truth(value: Value) -> bool | None:
    truth = convert((Step("bool"),), value)
    return truth if isinstance(truth, bool) else None


def _fixes(rule: Rule, turned: bool) -> Iterator[Fix]:
    written = rule.clause(Kind.CONVERSION)
    if rule.values is not None:
        return  # the lines of the map are to be changed, and other rules may read them
    if not turned:
        yield _beside_sticky(rule, with_step(rule, "turn the value round", "negate"))
    elif written is not None:
        title = "do not turn the value round"
        names = [part.strip() for part in written.text.removeprefix("as").split("|")]
        kept = [name for name in names if name != "negate"]
        steps = f"as {' | '.join(kept)}"
        dropped = without_clause(rule, title, Kind.CONVERSION)
        fix = with_clause(rule, title, steps, Kind.CONVERSION) if kept else dropped
        if fix is not None:
            yield fix


def _beside_sticky(rule: Rule, fix: Fix) -> Fix:
    """A two-way `sticky` has to say in which system a true stays, once one end is negated."""
    sticky = rule.clause(Kind.MODE)
    if rule.clauses.mode is not Mode.STICKY or rule.clauses.arrow is not Arrow.BOTH:
        return fix
    if sticky is None or sticky.usual or " in " in sticky.text:
        return fix
    side = next(side for side in Side if polarity(rule.end(side)) is Polarity.OBJECTION)
    clause = f"sticky in {spelled(rule.system(side))}"
    return fix._replace(edits=(*fix.edits, *with_clause(rule, "", clause, Kind.MODE).edits))
