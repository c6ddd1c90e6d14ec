"""The tables of interesting clauses, as a reader would write them down."""

import pytest
from hypothesis import given

from syncdsl.policy import Clauses
from syncdsl.semantics.table import fold, table
from syncdsl.situation import Situation
from tests.semantics.build import as_table, clauses
from tests.semantics.random_policies import any_clauses

LATER = "event: initial|update|reactivation"
MAY_HAVE_CHANGED = "changed: left|both|unknown"
TWO_VALUES = "left: value|unusable  right: value|unusable"

TABLES = {
    "->": f"""
event: create  made: left → keep
event: create  made: right  left: blank → keep
event: create  made: right  left: value → write right
{LATER}  agree: yes → keep
{LATER}  agree: no  left: blank → keep
event: initial|reactivation  agree: no  left: value → write right
event: update  agree: no  left: value  {MAY_HAVE_CHANGED} → write right
event: update  agree: no  left: value  changed: neither|right → keep
""",
    "-> on create only": f"""
event: create  made: left → keep
event: create  made: right  left: blank → keep
event: create  made: right  left: value → write right
{LATER} → keep
""",
    "-> if blank": f"""
event: create  made: left → keep
event: create  made: right  left: blank → keep
event: create  made: right  left: value → write right
{LATER}  right: value → keep
{LATER}  agree: yes  right: blank → keep
event: initial|reactivation  agree: no  right: blank → write right
event: update  agree: no  right: blank  {MAY_HAVE_CHANGED} → write right
event: update  agree: no  right: blank  changed: neither|right → keep
""",
    "-> once, not on reactivation": f"""
event: create  made: left → keep
event: create  made: right  left: blank → keep
event: create  made: right  left: value → write right
event: reactivation → keep
event: initial|update  right: value → keep
event: initial|update  agree: yes  right: blank → keep
event: initial  agree: no  right: blank  written: no|unknown → write right
event: initial  agree: no  right: blank  written: yes → keep
event: update  agree: no  right: blank  {MAY_HAVE_CHANGED}  written: no|unknown → write right
event: update  agree: no  right: blank  {MAY_HAVE_CHANGED}  written: yes → keep
event: update  agree: no  right: blank  changed: neither|right → keep
""",
    "<-> crm wins": f"""
event: create  left: blank  right: blank → keep
event: create  left: blank  right: value → write left
event: create  left: value → write right
{LATER}  agree: yes → keep
{LATER}  agree: no  changed: neither → keep
{LATER}  agree: no  changed: left  left: blank → keep
{LATER}  agree: no  changed: left  left: value → write right
{LATER}  agree: no  changed: right  right: blank → keep
{LATER}  agree: no  changed: right  right: value → write left
{LATER}  agree: no  changed: both|unknown  left: blank → write left
{LATER}  agree: no  changed: both|unknown  left: value → write right
""",
    "<-> most recent wins, as number": f"""
event: create  left: blank  right: blank → keep
event: create  left: blank  right: value → write left
event: create  left: blank  right: unusable → reject
event: create  left: value → write right
event: create  left: unusable → reject
{LATER}  agree: yes → keep
{LATER}  agree: no  changed: neither → keep
{LATER}  agree: no  changed: left  left: blank → keep
{LATER}  agree: no  changed: left  left: value → write right
{LATER}  agree: no  changed: left  left: unusable → reject
{LATER}  agree: no  changed: right  right: blank → keep
{LATER}  agree: no  changed: right  right: value → write left
{LATER}  agree: no  changed: right  right: unusable → reject
{LATER}  agree: no  changed: both|unknown  left: blank  right: value → write left
{LATER}  agree: no  changed: both|unknown  left: blank  right: unusable → reject
{LATER}  agree: no  changed: both|unknown  left: value  right: blank → write right
{LATER}  agree: no  changed: both|unknown  left: unusable  right: blank → reject
{LATER}  changed: both|unknown  left: value  right: value|unusable  newer: left → write right
{LATER}  changed: both|unknown  left: unusable  right: value|unusable  newer: left → reject
{LATER}  changed: both|unknown  right: value  left: value|unusable  newer: right → write left
{LATER}  changed: both|unknown  right: unusable  left: value|unusable  newer: right → reject
{LATER}  changed: both|unknown  {TWO_VALUES}  newer: unknown → conflict
""",
    "<-> clear emptied, ask": f"""
event: create  left: blank  right: blank → keep
event: create  left: blank  right: value → write left
event: create  left: value → write right
{LATER}  agree: yes → keep
{LATER}  agree: no  changed: neither → keep
{LATER}  agree: no  changed: left  left: blank → clear right
{LATER}  agree: no  changed: left  left: value → write right
{LATER}  agree: no  changed: right  right: blank → clear left
{LATER}  agree: no  changed: right  right: value → write left
{LATER}  agree: no  changed: unknown  left: blank → write left
{LATER}  agree: no  changed: unknown  right: blank → write right
{LATER}  agree: no  changed: unknown  left: value  right: value → conflict
{LATER}  agree: no  changed: both → conflict
""",
    "-> forward only in stages": f"""
event: create  made: left → keep
event: create  made: right  left: blank → keep
event: create  made: right  rank: later → write right
event: create  made: right  rank: outside → reject
{LATER}  agree: yes → keep
{LATER}  agree: no  left: blank → keep
event: initial|reactivation  left: value  rank: later → write right
event: initial|reactivation  left: value  rank: earlier → keep
event: initial|reactivation  left: value  rank: outside → reject
event: update  left: value  agree: no  changed: neither|right → keep
event: update  left: value  {MAY_HAVE_CHANGED}  rank: later → write right
event: update  left: value  {MAY_HAVE_CHANGED}  rank: earlier → keep
event: update  left: value  {MAY_HAVE_CHANGED}  rank: outside → reject
""",
    "<-> sticky": f"""
event: create  left: blank  right: blank → keep
event: create  rank: later → write right
event: create  rank: earlier → write left
event: create  rank: outside → reject
{LATER}  agree: yes → keep
{LATER}  agree: no  rank: later → write right
{LATER}  agree: no  rank: earlier → write left
{LATER}  agree: no  rank: outside → reject
""",
    "<-> union": f"""
event: create  left: blank  right: blank → keep
event: create  left: blank  right: value → write left
event: create  left: value → write right
{LATER}  agree: yes → keep
{LATER}  agree: no  left: blank → write left
{LATER}  agree: no  right: blank → write right
{LATER}  lacks: left → add left
{LATER}  lacks: right → add right
{LATER}  lacks: both → add both
""",
    "-> append, as number": f"""
event: create  made: left → keep
event: create  made: right  left: blank → keep
event: create  made: right  left: value → write right
event: create  made: right  left: unusable → reject
{LATER}  agree: yes → keep
event: initial|reactivation  agree: no  left: value  right: blank → write right
event: initial|reactivation  agree: no  left: value  right: value → add right
event: initial|reactivation  agree: no  left: unusable → reject
event: update  agree: no  changed: neither|right → keep
event: update  agree: no  {MAY_HAVE_CHANGED}  left: value  right: blank → write right
event: update  agree: no  {MAY_HAVE_CHANGED}  left: value  right: value → add right
event: update  agree: no  {MAY_HAVE_CHANGED}  left: unusable → reject
""",
    '"a" -> erp.y': f"""
event: create  made: left → keep
event: create  made: right → write right
{LATER}  agree: yes → keep
event: initial|reactivation  agree: no → write right
event: update  agree: no → keep
""",
}


@pytest.mark.parametrize("text", TABLES)
def test_the_table_of_these_clauses_is(text: str) -> None:
    assert as_table(text, TABLES[text]) == []


def situations_of(text: str) -> set[Situation]:
    return {row.situation for row in table(clauses(text))}


def test_what_no_record_can_bring_about_is_not_in_a_table() -> None:
    plain = situations_of("<->")
    assert not any("unusable" in (each.left.value, each.right.value) for each in plain)
    assert all(
        each.changed is not None and each.changed.value == "unknown"
        for each in plain
        if each.event.value == "initial"
    )
    assert all(each.left.value == "value" for each in situations_of('"a" -> erp.y'))
    guarded = situations_of("-> when crm.x is not blank")
    assert all(
        (each.left.value == "blank") is (each.guard is not None and each.guard.value == "fails")
        for each in guarded
    )


@given(any_clauses())
def test_a_folded_table_says_of_each_situation_what_the_table_says(found: Clauses) -> None:
    folded = fold(table(found))
    for row in table(found):
        fitting = [
            line
            for line in folded
            if all(getattr(row.situation, question) in few for question, few in line.answers)
        ]
        assert [line.outcome for line in fitting] == [row.outcome]
