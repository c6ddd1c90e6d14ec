"""How many promises `check` says were proved."""

import pytest

from syncdsl.diagnostic import Promises
from syncdsl.project.choice import Choice
from syncdsl.project.examine import examine
from syncdsl.project.selection import Selection
from tests.check.reading import findings, read

SENDS = "birth: hubspot.birth -> dynamics.birth if blank\n"
NEVER = "never send hubspot.birth to dynamics\n"


def counted(text: str, select: tuple[str, ...] = ()) -> Promises:
    return examine(read(text), Selection(Choice(select=select))).promises


def test_each_promise_is_counted_once() -> None:
    text = f"{SENDS}{NEVER}never overwrite dynamics.birth\nat most 3 overwrites of dynamics.birth\n"
    assert counted(text) == Promises(proved=1, broken=1, budgets=1)


def test_a_broken_promise_is_broken_when_nobody_asks_for_it_too() -> None:
    assert counted(SENDS + NEVER, ("unknown-engine",)) == Promises(broken=1)


def test_a_broken_promise_that_is_allowed_is_broken() -> None:
    text = f"{SENDS}# allow promise-broken: until the contract ends\n{NEVER}"
    assert counted(text) == Promises(broken=1)


@pytest.mark.parametrize("line", ["birth: hubspot.birth ->\n", "birth: a.b -> c.d as digits\n"])
def test_nothing_is_proved_of_what_was_not_understood(line: str) -> None:
    assert counted(line + NEVER) == Promises(undecided=1, hidden_by="policies/page.sync:1")


def test_an_information_says_why_no_search_has_told_it() -> None:
    text = """
mapping people: hubspot.contacts <-> dynamics.contact {
  a: hubspot.x <-> dynamics.y as lower, ask
  b: hubspot.z <-> dynamics.y as lower, ask
}
always converge people
"""
    assert counted(text).undecided == 1
    (told,) = [each for each in findings(text) if each.code == "promise-broken"]
    assert told.notes == (
        "not all histories of these 2 rules are gone through, as a value is converted on its way",
    )
