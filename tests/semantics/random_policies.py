"""Random clauses, rules, records and histories, for the laws that hold for all of them."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from syncdsl.condition import Record
from syncdsl.convert import Value
from syncdsl.policy import Arrow, Blanks, Clauses, Guarded, Mapping, Mode, Rule, Winner
from syncdsl.semantics.observe import Moment
from syncdsl.semantics.pair import Before, Both, Link, Memory, records
from syncdsl.semantics.table import questions
from syncdsl.situation import Event, Side, Truth, Written
from tests.semantics.build import mapping, rule

# ── random clauses ───────────────────────────────────────────────────────────────────────────────

EVENTS = [event for event in Event if event is not Event.CREATE]
truths = st.lists(st.sampled_from(Truth), min_size=1, unique=True).map(tuple)


MEETINGS = [*product((None, *Side), (True, False), (True, False))]
ANYTHING = tuple(Guarded(*meeting, tuple(Truth)) for meeting in MEETINGS)


@st.composite
def guards(draw: st.DrawFn) -> tuple[Guarded, ...]:
    return tuple(Guarded(*meeting, draw(truths)) for meeting in MEETINGS)


@st.composite
def any_clauses(draw: st.DrawFn) -> Clauses:
    """All that `resolve` can make of the clauses of a rule, and more."""
    arrow = draw(st.sampled_from(Arrow))
    mode = draw(st.sampled_from(Mode))
    plain = mode is Mode.SET
    return Clauses(
        arrow=arrow,
        events=tuple(draw(st.lists(st.sampled_from(Event), min_size=1, unique=True))),
        mode=mode,
        blanks=draw(st.sampled_from(Blanks)) if plain else Blanks.SKIP,
        winner=draw(st.none() | st.sampled_from(Winner)),
        default=arrow is not Arrow.BOTH and draw(st.booleans()),
        owner=draw(st.none() | st.sampled_from(Side)),
        guard=draw(st.none() | guards()),
        constant=arrow is not Arrow.BOTH and draw(st.booleans()),
        left_refusable=draw(st.booleans()),
        right_refusable=draw(st.booleans()),
        left_may_leave_order=draw(st.booleans()),
        right_may_leave_order=draw(st.booleans()),
    )


# ── random rules and values ──────────────────────────────────────────────────────────────────────

CONVERSIONS = (
    *("", "as trim", "as trim | lower", "as text(3)", "as number", "as bool", "as negate"),
    *('as split(";")', 'as join(";")', 'as split(";") | trim | lower', "as date"),
)
MAPS = ("", "values words", "values copying", "values filling", "values staging")
MODES = (
    *("", "if blank", "once", "append", "union", "forward only in stages", "sticky"),
    *("sticky in crm", "sticky in erp"),
)
ON = ("", "on create only", "on create or update", "not on reactivation", "not on initial")
GUARDS = (
    *("", "when crm.x is blank", "when erp.y is not blank", "when crm.x = erp.y"),
    *("when crm.x in [a, lead] or erp.z = a", "when not erp.y contains a and crm.z is blank"),
)
WINNERS = ("", "crm wins", "erp wins", "most recent wins", "ask")
OWNERS = ("", "owned by crm", "owned by erp")
TYPES = ("", "text", "number", "bool", "list", "date")

VALUES: tuple[Value, ...] = (
    *(None, "", " ", "a", "A", " a ", "b", "long text", "lead", "Lead", "open", "won", "lost"),
    *("cold", "hot", "one", "two", "deux", "1", 1, 2, 9, 0, Decimal("1.50"), "1.5", "many"),
    *(True, False, "true", "yes", "no", "2026-01-31", "31.1.2026", "a;b", "b;c", "A;b;;", ";"),
    *(["a"], ["b", "A"], ["a;b"], ["a\nb", "c"], [" ", None], "a\nb", "b\r\nc\n", "\n", "\n\na"),
)
values = st.sampled_from(VALUES)


@st.composite
def rule_texts(draw: st.DrawFn, arrows: Sequence[str] = ("->", "<-", "<->")) -> str:
    arrow = draw(st.sampled_from(arrows))
    mode = draw(st.sampled_from(MODES))
    said = [mode, *(draw(st.sampled_from(of)) for of in (CONVERSIONS, ON, GUARDS, OWNERS))]
    if arrow != "<->" or mode not in ("append", "union"):
        # A map takes whole values. Where both sides add, it would take "one" today, and tomorrow,
        # when a line has come to it, copy "one" and the line.
        said.append(draw(st.sampled_from(MAPS)))
    if arrow == "<->":
        said.append(draw(st.sampled_from(WINNERS)))
    if mode == "":
        clearing = ["", "clear blanks", "clear emptied"]
        said.append(draw(st.sampled_from(clearing)))
    if arrow != "<->" and not any(each.startswith("clear") for each in said):
        said.append(draw(st.sampled_from(["", "default lead"])))
    ends = ["crm.x", "erp.y"]
    if draw(st.booleans()):
        ends.reverse()
    return f"{ends[0]} {arrow} {ends[1]} {', '.join(filter(None, said))}"


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules over properties of any types, whose records may hold what does not fit the type."""
    types = {name: draw(st.sampled_from(TYPES)) for name in "xy"}
    found = rule(draw(rule_texts()), **{name: kind for name, kind in types.items() if kind})
    gives = questions(found.clauses).gives
    guard = found.clauses.guard
    return found._replace(
        clauses=found.clauses._replace(
            guard=ANYTHING if guard is not None and may_fade(found) else guard,
            left_refusable=gives[0],
            right_refusable=gives[1],
            left_may_leave_order=True,
            right_may_leave_order=True,
        )
    )


