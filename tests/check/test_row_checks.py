"""What holds for every finding that comes from a table, over rules with all kinds of clauses."""

import random
from collections.abc import Iterator
from itertools import product

import pytest

from syncdsl import check
from syncdsl.check.base import depends_on_engine
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Example, Mapping, Rule
from syncdsl.refine import refines
from syncdsl.semantics.decide import decide
from syncdsl.semantics.observe import Moment, effects, observe
from syncdsl.semantics.table import questions
from syncdsl.semantics.test_block import as_test
from syncdsl.situation import Action, Row, Side, Written
from tests.check.reading import findings, fixed, severe, understood

# None of these rules contradicts itself: a map beside an order that has none of its values would.
ENDS = (
    ("phone", "hubspot.phone", "dynamics.telephone1", 'as e164("DE")'),
    ("source", "hubspot.hs_analytics_source", "dynamics.leadsourcecode", "values sources"),
    ("optout", "hubspot.hs_email_optout", "dynamics.donotbulkemail", "as bool"),
    ("stage", "hubspot.lifecyclestage", "dynamics.new_stage", "as lower"),
    ("origin", '"HubSpot"', "dynamics.new_origin", "as lower"),
)
EVENTS = ("", "on create only", "not on reactivation", "on create or update", "not on create")
BLANKS = ("", "clear blanks", "clear emptied")
MODES = ("", "if blank", "once", "append", "union", "forward only in lifecycle", "sticky")
WINNERS = ("", "hubspot wins", "dynamics wins", "most recent wins", "ask")
OWNERS = ("", "owned by hubspot", "owned by dynamics")
GUARDS = ("", "when hubspot.country = DE and dynamics.statecode is not blank")
DECLARED = """
order lifecycle { lead < opportunity < customer }
values sources {
  ORGANIC_SEARCH -> 8
  PAID_SEARCH <-> 3
  REFERRALS <-> 2
}
"""


def rules() -> Iterator[str]:
    for (label, left, right, conversion), arrow in product(ENDS, ("->", "<-", "<->")):
        for events, blanks, mode, winner, owner, guard, steps in product(
            EVENTS, BLANKS, MODES, WINNERS, OWNERS, GUARDS, ("", conversion)
        ):
            if (winner and (mode or arrow != "<->")) or (mode and blanks):
                continue
            if label == "origin" and (arrow != "->" or owner or blanks or guard):
                continue
            if mode == "sticky" and label != "optout":
                continue
            if mode.startswith("forward") and label != "stage":
                continue
            clauses = (events, blanks, mode, winner, owner, guard, steps)
            yield f"{label}: {left} {arrow} {right} {', '.join(filter(None, clauses))}".rstrip()


FROM_ROWS = {each.code for each in check.CHECKS if each.rows is not None} | {"stage-can-go-back"}
RULES = random.Random(3).sample([*rules()], 250)
each_rule = pytest.mark.parametrize("rule", RULES)


def test_the_rules_are_legal_and_get_every_kind_of_finding() -> None:
    told = set()
    for rule in RULES:
        understood(rule + DECLARED)
        told |= {found.code for found in from_rows(rule + DECLARED)}
    assert told == FROM_ROWS


def from_rows(text: str) -> list[Diagnostic]:
    return [found for found in findings(text) if found.code in FROM_ROWS]


@each_rule
def test_a_finding_is_run_by_its_test_block(rule: str) -> None:
    text = rule + DECLARED
    for found in from_rows(text):
        assert found.row is not None
        assert found.story is not None
        reproduced(text, found.row)


@each_rule
def test_a_fix_removes_its_finding_and_adds_none(rule: str) -> None:
    text = rule + DECLARED
    before = findings(text)
    for found in before:
        for fix in found.fixes if found.code in FROM_ROWS else ():
            after = findings(fixed(text, fix))
            assert found.code not in {each.code for each in after}, fix.title
            assert severe(after) <= severe(before), fix.title
            if fix.safe:
                assert refines(understood(fixed(text, fix)), understood(text)), fix.title


