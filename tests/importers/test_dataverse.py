"""Dataverse: `EntityDefinitions` and `$metadata`."""

import json
from typing import Any

import pytest

from syncdsl.importers import Result
from syncdsl.schema import System
from tests.importers.harness import facts, imported, read_back, told


def column(**fields: Any) -> dict[str, Any]:
    return {"LogicalName": "one", "AttributeType": "String", **fields}


def entity(*columns: dict[str, Any], **fields: Any) -> str:
    return json.dumps({"LogicalName": "contact", "Attributes": list(columns), **fields})


def one(**fields: Any) -> dict[str, Any]:
    return facts(known(imported("dataverse", entity(column(**fields)))), "contact.one")


def known(result: Result) -> System:
    """The schema, if nothing is told but that choices stand in another answer."""
    system, found = result
    assert [each for each in told(found) if "the choices of" not in each] == []
    return read_back(system)


def label(words: str) -> dict[str, Any]:
    return {"UserLocalizedLabel": {"Label": words, "LanguageCode": 1033}}


# ── EntityDefinitions ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("String", "text"),
        ("Memo", "text"),
        ("EntityName", "text"),
        ("Integer", "number"),
        ("BigInt", "number"),
        ("Decimal", "number"),
        ("Double", "number"),
        ("Money", "money"),
        ("Boolean", "bool"),
        ("DateTime", "datetime"),
        ("Picklist", "option"),
        ("State", "option"),
        ("Status", "option"),
        ("Lookup", "reference"),
        ("Customer", "reference"),
        ("Owner", "reference"),
        ("Uniqueidentifier", "reference"),
        ("Virtual", None),
        ("PartyList", None),
    ],
)
def test_types(stated: str, kind: str | None) -> None:
    assert one(AttributeType=stated).get("type") == kind


def test_several_choices_are_a_list() -> None:
    chosen = one(AttributeType="Virtual", AttributeTypeName={"Value": "MultiSelectPicklistType"})
    assert chosen == {"type": "list"}


def test_dates_and_what_they_mean() -> None:
    assert one(AttributeType="DateTime", DateTimeBehavior={"Value": "DateOnly"}) == {"type": "date"}
    moment = one(AttributeType="DateTime", DateTimeBehavior={"Value": "UserLocal"})
    assert moment == {"type": "datetime", "zone": "utc"}
    clock = one(AttributeType="DateTime", DateTimeBehavior={"Value": "TimeZoneIndependent"})
    assert clock == {"type": "datetime", "zone": "none"}
    midnight = one(
        AttributeType="DateTime", Format="DateOnly", DateTimeBehavior={"Value": "UserLocal"}
    )
    assert midnight["type"] == "datetime", "a midnight somewhere"


def test_lengths_and_numbers() -> None:
    assert one(MaxLength=100) == {"type": "text", "max_length": 100}
    whole = one(AttributeType="Integer", MinValue=-5, MaxValue=2147483647)
    assert whole == {"type": "number", "precision": 0, "minimum": -5, "maximum": 2147483647}
    money = one(AttributeType="Money", Precision=2, MinValue=0.0, MaxValue=922337203685477.0)
    assert money == {"type": "money", "precision": 2, "minimum": 0, "maximum": 922337203685477}


def test_what_may_be_written() -> None:
    read_only = one(IsValidForCreate=False, IsValidForUpdate=False, RequiredLevel={"Value": "None"})
    assert read_only == {"type": "text", "create": False, "update": False}
    assert one(IsValidForCreate=True, IsValidForUpdate=False)["create"] is True
    assert one(SourceType=1, IsValidForUpdate=True) == {
        "type": "text",
        "create": False,
        "update": False,
        "calculated": True,
    }
    assert one(SourceType=0)["calculated"] is False


@pytest.mark.parametrize(
    ("level", "required"),
    [
        ("None", False),
        ("Recommended", False),
        ("ApplicationRequired", True),
        ("SystemRequired", None),
    ],
)
def test_what_is_required(level: str, required: bool | None) -> None:
    assert one(RequiredLevel={"Value": level}).get("required") is required


