"""
What the clauses of a rule say, apart from its own two ends.

Rules of one mapping often have the same clauses in the same words. What they say is worked out once
and shared, down to the `Clauses` of the decision table. Only what had nothing wrong is shared, so
that each mistake is told where it stands.
"""

from __future__ import annotations

from typing import NamedTuple

from syncdsl import policy
from syncdsl.condition import Condition, turned
from syncdsl.convert import (
    STEPS,
    Step,
    Unusable,
    Value,
    argument_problem,
    known_arguments,
    same,
    turned_round,
)
from syncdsl.policy import ALL_EVENTS, Arrow, Blanks, Clauses, Kind, Mode, Winner
from syncdsl.resolve.clauses import KIND, Chosen, choose
from syncdsl.resolve.conditions import Ends, resolved
from syncdsl.resolve.names import Names
from syncdsl.situation import Event, Side
from syncdsl.suggest import beginning, did_you_mean, one_of
from syncdsl.syntax import tree
from syncdsl.wiring import Conversion, Entry, ValueMap, becomes

# What the two ends add: a constant, a refusable value on either side, a stage outside the order.
EndFacts = tuple[bool, bool, bool, bool, bool]


class Said(NamedTuple):
    """What clauses say. `left` and `right` are the rule's own ends."""

    kinds: frozenset[Kind]  # of the rule's own clauses that hold
    usual: tuple[policy.Written, ...]
    events: tuple[Event, ...]
    mode: Mode
    blanks: Blanks
    winner: Winner | None
    owner: Side | None
    values: policy.ValueMap | None
    order: policy.Order | None
    forward: Conversion
    backward: Conversion
    sticky: bool | None
    default: Value
    guard: Condition | None
    clauses: dict[EndFacts, Clauses]  # the tables' keys that were needed so far

    @property
    def has_stages(self) -> bool:
        return self.order is not None or self.sticky is not None

    def written(self, item: tree.Rule) -> tuple[policy.Written, ...]:
        """The clauses as they stand, of the rule itself first."""
        own = []
        left = set(self.kinds)
        for clause in item.clauses:
            kind = KIND[type(clause)]
            if kind in left:
                left.discard(kind)
                own.append(policy.Written(kind, clause.span, usual=False))
        return (*own, *self.usual)


class Home(NamedTuple):
    """Where a rule stands: the mapping's name, its two objects, its arrow and its usual clauses."""

    mapping: str | None
    ends: Ends
    arrow: Arrow
    usual: tuple[tree.Clause, ...]
    path: str  # of the file
    said: dict[tuple[Arrow, bool, tuple[str, ...]], Said]  # by arrow, direction and clauses

    @property
    def systems(self) -> tuple[str, str]:
        return self.ends[0][0], self.ends[1][0]


def said(names: Names, item: tree.Rule, home: Home, arrow: Arrow, flipped: bool) -> Said:
    """What the clauses of a rule say in its mapping."""
    key = arrow, flipped, tuple([clause.span.text for clause in item.clauses])
    found = home.said.get(key)
    if found is None:
        before = names.mistakes
        found = _said(names, item, home, arrow, flipped)
        if names.mistakes == before:
            home.said[key] = found
    return found


def _said(names: Names, item: tree.Rule, home: Home, arrow: Arrow, flipped: bool) -> Said:
    systems = home.systems[::-1] if flipped else home.systems
    chosen = choose(names, item.clauses, home.usual, arrow)
    values = _value_map(names, chosen, home)
    order = _order(names, chosen, home)
    forward, backward = _conversions(names, _steps(names, chosen), values, arrow)
    default = _default(names, chosen, order)
    mode, blanks, owner = (chosen.get(kind) for kind in (Kind.MODE, Kind.BLANKS, Kind.OWNER))
    return Said(
        kinds=frozenset(chosen) - chosen.usual,
        usual=tuple(
            policy.Written(kind, clause.span, usual=True)
            for kind, clause in chosen.items()
            if kind in chosen.usual
        ),
        events=_events(names, chosen),
        mode=Mode(mode.words) if isinstance(mode, tree.Mode) else Mode.SET,
        blanks=Blanks(blanks.words) if isinstance(blanks, tree.Blanks) else Blanks.SKIP,
        winner=_winner(names, chosen, systems),
        owner=_owner(names, owner, systems) if isinstance(owner, tree.Owned) else None,
        values=values,
        order=order,
        forward=forward,
        backward=backward,
        sticky=_sticky(names, chosen, systems, arrow, (forward, backward)),
        default=default,
        guard=_guard(names, chosen, home, flipped),
        clauses={},
    )


