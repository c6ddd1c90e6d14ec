"""The schemas that the program brings along, and what a project's own makes of them."""

from decimal import Decimal
from pathlib import Path

import pytest

from syncdsl import schema
from syncdsl.schema import Object, Option, Property, System, Times, Type, Zone
from syncdsl.schema.shipped import FOLDER
from syncdsl.source import Source

FILES = sorted(FOLDER.rglob("*.json"))


def test_each_kind_has_its_standard_objects() -> None:
    assert list(schema.SHIPPED) == ["business-central", "dynamics365", "hubspot"]
    assert set(schema.SHIPPED["hubspot"].objects) == {"companies", "contacts", "deals", "tickets"}
    assert {"account", "contact", "lead"} <= set(schema.SHIPPED["dynamics365"].objects)
    assert {"customer", "item"} <= set(schema.SHIPPED["business-central"].objects)
    assert "hubspott" not in schema.SHIPPED and "../kinds/hubspot" not in schema.SHIPPED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_is_one_object_as_it_would_be_written(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    system, problems = schema.parse(Source(path.name, text))
    assert problems == []
    assert (system.kind, system.complete, list(system.objects)) == (
        path.parent.name,
        False,
        [path.stem],
    )
    assert schema.write(system) == text


def test_facts_that_checks_ask_for() -> None:
    contact = schema.SHIPPED["dynamics365"].objects["contact"]
    assert (contact.times, contact.modified) == (Times.RECORD, "modifiedon")
    status = contact.properties["statuscode"]
    assert status.state == "statecode"
    assert status.options == (Option(1, "Active", 0), Option(2, "Inactive", 1))
    assert contact.properties["creditlimit"].currency == "transactioncurrencyid"
    assert contact.properties["creditlimit"].maximum == 100000000000000
    assert contact.properties["parentcustomerid"].targets == ("contact", "account")
    assert contact.properties["createdon"].update is False

    contacts = schema.SHIPPED["hubspot"].objects["contacts"]
    assert (contacts.times, contacts.modified) == (Times.PROPERTY, "lastmodifieddate")
    assert contacts.properties["email"].unique is True
    assert contacts.properties["createdate"].zone is Zone.UTC
    assert contacts.properties["hs_buying_role"].separator == ";"
    amount = schema.SHIPPED["hubspot"].objects["deals"].properties["amount"]
    assert (amount.type, amount.currency) == (Type.MONEY, "deal_currency_code")
    invoice = schema.SHIPPED["dynamics365"].objects["invoice"]
    assert invoice.properties["exchangerate"].minimum == Decimal("1E-10")


def own(properties: dict[str, Property], complete: bool | None = None) -> System:
    contacts = Object("contacts", None, None, properties, complete=complete)
    return System("hubspot", False, {"contacts": contacts})


def test_a_project_lays_its_facts_over_the_shipped_ones() -> None:
    ours = own({"email": Property("email", max_length=80), "shoe_size": Property("shoe_size")})
    found = schema.extended(schema.SHIPPED["hubspot"], ours)
    contacts = found.objects["contacts"]
    assert contacts.properties["email"] == Property(
        "email", "Email", Type.TEXT, 80, unique=True, calculated=False
    )
    assert contacts.properties["shoe_size"] == Property("shoe_size")
    assert "lastname" in contacts.properties and contacts.label == "Contact"
    assert found.objects["deals"] is schema.SHIPPED["hubspot"].objects["deals"]
    assert not found.complete and not found.is_complete("contacts")


def test_what_is_complete_stands_alone() -> None:
    ours = own({"shoe_size": Property("shoe_size")}, complete=True)
    found = schema.extended(schema.SHIPPED["hubspot"], ours)
    assert list(found.objects["contacts"].properties) == ["shoe_size"]
    assert found.is_complete("contacts") and not found.is_complete("deals")
    whole = ours._replace(complete=True)
    assert schema.extended(schema.SHIPPED["hubspot"], whole) is whole


def test_only_the_objects_that_are_asked_for_are_read() -> None:
    asked: list[str] = []

    def read(name: str) -> Object:
        asked.append(name)
        return Object(name, None, None, {})

    objects = schema.Objects(["a", "b"], read)
    assert "a" in objects and list(objects) == ["a", "b"] and len(objects) == 2
    assert objects.get("c") is None and asked == []
    assert objects["b"] is objects["b"] and asked == ["b"]