def test_choices_have_values_and_labels_and_a_status_has_a_state() -> None:
    options = [
        {"Value": 1, "Label": label("Active"), "State": 0},
        {"Value": 2, "Label": {"LocalizedLabels": [{"Label": "Inactive"}]}, "State": 1},
    ]
    status = column(
        LogicalName="statuscode", AttributeType="Status", OptionSet={"Options": options}
    )
    state = column(LogicalName="statecode", AttributeType="State")
    system = known(imported("dataverse", entity(status, state)))
    assert facts(system, "contact.statuscode") == {
        "type": "option",
        "options": [(1, "Active", 0), (2, "Inactive", 1)],
        "state": "statecode",
    }


def test_words_for_yes_and_no_are_not_choices() -> None:
    truth = one(
        AttributeType="Boolean",
        OptionSet={"TrueOption": {"Value": 1, "Label": label("Do Not Allow")}},
    )
    assert truth == {"type": "bool"}


def test_references_lead_somewhere_and_keys_are_unique() -> None:
    columns = [
        column(LogicalName="contactid", AttributeType="Uniqueidentifier"),
        column(
            LogicalName="parentcustomerid", AttributeType="Customer", Targets=["account", "contact"]
        ),
        column(LogicalName="number"),
        column(LogicalName="first"),
    ]
    keys = [{"KeyAttributes": ["number"]}, {"KeyAttributes": ["first", "last"]}]
    system = known(
        imported("dataverse", entity(*columns, PrimaryIdAttribute="contactid", Keys=keys))
    )
    assert facts(system, "contact.contactid") == {"type": "reference", "unique": True}
    assert facts(system, "contact.parentcustomerid")["targets"] == ("account", "contact")
    assert facts(system, "contact.number")["unique"] is True
    assert "unique" not in facts(system, "contact.first")


def test_options_that_come_in_an_answer_of_their_own_are_laid_over() -> None:
    table = entity(
        column(LogicalName="role", AttributeType="Picklist"), DisplayName=label("Contact")
    )
    options = {
        "@odata.context": "https://x/api/data/v9.2/$metadata#EntityDefinitions('contact')/Attributes"
        "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata(LogicalName,OptionSet())",
        "value": [
            {"LogicalName": "role", "OptionSet": {"Options": [{"Value": 1, "Label": label("A")}]}}
        ],
    }
    system = known(imported("dataverse", table, json.dumps(options)))
    assert facts(system, "contact.role") == {"type": "option", "options": [(1, "A")]}
    assert facts(system, "contact")["complete"] is True
    alone = known(imported("dataverse", json.dumps(options)))
    assert "complete" not in facts(alone, "contact"), "these are not all columns"


def test_choices_that_are_not_there_are_told() -> None:
    columns = [column(LogicalName=name, AttributeType="Picklist") for name in ("a", "b", "c")]
    _, found = imported("dataverse", entity(*columns[:1]))
    assert told(found) == ["1:1 info the choices of `contact.a` are not in these files"]
    _, found = imported("dataverse", entity(*columns))
    words = "the choices of `contact.a` and of 2 other columns are not in these files"
    assert told(found) == [f"1:1 info {words}"]
    assert "PicklistAttributeMetadata" in found[0].notes[0]


def test_columns_of_a_table_that_nobody_names() -> None:
    text = json.dumps({"value": [{"LogicalName": "role", "AttributeType": "Picklist"}]})
    _, found = imported("dataverse", text)
    assert told(found) == [
        "1:1 error which table these columns are of is not said: add `--object contact`"
    ]
    system = known(imported("dataverse", text, objects=("contact",)))
    assert facts(system, "contact.role") == {"type": "option"}


def test_tables_are_picked() -> None:
    tables = [json.loads(entity(column(), LogicalName=name)) for name in ("account", "contact")]
    text = json.dumps({"value": tables})
    assert list(known(imported("dataverse", text)).objects) == ["account", "contact"]
    picked = imported("dataverse", text, objects=("contact",))
    assert list(known(picked).objects) == ["contact"]
    _, found = imported("dataverse", text, objects=("contacts",))
    assert told(found) == ["1:1 error there is no object `contacts` here; did you mean `contact`?"]


