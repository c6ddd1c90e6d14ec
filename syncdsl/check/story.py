"""
A counterexample in two lines of plain words: what stands in two records, and what the sync makes of
it. The values are invented; where none were found, the lines speak of values without naming them.

Rules that are wired alike have the same story, but for the names in it. It is written once, with
signs in the place of the names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from syncdsl.convert import Value, is_blank, text
from syncdsl.diagnostic import Story
from syncdsl.filters.question import Demand
from syncdsl.laws.law import Broken, Law
from syncdsl.policy import Rule
from syncdsl.semantics.example import END, MAX_KEPT, Shape, search, shape_of, without_names
from syncdsl.semantics.nameless import PROPERTY, SYSTEM, named
from syncdsl.semantics.observe import Moment, effects
from syncdsl.situation import Action, Changed, Content, Event, Newer, Row, Side, Written

MAX_TEXT = 40  # characters of a value; the longest are made to be too long


def story(rule: Rule, row: Row) -> Story:
    """The story of a row, with values if any bring it about."""
    return story_with_values(rule, row) or named(rule, _told(shape_of(rule), row, None))


def story_with_values(rule: Rule, row: Row, demands: tuple[Demand, ...] = ()) -> Story | None:
    """The story with values, of records of which something more is demanded; None: of none."""
    asked = tuple(without_names(rule, demand) for demand in demands)
    found = _with_values(shape_of(rule), row, asked)
    return None if found is None else named(rule, found)


def over_time(rule: Rule, law: Law, broken: Broken, last: Story | None) -> Story:
    """A history in words; of its last pass also the values, if any bring it about."""
    from syncdsl.laws.words import tell  # noqa: PLC0415  # most runs never search for a history

    told = tell(rule, law, broken)
    if last is None or broken.row.outcome.side is None:
        return told  # of a pass that writes nothing, what it should have written is the harm
    *steps, end = told.steps
    values = last.steps[-1].partition(": ")[2]  # the event is told by the history
    return Story((*steps, f"{end}: {values}"), last.after)


@lru_cache(MAX_KEPT)
def _with_values(shape: Shape, row: Row, demands: tuple[Demand, ...]) -> Story | None:
    moment = search(shape, row.situation, demands)
    return None if moment is None else _told(shape, row, moment)


def _told(shape: Shape, row: Row, moment: Moment | None) -> Story:
    now = _now_unnamed(shape, row) if moment is None else _now(shape, row, moment)
    parts = [*now, *_circumstances(shape, row, moment)]
    step = f"{row.situation.event.value}: {_listed(parts)}"
    return Story((step,), _after(shape, row, moment))


def _listed(parts: list[str]) -> str:
    if len(parts) == 2 and not any(" and " in part for part in parts):
        return " and ".join(parts)
    return ", and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


# ── before ───────────────────────────────────────────────────────────────────────────────────────


def _now(shape: Shape, row: Row, moment: Moment) -> Iterator[str]:
    """What each end holds, and what it held where that makes a difference."""
    for side, record, then in (
        (Side.LEFT, moment.left, moment.left_before),
        (Side.RIGHT, moment.right, moment.right_before),
    ):
        if record is None:
            yield f"there is no record in `{SYSTEM[side]}`"
        elif END in record:
            value = in_words(record[END])
            if row.situation.was_changed(side) and then is not None:
                yield f"`{PROPERTY[side]}` was {in_words(then[END])} and is now {value}"
            else:
                yield f"`{PROPERTY[side]}` is {value}"


def _now_unnamed(shape: Shape, row: Row) -> Iterator[str]:
    seen = row.situation
    both = Content.VALUE is seen.left is seen.right and not seen.agree
    for side in Side:
        if seen.made is side:
            yield f"there is no record in `{SYSTEM[side]}`"
        elif _is_property(shape, side):
            words = _CONTENT[seen.content(side)]
            words = "has another value" if both and side is Side.RIGHT else words
            yield f"`{PROPERTY[side]}` {words}"


def _circumstances(shape: Shape, row: Row, moment: Moment | None) -> Iterator[str]:
    """The rest of what settles the outcome, as far as the rule asks for it."""
    seen = row.situation
    if moment is not None:
        yield from _read_by_guard(moment)
    if seen.event is Event.CREATE or seen.agree:
        return
    if seen.event is not Event.INITIAL:
        both = all(_is_property(shape, side) for side in Side)
        if seen.changed is Changed.NEITHER:
            yield "neither was edited" if both else "it was not edited"
        elif seen.changed is Changed.UNKNOWN:
            yield "nobody knows which was edited" if both else "nobody knows whether it was edited"
        elif moment is None:
            edited = (side for side in Side if seen.was_changed(side))
            yield from (f"`{PROPERTY[side]}` was edited" for side in edited)
    if seen.newer is Newer.UNKNOWN:
        yield "nobody knows which is more recent"
    elif seen.newer is not None:
        yield f"`{PROPERTY[Side(seen.newer.value)]}` is the more recent one"
    if seen.written is Written.YES:
        yield "this rule has written it before"


def _read_by_guard(moment: Moment) -> Iterator[str]:
    for side, record in ((Side.LEFT, moment.left), (Side.RIGHT, moment.right)):
        for name, value in (record or {}).items():
            if name != END:
                yield f"`{SYSTEM[side]}.{name}` is {in_words(value)}"


def _is_property(shape: Shape, side: Side) -> bool:
    end = shape.wiring.left if side is Side.LEFT else shape.wiring.right
    return end.name is not None


# ── after ────────────────────────────────────────────────────────────────────────────────────────


def _after(shape: Shape, row: Row, moment: Moment | None) -> str:
    done = row.outcome
    if done.action is Action.CONFLICT:
        return f"nothing is written, a person must decide: {done.reason.value}"
    if done.action is Action.REJECT:
        return f"nothing is written, the record is reported: {done.reason.value}"
    if done.side is None:
        return f"nothing changes: {done.reason.value}"
    if moment is not None:
        return "; ".join(_effects(shape, row, moment))
    sides = (side for side in Side if done.side.value in (side.value, "both"))
    return " and ".join(f"`{PROPERTY[side]}` {_DONE[done.action]}" for side in sides)


def _effects(shape: Shape, row: Row, moment: Moment) -> Iterator[str]:
    for effect in effects(shape.wiring, shape.asks, moment, row.outcome):
        record = moment.left if effect.side is Side.LEFT else moment.right
        old = None if record is None else record.get(END)
        yield f"`{PROPERTY[effect.side]}` becomes {in_words(effect.value)}"
        if row.outcome.action is not Action.ADD and not is_blank(old):
            yield f"{in_words(old)} is lost"


# ── words ────────────────────────────────────────────────────────────────────────────────────────

_CONTENT = {
    Content.BLANK: "is blank",
    Content.VALUE: "has a value",
    Content.UNUSABLE: "has a value that cannot be converted",
}
_DONE = {Action.WRITE: "is overwritten", Action.CLEAR: "is emptied", Action.ADD: "is added to"}


def in_words(value: Value) -> str:
    """A value as it is shown to people."""
    if is_blank(value):
        return "blank"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(in_words, value))}]"
    if not isinstance(value, str):
        return text(value)
    if len(value) > MAX_TEXT:
        return f'"{_escaped(value[:MAX_TEXT])}…" ({len(value)} characters)'
    return f'"{_escaped(value)}"'


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
