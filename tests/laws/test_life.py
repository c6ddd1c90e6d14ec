"""What becomes of two records after one of them was deleted."""

from itertools import product

import pytest

from syncdsl.laws.life import Customs, Fate, fate
from syncdsl.policy import Arrow
from syncdsl.situation import Side

NOTHING = Fate(returns=False, takes_along=False, passes=0)
RIGHT = (Side.RIGHT,)


def test_with_unlinks_a_deleted_record_is_made_again() -> None:
    customs = Customs(Arrow.RIGHT, "unlinks", RIGHT, matches=True)
    assert fate(customs, Side.RIGHT) == Fate(returns=True, takes_along=False, passes=2)


def test_what_is_not_made_does_not_come_back() -> None:
    assert fate(Customs(Arrow.RIGHT, "unlinks", (), matches=True), Side.RIGHT) == NOTHING
    assert fate(Customs(Arrow.LEFT, "unlinks", RIGHT, matches=True), Side.RIGHT) == NOTHING


def test_with_follows_the_partner_goes_too() -> None:
    customs = Customs(Arrow.RIGHT, "follows", RIGHT, matches=True)
    assert fate(customs, Side.LEFT) == Fate(returns=False, takes_along=True, passes=1)


@pytest.mark.parametrize(("arrow", "side", "matches"), [*product(Arrow, Side, (True, False))])
def test_ignored_is_ignored(arrow: Arrow, side: Side, matches: bool) -> None:
    assert fate(Customs(arrow, "ignored", tuple(Side), matches), side) == NOTHING


@pytest.mark.parametrize(("arrow", "side"), [*product(Arrow, Side)])
def test_a_deletion_follows_in_the_direction_of_the_arrow(arrow: Arrow, side: Side) -> None:
    found = fate(Customs(arrow, "follows", (), matches=True), side)
    assert found.takes_along is arrow.gives(side)
