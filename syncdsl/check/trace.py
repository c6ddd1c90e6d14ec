"""
Passes that really ran, in words: what the records held, and then a line for each pass that wrote
something, or edit that somebody made.
"""

from __future__ import annotations

from collections.abc import Sequence

from syncdsl.check.story import in_words
from syncdsl.convert import is_blank
from syncdsl.diagnostic import Story
from syncdsl.flow.edits import Edited
from syncdsl.flow.fills import Filled
from syncdsl.flow.graph import Edge
from syncdsl.flow.orders import Orders
from syncdsl.flow.play import Trace, Turn, Values, Write
from syncdsl.flow.scene import Cast
from syncdsl.policy import Rule
from syncdsl.situation import Event
from syncdsl.suggest import one_of

MAX_TURNS = 10  # that are shown; what comes round later than that is not read to its end
MAX_MOVING = 6  # the same, where nothing comes round

_PASS = {
    Event.CREATE: "one record is made from the other, pass",
    Event.INITIAL: "first pass",
    Event.UPDATE: "next pass",
    Event.REACTIVATION: "switched on again, pass",
}


def trace_story(cast: Cast, trace: Trace) -> Story:
    """The story of passes that never come to an end."""
    turns = [turn_in_words(cast, turn) for turn in trace.turns if turn.writes]
    steps = (started(cast, trace.start), *turns)
    if trace.back_to is None:
        passes = sum(turn.event is not None for turn in trace.turns)
        return Story(steps[: MAX_MOVING + 1], f"after {passes} passes it still goes on")
    if len(turns) > MAX_TURNS:
        return Story(steps[: MAX_TURNS + 1], "and so on: it comes round again and again")
    # A step is counted from 1, and the first one says how it began.
    back_to = 1 + sum(bool(turn.writes) for turn in trace.turns[: trace.back_to])
    return Story(steps, f"all is again as it was after step {back_to}, and so on for ever")


def edit_story(cast: Cast, edited: Edited) -> Story:
    """The story of one edit and what came of it."""
    turns = [turn for turn in edited.turns if turn.writes]
    while all(write.number != edited.number for write in turns[-1].writes):
        turns.pop()  # what comes after it is back is another matter
    steps = (started(cast, edited.before), *(turn_in_words(cast, turn) for turn in turns))
    return Story(
        steps[: MAX_TURNS + 1],
        f"{in_words(edited.made)} is gone, and nobody has made {in_words(edited.came_back)} of it",
    )


def second_pass_story(cast: Cast, trace: Trace) -> Story:
    """Two passes, the second of which should have found nothing to do."""
    turns = [turn_in_words(cast, turn) for turn in trace.turns if turn.writes]
    after = "the second pass has written, though nobody has edited anything since the first"
    return Story((started(cast, trace.start), *turns), after)


def history_story(cast: Cast, trace: Trace) -> Story:
    """All that happened until a pass wrote, though the one before it had left nothing to do."""
    turns = [turn_in_words(cast, turn) for turn in trace.turns]
    after = "the last pass has written, though nobody has edited anything since the one before it"
    return Story((started(cast, trace.start), *turns), after)


def orders_story(cast: Cast, found: Orders) -> Story:
    """Two mappings in one order and in the other one, after the same history."""
    ways = []
    for trace in (found.there, found.back):
        turns = trace.turns[len(found.before) :]
        order = [cast.mappings[turn.mapping].title for turn in turns if turn.mapping is not None]
        writes = [write for turn in trace.turns for write in turn.writes]
        last = [write.new for write in writes if write.number == found.number]
        held = last[-1] if last else trace.start[found.number]
        ways.append((f"`{order[0]}` first, then `{order[1]}`", in_words(held)))
    (there, one), (back, other) = ways
    name = named(cast, found.number)
    before = (turn_in_words(cast, turn) for turn in found.before)
    steps = (started(cast, found.there.start), *before, f"{there}: {name} ends as {one}")
    return Story(steps, f"{back}: {name} ends as {other}")


def filled_story(cast: Cast, edge: Edge, found: Filled) -> Story:
    """How a default got into the property for which it stood in."""
    assert edge.source is not None
    source = named(cast, cast.properties.index(edge.source.key))
    target = named(cast, cast.properties.index(edge.target.key))
    default = in_words(edge.rule.wiring.default)
    made = (
        f"`{edge.mapping.title}` makes a record: {source} is blank, so {target} becomes {default}"
    )
    turns = [turn_in_words(cast, turn) for turn in found.trace.turns if turn.writes]
    after = f"{source} is {in_words(found.value)}, and nobody has written it there"
    return Story((made, *turns), after)


def overwritten_story(cast: Cast, edited: Edited, number: int) -> Story:
    """The story of an edit that gets round to another property."""
    turns = [turn for turn in edited.turns if turn.writes]
    while all(write.number != number for write in turns[-1].writes):
        turns.pop()
    steps = (started(cast, edited.before), *(turn_in_words(cast, turn) for turn in turns))
    lost = f"{in_words(edited.before[number])} is lost in {named(cast, number)}"
    return Story(steps[: MAX_TURNS + 1], lost)


def started(cast: Cast, values: Values) -> str:
    """What the records held at the beginning; what was blank is not worth a word."""
    held = [
        f"{named(cast, number)} is {in_words(value)}"
        for number, value in enumerate(values)
        if not is_blank(value)
    ]
    return one_of(held, "", "and") or "all is blank"


def turn_in_words(cast: Cast, turn: Turn) -> str:
    if turn.mapping is None or turn.event is None:
        (write,) = turn.writes
        return f"somebody edits: {_becomes(cast, write)}"
    title = cast.mappings[turn.mapping].title
    done = one_of([_becomes(cast, write) for write in turn.writes], "", "and")
    return f"{_PASS[turn.event]} of `{title}`: {done or 'nothing is written'}"


def named(cast: Cast, number: int) -> str:
    """A property by its system and name; by its object too, where that does not tell."""
    system, object_name, name, _ = cast.properties[number]
    alike = [key for key in cast.properties if (key[0], key[2]) == (system, name)]
    if len(alike) > 1 and object_name is not None:
        return f"`{system}.{object_name}.{name}`"
    return f"`{system}.{name}`"


def full_name(cast: Cast, number: int) -> str:
    """A property as users write it."""
    system, object_name, name, _ = cast.properties[number]
    return ".".join(part for part in (system, object_name, name) if part is not None)


def rules_in(cast: Cast, turns: Sequence[Turn]) -> list[Rule]:
    """The rules that may have written what was written in some turns."""
    written: dict[int, set[int]] = {}
    for turn in turns:
        if turn.mapping is not None:
            written.setdefault(turn.mapping, set()).update(each.number for each in turn.writes)
    found = []
    for at, rules in enumerate(cast.rules):
        keys = {cast.properties[number] for number in written.get(at, ())}
        found += [rule for rule in rules if any(end.key in keys for _, end in rule.targets)]
    return found


def _becomes(cast: Cast, write: Write) -> str:
    return f"{named(cast, write.number)} becomes {in_words(write.new)}"
