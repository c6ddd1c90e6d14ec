"""A rule: its two ends, its clauses, and how it is wired to names and values."""

from __future__ import annotations

from typing import NamedTuple

from syncdsl import policy
from syncdsl.condition import Condition
from syncdsl.convert import STEPS, Step, Unusable, Value, argument_problem, same, turned_round
from syncdsl.policy import Arrow, Kind
from syncdsl.resolve.clauses import Chosen, choose
from syncdsl.resolve.conditions import Ends, resolved, turned
from syncdsl.resolve.deciding import deciding, sticky
from syncdsl.resolve.names import Names, kind_of
from syncdsl.semantics.observe import becomes
from syncdsl.situation import Side
from syncdsl.suggest import hint, one_of
from syncdsl.syntax import tree
from syncdsl.wiring import Conversion, End, Entry, ValueMap, Wiring


class Home(NamedTuple):
    """Where a rule stands: the mapping's name, its two objects, its arrow and its usual clauses."""

    mapping: str | None
    ends: Ends
    arrow: Arrow
    usual: tuple[tree.Clause, ...]
    path: str  # of the file

    @property
    def systems(self) -> tuple[str, str]:
        return self.ends[0][0], self.ends[1][0]


def rule(names: Names, item: tree.Rule, home: Home, doc: str) -> policy.Rule | None:
    """The rule, or None if its ends are not two ends; that was told then."""
    sides = _sides(names, item, home)
    arrow = Arrow(item.arrow.text)
    if sides is None or not _ends_fit(names, item, home, sides, arrow):
        return None
    flipped = sides[0] is Side.RIGHT
    ends = (home.ends[1], home.ends[0]) if flipped else home.ends
    systems = ends[0][0], ends[1][0]
    left, right = _properties(names, item, ends, home)
    chosen = choose(names, item.clauses, home.usual, arrow)
    values = _value_map(names, chosen, home)
    order = _order(names, chosen, home)
    steps = _steps(names, chosen)
    forward, backward = _conversions(names, steps, values, arrow)
    guard = _guard(names, chosen, home, flipped)
    wiring = Wiring(
        left=End(None if left is None else left.name, kind_of(left), _constant(item.left)),
        right=End(None if right is None else right.name, kind_of(right), _constant(item.right)),
        forward=forward,
        backward=backward,
        stages=None if order is None else order.stages,
        default=_default(names, chosen, order),
        guard=guard,
    )
    wiring = wiring._replace(sticky=sticky(names, chosen, systems, arrow, wiring))
    if not _constant_fits(names, item, wiring, arrow):
        return None
    return policy.Rule(
        label=item.label.text,
        mapping=home.mapping,
        left=left,
        right=right,
        systems=systems,
        clauses=deciding(names, chosen, arrow, wiring, (left, right), systems),
        wiring=wiring,
        written=tuple(
            policy.Written(kind, clause.span, kind in chosen.usual)
            for kind, clause in chosen.items()
        ),
        order=order,
        values=values,
        doc=doc,
        span=item.span,
        label_span=item.label.span,
        ends=(item.left.span, item.right.span),
        flipped=flipped,
    )


# ── ends ─────────────────────────────────────────────────────────────────────────────────────────


def _sides(names: Names, item: tree.Rule, home: Home) -> tuple[Side, Side] | None:
    """On which side of the mapping the rule's left and right ends are."""
    found: list[Side | None] = []
    for end in (item.left, item.right):
        if isinstance(end, tree.Constant):
            found.append(None)
            continue
        side = names.one_of_systems(end.parts[0], home.systems, "the system of this end")
        if side is None:
            return None
        found.append(side)
    left, right = found
    if left is None and right is None:
        names.tell("wrong-end", "both ends are constants; one of them is to be written", item.span)
        return None
    left = left or (right.other if right is not None else None)
    right = right or (left.other if left is not None else None)
    assert left is not None and right is not None
    if left is right:
        system = home.systems[0 if left is Side.LEFT else 1]
        names.tell(
            "wrong-end",
            f"both ends are of `{system}`; a rule goes between {one_of(home.systems, last='and')}",
            item.right.span,
        )
        return None
    return left, right


