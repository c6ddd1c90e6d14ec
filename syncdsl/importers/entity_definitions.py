"""
Dataverse's `EntityDefinitions`: tables and columns as JSON.

One table (`EntityDefinitions(LogicalName='contact')?$expand=Attributes`), a list of tables, or the
columns of one table alone, which is how options come:
`…/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet`.
Shapes: learn.microsoft.com, "EntityMetadata" and "AttributeMetadata" of the Web API.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from syncdsl.importers.document import Document, flag, items, number, record, text, whole
from syncdsl.importers.draft import Draft
from syncdsl.schema import Option, Property, Times, Type, Zone
from syncdsl.schema.places import Way

# AttributeTypeCode. A PartyList or CalendarRules is a table in a cell; a Virtual column repeats
# another one in words, or holds a file.
_TYPES: dict[str, Type | None] = {
    "BigInt": Type.NUMBER,
    "Boolean": Type.BOOL,
    "CalendarRules": None,
    "Customer": Type.REFERENCE,
    "DateTime": Type.DATETIME,
    "Decimal": Type.NUMBER,
    "Double": Type.NUMBER,
    "EntityName": Type.TEXT,
    "Integer": Type.NUMBER,
    "Lookup": Type.REFERENCE,
    "ManagedProperty": None,
    "Memo": Type.TEXT,
    "Money": Type.MONEY,
    "Owner": Type.REFERENCE,
    "PartyList": None,
    "Picklist": Type.OPTION,
    "State": Type.OPTION,
    "Status": Type.OPTION,
    "String": Type.TEXT,
    "Uniqueidentifier": Type.REFERENCE,
    "Virtual": None,
}
_WHOLE = ("BigInt", "Integer")
# What the platform demands it also fills by itself, so "SystemRequired" does not tell whether
# whoever makes a record has to.
_REQUIRED = {"None": False, "Recommended": False, "ApplicationRequired": True}
_CALCULATED = (1, 2)  # SourceType: 0 is kept, 1 is calculated, 2 is rolled up
_CURRENCY = "transactioncurrencyid"
_STATE = "statecode"
_MODIFIED = "modifiedon"

_CONTEXT = re.compile(r"#EntityDefinitions\((?:LogicalName=)?'([a-z_0-9]+)'\)/Attributes")


def looks_like(data: Any) -> bool:
    fields = record(data)
    rows = items(fields.get("value")) or [fields]
    return "LogicalName" in record(rows[0])


def read(documents: Sequence[Document], objects: Sequence[str], draft: Draft) -> None:
    for document in documents:
        data = record(document.data)
        if "error" in data:
            code = text(record(data["error"]).get("code")) or "error"
            document.refuse((), f"Dataverse answered with `{code}` instead of definitions")
        elif not looks_like(data):
            document.refuse(
                (),
                "there are no tables and no columns here",
                "`EntityDefinitions(LogicalName='contact')?$expand=Attributes` gives a table",
            )
        elif "Attributes" in data:
            _read_table(document, (), data, draft)
        else:
            _read_rows(document, data, objects, draft)
    if documents:
        _tell_missing_choices(documents[0], draft)


def _tell_missing_choices(document: Document, draft: Draft) -> None:
    """An answer has a column's choices only if they were asked for, and is the same else."""
    missing = [
        f"`{name}.{each.name}`"
        for name in draft.names()
        for each in draft.properties(name)
        if each.type in (Type.OPTION, Type.LIST) and each.options is None
    ]
    if missing:
        others = f" and of {len(missing) - 1} other columns" if len(missing) > 1 else ""
        document.cannot_know(
            (),
            f"the choices of {missing[0]}{others} are not in these files",
            "`…/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet`"
            " gives them, and so for `MultiSelectPicklist`, `State` and `Status`",
        )


def _read_rows(
    document: Document, data: Mapping[str, Any], objects: Sequence[str], draft: Draft
) -> None:
    """Tables, or the columns of one table."""
    rows = list(enumerate(map(record, items(data.get("value")))))
    tables = [(index, row) for index, row in rows if "Attributes" in row]
    for index, row in tables:
        _read_table(document, ("value", index), row, draft)
    columns: list[tuple[Way, Mapping[str, Any]]] = [
        (("value", index), row)
        for index, row in rows
        if "AttributeType" in row or "OptionSet" in row or "GlobalOptionSet" in row
    ]
    if "AttributeType" in data:
        columns.append(((), data))
    if not tables and not columns:
        document.refuse(
            (),
            "these tables come without their columns",
            "`?$expand=Attributes` at the end of the address gives them too",
        )
        return
    for way, row in columns:
        owner = _table_of(data, row, objects)
        if owner is None:
            document.refuse(
                (),
                "which table these columns are of is not said: add `--object contact`",
            )
            return
        if owner not in draft:
            problem = _add_table(draft, owner, {}, complete=None)
            if problem is not None:
                document.refuse((), problem)
                return
        _read_column(document, way, row, owner, frozenset(), draft)


def _table_of(
    data: Mapping[str, Any], row: Mapping[str, Any], objects: Sequence[str]
) -> str | None:
    named = text(row.get("EntityLogicalName"))
    if named is not None:
        return named
    context = _CONTEXT.search(str(data.get("@odata.context")))
    if context is not None:
        return context[1]
    return objects[0] if len(objects) == 1 else None