def may_fade(found: Rule) -> bool:
    """Can a value that is there for a guard be blank for the rule?"""
    wiring = found.wiring
    steps = {step.name for step in (*wiring.forward.steps, *wiring.backward.steps)}
    return found.clauses.mode.adds or not steps.isdisjoint({"trim", "split"})


@st.composite
def rows(draw: st.DrawFn, names: str) -> Record:
    return {name: draw(values) for name in draw(st.sets(st.sampled_from(names)))}


@st.composite
def moments(draw: st.DrawFn, found: Rule) -> Moment:
    event = draw(st.sampled_from(Event))
    own = "yz" if found.flipped else "xz", "xz" if found.flipped else "yz"
    left, right = draw(rows(own[0])), draw(rows(own[1]))
    days = st.sampled_from([None, "2026-01-01", "2026-01-02", "soon"])
    made = draw(st.sampled_from(Side)) if event is Event.CREATE else None
    return Moment(
        event,
        None if made is Side.LEFT else left,
        None if made is Side.RIGHT else right,
        draw(st.none() | rows(own[0])),
        draw(st.none() | rows(own[1])),
        draw(st.none() | st.fixed_dictionaries({own[0][0]: days})),
        draw(st.none() | st.fixed_dictionaries({own[1][0]: days})),
        draw(st.sampled_from(Written)),
    )


# ── random passes ────────────────────────────────────────────────────────────────────────────────


@st.composite
def pasts(draw: st.DrawFn, label: str) -> Link:
    """What is remembered of the records `1`, maybe nothing but that they belong together."""
    before = draw(st.none() | st.tuples(rows("xz"), rows("yz")))
    held = () if before is None else (Before(label, *(tuple(each.items()) for each in before)),)
    wrote = draw(st.sampled_from([frozenset(), frozenset({label})]))
    return Link("1", "1", before=held, wrote=wrote)


@st.composite
def mappings(draw: st.DrawFn, rules: int = 3) -> Mapping:
    """Mappings in which rules may write the same properties."""
    ends = [("crm.x", "erp.y"), ("crm.x", "erp.z"), ("crm.z", "erp.y")]
    lines = ["match k = k as trim | lower"]
    lines += draw(st.sampled_from([[], ["create in crm"], ["create in erp when crm.x is blank"]]))
    lines += draw(st.sampled_from([[], ["scope crm.z != won"], ["scope erp.z = a, leaving keeps"]]))
    lines.append(f"delete {draw(st.sampled_from(['ignored', 'follows', 'unlinks']))}")
    for number in range(draw(st.integers(1, rules))):
        left, right = draw(st.sampled_from(ends))
        text = draw(rule_texts()).replace("crm.x", left, 1).replace("erp.y", right, 1)
        lines.append(f"r{number}: {text}")
    return mapping(*lines)


@st.composite
def records_of(draw: st.DrawFn, names: str) -> list[Record]:
    keys = st.sampled_from(["", "a", "A ", "b", None])
    many = draw(st.integers(0, 3))
    return [{"id": str(number), "k": draw(keys), **draw(rows(names))} for number in range(many)]


@st.composite
def memories(draw: st.DrawFn, over: Mapping) -> Memory:
    """Links of records that may be there or not."""
    left, right = (draw(st.permutations("0123")) for _ in Side)
    links = []
    for ids in [*zip(left, right, strict=True)][: draw(st.integers(0, 3))]:
        before = tuple(
            Before(each.label, *(tuple(draw(rows(names)).items()) for names in ("xz", "yz")))
            for each in over.rules
            if draw(st.booleans())
        )
        wrote = draw(st.sets(st.sampled_from([each.label for each in over.rules])))
        links.append(Link(*ids, draw(st.booleans()), before, frozenset(wrote)))
    return Memory(tuple(links))


@st.composite
def passes(draw: st.DrawFn) -> tuple[Mapping, Both, Memory, Event]:
    over = draw(mappings())
    both = Both(*(records(draw(records_of(names)), "id") for names in ("xz", "yz")))
    return over, both, draw(memories(over)), draw(st.sampled_from(EVENTS))
