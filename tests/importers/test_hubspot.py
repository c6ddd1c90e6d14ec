"""HubSpot's answers: what a property's facts become."""

import json
from typing import Any

import pytest

from tests.importers.harness import facts, imported, told, understood


def answer(**fields: Any) -> str:
    property_ = {"name": "one", "type": "string", "fieldType": "text", **fields}
    return json.dumps({"results": [property_]})


def one(**fields: Any) -> dict[str, Any]:
    return facts(understood(imported("hubspot", answer(**fields), name="deals")), "deals.one")


@pytest.mark.parametrize(
    ("stated", "shown", "kind"),
    [
        ("string", "text", "text"),
        ("string", "textarea", "text"),
        ("phone_number", "phonenumber", "text"),
        ("json", "text", "text"),
        ("number", "number", "number"),
        ("bool", "booleancheckbox", "bool"),
        ("enumeration", "booleancheckbox", "bool"),
        ("enumeration", "select", "option"),
        ("enumeration", "radio", "option"),
        ("enumeration", "checkbox", "list"),
        ("date", "date", "date"),
        ("datetime", "date", "datetime"),
    ],
)
def test_types(stated: str, shown: str, kind: str) -> None:
    assert one(type=stated, fieldType=shown)["type"] == kind


def test_the_place_of_another_record_is_of_no_type_that_is_documented() -> None:
    system, found = imported("hubspot", answer(type="object_coordinates"), name="deals")
    assert "type" not in facts(system, "deals.one")
    assert told(found) == [
        "1:38 info what `deals.one` holds is not known: HubSpot calls it `object_coordinates`"
    ]


def test_a_number_that_is_shown_as_currency_is_money() -> None:
    text = answer(type="number", numberDisplayHint="currency", currencyPropertyName="in")
    beside = answer(name="in")
    deals = understood(imported("hubspot", text, beside, objects=("deals",)))
    assert facts(deals, "deals.one") == {"type": "money", "currency": "in"}
    assert one(type="number", numberDisplayHint="currency", currencyPropertyName="in") == {
        "type": "money"
    }, "there is no such property"
    assert one(type="number", showCurrencySymbol=True)["type"] == "money"
    assert one(type="number", showCurrencySymbol=False)["type"] == "number"
    assert one(type="number", numberDisplayHint="percentage")["type"] == "number"


def test_options_that_people_can_no_longer_choose_stay_values() -> None:
    options = [
        {"value": "lead", "label": "Lead", "hidden": False},
        {"value": "old", "label": "Old", "hidden": True},
    ]
    stage = one(type="enumeration", fieldType="select", options=options)
    assert stage["options"] == [("lead", "Lead"), ("old", "Old")]


def test_an_empty_list_of_options_says_nothing() -> None:
    assert one(type="enumeration", fieldType="select", options=[]) == {"type": "option"}
    outside = one(type="enumeration", externalOptions=True, options=[{"value": "a", "label": "A"}])
    assert outside == {"type": "option"}


def test_an_owner_is_a_reference() -> None:
    owner = one(type="enumeration", fieldType="select", referencedObjectType="OWNER", options=[])
    assert owner == {"type": "reference", "targets": ("owner",)}


def test_what_nobody_may_write() -> None:
    assert one(modificationMetadata={"readOnlyValue": True}) == {
        "type": "text",
        "create": False,
        "update": False,
    }
    assert one(modificationMetadata={"readOnlyValue": False})["update"] is True
    assert "update" not in one(), "not said is not known"
    calculated = one(calculated=True, modificationMetadata={"readOnlyValue": False})
    assert calculated["update"] is False and calculated["calculated"] is True


def test_what_is_unique() -> None:
    assert one(hasUniqueValue=True)["unique"] is True
    assert one(hasUniqueValue=False)["unique"] is False
    assert "unique" not in one()
    text = answer(name="email", hasUniqueValue=False)
    contacts = understood(imported("hubspot", text, name="contacts"))
    assert facts(contacts, "contacts.email")["unique"] is True, "HubSpot's own key"
    companies = understood(
        imported("hubspot", answer(name="domain", hasUniqueValue=False), name="companies")
    )
    assert "unique" not in facts(companies, "companies.domain"), "a portal may allow two"


