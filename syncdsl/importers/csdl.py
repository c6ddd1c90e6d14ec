"""
`$metadata`: the tables of an OData service as XML, in OData's language CSDL.

What the file does not tell is told to the user, because `EntityDefinitions` would: Dataverse's
choices stand there as whole numbers, and its texts without their lengths. Other services (Business
Central) fill in both.

The text comes from anywhere. A document type is refused, and with it entities, which XML would put
in wherever they are named, as long as they like, from where they like. Depth and count are bounded.
Shapes: docs.oasis-open.org, "OData Common Schema Definition Language (CSDL) XML Representation".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from syncdsl.diagnostic import Diagnostic
from syncdsl.importers.document import LEFT_OUT, REFUSED, UNKNOWN, diagnostic
from syncdsl.importers.draft import Draft
from syncdsl.importers.looks import web_page
from syncdsl.schema import Option, Property, Times, Type, Zone
from syncdsl.source import Source, Span

MAX_DEPTH = 30  # elements in one another; CSDL has six

DATAVERSE = "Microsoft.Dynamics.CRM"
# Whose service it is, by the namespace of its types.
_KINDS = {DATAVERSE: "dynamics365", "Microsoft.NAV": "business-central"}

_TYPES = {
    "Edm.Boolean": Type.BOOL,
    "Edm.Byte": Type.NUMBER,
    "Edm.Date": Type.DATE,
    "Edm.DateTimeOffset": Type.DATETIME,
    "Edm.Decimal": Type.NUMBER,
    "Edm.Double": Type.NUMBER,
    "Edm.Guid": Type.REFERENCE,
    "Edm.Int16": Type.NUMBER,
    "Edm.Int32": Type.NUMBER,
    "Edm.Int64": Type.NUMBER,
    "Edm.SByte": Type.NUMBER,
    "Edm.Single": Type.NUMBER,
    "Edm.String": Type.TEXT,
}
_WHOLE = {"Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64"}
_PERMISSIONS, _COMPUTED, _IMMUTABLE = (
    f"Org.OData.Core.V1.{name}" for name in ("Permissions", "Computed", "Immutable")
)
_COLLECTION = "Collection("


def is_xml(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("<") and not web_page(text)


class _Column(NamedTuple):
    """A Property element, and what its annotations say."""

    fields: dict[str, str]
    place: int
    notes: dict[str, str]  # the value of an annotation, by its term


class _Table(NamedTuple):
    name: str
    base: str | None
    place: int
    columns: list[_Column]
    keys: list[str]
    links: dict[str, list[str]]  # the types that a column leads to


class _Refused(Exception):  # noqa: N818  (nothing is wrong in the program)
    """There is nothing to be had from this file, and where that shows."""

    def __init__(self, words: str, place: int) -> None:
        super().__init__(words)
        self.place = place


def read(source: Source, draft: Draft) -> list[Diagnostic]:
    """Adds the tables of a text; the problems that it has."""
    reader = _Reader(source)
    try:
        reader.parse()
    except _Refused as problem:
        return [reader.told(REFUSED, str(problem), problem.place)]
    except expat.ExpatError as problem:
        words = expat.ErrorString(problem.code)
        return [reader.told(REFUSED, f"this is not XML: {words}", reader.place())]
    if not reader.tables:
        words = "there is no `EntityType` here, which `$metadata` has for every table"
        return [reader.told(REFUSED, words, 0)]
    return [*_tables(reader, draft)]


class _Reader:
    """The elements that are open while the text is gone through, and what stood in them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tables: dict[str, _Table] = {}
        self.enums: dict[str, list[Option]] = {}
        self.namespace = ""
        self._aliases: dict[str, str] = {}
        self._open: list[str] = []
        self._table: _Table | None = None
        self._column: _Column | None = None
        self._link = ""
        self._enum: list[Option] | None = None
        self._term: str | None = None
        self._words: list[str] = []
        # Half a character cannot be written as UTF-8, nor stand in XML.
        self._data = source.text.encode("utf-8", "replace")
        self._parser = expat.ParserCreate("utf-8")

    def parse(self) -> None:
        parser = self._parser
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(self._data, True)

    def place(self) -> int:
        """Where the parser is, in characters of the text."""
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        # Here a lone carriage return ends no line, and there it does.
        starts = self.source.line_starts
        start = starts[min(line, len(starts)) - 1]
        return min(start + column, len(self.source.text))

    def told(self, code: str, message: str, place: int, *notes: str) -> Diagnostic:
        end = min(place + 1, len(self.source.text))
        return diagnostic(code, message, Span(self.source, place, end), *notes)

    def full(self, name: str) -> str:
        """A type's name with its namespace, also if that was abbreviated."""
        space, _, own = name.rpartition(".")
        return f"{self._aliases.get(space, space)}.{own}"

    def _refuse_doctype(self, *_: object) -> None:
        words = "this XML declares a document type (`<!DOCTYPE`), which `$metadata` never does"
        raise _Refused(words, max(0, self.source.text.find("<!DOCTYPE")))

    def _start(self, name: str, fields: dict[str, str]) -> None:
        self._open.append(name)
        if len(self._open) > MAX_DEPTH:
            raise _Refused(f"more than {MAX_DEPTH} elements in one another", self.place())
        start = _STARTS.get(name.rpartition(":")[2])
        if start is not None:
            start(self, fields)
        elif len(self._open) == 1 and name.rpartition(":")[2] != "Edmx":
            words = f"this XML is a `{name[:60]}`, not the `Edmx` of `$metadata`"
            raise _Refused(words, self.place())

    def _end(self, name: str) -> None:
        self._open.pop()
        own = name.rpartition(":")[2]
        if own == "EntityType":
            self._table = None
        elif own == "Property":
            self._column = None
        elif own == "EnumType":
            self._enum = None
        elif own == "NavigationProperty":
            self._link = ""
        elif own == "Annotation" and self._column is not None and self._term is not None:
            self._column.notes.setdefault(self._term, "".join(self._words).strip() or "true")
            self._term = None

    def _text(self, words: str) -> None:
        if self._term is not None and len(self._words) < 100:
            self._words.append(words)

    def start_schema(self, fields: dict[str, str]) -> None:
        self.namespace = fields.get("Namespace", "")
        if "Alias" in fields:
            self._aliases[fields["Alias"]] = self.namespace

    def start_include(self, fields: dict[str, str]) -> None:
        if "Alias" in fields:
            self._aliases[fields["Alias"]] = fields.get("Namespace", "")

    def start_table(self, fields: dict[str, str]) -> None:
        name, base = fields.get("Name", ""), fields.get("BaseType")
        base = None if base is None else self.full(base)
        self._table = _Table(name, base, self.place(), [], [], {})
        self.tables.setdefault(f"{self.namespace}.{name}", self._table)

    def start_column(self, fields: dict[str, str]) -> None:
        if self._table is not None:
            self._column = _Column(fields, self.place(), {})
            self._table.columns.append(self._column)

    def start_key(self, fields: dict[str, str]) -> None:
        if self._table is not None:
            self._table.keys.append(fields.get("Name", ""))

    def start_link(self, fields: dict[str, str]) -> None:
        self._link = self.full(fields.get("Type", ""))

    def start_constraint(self, fields: dict[str, str]) -> None:
        if self._table is not None and self._link:
            targets = self._table.links.setdefault(fields.get("Property", ""), [])
            targets.append(self._link.rpartition(".")[2])

    def start_enum(self, fields: dict[str, str]) -> None:
        self._enum = self.enums.setdefault(f"{self.namespace}.{fields.get('Name', '')}", [])

    def start_member(self, fields: dict[str, str]) -> None:
        if self._enum is not None and "Name" in fields:
            self._enum.append(Option(fields["Name"]))

    def start_annotation(self, fields: dict[str, str]) -> None:
        term = self.full(fields.get("Term", ""))
        if self._column is None or term not in (_PERMISSIONS, _COMPUTED, _IMMUTABLE):
            return
        said = fields.get("Bool") or fields.get("EnumMember")
        if said is not None:
            self._column.notes[term] = said
        self._term, self._words = term, []


