"""A fix that is applied has proved itself; one that does not is refused, and nothing is worse."""

from hypothesis import given, settings
from hypothesis import strategies as st

from syncdsl.check.suppression import ANY_TIME
from syncdsl.diagnostic import Fix
from syncdsl.project import fixing
from syncdsl.project.files import Content, Reader
from syncdsl.project.fixing import Fixed, fix
from syncdsl.project.selection import EVERYTHING
from tests.check.reading import ROOT, severe, understood
from tests.semantics.random_policies import rule_texts


def fixed(text: str, *, unsafe: bool = False) -> Fixed:
    path = "policies/page.sync"
    listed = [Content(path, str(ROOT / path), text.encode())]
    return fix(listed, Reader(str(ROOT)), EVERYTHING, unsafe=unsafe)


def after(text: str, *, unsafe: bool = False) -> str:
    (content,) = fixed(text, unsafe=unsafe).contents
    assert content.data is not None
    return content.data.decode()


def test_of_several_safe_fixes_the_one_is_taken_that_leaves_the_most() -> None:
    done = after("source: crm -> erp, on create or update or reactivation\n")
    assert done == "source: crm -> erp, on create or update or reactivation, if blank\n"


def test_a_second_time_changes_nothing() -> None:
    once = after(
        "a: crm -> erp\nb: crm <-> erp, erp wins\n"
        "# allow stale-value-wins: x\nc: crm <-> erp, ask\n"
    )
    assert after(once) == once


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    done = after("\ufeffa: crm <-> erp\r\nb: crm -> erp on create only\r\n")
    assert done == "\ufeffa: crm <-> erp ask\r\nb: crm -> erp on create only\r\n"


def test_what_nobody_checked_is_only_applied_when_asked_for() -> None:
    ends = "crm.hs_email_optout <-> erp.donotbulkemail"
    text = f"optout: {ends}, crm wins, not on initial or reactivation\n"
    assert "sticky" not in after(text)
    assert "sticky" in after(text, unsafe=True)


def test_a_fix_that_writes_more_than_it_says_is_refused() -> None:
    text = "a: crm -> erp if blank\nb: crm <-> erp, crm wins, on create only\n"
    trying = fixing._Trying(EVERYTHING, ANY_TIME, unsafe=False)
    state = trying.look(
        (Content("policies/page.sync", "policies/page.sync", text.encode()),), Reader(str(ROOT))
    )
    found = next(each for each in state.result.found if each.fixes)
    wrong = found.fixes[0].edits[0]._replace(text=", clear blanks")
    lie = Fix("empty it", (wrong,), safe=True)
    assert trying.prove(state, [fixing.Applied(found, lie)]) is state
    assert [one.fix for one in trying.refused] == [lie]


@settings(max_examples=20)
@given(st.lists(rule_texts(), min_size=1, max_size=4), st.booleans())
def test_fixing_ends_and_makes_nothing_worse(rules: list[str], unsafe: bool) -> None:
    declared = "order stages { lead < open < won }\nvalues words {\n  one <-> 1\n}\n"
    for name, other in (("copying", "copy"), ("filling", "9"), ("staging", "reject")):
        declared += f"values {name} {{\n  lead <-> won\n  otherwise {other}\n}}\n"
    text = declared + "".join(f"r{number}: {rule}\n" for number, rule in enumerate(rules))
    done = fixed(text, unsafe=unsafe)
    (content,) = done.contents
    assert content.data is not None
    again = fixed(content.data.decode(), unsafe=unsafe)
    assert again.contents[0].data == content.data
    assert again.result.found == done.result.found or severe([*again.result.found]) == severe(
        [*done.result.found]
    )
    understood(content.data.decode())
