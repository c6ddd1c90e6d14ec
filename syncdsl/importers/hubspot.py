"""
HubSpot: the answers of the CRM properties API, version 3.

`GET /crm/v3/properties/contacts` gives all properties of an object, a batch read some of them, and
`GET /crm/v3/properties/contacts/email` one. None of them says of which object, so that is the name
of the file, unless the user says it. Objects that a portal made itself come with their properties
from `GET /crm/v3/schemas`, which also tells what they demand.
Shapes: developers.hubspot.com/docs, "Properties" and "Custom objects".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from syncdsl.importers.document import (
    Document,
    flag,
    items,
    opposite,
    record,
    text,
)
from syncdsl.importers.draft import Draft, name_of
from syncdsl.schema import Option, Property, Times, Type, Zone
from syncdsl.schema.places import Way

# Property.type in HubSpot's own description of the API. A `json` is a text. An `object_coordinates`
# names another record in a notation of HubSpot's own, which is documented nowhere: it is unknown.
_TYPES = {
    "bool": Type.BOOL,
    "date": Type.DATE,
    "datetime": Type.DATETIME,
    "enumeration": Type.OPTION,
    "json": Type.TEXT,
    "number": Type.NUMBER,
    "phone_number": Type.TEXT,
    "string": Type.TEXT,
}
# HubSpot tells these apart without calling the property unique.
_IDENTITIES = {("contacts", "email"), ("companies", "domain")}
_RECORD_ID = "hs_object_id"
_MODIFIED = "hs_lastmodifieddate"
_MODIFIED_OF_CONTACTS = "lastmodifieddate"
_ALL_PAGES = "`paging.next.link` is the address of the next page; give all pages to one import"


def looks_like(data: Any) -> bool:
    first = record((items(record(data).get("results"))[:1] or [data])[0])
    return ("fieldType" in first and "name" in first) or _is_object(first)


def read(documents: Sequence[Document], objects: Sequence[str], draft: Draft) -> None:
    pages: dict[str, list[Document]] = {}
    for index, document in enumerate(documents):
        data = record(document.data)
        rows = [(("results", number), row) for number, row in enumerate(items(data.get("results")))]
        own = [(way, row) for way, row in [((), data), *rows] if _is_object(record(row))]
        for way, row in own:
            _read_object(document, way, record(row), draft)
        owner = None if own else _object_of(document, index, objects)
        if owner is not None:
            pages.setdefault(owner, []).append(document)
            _read_answer(document, owner, draft)
    for owner, several in pages.items():
        if all(map(_goes_on, several)):
            words = f"HubSpot has more properties of `{owner}` than these: this is one page of them"
            several[-1].leave_out(("paging",), words, _ALL_PAGES)


def _goes_on(document: Document) -> bool:
    """Is there another page after this one? The last one does not name a next one."""
    return bool(record(record(record(document.data).get("paging")).get("next")))


def _is_object(fields: Mapping[str, Any]) -> bool:
    """The answer of `GET /crm/v3/schemas`: an object of a portal's own, with its properties."""
    return isinstance(fields.get("properties"), list) and isinstance(fields.get("name"), str)


def _read_object(document: Document, way: Way, fields: Mapping[str, Any], draft: Draft) -> None:
    name = fields["name"]
    problem = draft.add_object(
        name,
        label=text(record(fields.get("labels")).get("singular")),
        times=Times.PROPERTY,
        modified=_MODIFIED,
    )
    if problem is not None:
        document.leave_out(way, problem)
        return
    demanded = fields.get("requiredProperties")
    required = frozenset(map(str, demanded)) if isinstance(demanded, list) else None
    for index, row in enumerate(fields["properties"]):
        _read_property(document, (*way, "properties", index), row, name, draft, required)


def _object_of(document: Document, index: int, objects: Sequence[str]) -> str | None:
    """As the user says, or by the file's name: `contacts.json`, `properties_contacts.json`."""
    name = name_of(document.source.path, index, objects)
    if objects:
        return name
    name = name.removeprefix("properties").removesuffix("properties").strip("_-. ")
    if name and not document.source.path.startswith("<"):
        return name
    words = "which object these properties are of is not said: add `--object contacts`"
    document.refuse((), words)
    return None


