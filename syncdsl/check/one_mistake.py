"""
One mistake is one finding, whoever sees it.

A rule in which one side gives, whatever is on the other, does harm at several moments: when the
sync is switched on again, at its first full pass, where both sides were edited, at each later
change of what should stay. For each of them there is a check, because each can be the only one, and
each can be allowed or left out by its name. Where they all see the same rule write over the same
side, and one change of the rule would do for all of them, they see one mistake. It is told as the
first of them, with the others as notes, and with the changes that do.

So `joined` looks at findings after everything else: one that is allowed, or told as something
milder, stays by itself, and what is left is told by the next of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from syncdsl.check.blanks import blank_clears_target
from syncdsl.check.meaning import stage_can_go_back
from syncdsl.check.overwrite import (
    constant_overwrites,
    edit_lost_silently,
    first_touch_not_write_once,
    overwrite_on_initial_sync,
    overwrite_on_reactivation,
    owner_overwritten,
    stale_value_wins,
)
from syncdsl.diagnostic import Diagnostic, Fix

# The moments of one mistake, the one first that nobody expects.
_ONE_SIDE_GIVES = (
    overwrite_on_reactivation.check.code,
    overwrite_on_initial_sync.check.code,
    first_touch_not_write_once.check.code,
    edit_lost_silently.check.code,
)

# What is nothing but a part of it that the owner is overwritten.
_OF_THE_OWNER = frozenset(
    {
        *_ONE_SIDE_GIVES,
        stale_value_wins.check.code,
        constant_overwrites.check.code,
        blank_clears_target.check.code,
        stage_can_go_back.check.code,
    }
)


def without_parts(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Without what a rule does to a value of which another rule says who owns it."""
    owned = {_written(each) for each in found if each.code == owner_overwritten.check.code}
    if not owned:
        return [*found]
    return [each for each in found if each.code not in _OF_THE_OWNER or _written(each) not in owned]


def joined(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings of a run, those of one mistake as one."""
    seen: dict[Hashable, list[int]] = {}
    for index, each in enumerate(found):
        if each.code in _ONE_SIDE_GIVES and each.allowed is None:
            seen.setdefault((_written(each), each.severity, each.certainty), []).append(index)
    told: list[Diagnostic | None] = [*found]
    for places in seen.values():
        first, *others = sorted(places, key=lambda place: _rank(found[place]))
        head = found[first]
        for place in others:
            fixes = _for_both(head.fixes, found[place])
            if fixes:
                note = f"{found[place].message} ({found[place].code})"
                head = head._replace(notes=(*head.notes, note), fixes=fixes)
                told[place] = None
        told[first] = head
    return [each for each in told if each is not None]


def _rank(found: Diagnostic) -> int:
    return _ONE_SIDE_GIVES.index(found.code)


def _written(found: Diagnostic) -> Hashable:
    """The rule, and the side of it that the counterexample writes."""
    side = None if found.row is None else found.row.outcome.receiver
    return found.span, found.rule, side


def _for_both(fixes: Sequence[Fix], other: Diagnostic) -> tuple[Fix, ...]:
    titles = {each.title for each in other.fixes}
    if other.code == edit_lost_silently.check.code:
        titles |= _ENOUGH
    return tuple(each for each in fixes if each.title in titles)


# What does for an edit that is lost, but is not offered there. The first leaves the information
# that the policy says which of two edits is dropped, the second is for what stays as it is.
_ENOUGH = {"let the more recent value win", "write once, into a blank"}