def reproduced(text: str, row: Row) -> None:
    """The row's test block, put into the policy, is in the row's situation and expects its end."""
    policy = understood(text)
    mapping = policy.mappings[0]
    block = as_test(mapping.rules[0], mapping, row)
    assert block is not None, row
    (example,) = understood(text + block).examples
    assert_runs(mapping.rules[0], mapping, row, example)


def assert_runs(rule: Rule, mapping: Mapping, row: Row, example: Example) -> None:
    seen = row.situation
    moment = moment_of(rule, example)
    wanted = seen._replace(written=Written.NO) if seen.written is Written.UNKNOWN else seen
    assert observe(rule.wiring, questions(rule.clauses), moment) == wanted
    assert decide(rule.clauses, wanted) == row.outcome
    if row.outcome.action in (Action.CONFLICT, Action.REJECT):
        assert example.decisions == ((row.outcome.action.value, rule.label),)
        return
    done = effects(rule.wiring, questions(rule.clauses), moment, row.outcome)
    after = {Side.LEFT: dict(moment.left or {}), Side.RIGHT: dict(moment.right or {})}
    for effect in done:
        end = rule.end(effect.side)
        assert end is not None
        after[effect.side][end.name] = effect.value
    for side, fields in example.expected:
        for name, value in fields:
            assert as_written(after[side if not rule.flipped else side.other][name]) == value


def moment_of(rule: Rule, example: Example) -> Moment:
    def record(fields: tuple[tuple[str, object], ...] | None) -> dict[str, object] | None:
        return None if fields is None else dict(fields)

    left, right = record(example.left), record(example.right)
    before = record(example.left_before), record(example.right_before)
    newer = example.newer
    if rule.flipped:
        left, right, before = right, left, before[::-1]
        newer = None if newer is None else newer.other
    times: dict[Side, dict[str, object]] = {Side.LEFT: {}, Side.RIGHT: {}}
    for side in Side:
        end = rule.end(side)
        if newer is not None and end is not None:
            times[side][end.name] = "2026-02-02" if side is newer else "2026-02-01"
    written = Written.YES if rule.label in example.written else Written.NO
    return Moment(example.event, left, right, *before, times[Side.LEFT], times[Side.RIGHT], written)


def as_written(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def test_in_a_scope_and_with_a_condition_for_creating() -> None:
    text = """
mapping people: hubspot.contacts <-> dynamics.contact {
  match email = emailaddress1 as trim | lower
  scope hubspot.country in [DE, AT], leaving stops
  create in dynamics when hubspot.lifecyclestage = customer
  phone: dynamics.telephone1 <- hubspot.phone when dynamics.statecode = 0
  name:  hubspot.firstname -> dynamics.firstname
}
"""
    (mapping,) = understood(text).mappings
    for rule in mapping.rules:
        for found in findings(text):
            if found.row is not None and found.rule == rule.name:
                block = as_test(rule, mapping, found.row)
                assert block is not None
                assert 'country: "DE"' in block
                (example,) = understood(text + block).examples
                assert_runs(rule, mapping, found.row, example)


def test_what_only_an_engine_without_a_memory_does_is_an_information() -> None:
    (found,) = [
        each
        for each in from_rows("phone: hubspot -> dynamics on create or update\n")
        if each.row is not None and depends_on_engine(each.row)
    ]
    assert (found.code, found.severity) == ("stale-value-wins", Severity.INFO)
    assert "does not remember" in found.notes[0]


def test_of_two_edits_the_older_one_is_dropped_by_declaration() -> None:
    (found,) = from_rows("phone: hubspot <-> dynamics, most recent wins\n")
    assert (found.code, found.severity) == ("edit-lost-silently", Severity.INFO)
    assert found.notes == ("`most recent wins` says so: of two edits the older one is dropped",)


def test_a_stage_without_an_order_is_told_what_would_keep_it() -> None:
    rule = "s: hubspot.lifecyclestage -> dynamics.lifecyclestage"
    (bare,) = [each for each in findings(rule) if each.code == "stage-can-go-back"]
    assert "`forward only in` this order" in bare.notes[0] and not bare.fixes
    ordered = f"order lifecycle {{ lead < customer }}\n{rule}"
    (found,) = [each for each in findings(ordered) if each.code == "stage-can-go-back"]
    assert found.notes == () and found.fixes