def _value_map(names: Names, chosen: Chosen, home: Home) -> policy.ValueMap | None:
    clause = chosen.get(Kind.VALUES)
    return names.value_map(clause.name, home.path) if isinstance(clause, tree.UseValues) else None


def _order(names: Names, chosen: Chosen, home: Home) -> policy.Order | None:
    clause = chosen.get(Kind.MODE)
    if isinstance(clause, tree.Mode) and clause.words == "forward only" and clause.of is not None:
        order = names.order(clause.of, home.path)
        if order is None:
            del chosen[Kind.MODE]  # told; without its order the clause says nothing
        return order
    return None


def _steps(names: Names, chosen: Chosen) -> tuple[Step, ...]:
    clause = chosen.get(Kind.CONVERSION)
    return steps(names, clause.steps) if isinstance(clause, tree.As) else ()


def steps(names: Names, written: tuple[tree.Step, ...]) -> tuple[Step, ...]:
    """The steps of a conversion, without those that do not exist."""
    found = []
    for each in written:
        argument = each.argument
        step = Step(each.name.text, argument if isinstance(argument, str | int) else None)
        if step.name not in STEPS:
            meant = _step_meant(step.name)
            names.tell("unfit-step", f"there is no step `{step.name}`; {meant}", each.name.span)
            continue
        # One that is of another type is what is told here.
        problem = argument_problem(step._replace(argument=argument))  # type: ignore[arg-type]
        if problem is not None:
            other = did_you_mean(str(argument), known_arguments(step.name))
            meant = f"; did you mean `{other}`?" if other else ""
            names.tell("unfit-step", problem + meant, each.span)
            continue
        found.append(step)
    return tuple(found)


# What people call them who come from a spreadsheet, a database or a programming language.
_CALLED = {
    **dict.fromkeys(("boolean", "flag", "checkbox"), "bool"),
    **dict.fromkeys(("concat", "concatenate"), "join"),
    **dict.fromkeys(("currency", "decimal", "float", "int", "integer", "money", "num"), "number"),
    **dict.fromkeys(("day",), "date"),
    **dict.fromkeys(("explode", "list"), "split"),
    **dict.fromkeys(("invert", "not", "opposite", "reverse"), "negate"),
    **dict.fromkeys(("phone", "phone_number", "tel", "telephone"), "e164"),
    **dict.fromkeys(("str", "string", "varchar"), "text"),
    **dict.fromkeys(("clean", "strip"), "trim"),
    **dict.fromkeys(("time", "timestamp"), "datetime"),
}


def _step_meant(name: str) -> str:
    near = _CALLED.get(name.casefold()) or did_you_mean(name, STEPS)
    near = near or beginning(name, list(STEPS))
    return f"did you mean `{near}`?" if near else f"the steps are {one_of(list(STEPS), last='and')}"


def _conversions(
    names: Names, steps: tuple[Step, ...], values: policy.ValueMap | None, arrow: Arrow
) -> tuple[Conversion, Conversion]:
    """Both directions; rules with the same steps and the same map share them."""
    key = steps, None if values is None else values.span, arrow
    found = names.conversions.get(key)
    if found is not None:
        return found
    forward, backward = _read(values, Arrow.LEFT), _read(values, Arrow.RIGHT)
    none = Conversion()
    match arrow:
        case Arrow.RIGHT:
            found = Conversion(steps, forward), none
        case Arrow.LEFT:
            found = none, Conversion(steps, backward)
        case Arrow.BOTH:
            back = Conversion(turned_round(steps), backward, map_first=backward is not None)
            found = Conversion(steps, forward), back
    names.conversions[key] = found
    return found


