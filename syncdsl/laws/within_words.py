"""What becomes of a rule's two values when records are deleted and restored, or leave the scope."""

from __future__ import annotations

from collections.abc import Sequence

from syncdsl.diagnostic import Story
from syncdsl.laws.fate_words import goes_on, names_of
from syncdsl.laws.within import Broken, Within
from syncdsl.laws.words import in_words
from syncdsl.policy import Mapping, Rule
from syncdsl.semantics.nameless import PROPERTY, named

_AFTER = {
    Within.OUTSIDE_EDIT_STAYS: "the edit of `{property}` is gone",
    Within.RESTORED_IS_SAME: "`{property}` changes, though nobody has edited anything since",
    Within.STILL_ONCE: "`{property}` is written a second time",
}


def tell_within(mapping: Mapping, rule: Rule, law: Within, broken: Broken) -> Story:
    """The history that breaks a law, step by step, and how it ends."""
    past = broken.past
    steps = in_words(rule.clauses, past.steps, past.states, _ahead(mapping, broken))
    after = _AFTER[law].format(property=PROPERTY[broken.side])
    return named(rule, Story(tuple(steps), after))


def _ahead(mapping: Mapping, broken: Broken) -> dict[int, Sequence[str]]:
    """What happens to the records, by the step of the values ahead of which it does."""
    found_at, last = broken.past.found_at, len(broken.past.steps) - 1
    if found_at is None:
        return {last - 1: ["the record leaves the scope"], last: ["it comes back into the scope"]}
    return {found_at: [*goes_on(names_of(mapping), broken.loss[:-1])]}