def test_the_object_is_named_by_the_file_or_by_the_user() -> None:
    assert set(understood(imported("hubspot", answer(), name="a/contacts")).objects) == {"contacts"}
    assert set(understood(imported("hubspot", answer(), name="properties_deals")).objects) == {
        "deals"
    }
    assert set(understood(imported("hubspot", answer(), objects=("x",))).objects) == {"x"}
    _, found = imported("hubspot", answer(), answer(), answer(), objects=("a", "b"))
    assert told(found) == [
        "1:1 error there are 2 names for 3 files; accepted: one name, or one for each"
    ]
    _, found = imported("hubspot", answer(), name="<stdin>")
    assert told(found) == [
        "1:1 error which object these properties are of is not said: add `--object contacts`"
    ]


def test_all_properties_of_an_object_are_complete_and_some_are_not() -> None:
    whole = understood(imported("hubspot", answer(), name="deals"))
    assert facts(whole, "deals") == {"times": "property", "complete": True}
    some = json.loads(answer()) | {"status": "COMPLETE", "completedAt": "2026-01-01T00:00:00Z"}
    batch = understood(imported("hubspot", json.dumps(some), name="deals"))
    assert "complete" not in facts(batch, "deals")
    alone = json.dumps(json.loads(answer())["results"][0])
    assert "complete" not in facts(understood(imported("hubspot", alone, name="deals")), "deals")


def test_pages_of_one_object_are_put_together() -> None:
    texts = answer(name="a"), answer(name="b")
    system = understood(imported("hubspot", *texts, objects=("deals",)))
    assert list(system.objects["deals"].properties) == ["a", "b"]


def page(**fields: Any) -> str:
    after = {"next": {"after": "a", "link": "https://api.hubapi.com/?after=a"}}
    return json.dumps(json.loads(answer(**fields)) | {"paging": after})


def test_one_page_of_several_is_told_and_all_of_them_are_not() -> None:
    _, found = imported("hubspot", page(), name="deals")
    assert told(found) == [
        "1:81 warning HubSpot has more properties of `deals` than these: this is one page of them"
    ]
    assert "paging.next.link" in found[0].notes[0]
    both = understood(imported("hubspot", page(name="a"), answer(name="b"), objects=("deals",)))
    assert list(both.objects["deals"].properties) == ["a", "b"]
    _, found = imported("hubspot", page(name="a"), page(name="b"), objects=("deals",))
    assert len(found) == 1, "the last page is missing, and is told once"
    ended = json.dumps(json.loads(answer()) | {"paging": None})
    assert facts(understood(imported("hubspot", ended, name="deals")), "deals")["complete"] is True


def test_an_object_of_the_portal_s_own_comes_with_its_properties() -> None:
    car = {
        "name": "car",
        "labels": {"singular": "Car", "plural": "Cars"},
        "requiredProperties": ["plate"],
        "properties": [
            {"name": "plate", "type": "string", "fieldType": "text", "hasUniqueValue": True},
            {"name": "colour", "type": "string", "fieldType": "text"},
        ],
    }
    for text in (json.dumps(car), json.dumps({"results": [car]})):
        system = understood(imported("hubspot", text, name="schemas"))
        assert facts(system, "car")["label"] == "Car"
        assert "complete" not in facts(system, "car")
        assert facts(system, "car.plate") == {"type": "text", "required": True, "unique": True}
        assert facts(system, "car.colour") == {"type": "text", "required": False}


def test_what_is_odd_is_told_where_it_stands() -> None:
    text = """{"results": [
  {"name": "a", "type": "scent", "fieldType": "text"},
  {"label": "Nameless", "type": "string", "fieldType": "text"},
  {"name": "b", "type": "string", "fieldType": "text"},
  {"name": "b", "type": "number", "fieldType": "number"},
  {"name": "c`d", "type": "number", "fieldType": "number"}
]}"""
    system, found = imported("hubspot", text, name="deals")
    assert told(found) == [
        "2:25 info what `deals.a` holds is not known: HubSpot calls it `scent`",
        "3:3 warning this property has no name, so it is left out",
        "5:3 warning `deals.b` is told twice, with another type; the first counts",
        "6:3 warning `c·d` has a character that no policy can write (shown as ·); it is left out",
    ]
    assert list(system.objects["deals"].properties) == ["a", "b"]


def test_a_refusal_is_not_an_object_without_properties() -> None:
    text = '{"status": "error", "message": "secret", "category": "INVALID_AUTHENTICATION"}'
    _, found = imported("hubspot", text, name="deals")
    assert told(found) == [
        "1:1 error HubSpot answered with `INVALID_AUTHENTICATION` instead of properties"
    ]