def _read_table(document: Document, way: Way, table: Mapping[str, Any], draft: Draft) -> None:
    name = text(table.get("LogicalName"))
    if name is None:
        document.leave_out(way, "this table has no `LogicalName`, so it is left out")
        return
    problem = _add_table(draft, name, table, complete=True)
    if problem is not None:
        document.leave_out(way, problem)
        return
    keys = frozenset(_single_keys(table))
    for index, column in enumerate(items(table.get("Attributes"))):
        _read_column(document, (*way, "Attributes", index), record(column), name, keys, draft)


def _add_table(
    draft: Draft, name: str, table: Mapping[str, Any], complete: bool | None
) -> str | None:
    return draft.add_object(
        name,
        label=_label(table.get("DisplayName")),
        times=Times.RECORD,
        modified=_MODIFIED,
        complete=complete,
    )


def _single_keys(table: Mapping[str, Any]) -> Iterator[str]:
    """Columns that alone tell records apart."""
    yield str(table.get("PrimaryIdAttribute"))
    for key in map(record, items(table.get("Keys"))):
        columns = items(key.get("KeyAttributes"))
        if len(columns) == 1 and key.get("EntityKeyIndexStatus", "Active") == "Active":
            yield str(columns[0])


def _read_column(
    document: Document,
    way: Way,
    column: Mapping[str, Any],
    owner: str,
    keys: frozenset[str],
    draft: Draft,
) -> None:
    name = text(column.get("LogicalName"))
    if name is None:
        document.leave_out(way, "this column has no `LogicalName`, so it is left out")
        return
    stated = column.get("AttributeType")
    if isinstance(stated, str) and stated not in _TYPES:
        document.cannot_know(
            (*way, "AttributeType"),
            f"what `{owner}.{name}` holds is not known: Dataverse calls it `{stated}`",
        )
    problem = draft.add(owner, _property(name, column, keys))
    if problem is not None:
        document.leave_out(way, problem)


def _property(name: str, column: Mapping[str, Any], keys: frozenset[str]) -> Property:
    kind = _type(column)
    create, update = flag(column.get("IsValidForCreate")), flag(column.get("IsValidForUpdate"))
    source = column.get("SourceType")
    calculated = source in _CALCULATED if isinstance(source, int) else None
    whole_number = column.get("AttributeType") in _WHOLE
    level = text(record(column.get("RequiredLevel")).get("Value")) or ""
    is_number = kind in (Type.NUMBER, Type.MONEY)
    options = _options(column)
    return Property(
        name=name,
        label=_label(column.get("DisplayName")),
        type=kind,
        max_length=whole(column.get("MaxLength")) or None,
        precision=0 if whole_number else whole(column.get("Precision")),
        options=options,
        # Nobody can be asked to fill a column that no writer may touch.
        required=_REQUIRED.get(level) if create is not False else None,
        create=False if calculated else create,
        update=False if calculated else update,
        unique=True if name in keys or column.get("IsPrimaryId") is True else None,
        calculated=calculated,
        minimum=number(column.get("MinValue")) if is_number else None,
        maximum=number(column.get("MaxValue")) if is_number else None,
        targets=_targets(column) if kind is Type.REFERENCE else None,
        currency=_CURRENCY if kind is Type.MONEY else None,
        state=_STATE if any(option.state is not None for option in options or ()) else None,
        zone=_zone(column) if kind is Type.DATETIME else None,
    )


def _type(column: Mapping[str, Any]) -> Type | None:
    if record(column.get("AttributeTypeName")).get("Value") == "MultiSelectPicklistType":
        return Type.LIST  # `AttributeType` calls it Virtual
    kind = _TYPES.get(str(column.get("AttributeType")))
    # A date that is kept as UserLocal is a midnight somewhere: a moment all the same.
    if kind is Type.DATETIME and _behaviour(column) == "DateOnly":
        return Type.DATE
    return kind


def _behaviour(column: Mapping[str, Any]) -> str:
    return str(record(column.get("DateTimeBehavior")).get("Value"))


def _zone(column: Mapping[str, Any]) -> Zone | None:
    return {"UserLocal": Zone.UTC, "TimeZoneIndependent": Zone.NONE}.get(_behaviour(column))


def _options(column: Mapping[str, Any]) -> tuple[Option, ...] | None:
    """The choices. Those of a column with yes and no are not choices but words for the two."""
    chosen = record(column.get("OptionSet")) or record(column.get("GlobalOptionSet"))
    options = []
    for option in map(record, items(chosen.get("Options"))):
        value, state = option.get("Value"), option.get("State")
        if isinstance(value, int) and not isinstance(value, bool):
            is_status = isinstance(state, int) and not isinstance(state, bool) and state >= 0
            options.append(Option(value, _label(option.get("Label")), state if is_status else None))
    return tuple(options) or None


def _targets(column: Mapping[str, Any]) -> tuple[str, ...] | None:
    return tuple(each for each in items(column.get("Targets")) if isinstance(each, str)) or None


def _label(value: Any) -> str | None:
    """In the language of whoever asked, else in the first."""
    label = record(value)
    chosen = record(label.get("UserLocalizedLabel"))
    first = items(label.get("LocalizedLabels"))[:1]
    return text(chosen.get("Label")) or text(record(first[0] if first else None).get("Label"))
