"""
Makes schema files from a folder of facts about other products.

    python tools/make_schemas.py FOLDER OUT

FOLDER holds what was gathered from public sources (see NOTICE); OUT is a checkout of syncdsl. The
standard objects of HubSpot, Dynamics 365 and Business Central get a file each, in the folder of the
schemas that the program brings along; the shop and the form of the policies in `policies/` get one
each there. Only facts go in: names, labels, types, options, lengths, flags. A fact that FOLDER does
not state is left out of the schema, because there "absent" means unknown. The same FOLDER always
gives the same bytes.

The form in `jotform.json` is the exception: forms are made by their owners, so there are no public
facts about one. `STORE_FORM` is an example of ours.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from syncdsl import schema
from syncdsl.source import Source

Facts: TypeAlias = dict[str, Any]  # as it stands in a file of facts, or in a schema file

PROPERTY_KEYS = (
    "label",
    "type",
    "max_length",
    "precision",
    "unique",
    "required",
    "create",
    "update",
    "calculated",
    "options",
    "minimum",
    "maximum",
    "targets",
    "currency",
    "state",
    "separator",
    "zone",
)
KINDS = Path("syncdsl", "schema", "kinds")
OWN = Path("policies", "schemas")


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: make_schemas.py FOLDER OUT", file=sys.stderr)
        return 2
    folder, out = map(Path, arguments)
    for kind, objects in shipped(folder).items():
        for name, facts in objects.items():
            write(out / KINDS / kind / f"{name}.json", kind, {name: facts})
    for kind, objects in own(folder).items():
        write(out / OWN / f"{kind}.json", kind, objects, complete=kind == "jotform")
    return 0


def shipped(folder: Path) -> dict[str, Facts]:
    """The objects that the program brings along, by kind."""
    return {
        "hubspot": hubspot(folder / "hubspot"),
        "dynamics365": dynamics(folder / "dataverse"),
        "business-central": business_central(folder / "erp_storefront" / "business_central.json"),
    }


def own(folder: Path) -> dict[str, Facts]:
    """The objects of the systems that only our own policies are about."""
    return {
        "storefront": storefront(folder / "erp_storefront" / "medusa_schemas.json"),
        "jotform": jotform(folder / "erp_storefront" / "jotform_shapes.json"),
    }


def write(path: Path, kind: str, objects: Facts, complete: bool = False) -> None:
    data = {"version": 1, "kind": kind, "complete": complete, "objects": objects}
    made, problems = schema.parse(Source(str(path), json.dumps(data)))
    assert not problems, [problem.message for problem in problems]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(schema.write(made), encoding="utf-8", newline="\n")


def schema_object(
    label: str, times: str, properties: Iterable[tuple[str, Facts]], modified: str | None = None
) -> Facts:
    known = {name: _known(facts) for name, facts in properties}
    return {
        "label": label,
        "times": times,
        "modified": modified if modified in known else None,
        "properties": known,
    }


def _known(facts: Facts) -> Facts:
    """The facts that are known, in one order."""
    return {key: facts[key] for key in PROPERTY_KEYS if facts.get(key) not in (None, "", [])}


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


# ── HubSpot ──────────────────────────────────────────────────────────────────────────────────────

HUBSPOT_OBJECTS = {
    "companies": "Company",
    "contacts": "Contact",
    "deals": "Deal",
    "tickets": "Ticket",
}
HUBSPOT_TYPES: dict[str, str | None] = {
    "bool": "bool",
    "date": "date",
    "datetime": "datetime",
    "enumeration": "option",
    "number": "number",
    # A reference to another record in HubSpot's own notation; the API lets nobody make such a
    # property, and what it reads like is documented nowhere.
    "object_coordinates": None,
    "phone_number": "text",
    "string": "text",
}
# HubSpot tells contacts apart by their e-mail address without calling the property unique
# (developers.hubspot.com/docs/api/crm/contacts: "email address is the primary unique identifier").
HUBSPOT_IDENTITIES = {("contacts", "email")}
# HubSpot gives out the number of a record ("a calculated property; its value cannot be set", its
# answer in github.com/mautic/mautic/pull/8785), and stamps its changes. No page of HubSpot's was
# found that says that it refuses to be told when a record was changed; nobody means to, though.
HUBSPOT_RECORD_NUMBER = "hs_object_id"
HUBSPOT_STAMPED = (HUBSPOT_RECORD_NUMBER, "lastmodifieddate", "hs_lastmodifieddate")
# What HubSpot counts and stamps itself. Its API calls these of a contact read-only (an answer with
# its groups of properties, in the tests of github.com/hull/hull-connectors). The numbers of
# associated records are CALCULATED in the history of any record, and the one of a deal in HubSpot's
# own list. For another object none of it is anything else.
HUBSPOT_COUNTED = {
    "hs_email_bounce",
    "hs_email_open",
    "notes_last_contacted",
    "notes_last_updated",
    "notes_next_activity_date",
    "num_associated_contacts",
    "num_associated_deals",
    "num_contacted_notes",
    "num_notes",
}
# A deal's amount is in the currency that stands beside it (knowledge.hubspot.com/crm-deals/
# hubspots-default-deal-properties, "Currency"), and without one in the company's.
HUBSPOT_MONEY = {("deals", "amount"): "deal_currency_code"}


def hubspot(folder: Path) -> dict[str, Facts]:
    return {
        name: schema_object(
            label,
            "property",
            (
                (facts["name"], _hubspot_property(name, facts))
                for facts in _read(folder / f"properties_{name}.json")
            ),
            "lastmodifieddate" if name == "contacts" else "hs_lastmodifieddate",
        )
        for name, label in HUBSPOT_OBJECTS.items()
    }


def _hubspot_property(owner: str, facts: Facts) -> Facts:
    kind = _hubspot_type(facts)
    currency = HUBSPOT_MONEY.get((owner, facts["name"]))
    by_itself = facts["name"] in HUBSPOT_STAMPED or facts["name"] in HUBSPOT_COUNTED
    read_only = True if by_itself else facts["readOnlyValue"]
    writable = None if read_only is None else not read_only
    # `hasUniqueValue` is a setting of the portal that was read: false there may be true elsewhere.
    identity = facts["name"] == HUBSPOT_RECORD_NUMBER
    identity |= (owner, facts["name"]) in HUBSPOT_IDENTITIES
    unique = facts["hasUniqueValue"] or identity
    return {
        "label": facts["label"],
        "type": kind if currency is None else "money",
        "unique": unique or None,
        "create": writable,
        "update": writable,
        "calculated": facts["calculated"],
        "options": _options(facts.get("options")) if kind in ("option", "list") else None,
        "currency": currency,
        # Several checked boxes are one text with semicolons between them.
        "separator": ";" if kind == "list" else None,
        # HubSpot keeps a date with a time as milliseconds since 1970, in UTC
        # (developers.hubspot.com/docs/faq/how-should-timestamps-be-formatted-for-hubspots-apis).
        "zone": "utc" if kind == "datetime" else None,
    }


def _hubspot_type(facts: Facts) -> str | None:
    kind = HUBSPOT_TYPES[facts["type"]]
    if kind != "option":
        return kind
    # One checkbox is a yes or no, a group of checkboxes takes several options.
    return {"booleancheckbox": "bool", "checkbox": "list"}.get(facts["fieldType"], kind)


# ── Dynamics 365 ─────────────────────────────────────────────────────────────────────────────────

DATAVERSE_TYPES = {
    "BigInt": "number",
    "Boolean": "bool",
    "Customer": "reference",
    "DateTime": "datetime",
    "Decimal": "number",
    "Double": "number",
    "EntityName": "text",
    "Integer": "number",
    "Lookup": "reference",
    "Memo": "text",
    "Money": "money",
    "Owner": "reference",
    "Picklist": "option",
    "State": "option",
    "Status": "option",
    "String": "text",
    "Uniqueidentifier": "reference",
}
# What a platform demands it also fills by itself (an id, a state), so "systemrequired" does not
# tell whether whoever makes a record has to.
DATAVERSE_REQUIRED = {"none": False, "recommended": False, "required": True}
# The list that a new option set starts with: every company replaces it with its own.
PLACEHOLDER = "Default Value"


# The Common Data Model has names of its own for some tables.
DATAVERSE_TABLES = {
    "case": "incident",
    "currency": "transactioncurrency",
    "customeraddressinline": "customeraddress",
    "facilityequipment": "equipment",
    "invoiceproduct": "invoicedetail",
    "order": "salesorder",
    "orderproduct": "salesorderdetail",
    "pricelist": "pricelevel",
    "quoteproduct": "quotedetail",
    "unit": "uom",
    "unitgroup": "uomschedule",
    "user": "systemuser",
}
# What these always refer to, where the facts do not say.
DATAVERSE_TARGETS = {"customerid": ["account", "contact"], "ownerid": ["systemuser", "team"]}
DATAVERSE_CURRENCY = "transactioncurrencyid"


def dynamics(folder: Path) -> dict[str, Facts]:
    tables = [_read(path) for path in sorted(folder.glob("*.json"))]
    return {
        table["logical_name"]: schema_object(
            table["display_name"].removeprefix("CRM "),  # the prefix is Business Central's
            "record",
            _dataverse_properties(table),
            "modifiedon",
        )
        for table in tables
    }


def _dataverse_properties(table: Facts) -> Iterable[tuple[str, Facts]]:
    names = {column["logical_name"] for column in table["columns"]}
    for column in table["columns"]:
        name = column["logical_name"]
        facts = _dataverse_property(table["logical_name"], column)
        # What ends in `_base` is the same amount in the organisation's own currency.
        if facts["type"] == "money" and not name.endswith("_base") and DATAVERSE_CURRENCY in names:
            facts["currency"] = DATAVERSE_CURRENCY
        if column["type"] == "Status" and "statecode" in names:
            facts["state"] = "statecode"
        yield name, facts


def _dataverse_property(table: str, column: Facts) -> Facts:
    kind = DATAVERSE_TYPES.get(column["type"])
    whole = column["type"] in ("BigInt", "Integer")
    targets = column.get("targets") or DATAVERSE_TARGETS.get(column["logical_name"], [])
    return {
        "label": column["display_name"],
        "type": "date" if column.get("format") == "DateOnly" else kind,
        "max_length": column.get("max_length"),
        "precision": 0 if whole else None,
        "unique": column["logical_name"] == f"{table}id" or None,
        # Nobody can be asked to fill a column that no writer may touch.
        "required": DATAVERSE_REQUIRED.get(column["required_level"])
        if column["valid_for_create"]
        else None,
        "create": column["valid_for_create"],
        "update": column["valid_for_update"],
        "options": _dataverse_options(column.get("options")),
        "minimum": _number(column.get("min")),
        "maximum": _number(column.get("max")),
        "targets": list(dict.fromkeys(DATAVERSE_TABLES.get(each, each) for each in targets)),
    }


def _number(text: str | None) -> int | float | None:
    if text is None:
        return None
    number = float(text)
    return int(text) if number.is_integer() else number


def _dataverse_options(options: list[Facts] | None) -> list[Facts] | None:
    if options is None or [option["label"] for option in options] == [PLACEHOLDER]:
        return None
    return _options(options)


# ── Business Central ─────────────────────────────────────────────────────────────────────────────

BUSINESS_CENTRAL_TYPES = {
    "Boolean": "bool",
    "Code": "text",
    "Date": "date",
    "DateFormula": "text",
    "DateTime": "datetime",
    "Decimal": "number",
    "Guid": "reference",
    "Integer": "number",
    "Option": "option",
    "Text": "text",
    "Time": "text",
}


# The primary keys of one field.
BUSINESS_CENTRAL_KEYS = {
    "contact": "No.",
    "currency": "Code",
    "customer": "No.",
    "item": "No.",
    "sales_invoice_header": "No.",
    "salesperson_purchaser": "Code",
    "vendor": "No.",
}
# What a table's own triggers fill whenever a record changes.
BUSINESS_CENTRAL_STAMPED = (
    "Last Date Modified",
    "Last DateTime Modified",
    "Last Modified Date Time",
    "Last Time Modified",
)


def business_central(path: Path) -> dict[str, Facts]:
    return {
        name: schema_object(
            _label(name),
            "record",
            (
                (field["name"], _business_central_property(name, field))
                for field in table["fields"]
                # A flow filter is a question to the table and holds nothing.
                if field.get("computed") != "FlowFilter"
            ),
            "Last Modified Date Time",
        )
        for name, table in _read(path).items()
    }


def _business_central_property(table: str, field: Facts) -> Facts:
    # "Editable" is about pages: a field that nobody can type into may well be written by a program.
    calculated = field.get("computed") == "FlowField"
    read_only = calculated or field["name"] in BUSINESS_CENTRAL_STAMPED
    enum = field["type"].lower().startswith("enum ")
    return {
        "label": field["caption"],
        "type": "option" if enum else BUSINESS_CENTRAL_TYPES.get(field["type"]),
        "max_length": field.get("max_length"),
        "precision": 0 if field["type"] == "Integer" else None,
        "required": field.get("not_blank"),
        "unique": BUSINESS_CENTRAL_KEYS.get(table) == field["name"] or None,
        "create": False if read_only else None,
        "update": False if read_only else None,
        "calculated": calculated,
        "options": _named_options(field.get("options")),
        "targets": _business_central_targets(field.get("relation")),
        # A date with a time is kept in UTC.
        "zone": "utc" if field["type"] == "DateTime" else None,
    }


def _business_central_targets(relation: str | None) -> list[str]:
    """The table that a field takes its codes from, if it is always the same one."""
    match = re.fullmatch(r'"([^"]+)"|(\w+)', relation or "")
    return [] if match is None else [_snake_words(match[1] or match[2])]


def _snake_words(name: str) -> str:
    """`Salesperson/Purchaser` as the facts write it: `salesperson_purchaser`."""
    return re.sub(r"\W+", "_", name.lower()).strip("_")


# ── The storefront ───────────────────────────────────────────────────────────────────────────────

MEDUSA_TYPES = {
    "array": "list",
    "boolean": "bool",
    "number": "number",
    "ref": "reference",
    "string": "text",
}


def storefront(path: Path) -> dict[str, Facts]:
    shapes = {name: shape["fields"] for name, shape in _read(path).items()}
    objects = {}
    for shape, fields in shapes.items():
        # What a shop's customer sees (`Store…`) is a part of what its owner sees (`Admin…`).
        if shape.startswith("Admin") or shape.replace("Store", "Admin", 1) not in shapes:
            name = _snake(shape.removeprefix("Admin").removeprefix("Store"))
            properties = [each for field in fields for each in _medusa_properties(field, shapes)]
            objects[name] = schema_object(_label(name), "record", properties, "updated_at")
    return objects


def _medusa_properties(field: Facts, shapes: dict[str, list[Facts]]) -> list[tuple[str, Facts]]:
    """A field, and for an address that an order carries inside itself also the fields of that."""
    inner = []
    if field["type"] == "ref" and field["ref"].endswith("Address"):
        inner = [
            (f"{field['name']}.{each['name']}", _medusa_property(each))
            for each in shapes.get(field["ref"], [])
        ]
    return [(field["name"], _medusa_property(field)), *inner]


def _medusa_property(field: Facts) -> Facts:
    """
    The shapes are those of answers. That a field always comes back does not tell whether it has to
    be filled, nor that it may be written.
    """
    kind = MEDUSA_TYPES.get(field["type"])
    if field.get("enum"):
        kind = "option"
    elif field.get("format") == "date-time":
        kind = "datetime"
    return {"type": kind, "options": _named_options(field.get("enum"))}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


# ── Jotform ──────────────────────────────────────────────────────────────────────────────────────


class Question(NamedTuple):
    name: str
    label: str
    type: str = "text"
    required: bool = False
    options: tuple[str, ...] = ()


# An example of ours: how a shop registers as a customer.
STORE_FORM = (
    Question("storeName", "Name of the store", required=True),
    Question(
        "storeType",
        "What kind of store is it?",
        "option",
        options=("Independent", "Chain", "Franchise", "Online only"),
    ),
    Question("website", "Website"),
    Question("street", "Street and number", required=True),
    Question("postcode", "Postcode", required=True),
    Question("city", "City", required=True),
    Question(
        "country",
        "Country",
        "option",
        required=True,
        options=("Austria", "France", "Germany", "Netherlands", "Switzerland"),
    ),
    Question("vatNumber", "VAT number"),
    Question(
        "employees",
        "How many people work there?",
        "option",
        options=("1-5", "5-25", "25-50", "50-100", "100-500", "500-1000", "1000+"),
    ),
    Question("openingDate", "Opening date", "date"),
    Question("firstName", "First name", required=True),
    Question("lastName", "Last name", required=True),
    Question("email", "E-mail", required=True),
    Question("mobile", "Mobile number"),
    Question(
        "language",
        "In which language may we write to you?",
        "option",
        options=("English", "French", "German"),
    ),
    Question("birthday", "Birthday", "date"),
    Question("message", "What would you like to sell?"),
    Question(
        "howFound",
        "How did you find us?",
        "option",
        options=("Recommendation", "Search engine", "Social media", "Trade fair", "Other"),
    ),
    # The words of HubSpot's legal basis, so that no value map can go stale.
    Question(
        "consents",
        "I agree",
        "list",
        options=("Freely given consent from contact", "Performance of a contract"),
    ),
)
SUBMISSION_TYPES = {"created_at": "datetime", "status": "option", "updated_at": "datetime"}


def jotform(path: Path) -> dict[str, Facts]:
    shape = _read(path)["submission"]
    # The answers are the questions of the form.
    own = [name for name in shape["fields"] if name != "answers"]
    properties = [
        *((name, _submission_property(name, shape)) for name in own),
        *((question.name, _question_property(question)) for question in STORE_FORM),
    ]
    return {"store_form": schema_object("Store form", "record", properties, "updated_at")}


def _submission_property(name: str, shape: Facts) -> Facts:
    options = shape["status_values"] if name == "status" else None
    return {
        "type": SUBMISSION_TYPES.get(name, "text"),
        "unique": name == "id" or None,
        "options": _named_options(options),
    }


def _question_property(question: Question) -> Facts:
    return {
        "label": question.label,
        "type": question.type,
        "required": question.required,
        "options": _named_options(question.options),
    }


# ── Options and labels ───────────────────────────────────────────────────────────────────────────


def _options(options: Iterable[Facts] | None) -> list[Facts]:
    """Options in the order in which their system offers them."""
    return [
        {key: option[key] for key in ("value", "label", "state") if key in option}
        for option in options or ()
    ]


def _named_options(names: Iterable[str] | None) -> list[Facts]:
    """Options that are stored by the name people see."""
    return [{"value": name, "label": name} for name in names or ()]


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