_STARTS: dict[str, Callable[[_Reader, dict[str, str]], None]] = {
    "Include": _Reader.start_include,
    "Schema": _Reader.start_schema,
    "EntityType": _Reader.start_table,
    "Property": _Reader.start_column,
    "PropertyRef": _Reader.start_key,
    "NavigationProperty": _Reader.start_link,
    "ReferentialConstraint": _Reader.start_constraint,
    "EnumType": _Reader.start_enum,
    "Member": _Reader.start_member,
    "Annotation": _Reader.start_annotation,
}


def _tables(reader: _Reader, draft: Draft) -> Iterator[Diagnostic]:
    spaces = {name.rpartition(".")[0] for name in reader.tables}
    is_dataverse = DATAVERSE in spaces
    draft.kind = next((kind for space, kind in _KINDS.items() if space in spaces), None)
    for full_name, table in reader.tables.items():
        columns = list(_all_columns(reader, full_name))
        if not columns:
            continue  # what others are based on
        names = {column.fields.get("Name", "") for _, column in columns}
        modified = next((name for name in _MODIFIED if name in names), None)
        problem = draft.add_object(
            table.name,
            times=Times.RECORD if is_dataverse else None,
            modified=modified,
            complete=True,
        )
        if problem is not None:
            yield reader.told(LEFT_OUT, problem, table.place)
            continue
        for owner, column in columns:
            found = _property(reader, owner, column, names if is_dataverse else None)
            problem = draft.add(table.name, found)
            if problem is not None:
                yield reader.told(LEFT_OUT, problem, column.place)
            if draft.is_full:
                return
    if is_dataverse:
        yield reader.told(
            UNKNOWN,
            "Dataverse's `$metadata` tells neither options nor lengths",
            0,
            "`EntityDefinitions` tells them: it can be imported instead of this file or beside it",
        )


