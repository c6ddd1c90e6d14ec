"""Policies for the tests of compiled forms, and what `decide` itself says of their records."""

import json
from collections.abc import Iterator
from itertools import product
from types import ModuleType
from typing import Any, NamedTuple

from syncdsl import policy, schema
from syncdsl.compile.python import to_python
from syncdsl.condition import Record
from syncdsl.convert import Value
from syncdsl.policy import Arrow, Blanks, Clauses, Guarded, Mapping, Mode, Policy, Rule, Winner
from syncdsl.resolve import Unit, resolve
from syncdsl.semantics.decide import decide
from syncdsl.semantics.observe import Moment, effects, observe
from syncdsl.semantics.table import questions
from syncdsl.situation import Event, Side, Truth, Written
from syncdsl.source import Source, Span
from syncdsl.syntax.parse import parse
from syncdsl.wiring import End, Wiring

# Every clause, on ends of many types; rules with an odd number in their label stand the other way
# round in their mapping.
EVERY_CLAUSE = """
system crm  { schema "crm.json" }
system shop { schema "shop.json" }

## People.
## Their second line: "quoted", \\ and `ticked`.
mapping people: crm.person <-> shop.customer {
  match mail = mail as trim | lower
  create in crm when shop.total > 100
  create in shop never
  scope crm.stage is not blank, leaving keeps

  plain_0:    crm.text -> shop.text
  plain_1:    shop.text -> crm.text
  plain_2:    crm.text <- shop.text
  plain_4:    crm.text <-> shop.text
  ## Written once, when the record is made.
  create_0:   crm.text -> shop.text on create only, default "new"
  create_1:   shop.text -> crm.text on create only, default "new"
  events_0:   crm.text <-> shop.text not on reactivation, crm wins
  never_0:    crm.text -> shop.text not on create or initial or update or reactivation
  blank_0:    crm.text -> shop.text if blank
  blank_4:    crm.text <-> shop.text if blank
  once_0:     crm.text -> shop.text once
  once_1:     shop.text -> crm.text once
  once_4:     crm.text <-> shop.text once
  append_0:   crm.text -> shop.text append
  append_1:   shop.list -> crm.text append
  append_4:   crm.text <-> shop.list as split, append
  union_0:    crm.list -> shop.list union
  union_4:    crm.list <-> shop.list as lower, union
  union_5:    shop.text <-> crm.list as split(","), union
  forward_0:  crm.stage -> shop.stage, forward only in stages
  forward_1:  shop.stage -> crm.stage, forward only in stages
  forward_4:  crm.stage <-> shop.text as lower, forward only in stages
  forward_5:  shop.level <-> crm.stage values levels, forward only in stages
  sticky_0:   crm.flag -> shop.flag, sticky
  sticky_1:   shop.flag <-> crm.flag as negate, sticky in crm
  sticky_2:   crm.flag <-> shop.text as negate, sticky in crm
  sticky_3:   shop.text <-> crm.flag as negate, sticky in shop
  sticky_4:   crm.flag <-> shop.flag, sticky
  sticky_6:   crm.text <- shop.flag as negate, sticky in shop
  skip_0:     crm.text <-> shop.text skip blanks, ask
  clear_0:    crm.text -> shop.text clear blanks
  clear_4:    crm.text <-> shop.text clear blanks, shop wins
  emptied_0:  crm.text -> shop.text clear emptied
  emptied_1:  shop.text <-> crm.text clear emptied, crm wins
  recent_4:   crm.text <-> shop.text, most recent wins
  recent_5:   shop.text <-> crm.text clear emptied, most recent wins
  ask_4:      crm.text <-> shop.text as trim | upper, ask
  guard_0:    crm.text -> shop.text when crm.total > 5 and not (shop.flag = true or crm.text = b)
  guard_1:    shop.text -> crm.text when crm.text in [lead, 7] or shop.text starts with le
  guard_4:    crm.text <-> shop.text when crm.text contains a and crm.total != shop.total, ask
  number_0:   crm.text -> shop.total as trim | number
  number_4:   crm.text <-> shop.total as number, shop wins
  day_0:      crm.moment -> shop.day as date("Europe/Berlin")
  day_4:      crm.text <-> shop.moment as datetime("America/New_York"), ask
  phone_4:    crm.text <-> shop.text as e164("DE"), most recent wins
  short_0:    crm.text -> shop.text as trim | text(5)
  joined_4:   crm.list <-> shop.text as join("/"), ask
  values_0:   crm.text -> shop.level values levels
  values_1:   shop.level -> crm.text values levels
  values_4:   crm.text <-> shop.level as lower, values levels, ask
  filled_0:   crm.text -> shop.level values filled, default 9
  copied_4:   crm.text <-> shop.level values copied, crm wins
  long_0:     crm.text -> shop.text if blank,  # a word
              when crm.total > 1
  origin_0:   "CRM" -> shop.text
  origin_1:   crm.text <- "shop" on create only
  origin_2:   crm.total <- 12.50 as number, if blank
  origin_4:   "lead" -> shop.stage, forward only in stages
}

values levels {
  lead      -> 1
  customer <-> 2
  partner  <-  3
}
values filled {
  lead     -> 1
  customer -> 0.50
  otherwise 7
}
values copied {
  lead <-> 1
  "1"  <-> true
  otherwise copy
}
order stages { lead < customer < partner }
order levels { 1 < 2 < 3 }

never overwrite shop.customer.level
never send crm.person.total to shop
always converge people
at most 2.5% of people change
at most 0 overwrites of shop.customer.level

test "a customer" in people {
  on      update
  given   crm  { text: lead, list: [one, "two"], total: -1.50 }
  given   shop { text: blank, flag: true }
  before  crm  { text: customer }
  newer   crm
  written plain_0
  expect  shop { level: 1 }
  expect  conflict recent_4
}
"""

