"""What rules keep over time: the cards that people expect, and histories that are told and run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from syncdsl.laws.law import Law, breach_of, card, kept
from syncdsl.laws.words import in_a_line, tell
from syncdsl.policy import Clauses, Rule
from syncdsl.report.card import verdict
from syncdsl.semantics.test_block import as_test
from syncdsl.situation import Side
from tests.check.reading import understood
from tests.check.test_row_checks import DECLARED, RULES, assert_runs
from tests.compile.policies import clause_sets
from tests.semantics.build import rule

SETS = [*clause_sets()][::4]
CARDS = (Path(__file__).parent / "cards.txt").read_text(encoding="utf-8")


def expected() -> Iterator[tuple[str, list[str]]]:
    for block in CARDS.strip().split("\n\n")[1:]:
        text, *lines = block.split("\n")
        yield text, [line.strip() for line in lines]


@pytest.mark.parametrize(("text", "lines"), [*expected()], ids=lambda part: str(part)[:40])
def test_a_rule_has_the_card_that_people_expect(text: str, lines: list[str]) -> None:
    found = rule(text)
    verdicts = {each.law.value: verdict(found, each) for each in card(found.clauses)}
    assert [f"{law}: {said}" for law, said in verdicts.items() if said != "yes"] == lines


def told(found: Rule, law: Law) -> str | None:
    broken = kept(found.clauses, law).broken
    return None if broken is None else in_a_line(tell(found, law, broken))


@pytest.mark.parametrize("law", Law)
def test_a_history_is_looked_for_once_for_all_rules_that_do_the_same(law: Law) -> None:
    one, other = rule("crm.x -> erp.y"), rule("crm.longer -> erp.name, owned by crm")
    assert kept(one.clauses, law).broken is kept(other.clauses, law).broken


def test_the_incident_is_told_step_by_step() -> None:
    assert told(rule("crm.x -> erp.y"), Law.AGAIN_NEUTRAL) == (
        "first sync, both sides hold the same; `erp.y` is edited; sync; "
        "the sync is switched on again → `erp.y` changes, though nobody has edited anything since"
    )


def test_a_pause_is_told_where_it_begins() -> None:
    assert told(rule("crm.x -> erp.y"), Law.PAUSE_EDIT_STAYS) == (
        "first sync, both sides hold the same; the sync is paused; `erp.y` is edited; "
        "it is switched on again → the edit of `erp.y` is gone"
    )


def test_an_edit_is_told_as_what_it_is() -> None:
    assert "`crm.x` is set to an earlier stage" in str(
        told(rule("crm.x <-> erp.y forward only in stages"), Law.EDIT_STAYS)
    )
    assert "`crm.x` is taken back" in str(told(rule("crm.x <-> erp.y sticky"), Law.EDIT_STAYS))
    assert "`crm.x` gets its old value back" in str(
        told(rule("crm.x <-> erp.y sticky"), Law.UNDONE_TOGETHER)
    )
    assert "something is taken out of `crm.x`" in str(
        told(rule("crm.x <-> erp.y union"), Law.UNDONE_TOGETHER)
    )
    assert "the record in `erp` is made while `crm.x` is blank" in str(
        told(rule("crm.x -> erp.y if blank, default one"), Law.DEFAULT_YIELDS)
    )


@pytest.mark.parametrize("text", RULES[::3])
def test_the_last_pass_of_a_history_is_run_by_its_test_block(text: str) -> None:
    """For rules over real properties, as far as values are found that they convert."""
    mapping = understood(text + DECLARED).mappings[0]
    (found,) = mapping.rules
    for each in card(found.clauses):
        broken = each.broken
        if broken is None or broken.row.situation.made is not None:
            continue
        block = as_test(found, mapping, broken.row)
        if block is not None:
            (example,) = understood(text + DECLARED + block).examples
            assert_runs(found, mapping, broken.row, example)


def test_a_rule_that_stands_the_other_way_round_has_the_same_card() -> None:
    one, other = rule("crm.x -> erp.y if blank"), rule("erp.y <- crm.x if blank")
    verdicts = [[verdict(each, law) for law in card(each.clauses)] for each in (one, other)]
    assert verdicts[0] == verdicts[1]
    sides = [kept(each.clauses, Law.EMPTIED_STAYS).broken for each in (one, other)]
    assert [each and each.side for each in sides] == [Side.RIGHT, Side.LEFT]


def forgetful(text: str) -> str | None:
    found = rule(text)
    broken = kept(found.clauses, Law.ECHO).forgetful
    return None if broken is None else in_a_line(tell(found, Law.ECHO, broken))


def test_an_engine_that_forgets_takes_what_it_wrote_for_an_edit() -> None:
    assert forgetful("crm.x <-> erp.y ask") == (
        "first sync, `erp.y` is blank; `crm.x` is edited; sync → "
        "a conflict is reported, though nobody has edited `erp.y`"
    )
    assert forgetful("crm.x <-> erp.y crm wins") == (
        "first sync, `crm.x` is blank; `erp.y` is edited; sync → "
        "what the sync has written takes the place of the edit of `erp.y`"
    )
    assert forgetful("crm.x <-> erp.y crm wins, not on initial") is not None


@pytest.mark.parametrize(
    "said", ["most recent wins", "if blank", "once", "union", "forward only in stages", "sticky"]
)
def test_where_nobody_asks_who_edited_what_was_written_is_no_edit(said: str) -> None:
    assert forgetful(f"crm.x <-> erp.y {said}") is None


@pytest.mark.parametrize("clauses", SETS, ids=range(len(SETS)))
def test_an_engine_that_remembers_knows_what_it_wrote(clauses: Clauses) -> None:
    assert breach_of(clauses, Law.ECHO) is None


def test_what_cannot_come_up_has_no_line_on_the_card() -> None:
    one_way, two_way = (
        [each.law for each in card(rule(f"crm.x {arrow} erp.y").clauses)] for arrow in ("->", "<->")
    )
    assert Law.ECHO not in one_way
    assert Law.ECHO in two_way
