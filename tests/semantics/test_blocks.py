"""`test` blocks: what they say is one pass, and what is not as they expect is told in words."""

import pytest

from syncdsl.policy import Example
from syncdsl.testing import examine, play
from tests.semantics.build import policy

RULES = """
mapping people: crm.contacts <-> erp.customers {
  match k = k
  create in erp when crm.s = yes
  a: crm.x -> erp.y
  b: crm.z <-> erp.z
}
"""


def block(*lines: str, rules: str = RULES) -> Example:
    inside = "\n".join(lines)
    return policy(f'{rules}\ntest "t" {{\n{inside}\n}}').examples[0]


def problems(*lines: str, rules: str = RULES) -> list[str]:
    return [problem.message for problem in examine(block(*lines, rules=rules))]


MET = ("on reactivation", "given crm { x: new }", "given erp { y: old }")


def test_a_test_that_is_right_has_no_problems() -> None:
    assert problems(*MET, "expect erp { y: new }") == []


def test_only_what_is_named_is_compared() -> None:
    assert problems(*MET, "expect crm { x: new }") == []


def test_a_value_that_is_not_as_expected_is_told_with_the_rule_that_gave_it() -> None:
    assert problems(*MET, "expect erp { y: old }") == [
        '`erp.y` is "new", not "old"; `a`: the source gives'
    ]
    assert examine(block(*MET, "expect erp { y: old }"))[0].rule == "a"


def test_a_value_that_a_rule_kept_is_told_with_its_reason() -> None:
    met = ("on update", *MET[1:], "before crm { x: new }", "before erp { y: old }")
    assert problems(*met, "expect erp { y: new }") == [
        '`erp.y` is "old", not "new"; `a`: the giving side was not changed'
    ]


def test_a_value_that_no_rule_writes_is_told_as_that() -> None:
    assert problems(*MET, "expect erp { other: 1 }") == [
        "`erp.other` is blank, not 1; no rule writes it"
    ]


@pytest.mark.parametrize("wanted", ['"1"', "1"])
def test_values_are_compared_as_they_are_everywhere(wanted: str) -> None:
    met = ("on reactivation", "given crm { x: 1 }", "given erp { }")
    assert problems(*met, f"expect erp {{ y: {wanted} }}") == []


def test_a_conflict_or_a_reject_that_is_expected_has_to_come() -> None:
    met = ("on reactivation", "given crm { z: 1 }", "given erp { z: 2 }")
    assert problems(*met, "expect conflict b") == []
    assert problems(*met, "expect reject b") == [
        "`b` ends with conflict, not reject: both sides have a claim and no winner is named"
    ]
    assert problems(*met, "expect conflict a") == [
        "`a` ends with keep, not conflict: both sides agree already"
    ]


def test_two_rules_in_conflict_are_both_in_conflict() -> None:
    rules = "a: crm.x -> erp.y\nb: crm.z -> erp.y"
    met = ("on initial", "given crm { x: 1, z: 2 }", "given erp { y: 3 }")
    assert problems(*met, "expect conflict a", "expect conflict b", rules=rules) == []
    assert problems(*met, "expect erp { y: 1 }", rules=rules) == [
        "`erp.y` is 3, not 1; `a`: another rule would write another value"
    ]


def test_given_records_are_linked_unless_it_is_said_that_they_are_not() -> None:
    unlinked = ("on update", "given crm { x: new, k: a }", "given erp { k: a }", "unlinked")
    assert play(block(*unlinked[:3], "expect erp { }")).pairs[0].event.value == "update"
    assert play(block(*unlinked, "expect erp { }")).pairs[0].event.value == "initial"


def test_a_record_that_is_made_is_the_one_of_its_side() -> None:
    made = ("on create", "given crm { x: new, k: a, s: yes }", "given erp none")
    assert problems(*made, "expect erp { y: new }") == []


def test_a_record_that_is_not_made_is_told_with_what_stood_in_the_way() -> None:
    left_alone = ("on create", "given crm { x: new, k: a, s: no }", "given erp none")
    assert problems(*left_alone, "expect erp { y: new }") == [
        "there is no record in `erp`: the condition of the `create` line does not hold"
    ]
    bare = ("on create", "given crm { x: new }", "expect erp { x: new }")
    assert problems(*bare, rules="x: crm -> erp") == [
        "there is no record in `erp`: the mapping has no `create` line for the other side"
    ]


def test_records_that_do_not_belong_together_are_told_as_that() -> None:
    strangers = ("on update", "given crm { k: a }", "given erp { k: b }", "unlinked")
    assert problems(*strangers, "expect conflict b") == [
        "`b` is not asked: the condition of the `create` line does not hold"
    ]


def test_linked_records_count_as_having_been_in_the_scope() -> None:
    rules = "mapping m: crm.c <-> erp.c {\nscope crm.s = in\na: crm.x -> erp.y\n}"
    assert problems(*MET, "expect erp { y: new }", rules=rules) == []
    out = ("on reactivation", "given crm { x: new, s: out }", "given erp { y: old }")
    assert problems(*out, "expect erp { y: new }", rules=rules) == [
        '`erp.y` is "old", not "new"; the pair does not fit the scope'
    ]


def test_what_was_before_who_is_newer_and_what_was_written_is_part_of_the_moment() -> None:
    rules = "a: crm -> erp, once\nb: crm <-> erp, most recent wins"
    met = ("on reactivation", "given crm { a: 1, b: 1 }", "given erp { b: 2 }")
    assert problems(*met, "newer crm", "expect erp { a: 1, b: 1 }", rules=rules) == []
    assert problems(*met, "written a", "expect erp { a: blank }", rules=rules) == []
    known = ("before crm { b: 1 }", "before erp { b: 1 }")
    assert problems(*met, *known, "expect crm { b: 2 }", rules=rules) == []