def _ends_fit(
    names: Names, item: tree.Rule, home: Home, sides: tuple[Side, Side], arrow: Arrow
) -> bool:
    for side, end in ((Side.LEFT, item.left), (Side.RIGHT, item.right)):
        if isinstance(end, tree.Constant):
            if arrow is Arrow.BOTH or arrow.gives(side.other):
                names.tell("wrong-end", "a constant can only stand on the giving side", end.span)
                return False
            continue
        object_name = home.ends[
            0 if (side if sides[0] is Side.LEFT else side.other) is Side.LEFT else 1
        ][1]
        if len(end.parts) == 3 and end.parts[1].text != object_name:
            names.tell(
                "wrong-end",
                f"this mapping is about `{end.parts[0].text}.{object_name}`, "
                f"not `{end.parts[1].text}`",
                end.parts[1].span,
            )
            return False
    gives = [side for side in Side if arrow.gives(side)]
    against = [
        side
        for side in gives
        if not home.arrow.gives(side if sides[0] is Side.LEFT else side.other)
    ]
    if against:
        wrong = home.systems[0 if (against[0] is Side.LEFT) == (sides[0] is Side.LEFT) else 1]
        names.tell(
            "against-mapping",
            f"this rule gives from `{wrong}`, and its mapping only goes "
            f"`{home.systems[0]} {home.arrow.value} {home.systems[1]}`; "
            "turn the rule round, or write `<->` in the mapping",
            item.arrow.span,
        )
        return False
    return True


def _properties(
    names: Names, item: tree.Rule, ends: Ends, home: Home
) -> tuple[policy.Property | None, policy.Property | None]:
    own = [_property_name(item.left), _property_name(item.right)]
    found: list[policy.Property | None] = []
    for index, end in enumerate((item.left, item.right)):
        if isinstance(end, tree.Constant):
            found.append(None)
            continue
        name = own[index] or own[1 - index] or item.label.text
        system, object_name = ends[index]
        found.append(names.property(system, object_name, name, home.path))
    return found[0], found[1]


def _property_name(end: tree.End | tree.Constant) -> str | None:
    if isinstance(end, tree.Constant) or len(end.parts) == 1:
        return None
    return end.parts[-1].text


def _constant(end: tree.End | tree.Constant) -> Value:
    return end.value if isinstance(end, tree.Constant) else None


def _constant_fits(names: Names, item: tree.Rule, wiring: Wiring, arrow: Arrow) -> bool:
    giver, conversion, written = wiring.left, wiring.forward, item.left
    if arrow is Arrow.LEFT:
        giver, conversion, written = wiring.right, wiring.backward, item.right
    if giver.name is not None:
        return True
    try:
        value = becomes(conversion, giver.constant)
    except Unusable as problem:
        names.tell("unfit-value", f"this constant cannot be converted: {problem}", written.span)
        return False
    if value is None:
        names.tell("unfit-value", "this constant is blank; it would give nothing", written.span)
        return False
    if wiring.stages is not None and not any(same(value, stage, None) for stage in wiring.stages):
        names.tell("unfit-value", "this constant is not in the rule's order", written.span)
        return False
    return True


# ── what clauses name ────────────────────────────────────────────────────────────────────────────


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
            near = hint(step.name, list(STEPS), "step")
            names.tell("unfit-step", f"there is no step `{step.name}`; {near}", each.name.span)
            continue
        problem = argument_problem(step._replace(argument=argument))  # type: ignore[arg-type]
        if problem is not None:
            names.tell("unfit-step", problem, each.span)
            continue
        found.append(step)
    return tuple(found)


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
            back = Conversion(turned_round(steps), backward, map_first=True)
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