TYPES = {
    "mail": "text",
    "text": "text",
    "list": "list",
    "stage": "option",
    "level": None,
    "flag": "bool",
    "total": "number",
    "day": "date",
    "moment": "datetime",
}


def schema_of(name: str) -> schema.System:
    """A schema that knows the types of all properties but one."""
    properties = {key: {"type": kind} if kind else {} for key, kind in TYPES.items()}
    text = json.dumps({"version": 1, "objects": {name: {"properties": properties}}})
    found, problems = schema.parse(Source(f"{name}.json", text))
    assert not problems
    return found


def policy_of(text: str, path: str = "test.sync") -> Policy:
    file, diagnostics = parse(Source(path, text))
    assert not diagnostics, [each.message for each in diagnostics]
    schemas = {"crm.json": schema_of("person"), "shop.json": schema_of("customer")}
    found, problems = resolve([Unit(file, True, {}, schemas)])
    assert not problems, [f"{each.span.text}: {each.message}" for each in problems]
    return found


def module_of(found: Policy, name: str = "compiled") -> Any:
    """The compiled module, as an import would make it."""
    module = ModuleType(name)
    exec(compile(to_python(found), f"{name}.py", "exec"), module.__dict__)
    return module


# ── clause sets ──────────────────────────────────────────────────────────────────────────────────

_EVENTS = (
    tuple(Event),
    (Event.CREATE, Event.INITIAL),
    (Event.UPDATE, Event.REACTIVATION),
)
_GUARDS = (
    None,
    tuple(
        Guarded(made, left, right, (Truth.FAILS, Truth.HOLDS) if left else tuple(Truth))
        for made, left, right in product((None, *Side), (True, False), (True, False))
    ),
)


def clause_sets() -> Iterator[Clauses]:
    """Some hundreds of sets, with all that can stand beside each other."""
    for index, (events, guard) in enumerate(product(_EVENTS, _GUARDS)):
        facts = (index % 2 == 0, index % 3 == 0, index % 4 < 2, index % 5 < 3)
        for arrow in Arrow:
            for clauses in _writing(Clauses(arrow, events, guard=guard)):
                left, right, *leaves = facts
                yield clauses._replace(
                    left_refusable=left and not (clauses.constant and arrow is Arrow.RIGHT),
                    right_refusable=right and not (clauses.constant and arrow is Arrow.LEFT),
                    left_may_leave_order=leaves[0],
                    right_may_leave_order=leaves[1],
                )


def _writing(clauses: Clauses) -> Iterator[Clauses]:
    if clauses.arrow is not Arrow.BOTH:
        for mode, default, constant in product(Mode, (False, True), (False, True)):
            yield clauses._replace(mode=mode, default=default, constant=constant)
        for blanks in (Blanks.CLEAR, Blanks.CLEAR_EMPTIED):
            yield clauses._replace(blanks=blanks, owner=Side.LEFT)
        return
    for mode in Mode:
        yield clauses._replace(mode=mode)
    for blanks, winner in product(Blanks, (None, *Winner)):
        yield clauses._replace(blanks=blanks, winner=winner, owner=Side.RIGHT)


