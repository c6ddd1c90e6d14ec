"""
Problems, as data. Whoever finds one makes a `Diagnostic`; only `report` lays it out.

The message is one line in the user's words: lower case, no final stop, names in backquotes, what is
there and then what would be accepted. If only one thing can be shown, it is the message.
"""

from __future__ import annotations

from typing import NamedTuple

from syncdsl.situation import Row, Word
from syncdsl.source import Span


class Severity(Word):
    ERROR = "error"  # data is lost beyond recovery, or the policy contradicts itself
    WARNING = "warning"  # whether it is harm depends on what was meant
    INFO = "info"  # good to know; never a reason to fail


class Certainty(Word):
    """What a finding rests on."""

    CERTAIN = "certain"  # policy and schemas alone: the counterexample can be run
    DATA = "depends on data"  # whether it harms is a question to the records
    UNKNOWN = "cannot know"  # something is not known, and this says what


class Label(NamedTuple):
    """Another place that belongs to a problem, with a few words."""

    span: Span
    words: str


class Edit(NamedTuple):
    """A replacement of the characters of a span."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A change of the text that removes the problem."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False  # the new policy writes nowhere where the old one did not


class Story(NamedTuple):
    """A counterexample in words: what happens, step by step, and what the sync makes of it."""

    steps: tuple[str, ...]
    after: str


class Diagnostic(NamedTuple):
    """One problem at one place."""

    code: str
    severity: Severity
    message: str
    span: Span
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()  # facts that a reader may not know, a sentence each
    rule: str | None = None  # the label of the rule, with its mapping
    row: Row | None = None  # the counterexample, as data
    story: Story | None = None  # the same in words
    fixes: tuple[Fix, ...] = ()
    allowed: str | None = None  # the reason of the `# allow` that covers it
    certainty: Certainty = Certainty.CERTAIN
    question: str | None = None  # what records would answer, where it depends on data


class Promises(NamedTuple):
    """How many of a policy's promises are which."""

    proved: int = 0  # they hold in every situation, by every way
    broken: int = 0
    undecided: int = 0  # nobody can tell, or not all of the policy was understood
    budgets: int = 0  # `at most …`, which is counted when a plan is made
    hidden_by: str | None = None  # the place of the first thing not understood, where that is why


class Result(NamedTuple):
    """What a run of `check` found, and in how much. Every format lays out one of these."""

    found: tuple[Diagnostic, ...]  # with what the policy itself allows
    files: int
    rules: int
    is_done: bool = True  # False: these problems kept the work from being done
    promises: Promises = Promises()
    period: tuple[str, str] | None = None  # the days on which this is found; None: on all
    known: int = 0  # findings that are left out, because the baseline has them
    gone: int = 0  # findings that the baseline has, and nothing else any more


def in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file and place, what stands at one place in the order it was found."""
    return sorted(diagnostics, key=lambda found: (found.span.source.path, found.span.start))