def test_tables_without_columns_are_told_how_to_come_by_them() -> None:
    _, found = imported("dataverse", '{"value": [{"LogicalName": "contact"}]}')
    assert told(found) == ["1:1 error these tables come without their columns"]
    _, found = imported("dataverse", '{"error": {"code": "0x80040220", "message": "secret"}}')
    assert told(found) == ["1:1 error Dataverse answered with `0x80040220` instead of definitions"]


# ── $metadata ────────────────────────────────────────────────────────────────────────────────────

EDMX = """<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:Reference Uri="x"><edmx:Include Namespace="Org.OData.Core.V1" Alias="Core"/></edmx:Reference>
<edmx:DataServices><Schema Namespace="{}" Alias="own">
{}
</Schema></edmx:DataServices></edmx:Edmx>
"""
CONTACT = """
<EntityType Name="crmbaseentity" Abstract="true"/>
<EntityType Name="contact" BaseType="own.crmbaseentity">
<Key><PropertyRef Name="contactid"/></Key>
<Property Name="contactid" Type="Edm.Guid"/>
<Property Name="emailaddress1" Type="Edm.String" Unicode="false"/>
<Property Name="statecode" Type="Edm.Int32"/>
<Property Name="birthdate" Type="Edm.Date"/>
<Property Name="modifiedon" Type="Edm.DateTimeOffset"/>
<Property Name="createdon" Type="Edm.DateTimeOffset"><Annotation Term="Core.Computed" Bool="true"/></Property>
<Property Name="fixed" Type="Edm.Boolean"><Annotation Term="Org.OData.Core.V1.Immutable"/></Property>
<Property Name="creditlimit" Type="Edm.Decimal" Scale="2"/>
<Property Name="creditlimit_base" Type="Edm.Decimal"><Annotation Term="Org.OData.Core.V1.Permissions">
<EnumMember>Org.OData.Core.V1.PermissionType/Read</EnumMember></Annotation></Property>
<Property Name="exchangerate" Type="Edm.Decimal"/>
<Property Name="_transactioncurrencyid_value" Type="Edm.Guid"/>
<Property Name="_parentcustomerid_value" Type="Edm.Guid"><Annotation Term="Org.OData.Core.V1.Permissions">
<EnumMember>Org.OData.Core.V1.PermissionType/Read</EnumMember></Annotation></Property>
<NavigationProperty Name="parentcustomerid_account" Type="own.account" Nullable="false">
<ReferentialConstraint Property="_parentcustomerid_value" ReferencedProperty="accountid"/></NavigationProperty>
<NavigationProperty Name="parentcustomerid_contact" Type="own.contact" Nullable="false">
<ReferentialConstraint Property="_parentcustomerid_value" ReferencedProperty="contactid"/></NavigationProperty>
</EntityType>
"""  # noqa: E501


def test_metadata_of_dataverse() -> None:
    system, found = imported("dataverse", EDMX.format("Microsoft.Dynamics.CRM", CONTACT))
    assert told(found) == ["1:1 info Dataverse's `$metadata` tells neither options nor lengths"]
    assert system.kind == "dynamics365" and list(system.objects) == ["contact"]
    assert facts(system, "contact") == {
        "times": "record",
        "modified": "modifiedon",
        "complete": True,
    }
    read_only = {"create": False, "update": False}
    properties = system.objects["contact"].properties
    assert {name: facts(system, f"contact.{name}") for name in properties} == {
        "contactid": {"type": "reference", "unique": True},
        "emailaddress1": {"type": "text"},
        "statecode": {},  # a whole number, or a choice
        "birthdate": {"type": "date"},
        "modifiedon": {"type": "datetime", "zone": "utc"},
        "createdon": {"type": "datetime", "zone": "utc"} | read_only,
        "fixed": {"type": "bool", "update": False},
        "creditlimit": {"type": "money", "precision": 2, "currency": "transactioncurrencyid"},
        "creditlimit_base": {"type": "money", "currency": "transactioncurrencyid"} | read_only,
        "exchangerate": {"type": "number"},
        "transactioncurrencyid": {"type": "reference"},
        "parentcustomerid": {"type": "reference", "targets": ("account", "contact")},
    }