def policy_without_text(sets: list[Clauses]) -> Policy:
    """A policy with a rule for each set, as nobody wrote it."""
    nowhere = Span(Source("nowhere.sync", ""), 0, 0)
    left = policy.Property("a", "x", "p", None)
    right = policy.Property("b", "y", "q", None)
    rules = []
    for index, clauses in enumerate(sets):
        gives_left = clauses.constant and clauses.arrow is Arrow.RIGHT
        gives_right = clauses.constant and clauses.arrow is Arrow.LEFT
        rules.append(
            Rule(
                label=f"r{index}",
                mapping="everything",
                left=None if gives_left else left,
                right=None if gives_right else right,
                systems=("a", "b"),
                clauses=clauses,
                wiring=Wiring(
                    End(None, constant="c") if gives_left else End("p"),
                    End(None, constant="c") if gives_right else End("q"),
                    default="d" if clauses.default else None,
                ),
                written=(),
                order=None,
                values=None,
                doc="",
                span=nowhere,
                label_span=nowhere,
                ends=(nowhere, nowhere),
            )
        )
    mapping = Mapping(
        name="everything",
        left=("a", "x"),
        right=("b", "y"),
        arrow=Arrow.BOTH,
        via=None,
        match=(),
        creates=(),
        delete="ignored",
        scope=None,
        rules=tuple(rules),
        doc="",
        span=nowhere,
        source=nowhere.source,
    )
    return Policy(mappings=(mapping,))


# ── what is expected of a compiled mapping ───────────────────────────────────────────────────────


class Given(NamedTuple):
    """A pair of records as the caller of a compiled mapping knows it."""

    event: str
    left: Record | None
    right: Record | None
    before: tuple[Record | None, Record | None] | None = None
    times: tuple[Record | None, Record | None] | None = None
    written: frozenset[str] | None = frozenset()


class Expected(NamedTuple):
    outcome: str
    reason: str
    effects: list[tuple[str, str | None, Value]]  # side of the mapping, property, new value


def moment_of(rule: Rule, given: Given) -> Moment:
    """The moment as the rule's ends see it."""
    turn = -1 if rule.flipped else 1
    written = Written.NO
    if given.written is None or rule.label in given.written:
        written = Written.UNKNOWN if given.written is None else Written.YES
    left, right = (given.left, given.right)[::turn]
    left_before, right_before = (given.before or (None, None))[::turn]
    left_times, right_times = (given.times or (None, None))[::turn]
    return Moment(
        Event(given.event),
        left,
        right,
        left_before,
        right_before,
        left_times,
        right_times,
        written,
    )


def given_of(rule: Rule, moment: Moment) -> Given:
    """The same, the other way."""
    turn = -1 if rule.flipped else 1
    left, right = (moment.left, moment.right)[::turn]
    left_before, right_before = (moment.left_before, moment.right_before)[::turn]
    left_times, right_times = (moment.left_times, moment.right_times)[::turn]
    written = {
        Written.NO: frozenset[str](),
        Written.YES: frozenset({rule.label}),
        Written.UNKNOWN: None,
    }[moment.written]
    before, times = (left_before, right_before), (left_times, right_times)
    return Given(moment.event.value, left, right, before, times, written)


def expected(rule: Rule, given: Given) -> Expected:
    """What `decide` says, with no table between it and the records."""
    moment, asks = moment_of(rule, given), questions(rule.clauses)
    outcome = decide(rule.clauses, observe(rule.wiring, asks, moment))
    found = []
    for effect in effects(rule.wiring, asks, moment, outcome):
        end = rule.end(effect.side)
        side = effect.side.other if rule.flipped else effect.side
        found.append((side.value, None if end is None else end.name, effect.value))
    return Expected(outcome.action.value, outcome.reason.value, found)


def differences(found: Policy, module: Any, given: Given, mapping_name: str) -> list[str]:
    """Where a compiled mapping does not decide as `decide` does; values are compared as printed."""
    mapping = next(each for each in found.mappings if each.name == mapping_name)
    decided: dict[str, list[Any]] = {rule.label: [] for rule in mapping.rules}
    for each in getattr(module, mapping_name).decide(
        given.left,
        given.right,
        event=given.event,
        before=given.before,
        times=given.times,
        written=given.written,
    ):
        decided[each.rule].append(each)
    wrong = []
    for rule in mapping.rules:
        want, got = expected(rule, given), decided[rule.label]
        seen = [
            (each.side, each.property, each.new)
            for each in got
            if each.outcome in ("write", "add", "clear")
        ]
        outcomes = {(each.outcome, each.reason) for each in got}
        if outcomes != {(want.outcome, want.reason)} or repr(seen) != repr(want.effects):
            wrong.append(f"{rule.label}: {want} and not {got}")
    return wrong
