"""
A history in words, with the names of a rule's properties and systems.

What a pass does because a clause says so is meant. Which clause that is, is asked of the reason of
the outcome: one that tells the default of a missing clause names none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from syncdsl.diagnostic import Story
from syncdsl.laws.law import Broken, Kept, Law
from syncdsl.laws.model import Act, Passed, State, Step
from syncdsl.laws.search import passes
from syncdsl.laws.values import OUTSIDE, UNUSABLE, Held, elements
from syncdsl.policy import Clauses, Kind, Mode, Rule, Written
from syncdsl.semantics.nameless import PROPERTY, SYSTEM, named
from syncdsl.situation import Action, Reason, Side


def tell(rule: Rule, law: Law, broken: Broken) -> Story:
    """The history that breaks a law, step by step, and how it ends."""
    return named(rule, _told(rule.clauses, law, broken))


def in_a_line(told: Story) -> str:
    return f"{'; '.join(told.steps)} → {told.after}"


def meant(rule: Rule, found: Kept) -> Written | None:
    """The clause of the rule that says that a law is not kept, if one does."""
    broken = found.broken or found.forgetful
    if broken is None:
        return None
    owner = rule.clauses.owner
    if owner is not None and owner is not broken.side and found.law in _ABOUT_EDITS:
        return rule.clause(Kind.OWNER)
    kinds = _KINDS.get(broken.row.outcome.reason, ())
    return next((clause for clause in map(rule.clause, kinds) if clause is not None), None)


_ABOUT_EDITS = frozenset(
    {
        Law.EDIT_STAYS,
        Law.PAUSE_EDIT_STAYS,
        Law.AGAIN_NEUTRAL,
        Law.BOTH_EDITS_STAY,
        Law.ECHO,
        Law.EMPTIED_STAYS,
        Law.BLANK_TAKES_NOTHING,
        Law.PAUSE_NEUTRAL,
    }
)

# The clauses that a reason speaks of. A reason that is not here is that of a missing clause.
_KINDS: dict[Reason, tuple[Kind, ...]] = {
    Reason.EVENTS: (Kind.EVENTS,),
    Reason.GUARD_FAILS: (Kind.GUARD,),
    Reason.GUARD_UNKNOWN: (Kind.GUARD,),
    Reason.SKIP_BLANKS: (Kind.BLANKS,),
    Reason.CLEAR_BLANKS: (Kind.BLANKS,),
    Reason.CLEAR_EMPTIED: (Kind.BLANKS,),
    Reason.NOT_EMPTIED: (Kind.BLANKS,),
    Reason.HAS_VALUE: (Kind.MODE,),
    Reason.WROTE_BEFORE: (Kind.MODE,),
    Reason.CONVERSION: (Kind.VALUES, Kind.CONVERSION),
    Reason.OUTSIDE_ORDER: (Kind.MODE,),
    Reason.NOT_LATER: (Kind.MODE,),
    Reason.LATER_STAGE: (Kind.MODE,),
    Reason.ELEMENTS: (Kind.MODE,),
    Reason.DEFAULT: (Kind.DEFAULT,),
    Reason.WINNER: (Kind.WINNER,),
    Reason.NEWEST: (Kind.WINNER,),
    Reason.EQUAL_TIMES: (Kind.WINNER,),
    Reason.ASK: (Kind.WINNER,),
}

_AFTER = {
    Law.EDIT_STAYS: "the edit of `{property}` is gone",
    Law.PAUSE_EDIT_STAYS: "the edit of `{property}` is gone",
    Law.AGAIN_NEUTRAL: "`{property}` changes, though nobody has edited anything since",
    Law.BOTH_EDITS_STAY: "the edit of `{property}` is gone",
    Law.ECHO: "what the sync has written takes the place of the edit of `{property}`",
    Law.EMPTIED_STAYS: "what was taken out of `{property}` is back",
    Law.BLANK_TAKES_NOTHING: "`{property}` is emptied",
    Law.EDIT_ARRIVES: "`{property}` does not get it",
    Law.PAUSE_EDIT_ARRIVES: "`{property}` does not get it",
    Law.PAUSE_NEUTRAL: "`{property}` is not what it would be without the pause",
    Law.LAST_EDIT_COUNTS: "`{property}` is not what the last edit alone would make it",
    Law.UNDONE_TOGETHER: "`{property}` does not go back",
    Law.SIDES_EQUAL: "`{source}` and `{property}` still differ",
    Law.SETTLES: "`{property}` is written again",
    Law.WRITES_ONCE: "`{property}` is written a second time",
    Law.DEFAULT_YIELDS: "`{property}` still holds the default",
}
_CONFLICT = "a conflict is reported, though nobody has edited `{source}`"


@cache
def _told(clauses: Clauses, law: Law, broken: Broken) -> Story:
    names = {"property": PROPERTY[broken.side], "source": PROPERTY[broken.side.other]}
    told = broken.history
    played = passes(clauses, broken.engine, told)
    states = [told.start, *(done.state if isinstance(done, Passed) else done for done in played)]
    steps = in_words(clauses, told.steps, states, {})
    asked = law is Law.ECHO and broken.row.outcome.action is Action.CONFLICT
    after = _CONFLICT if asked else _AFTER[law]
    return Story(tuple(steps), after.format_map(names))


def in_words(
    clauses: Clauses,
    steps: tuple[Step, ...],
    states: Sequence[State],
    ahead: Mapping[int, Sequence[str]],
) -> Iterator[str]:
    """The steps of a history; what else happened ahead of a step is told with it."""
    paused = False
    for index, step in enumerate(steps):
        before, after = states[index], states[index + 1]
        yield from ahead.get(index, ())
        if _ends_a_pause(steps[index:]) and not paused and step.act is not Act.AGAIN:
            yield "the sync is paused"
            paused = True
        if paused and step.act is Act.AGAIN:
            yield "it is switched on again"
            paused = False
        elif index and step.act is Act.FIRST:
            yield "sync"  # the pair was lost, and is found again
        else:
            yield _words(clauses, step, before, after, states[:index])


def _ends_a_pause(steps: tuple[Step, ...]) -> bool:
    """Is the next pass one after a pause?"""
    return next((step for step in steps if step.act in _PASSES), None) == Step(Act.AGAIN)


_PASSES = (Act.FIRST, Act.MADE, Act.LIVE, Act.AGAIN)


def _words(clauses: Clauses, step: Step, before: State, after: State, past: Sequence[State]) -> str:
    match step.act:
        case Act.FIRST:
            ceased = "" if before.holds else ", and the condition does not hold"
            return f"first sync, {_pair(clauses, before)}{ceased}"
        case Act.MADE:
            assert step.side is not None
            blank = before.held(step.side.other) is None
            why = f" while `{PROPERTY[step.side.other]}` is blank" if blank else ""
            return f"the record in `{SYSTEM[step.side]}` is made{why}"
        case Act.LIVE:
            return "sync"
        case Act.AGAIN:
            return "the sync is switched on again"
        case Act.CONDITION:
            return f"the condition {'begins' if after.holds else 'ceases'} to hold"
        case Act.EDIT:
            assert step.side is not None
            return _edit(clauses.mode, step.side, before.held(step.side), step.value, past)


def _pair(clauses: Clauses, state: State) -> str:
    if clauses.constant and clauses.receiver is not None:
        constant = clauses.receiver.other
        held = state.held(constant.other)
        words = "is blank" if held is None else "has another value"
        words = "has this value already" if held == state.held(constant) else words
        return f"`{PROPERTY[constant.other]}` {words}"
    if state.left == state.right:
        return "both sides are blank" if state.left is None else "both sides hold the same"
    blank = next((side for side in Side if state.held(side) is None), None)
    return "the sides differ" if blank is None else f"`{PROPERTY[blank]}` is blank"


def _edit(mode: Mode, side: Side, old: Held, new: Held, past: Sequence[State]) -> str:
    name = f"`{PROPERTY[side]}`"
    earlier = [state.held(side) for state in past]
    if new is None:
        return f"{name} is emptied"
    if new == UNUSABLE:
        return f"{name} gets a value that cannot be converted"
    if new in earlier and new == next(value for value in reversed(earlier) if value != old):
        return f"{name} gets its old value back"
    if mode.adds:
        less, more = elements(new) < elements(old), elements(old) < elements(new)
        return (
            f"something is {'taken out of' if less else 'added to'} {name}"
            if less or more
            else (f"{name} is edited")
        )
    if mode is Mode.STICKY and new != OUTSIDE:
        return f"{name} is {'set' if new == 'true' else 'taken back'}"
    if mode is Mode.FORWARD and OUTSIDE not in (old, new) and old is not None:
        return f"{name} is set to {'a later' if new > old else 'an earlier'} stage"
    return f"{name} is edited"
