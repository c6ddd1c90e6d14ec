"""The checker over Microsoft's published maps: what is known to be wrong in them is found."""

import pytest

from syncdsl.filters import apart
from syncdsl.filters.question import Answer
from syncdsl.project.examine import understand
from syncdsl.project.files import Content, Reader
from syncdsl.situation import Side
from tests.harness import ROOT
from tests.real import review, translate


@pytest.mark.parametrize("name", translate.FILES)
def test_the_translation_is_fresh(name: str) -> None:
    text = (translate.HERE / name).read_text(encoding="utf-8")
    assert text == translate.FILES[name](), "run `python -m tests.real.translate`"


FOUND = review.checked("dual-write.sync")


def codes_at(text: str) -> set[str]:
    """The codes of what is found on the line that has this text."""
    (line,) = {
        number
        for number, each in enumerate(FOUND[0].span.source.text.split("\n"), 1)
        if text in each
    }
    return {each.code for each in FOUND if each.span.line == line}


# What is known to be wrong in the published tables, by what a rule of theirs says.


def test_a_positive_consent_on_a_negative_one_is_found() -> None:
    assert "consent-polarity-inverted" in codes_at("fo.ISRECEIVINGDIRECTMAIL <-> dataverse.donotem")


def test_a_constant_on_a_state_is_found() -> None:
    assert "constant-overwrites" in codes_at("0 -> dataverse.statecode")
    assert "constant-overwrites" in codes_at("1 -> dataverse.statuscode")


def test_a_constant_in_reverse_is_found() -> None:
    assert "constant-overwrites" in codes_at('fo.LANGUAGEID <- "en-us"')


def test_a_latitude_without_the_conversion_of_its_longitude_is_found() -> None:
    assert "paired-properties-diverge" in codes_at("fo.DELIVERYADDRESSLONGITUDE -> ")


def test_what_one_direction_creates_and_the_other_one_leaves_out_is_found() -> None:
    assert "scope-not-closed" in codes_at("create in dataverse when fo.ASSOCIATEDCONTACTTYPE")
    order = next(each for each in FOUND if "`dataverse.salesorder.msdyn_ordertype`" in each.message)
    assert order.code == "scope-not-closed"


def test_a_misspelt_property_is_found_by_its_neighbour() -> None:
    assert "spelled-two-ways" in codes_at("dataverse.msdyn_primaryinkedinid")


def test_two_maps_that_write_one_table_are_found() -> None:
    assert "two-rules-write-one-property" in codes_at("fo.PERSONFIRSTNAME <-> dataverse.firstname")


def test_the_review_is_about_what_is_found() -> None:
    text = review.PAGE.read_text(encoding="utf-8")
    assert text == review.page(), "run `python -m tests.real.review`"


def test_all_rows_of_all_maps_are_translated() -> None:
    for name, maps, rows in (("dual-write", 36, 575), ("business-central", 18, 150)):
        facts = translate.read(f"{name}.json")
        assert (len(facts), sum(len(each["rows"]) for each in facts)) == (maps, rows)
        text = (translate.HERE / f"{name}.sync").read_text(encoding="utf-8")
        path = str(translate.HERE / f"{name}.sync")
        policy = understand([Content(path, path, text.encode())], Reader(str(ROOT))).policy
        assert (len(policy.mappings), len(policy.rules)) == (maps, rows)


def test_what_a_map_creates_and_its_reverse_filter_excludes_is_found() -> None:
    said = {each.message for each in FOUND if each.code == "scope-not-closed"}
    for name in ("dataverse.contact.msdyn_sellable", "dataverse.salesorder.msdyn_ordertype"):
        assert any(f"no rule fills `{name}`" in message for message in said)
    # `customers` sets what its reverse filter asks for by a constant, as it should.
    assert not any("msdyn_contactpersonid" in message for message in said)


def test_the_two_maps_that_write_contacts_take_different_ones() -> None:
    path = translate.HERE / "dual-write.sync"
    listed = Content(str(path), str(path), path.read_bytes())
    policy = understand([listed], Reader(str(ROOT))).policy
    conditions = [
        create.condition
        for mapping in policy.mappings
        for create in mapping.creates
        if mapping.right == ("dataverse", "contact") and create.side is Side.LEFT
    ]
    vendors, customers = conditions
    assert vendors is not None and customers is not None
    assert apart(vendors, customers).answer is Answer.YES
