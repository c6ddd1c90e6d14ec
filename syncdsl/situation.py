"""
The words of meaning: events, situations, outcomes.

A *situation* is all that a sync can know about one property of one pair of records at one moment.
An *outcome* is what a rule does in it, and why. What the words mean stands in `semantics.decide`,
nowhere else; here are only the words, for everybody to import.

A question that a rule never asks is `None` in all of its situations.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Word(Enum):
    """One of a closed set. Members are singletons: they hash as objects do, which is quick."""

    __hash__ = object.__hash__


class Side(Word):
    """The two ends of a rule, as they are written."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Event(Word):
    """Why a sync looks at a pair of records."""

    CREATE = "create"  # one of the two does not exist yet
    INITIAL = "initial"  # both exist: the first full pass, or a pair first found
    UPDATE = "update"  # both exist: a live change
    REACTIVATION = "reactivation"  # both exist: a full pass again


class Content(Word):
    """What an end holds: on a giving side after its conversion."""

    BLANK = "blank"
    VALUE = "value"
    UNUSABLE = "unusable"  # the conversion or the value map refuses it


class Changed(Word):
    """Which side was edited since the last sync."""

    NEITHER = "neither"
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    UNKNOWN = "unknown"  # there is no baseline


class Newer(Word):
    """Which side's value is the more recent one."""

    LEFT = "left"
    RIGHT = "right"
    UNKNOWN = "unknown"  # the times are equal, or one is not known


class Truth(Word):
    """What a guard says. Unknown is when it compares with a blank."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


class Rank(Word):
    """The left side's stage, seen from the right side's. A blank comes before every stage."""

    LATER = "later"
    EARLIER = "earlier"
    OUTSIDE = "outside"  # one of them is not in the order


class Written(Word):
    """Has this rule written this pair before?"""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Sides(Word):
    """One side, or both."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Situation(NamedTuple):
    """One moment of one property of one pair of records."""

    event: Event
    made: Side | None  # on `create`: the record that is made
    left: Content
    right: Content
    agree: bool | None
    changed: Changed | None
    newer: Newer | None = None
    guard: Truth | None = None
    rank: Rank | None = None
    lacks: Sides | None = None  # `append`, `union`: who has not got all the elements
    written: Written | None = None

    def content(self, side: Side) -> Content:
        return self.left if side is Side.LEFT else self.right

    def was_changed(self, side: Side) -> bool | None:
        """Was this side edited since the last sync? None: nobody knows."""
        if self.changed is None or self.changed is Changed.UNKNOWN:
            return None
        return self.changed is Changed.BOTH or self.changed.value == side.value


class Action(Word):
    KEEP = "keep"
    WRITE = "write"
    ADD = "add"  # what is there stays
    CLEAR = "clear"
    CONFLICT = "conflict"  # nothing is written, a person must decide
    REJECT = "reject"  # nothing is written, the record is reported


class Reason(Word):
    """What settled an outcome: a clause, or what holds where the clause is missing."""

    EVENTS = "the event is not among the rule's"
    GUARD_FAILS = "its condition does not hold"
    GUARD_UNKNOWN = "its condition cannot be told, because a value is blank"
    ARROW = "the rule does not give to the record that is made"
    AGREE = "both sides agree already"
    UNCHANGED = "the giving side was not changed"
    UNEDITED = "neither side was changed"
    SKIP_BLANKS = "a blank is skipped"
    CLEAR_BLANKS = "a blank empties the other side"
    CLEAR_EMPTIED = "a value that was emptied empties the other side"
    NOT_EMPTIED = "the blank is not known to have been emptied since the last sync"
    HAS_VALUE = "the target has a value already"
    WROTE_BEFORE = "the rule has written once before"
    CONVERSION = "the value cannot be converted"
    OUTSIDE_ORDER = "a stage is not in the order"
    NOT_LATER = "the stage would not go forward"
    LATER_STAGE = "the later stage stays"
    ELEMENTS = "what is missing is added"
    DEFAULT = "the default fills a blank"
    WINNER = "the winner gives"
    NEWEST = "the more recent value gives"
    EQUAL_TIMES = "it is not known which value is more recent"
    ASK = "a person is asked"
    NO_WINNER = "both sides have a claim and no winner is named"
    ONE_CHANGED = "the side that was changed gives"
    OTHER_BLANK = "the other side is blank"
    SOURCE = "the source gives"


class Outcome(NamedTuple):
    """What happens, to which side, and why."""

    action: Action
    reason: Reason
    side: Sides | None = None  # the side that is written, added to or cleared

    @property
    def receiver(self) -> Side | None:
        """The one side that is written, added to or cleared."""
        return None if self.side is None else _ONE[self.side]


_ONE = {Sides.LEFT: Side.LEFT, Sides.RIGHT: Side.RIGHT, Sides.BOTH: None}


class Row(NamedTuple):
    """One line of a decision table."""

    situation: Situation
    outcome: Outcome