def test_metadata_and_definitions_are_laid_over_one_another() -> None:
    definitions = entity(
        column(LogicalName="emailaddress1", MaxLength=100), DisplayName=label("Contact")
    )
    system, _ = imported("dataverse", EDMX.format("Microsoft.Dynamics.CRM", CONTACT), definitions)
    assert facts(system, "contact.emailaddress1") == {"type": "text", "max_length": 100}
    assert facts(system, "contact")["label"] == "Contact"


def test_metadata_of_business_central_tells_options_and_lengths() -> None:
    item = """
<EnumType Name="itemType"><Member Name="Inventory" Value="0"/><Member Name="Service" Value="1"/></EnumType>
<EntityType Name="base"><Property Name="id" Type="Edm.Guid"/></EntityType>
<EntityType Name="item" BaseType="own.base"><Key><PropertyRef Name="id"/></Key>
<Property Name="number" Type="Edm.String" MaxLength="20"/><Property Name="note" Type="Edm.String" MaxLength="max"/>
<Property Name="type" Type="own.itemType"/><Property Name="stock" Type="Edm.Int32"/>
<Property Name="tags" Type="Collection(Edm.String)"/><Property Name="picture" Type="Edm.Stream"/>
<Property Name="lastModifiedDateTime" Type="Edm.DateTimeOffset"/></EntityType>
"""  # noqa: E501
    system = known(imported("dataverse", EDMX.format("Microsoft.NAV", item), objects=("item",)))
    assert system.kind == "business-central"
    properties = system.objects["item"].properties
    assert {name: facts(system, f"item.{name}") for name in properties} == {
        "id": {"type": "reference"},
        "number": {"type": "text", "max_length": 20},
        "note": {"type": "text"},
        "type": {"type": "option", "options": [("Inventory",), ("Service",)]},
        "stock": {"type": "number", "precision": 0},
        "tags": {"type": "list"},
        "picture": {},
        "lastModifiedDateTime": {"type": "datetime", "zone": "utc"},
    }


DOCTYPE = "1:1 error this XML declares a document type (`<!DOCTYPE`), which `$metadata` never does"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>',
            DOCTYPE,
        ),
        (
            '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
            DOCTYPE,
        ),
        ("<rss/>", "1:1 error this XML is a `rss`, not the `Edmx` of `$metadata`"),
        ("<Edmx><a>", "1:10 error this is not XML: no element found"),
        ("<Edmx>\n<a></b></Edmx>", "2:6 error this is not XML: mismatched tag"),
        ("<Edmx>&x;</Edmx>", "1:7 error this is not XML: undefined entity"),
        (
            "<Edmx/>",
            "1:1 error there is no `EntityType` here, which `$metadata` has for every table",
        ),
        ("<a>" * 100_000, "1:1 error this XML is a `a`, not the `Edmx` of `$metadata`"),
        ("<Edmx>" * 100_000, "1:181 error more than 30 elements in one another"),
        ("<html><body>Sign in", "1:1 error this is a web page, not the answer of an API"),
    ],
)
def test_what_is_no_metadata(text: str, words: str) -> None:
    _, found = imported("dataverse", text)
    assert told(found) == [words]


def test_a_table_that_is_based_on_itself_ends() -> None:
    loop = "".join(
        f'<EntityType Name="{name}" BaseType="own.{base}"><Property Name="{own}"/></EntityType>'
        for name, base, own in ("abx", "bay")
    )
    system, found = imported("dataverse", EDMX.format("X", loop))
    assert told(found) == [] and set(system.objects["a"].properties) == {"x", "y"}