def _read(values: policy.ValueMap | None, without: Arrow) -> ValueMap | None:
    """The map in one direction: all lines but those of the other one-way arrow."""
    if values is None:
        return None
    lines = [line for line in values.lines if line.arrow is not without]
    if without is Arrow.LEFT:
        entries = tuple(Entry(line.left, line.right) for line in lines)
        return ValueMap(entries, values.otherwise, values.fallback)
    entries = tuple(Entry(line.right, line.left) for line in lines)
    return ValueMap(entries, "copy" if values.otherwise == "copy" else "reject")


def _guard(names: Names, chosen: Chosen, home: Home, flipped: bool) -> Condition | None:
    clause = chosen.get(Kind.GUARD)
    if not isinstance(clause, tree.When):
        return None
    guard = resolved(names, clause.condition, home.ends, home.path)
    return turned(guard) if guard is not None and flipped else guard


def _default(names: Names, chosen: Chosen, order: policy.Order | None) -> Value:
    clause = chosen.get(Kind.DEFAULT)
    if not isinstance(clause, tree.Default):
        return None
    value = clause.value.value
    if value == "":
        names.tell("unfit-value", "this default is blank; it would fill nothing", clause.span)
    elif order is not None and not any(same(value, stage, None) for stage in order.stages):
        stages = one_of([str(stage) for stage in order.stages])
        names.tell(
            "unfit-value",
            f"the default `{value}` is not in the order `{order.name}`; accepted: {stages}",
            clause.value.span,
        )
    else:
        return value
    del chosen[Kind.DEFAULT]
    return None


def _events(names: Names, chosen: Chosen) -> tuple[Event, ...]:
    clause = chosen.get(Kind.EVENTS)
    if not isinstance(clause, tree.Events):
        return ALL_EVENTS
    known = [event.value for event in Event]
    named = set()
    for name in clause.names:
        if name.text in known:
            named.add(Event(name.text))
            continue
        near = did_you_mean(name.text, known)
        more = f"did you mean `{near}`?" if near else f"the events are {one_of(known, last='and')}"
        names.tell("unknown-name", f"there is no event `{name.text}`; {more}", name.span)
    if len(named) < len({name.text for name in clause.names}):
        return ALL_EVENTS if not named else tuple(event for event in Event if event in named)
    return tuple(event for event in Event if (event in named) != clause.excluded)


def _winner(names: Names, chosen: Chosen, systems: tuple[str, str]) -> Winner | None:
    clause = chosen.get(Kind.WINNER)
    if not isinstance(clause, tree.Winner):
        return None
    if clause.system is None:
        return Winner.ASK if clause.words == "ask" else Winner.NEWEST
    side = names.one_of_systems(clause.system, systems, "the winner", "most recent")
    if side is None:
        # Told; `ask` keeps the later phases from telling that there is no winner.
        return Winner.ASK
    return Winner.LEFT if side is Side.LEFT else Winner.RIGHT


def _owner(names: Names, clause: tree.Owned, systems: tuple[str, str]) -> Side | None:
    return names.one_of_systems(clause.system, systems, "the owner")


def _sticky(
    names: Names,
    chosen: Chosen,
    systems: tuple[str, str],
    arrow: Arrow,
    conversions: tuple[Conversion, Conversion],
) -> bool | None:
    """The value that stays, in the terms in which the sides are compared."""
    clause = chosen.get(Kind.MODE)
    if not isinstance(clause, tree.Mode) or clause.words != "sticky":
        return None
    if clause.of is None:
        return True
    side = names.one_of_systems(clause.of, systems, "the system whose true stays")
    compared = Side.LEFT if arrow is Arrow.LEFT else Side.RIGHT
    if side is None or side is compared:
        return True
    conversion = conversions[0] if compared is Side.RIGHT else conversions[1]
    for true in (True, "true", 1, "yes"):
        try:
            return bool(STEPS["bool"].function(becomes(conversion, true), None))
        except Unusable:
            continue
    return True