def _read_answer(document: Document, owner: str, draft: Draft) -> None:
    data = record(document.data)
    found = data.get("results")
    if found is None and "fieldType" in data:
        rows: list[tuple[Way, Any]] = [((), data)]
    elif isinstance(found, list):
        rows = [(("results", index), row) for index, row in enumerate(found)]
    else:
        document.refuse((), *_refusal(data))
        return
    is_whole = "results" in data and not data.get("paging") and "completedAt" not in data
    problem = draft.add_object(
        owner,
        times=Times.PROPERTY,
        modified=_MODIFIED_OF_CONTACTS if owner == "contacts" else _MODIFIED,
        complete=True if is_whole else None,
    )
    if problem is not None:
        document.refuse((), problem)
        return
    for way, row in rows:
        _read_property(document, way, row, owner, draft, None)


def _refusal(data: Any) -> tuple[str, ...]:
    if data.get("status") == "error":
        category = text(data.get("category")) or "error"
        return (f"HubSpot answered with `{category}` instead of properties",)
    return (
        "there are no `results` here, which HubSpot's answers have",
        "`GET /crm/v3/properties/contacts` gives the properties of contacts",
    )


def _read_property(
    document: Document,
    way: Way,
    row: Any,
    owner: str,
    draft: Draft,
    required: frozenset[str] | None,  # names, if they are told
) -> None:
    fields = record(row)
    name = fields.get("name")
    if not isinstance(name, str):
        document.leave_out(way, "this property has no name, so it is left out")
        return
    kind = _type(fields)
    stated = fields.get("type")
    if kind is None and isinstance(stated, str):
        words = f"what `{owner}.{name}` holds is not known: HubSpot calls it `{stated}`"
        document.cannot_know((*way, "type"), words)
    writable = _writable(fields)
    problem = draft.add(
        owner,
        Property(
            name=name,
            label=text(fields.get("label")),
            type=kind,
            options=_options(fields) if kind in (Type.OPTION, Type.LIST) else None,
            required=None if required is None or writable is False else name in required,
            create=writable,
            update=writable,
            unique=_unique(owner, name, fields),
            calculated=flag(fields.get("calculated")),
            targets=_targets(fields) if kind is Type.REFERENCE else None,
            currency=text(fields.get("currencyPropertyName")),
            separator=";" if kind is Type.LIST else None,
            zone=Zone.UTC if kind is Type.DATETIME else None,
        ),
    )
    if problem is not None:
        document.leave_out(way, problem)


def _type(fields: Any) -> Type | None:
    stated, shown = fields.get("type"), fields.get("fieldType")
    kind = _TYPES.get(stated) if isinstance(stated, str) else None
    if kind is Type.OPTION:
        if text(fields.get("referencedObjectType")) is not None:
            return Type.REFERENCE
        # One checkbox is a yes or no, a group of checkboxes takes several options.
        if shown == "booleancheckbox":
            return Type.BOOL
        return Type.LIST if shown == "checkbox" else Type.OPTION
    if kind is Type.NUMBER and (
        fields.get("numberDisplayHint") == "currency" or fields.get("showCurrencySymbol") is True
    ):
        return Type.MONEY
    return kind


def _options(fields: Any) -> tuple[Option, ...] | None:
    """
    Hidden options too: people cannot choose them any more, and records have them. A list that
    stands outside of HubSpot is not known here.
    """
    if fields.get("externalOptions") is True:
        return None
    options = [
        Option(option["value"], text(option.get("label")))
        for option in map(record, items(fields.get("options")))
        if isinstance(option.get("value"), str)
    ]
    return tuple(options) or None


def _writable(fields: Any) -> bool | None:
    if fields.get("calculated") is True:
        return False
    return opposite(flag(record(fields.get("modificationMetadata")).get("readOnlyValue")))


def _unique(owner: str, name: str, fields: Any) -> bool | None:
    if name == _RECORD_ID or (owner, name) in _IDENTITIES:
        # Contacts: by e-mail address, always. Companies: by domain, unless the portal allows two.
        return True if owner == "contacts" or name == _RECORD_ID else None
    return flag(fields.get("hasUniqueValue"))


def _targets(fields: Any) -> tuple[str, ...] | None:
    target = text(fields.get("referencedObjectType"))
    return None if target is None else (target.lower(),)
