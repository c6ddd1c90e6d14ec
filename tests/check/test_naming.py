"""Where a name stands that is to be replaced, and when that is not plain to see."""

import pytest

from syncdsl.check.naming import place_of_name
from syncdsl.diagnostic import Fix
from syncdsl.source import Source, Span
from tests.check.reading import findings, fixed


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("hubspot.emial", 8),
        ("hubspot.`emial`", 8),
        ("hubspot.contacts.emial", 17),
        ("emial = mail as trim", 0),
        ("when hubspot.emial = emial", 13),
        ("when not (crm.x = emial or hubspot.emial is blank)", 35),
        ("never send hubspot.contacts.emial to crm", 28),
        ("when hubspot.emial = crm.emial", None),
        ("when crm.emial_2 = 1", None),
        ("hubspot", None),
        ("emial = emial", None),
    ],
)
def test_a_name_has_one_place_or_none(text: str, start: int | None) -> None:
    place = place_of_name(Span(Source("a.sync", text), 0, len(text)), "emial")
    assert (None if place is None else place.start) == start
    assert place is None or place.text in ("emial", "`emial`")


def test_a_name_that_cannot_be_a_word() -> None:
    text = "erp.customer.`E-Mail (2)` -> crm.mail"
    place = place_of_name(Span(Source("a.sync", text), 0, len(text)), "E-Mail (2)")
    assert place is not None and place.text == "`E-Mail (2)`"


POLICY = """\
system hubspot { kind hubspot }
mapping people: hubspot.contcts -> shop.customer {
  match emial = mail
  name: hubspot.lastname -> shop.name when hubspot.emial is not blank, on create only
}
never overwrite hubspot.contcts.emial
"""


def test_one_fix_writes_the_name_in_all_places() -> None:
    text = fixed(POLICY, fix_of(POLICY, "unknown-object"))
    assert "contcts" not in text and text.count("hubspot.contacts") == 2
    text = fixed(text, fix_of(text, "unknown-property"))
    assert "emial" not in text and text.count("email") == 3
    assert not {found.code for found in findings(text)} & {"unknown-object", "unknown-property"}


def fix_of(text: str, code: str) -> Fix:
    (found,) = (each for each in findings(text) if each.code == code)
    (fix,) = found.fixes
    return fix