_MODIFIED = ("modifiedon", "lastModifiedDateTime")


def _all_columns(reader: _Reader, name: str) -> Iterator[tuple[_Table, _Column]]:
    """The columns of a table, those that it takes over from its bases first."""
    line: list[str] = []
    at: str | None = name
    while at in reader.tables and at not in line:
        line.append(at)
        at = reader.tables[at].base
    for each in reversed(line):
        table = reader.tables[each]
        yield from ((table, column) for column in table.columns)


def _property(reader: _Reader, table: _Table, column: _Column, beside: set[str] | None) -> Property:
    """A column; `beside` is what stands beside it, if the service is Dataverse."""
    fields = column.fields
    name, stated = fields.get("Name", ""), fields.get("Type", "")
    is_link = beside is not None and name.startswith("_") and name.endswith("_value")
    options = reader.enums.get(reader.full(stated))
    kind = _type(stated, options, name, beside)
    targets = tuple(dict.fromkeys(table.links.get(name, ())))
    reads_only = _reads_only(column)
    if targets or is_link:
        kind = Type.REFERENCE
    is_key = table.keys == [name]
    return Property(
        # What the Web API calls `_ownerid_value` is `ownerid` everywhere else.
        name=name[1 : -len("_value")] if is_link else name,
        type=kind,
        max_length=_whole(fields.get("MaxLength")) or None if kind is Type.TEXT else None,
        precision=0 if stated in _WHOLE and kind is Type.NUMBER else _whole(fields.get("Scale")),
        options=tuple(options) if options else None,
        # A reference is read under this name and written under another one.
        create=False if reads_only and not is_link else None,
        update=False if _is_fixed(column, reads_only) and not is_link else None,
        unique=True if is_key else None,
        targets=targets or None,
        currency=_currency(kind, beside),
        zone=Zone.UTC if kind is Type.DATETIME else None,
    )


def _type(
    stated: str, options: list[Option] | None, name: str, beside: set[str] | None
) -> Type | None:
    if options is not None:
        return Type.OPTION
    if stated.startswith(_COLLECTION):
        return Type.LIST
    if beside is not None:
        # A choice of Dataverse is a whole number here, and looks like any other one.
        if stated == "Edm.Int32":
            return None
        # Beside every amount of money stands the same in the currency of the organisation.
        if stated == "Edm.Decimal" and {f"{name}_base", name.removesuffix("_base")} & (
            beside - {name}
        ):
            return Type.MONEY
    return _TYPES.get(stated)


def _currency(kind: Type | None, beside: set[str] | None) -> str | None:
    has_one = beside is not None and "_transactioncurrencyid_value" in beside
    return "transactioncurrencyid" if kind is Type.MONEY and has_one else None


def _reads_only(column: _Column) -> bool:
    permissions = column.notes.get(_PERMISSIONS, "")
    last = permissions.rpartition("/")[2]
    return last in ("Read", "None", "1", "0") or column.notes.get(_COMPUTED) == "true"


def _is_fixed(column: _Column, reads_only: bool) -> bool:
    return reads_only or column.notes.get(_IMMUTABLE) == "true"


def _whole(stated: str | None) -> int | None:
    """A number in an attribute; it may also say `max` or `variable`."""
    if stated is None or not (stated.isascii() and stated.isdecimal() and len(stated) < 10):
        return None
    return int(stated)
