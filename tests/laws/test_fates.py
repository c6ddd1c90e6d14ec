"""What becomes of the records of a mapping: the cards that people expect, and how it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from syncdsl.laws.customs import Customs, customs_of
from syncdsl.laws.fate_words import tell
from syncdsl.laws.fates import Fate, Kept, because_of, card
from syncdsl.laws.words import in_a_line
from syncdsl.policy import Mapping
from syncdsl.report.card import mapping_verdict
from tests.laws.kinds import as_mapping, kinds
from tests.semantics.build import mapping, policy


def blocks(name: str) -> Iterator[tuple[str, list[str]]]:
    """A mapping and the lines that belong to it."""
    cards = (Path(__file__).parent / name).read_text(encoding="utf-8")
    for block in cards.strip().split("\n\n")[1:]:
        text, *lines = block.split("\n")
        yield text, [line.strip() for line in lines]


def cut(part: object) -> str:
    return str(part)[:40]


def written(text: str) -> Mapping:
    arrow, _, lines = text.partition(" ")
    return mapping(*lines.split("; "), arrow=arrow)


@pytest.mark.parametrize(("text", "lines"), [*blocks("fates.txt")], ids=cut)
def test_a_mapping_has_the_card_that_people_expect(text: str, lines: list[str]) -> None:
    over = written(text)
    laws = card(customs_of(over))
    verdicts = {each.law.value: mapping_verdict(over, (), each) for each in laws}
    assert [f"{law}: {said}" for law, said in verdicts.items() if said != "yes"] == lines


def found(over: Mapping, law: Fate) -> Kept | None:
    return next((each for each in card(customs_of(over)) if each.law is law), None)


def told(text: str, law: Fate) -> str:
    over = written(text)
    each = found(over, law)
    assert each is not None
    broken = each.broken or each.forgetful
    assert broken is not None
    return in_a_line(tell(over, broken))


@pytest.mark.parametrize(("text", "lines"), [*blocks("fate_stories.txt")], ids=cut)
def test_what_becomes_of_records_is_told_step_by_step(text: str, lines: list[str]) -> None:
    law, story = lines
    assert told(text, Fate[law]) == story


@pytest.mark.parametrize("customs", [*kinds()][::61], ids=lambda customs: customs.delete)
def test_a_line_that_is_named_is_what_breaks_the_law(customs: Customs) -> None:
    over = as_mapping(customs)
    for each in card(customs):
        line = because_of(over, each.law)
        if line is None or each.broken is None:
            continue
        if line == "leaving keeps":
            assert over.scope is not None
            better = over._replace(scope=over.scope._replace(stops=True))
        else:
            assert line == f"delete {over.delete}"
            better = over._replace(delete="ignored")
        again = found(better, each.law)
        assert again is not None and again.broken is None


def test_a_law_that_cannot_come_up_has_no_line() -> None:
    assert [each.law for each in card(customs_of(mapping("match k = k")))] == [
        Fate.TAKES_NONE_ALONG,
        Fate.MERGE_IS_QUIET,
        Fate.MERGE_GOES_ON,
        Fate.STAYS_TOGETHER,
    ]


def test_what_bounds_a_deletion_is_named() -> None:
    lines = "mapping m: crm.thing -> erp.thing {\n delete follows\n}\nat most 1% of m change"
    whole = policy(lines)
    each = found(whole.mappings[0], Fate.TAKES_NONE_ALONG)
    assert each is not None
    assert mapping_verdict(whole.mappings[0], whole.promises, each) == (
        "no, as `delete follows` says; `at most 1% of m change` bounds it"
    )
