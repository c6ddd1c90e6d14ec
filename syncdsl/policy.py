"""
The policy: what `resolve` understood. Plain, frozen data, and the one thing that the rest of the
program takes. No name in it is a string to look up; where something stands in a file is kept as a
span, for messages. All that a policy is made of stands here together, because it is one idea.
"""

from __future__ import annotations

from typing import NamedTuple

from syncdsl import schema
from syncdsl.condition import Condition, turned
from syncdsl.convert import Step, Value
from syncdsl.situation import Event, Side, Truth, Word
from syncdsl.source import Source, Span
from syncdsl.wiring import Conversion, Wiring

ObjectName = tuple[str, str | None]  # its system and its own; None: the one of a file's own mapping


class Arrow(Word):
    RIGHT = "->"
    LEFT = "<-"
    BOTH = "<->"

    def gives(self, side: Side) -> bool:
        return self is Arrow.BOTH or (self is Arrow.RIGHT) == (side is Side.LEFT)


class Mode(Word):
    SET = "set"
    IF_BLANK = "if blank"
    ONCE = "once"
    APPEND = "append"
    UNION = "union"
    FORWARD = "forward only"
    STICKY = "sticky"

    @property
    def has_stages(self) -> bool:
        return self in (Mode.FORWARD, Mode.STICKY)

    @property
    def adds(self) -> bool:
        return self in (Mode.APPEND, Mode.UNION)


class Blanks(Word):
    SKIP = "skip blanks"
    CLEAR = "clear blanks"
    CLEAR_EMPTIED = "clear emptied"


class Winner(Word):
    LEFT = "left"
    RIGHT = "right"
    NEWEST = "most recent"
    ASK = "ask"


class Guarded(NamedTuple):
    """What a rule's guard can say while its ends are blank or not. `made` is None where both
    records exist."""

    made: Side | None
    left_blank: bool
    right_blank: bool
    truths: tuple[Truth, ...]


ALL_EVENTS = tuple(Event)


class Clauses(NamedTuple):
    """
    All that a decision depends on: what the clauses of a rule say, and which situations can come
    about at all. Rules with equal clauses share one table.
    """

    arrow: Arrow
    events: tuple[Event, ...] = ALL_EVENTS
    mode: Mode = Mode.SET
    blanks: Blanks = Blanks.SKIP
    winner: Winner | None = None
    default: bool = False
    owner: Side | None = None  # changes nothing in what happens; checks ask for it
    guard: tuple[Guarded, ...] | None = None
    constant: bool = False  # the giving end of a one-way rule is a constant
    left_refusable: bool = False  # a value of the left end may be unusable
    right_refusable: bool = False
    left_may_leave_order: bool = True  # a stage of the left end may be outside the order
    right_may_leave_order: bool = True

    @property
    def receiver(self) -> Side | None:
        """The side that a one-way rule writes."""
        return {Arrow.RIGHT: Side.RIGHT, Arrow.LEFT: Side.LEFT, Arrow.BOTH: None}[self.arrow]

    def refusable(self, side: Side) -> bool:
        return self.left_refusable if side is Side.LEFT else self.right_refusable


class Kind(Word):
    """The kinds of clauses; a rule has at most one of a kind."""

    EVENTS = "events"
    MODE = "write mode"
    BLANKS = "blanks"
    WINNER = "winner"
    GUARD = "guard"
    CONVERSION = "conversion"
    VALUES = "value map"
    DEFAULT = "default"
    OWNER = "ownership"


class Written(NamedTuple):
    """A clause as it was written."""

    kind: Kind
    span: Span
    usual: bool  # it came from the mapping's `usual` line

    @property
    def text(self) -> str:
        return " ".join(self.span.text.split())


class System(NamedTuple):
    name: str
    kind: str | None
    schema: schema.System | None  # None: nothing is known about its objects
    span: Span
    declared: bool = True
    kind_span: Span | None = None


class Property(NamedTuple):
    """A property of an object. Two of them are one if their keys are equal."""

    system: str
    object: str | None  # None: the object of a file's own mapping
    name: str
    facts: schema.Property | None  # None: nothing is known
    home: str = ""  # the path of the file whose own mapping it belongs to

    @property
    def key(self) -> tuple[str, str | None, str, str]:
        return self.system, self.object, self.name, self.home

    def __str__(self) -> str:
        return ".".join(part for part in (self.system, self.object, self.name) if part is not None)


def object_name(name: ObjectName) -> str:
    """An object as users write it; of a file's own mapping, its system."""
    return ".".join(part for part in name if part is not None)


class Rule(NamedTuple):
    label: str
    mapping: str | None  # None: the file's own mapping
    left: Property | None  # None: a constant
    right: Property | None
    systems: tuple[str, str]  # of the left and the right end
    clauses: Clauses
    wiring: Wiring
    written: tuple[Written, ...]
    order: Order | None
    values: ValueMap | None
    doc: str
    span: Span
    label_span: Span
    ends: tuple[Span, Span]
    flipped: bool = False  # its left end is on the right side of the mapping
    broken: bool = False  # a clause or its value map was not understood: checks keep silent

    @property
    def name(self) -> str:
        """The label, with its mapping."""
        return self.label if self.mapping is None else f"{self.mapping}.{self.label}"

    def end(self, side: Side) -> Property | None:
        return self.left if side is Side.LEFT else self.right

    def system(self, side: Side) -> str:
        return self.systems[0 if side is Side.LEFT else 1]

    def conversion(self, side: Side) -> Conversion:
        """What a value becomes on its way to a side."""
        return self.wiring.forward if side is Side.RIGHT else self.wiring.backward

    def turned(self, side: Side) -> Side:
        """A side of the rule as one of its mapping, and the other way round."""
        return side.other if self.flipped else side

    @property
    def guard(self) -> Condition | None:
        """Its condition, by the sides of the mapping."""
        guard = self.wiring.guard
        return turned(guard) if guard is not None and self.flipped else guard

    def clause(self, kind: Kind) -> Written | None:
        for clause in self.written:
            if clause.kind is kind:
                return clause
        return None

    @property
    def receivers(self) -> tuple[Side, ...]:
        return _RECEIVERS[self.clauses.arrow]

    @property
    def targets(self) -> tuple[tuple[Side, Property], ...]:
        """The properties that its arrow points to, by their side."""
        arrow = self.clauses.arrow
        left = () if self.left is None or arrow is Arrow.RIGHT else ((Side.LEFT, self.left),)
        right = () if self.right is None or arrow is Arrow.LEFT else ((Side.RIGHT, self.right),)
        return left + right


