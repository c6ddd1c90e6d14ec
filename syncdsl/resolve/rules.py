"""A rule: its two ends, and how its clauses are wired to them."""

from __future__ import annotations

from syncdsl import policy
from syncdsl.convert import Unusable, Value, same
from syncdsl.policy import Arrow, Clauses
from syncdsl.resolve.conditions import Ends
from syncdsl.resolve.facts import guarded, may_leave_order, refusable
from syncdsl.resolve.names import Names, type_name
from syncdsl.resolve.said import Home, Said, said
from syncdsl.situation import Side
from syncdsl.suggest import one_of
from syncdsl.syntax import tree
from syncdsl.wiring import End, Wiring, becomes


def rule(names: Names, item: tree.Rule, home: Home, doc: str) -> policy.Rule | None:
    """The rule, or None if its ends are not two ends; that was told then."""
    sides = _sides(names, item, home)
    arrow = Arrow(item.arrow.text)
    if sides is None or not _ends_fit(names, item, home, sides, arrow):
        return None
    flipped = sides[0] is Side.RIGHT
    ends = (home.ends[1], home.ends[0]) if flipped else home.ends
    left, right = _properties(names, item, ends, home)
    mistakes = names.mistakes
    says = said(names, item, home, arrow, flipped)
    wiring = Wiring(
        left=End(None if left is None else left.name, type_name(left), _constant(item.left)),
        right=End(None if right is None else right.name, type_name(right), _constant(item.right)),
        forward=says.forward,
        backward=says.backward,
        stages=None if says.order is None else says.order.stages,
        sticky=says.sticky,
        default=says.default,
        guard=says.guard,
    )
    if (left is None or right is None) and not _constant_fits(names, item, wiring, arrow):
        return None
    return policy.Rule(
        label=item.label.text,
        mapping=home.mapping,
        left=left,
        right=right,
        systems=(ends[0][0], ends[1][0]),
        clauses=_clauses(says, arrow, wiring, left, right),
        wiring=wiring,
        written=says.written(item),
        order=says.order,
        values=says.values,
        doc=doc,
        span=item.span,
        label_span=item.label.span,
        ends=(item.left.span, item.right.span),
        flipped=flipped,
        broken=names.mistakes > mistakes or (says.values is not None and says.values.broken),
    )


def _clauses(
    says: Said,
    arrow: Arrow,
    wiring: Wiring,
    left: policy.Property | None,
    right: policy.Property | None,
) -> Clauses:
    """The key of the rule's table: what is said, and which situations its ends can be in."""
    forward = wiring.forward if arrow.gives(Side.LEFT) else None
    backward = wiring.backward if arrow.gives(Side.RIGHT) else None
    compared = None if arrow is Arrow.BOTH else backward  # two ways: as the right end's stages
    facts = (
        left is None or right is None,
        forward is not None and refusable(forward, type_name(left)),
        backward is not None and refusable(backward, type_name(right)),
        not says.has_stages or may_leave_order(wiring, left, forward),
        not says.has_stages or may_leave_order(wiring, right, compared),
    )
    found = says.clauses.get(facts) if wiring.guard is None else None
    if found is None:
        constant, left_refusable, right_refusable, left_leaves, right_leaves = facts
        found = says.clauses[facts] = Clauses(
            arrow=arrow,
            events=says.events,
            mode=says.mode,
            blanks=says.blanks,
            winner=says.winner if arrow is Arrow.BOTH else None,
            default=says.default is not None,
            owner=says.owner,
            guard=None if wiring.guard is None else guarded(wiring.guard, wiring),
            constant=constant,
            left_refusable=left_refusable,
            right_refusable=right_refusable,
            left_may_leave_order=left_leaves,
            right_may_leave_order=right_leaves,
        )
    return found


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