_RECEIVERS = {
    Arrow.RIGHT: (Side.RIGHT,),
    Arrow.LEFT: (Side.LEFT,),
    Arrow.BOTH: (Side.LEFT, Side.RIGHT),
}


class Key(NamedTuple):
    """One pair of properties that records are matched by; both have to be equal after the steps."""

    left: Property
    right: Property
    steps: tuple[Step, ...]
    span: Span


class Create(NamedTuple):
    """A `create in` line: may a pass create the record that is missing on this side?"""

    side: Side
    condition: Condition | None
    never: bool
    text: str  # the condition as it was written
    span: Span


class Scope(NamedTuple):
    condition: Condition
    stops: bool  # what no longer fits is no longer synced
    text: str
    span: Span
    says_leaving: bool = True  # what becomes of a pair that no longer fits is written there


class Mapping(NamedTuple):
    name: str | None  # None: the file's own mapping
    left: ObjectName
    right: ObjectName
    arrow: Arrow
    via: str | None
    match: tuple[Key, ...]
    creates: tuple[Create, ...]
    delete: str  # ignored, follows, unlinks
    scope: Scope | None
    rules: tuple[Rule, ...]
    doc: str
    span: Span
    source: Source
    home: str = ""
    usual: tuple[Kind, ...] = ()  # the kinds of its `usual` clauses
    ends: tuple[Span, Span] | None = None  # where its two objects are named
    via_span: Span | None = None
    delete_span: Span | None = None
    broken: bool = False  # some of its lines could not be understood

    @property
    def title(self) -> str:
        return self.name or f"{self.left[0]} and {self.right[0]}"

    def end(self, side: Side) -> ObjectName:
        return self.left if side is Side.LEFT else self.right

    def creating(self, side: Side) -> Create | None:
        """The `create` line for a side. INVARIANT: there is at most one; two are told as such."""
        return next((line for line in self.creates if line.side is side), None)

    def side_of(self, system: str) -> Side | None:
        if system == self.left[0]:
            return Side.LEFT
        return Side.RIGHT if system == self.right[0] else None


class Line(NamedTuple):
    """A line of a value map."""

    left: Value
    arrow: Arrow
    right: Value
    span: Span


class ValueMap(NamedTuple):
    name: str
    lines: tuple[Line, ...]
    otherwise: str  # reject, copy, value
    fallback: Value
    says_otherwise: bool  # there is an `otherwise` line
    doc: str
    span: Span
    broken: bool = False  # some of its lines could not be read: rules that use it are broken too


class Order(NamedTuple):
    name: str
    stages: tuple[Value, ...]
    doc: str
    span: Span


class NeverOverwrite(NamedTuple):
    property: Property
    span: Span


class NeverSend(NamedTuple):
    property: Property
    system: str
    span: Span


class AlwaysConverge(NamedTuple):
    mapping: str
    span: Span


class ChangeBudget(NamedTuple):
    """`at most 2% of contacts change`: of the mapping's pairs, in one pass."""

    percent: Value
    mapping: str
    span: Span


class OverwriteBudget(NamedTuple):
    """`at most 0 overwrites of P`, in one pass."""

    most: int
    property: Property
    span: Span


Promise = NeverOverwrite | NeverSend | AlwaysConverge | ChangeBudget | OverwriteBudget

Fields = tuple[tuple[str, Value], ...]


class Example(NamedTuple):
    """A `test` block. Sides are those of the mapping."""

    text: str
    mapping: Mapping
    event: Event
    left: Fields | None  # None: there is no such record
    right: Fields | None
    left_before: Fields | None
    right_before: Fields | None
    newer: Side | None
    written: tuple[str, ...]  # labels
    linked: bool
    expected: tuple[tuple[Side, Fields], ...]
    decisions: tuple[tuple[str, str], ...]  # ("conflict" or "reject", label)
    span: Span
    named: tuple[tuple[Side, str, Span], ...] = ()  # the properties, where it names them


class Policy(NamedTuple):
    """All that a project's files say, in the order in which they say it."""

    systems: tuple[System, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    values: tuple[ValueMap, ...] = ()
    orders: tuple[Order, ...] = ()
    promises: tuple[Promise, ...] = ()
    examples: tuple[Example, ...] = ()
    whole: bool = True  # all lines of all files were understood

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for mapping in self.mappings for rule in mapping.rules)

    def system(self, name: str) -> System | None:
        return next((system for system in self.systems if system.name == name), None)

    def object(self, name: ObjectName) -> schema.Object | None:
        """What is known of an object."""
        system = self.system(name[0])
        if system is None or system.schema is None or name[1] is None:
            return None
        return system.schema.objects.get(name[1])
