"""
An SQLite database: its tables, with the types that they declare and the constraints that they keep.

SQLite keeps any value in any column, and a declared type is a wish. Where it is none of SQLite's
own words, the values decide (`values`). The database is opened as one that nobody writes: no lock,
no journal, no file beside it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from syncdsl.diagnostic import Diagnostic
from syncdsl.importers.document import LEFT_OUT, REFUSED, UNKNOWN, diagnostic
from syncdsl.importers.draft import Draft
from syncdsl.importers.values import Column
from syncdsl.schema import Property, Type, Zone
from syncdsl.source import Source, Span

MAX_ROWS = 10_000
MAX_TEXT = 200  # characters of a value; a longer one is a text
MAX_STEPS = 20_000  # thousands of steps of SQLite's machine for one table: a second or less

_DECLARED = re.compile(
    r"\s*([A-Za-z_ ]+?)\s*(?:\(\s*([0-9]{1,9})\s*(?:,\s*([0-9]{1,9})\s*)?\))?\s*"
)
_TYPES = {
    "bigint": Type.NUMBER,
    "bool": Type.BOOL,
    "boolean": Type.BOOL,
    "char": Type.TEXT,
    "character": Type.TEXT,
    "character varying": Type.TEXT,
    "clob": Type.TEXT,
    "date": Type.DATE,
    "datetime": Type.DATETIME,
    "decimal": Type.NUMBER,
    "double": Type.NUMBER,
    "double precision": Type.NUMBER,
    "float": Type.NUMBER,
    "int": Type.NUMBER,
    "integer": Type.NUMBER,
    "money": Type.MONEY,
    "nchar": Type.TEXT,
    "numeric": Type.NUMBER,
    "nvarchar": Type.TEXT,
    "real": Type.NUMBER,
    "smallint": Type.NUMBER,
    "text": Type.TEXT,
    "timestamp": Type.DATETIME,
    "timestamptz": Type.DATETIME,
    "tinyint": Type.NUMBER,
    "varchar": Type.TEXT,
}
_WHOLE = ("bigint", "int", "integer", "smallint", "tinyint")


def read(path: str, draft: Draft) -> list[Diagnostic]:
    source = Source(path, "")
    place = Span(source, 0, 0)
    told: list[Diagnostic] = []
    waiting = Path(f"{path}-wal")
    if waiting.is_file() and waiting.stat().st_size:
        words = f"what still stands in `{waiting.name}` is not read: close the database first"
        told.append(diagnostic(UNKNOWN, words, place))
    try:
        with closing(_opened(path)) as database:
            for name in _tables(database):
                told += _read_table(database, name, draft, place)
    except (sqlite3.Error, OverflowError) as problem:
        return [*told, diagnostic(REFUSED, _in_words(problem), place)]
    return told


def _opened(path: str) -> sqlite3.Connection:
    address = f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1"
    database = sqlite3.connect(address, uri=True, check_same_thread=False)
    # A text that is not UTF-8 is one that cannot be read, and no reason to stop.
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    # What stands in the file is nobody's word: its views and triggers may call nothing.
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    return database


def _tables(database: sqlite3.Connection) -> list[str]:
    listed = database.execute(
        # A virtual table has no page of its own, and its module may do anything.
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name LIMIT 10000"
    )
    return [name for (name,) in listed if isinstance(name, str)]


def _read_table(
    database: sqlite3.Connection, name: str, draft: Draft, place: Span
) -> Iterator[Diagnostic]:
    problem = draft.add_object(name, complete=True)
    if problem is not None:
        yield diagnostic(LEFT_OUT, problem, place)
        return
    columns = list(database.execute("SELECT * FROM pragma_table_xinfo(?)", (name,)))
    unique = _unique(database, name)
    links = _links(database, name)
    keys = [column[1] for column in columns if column[5]]
    untyped = [column[1] for column in columns if not column[2]]
    values = _values(database, name, untyped)
    for _, own, stated, not_null, default, key, hidden in columns:
        declared = str(stated or "")
        kind, zone, places = _declared(declared)
        if own in values:
            kind, zone = values[own].type()
        if hidden == _OF_MODULE:
            continue
        is_generated = hidden in _GENERATED
        # A key that is a whole number fills itself.
        fills_itself = keys == [own] and declared.strip().lower() == "integer"
        found = Property(
            own,
            type=Type.REFERENCE if own in links else kind,
            precision=places,
            required=bool(not_null or key) and default is None and not fills_itself,
            create=False if is_generated else None,
            update=False if is_generated else None,
            unique=keys == [own] or own in unique,
            calculated=True if is_generated else None,
            targets=(links[own],) if own in links else None,
            zone=zone,
        )
        problem = draft.add(name, found)
        if problem is not None:
            yield diagnostic(LEFT_OUT, problem, place)


# `hidden` of pragma_table_xinfo.
_OF_MODULE, _GENERATED = 1, (2, 3)


def _declared(declared: str) -> tuple[Type | None, Zone | None, int | None]:
    """A type with its decimal places. A length is no promise: SQLite keeps longer texts too."""
    match = _DECLARED.fullmatch(declared)
    if match is None:
        return None, None, None
    word = " ".join(match[1].lower().split())
    kind = _TYPES.get(word)
    zone = Zone.UTC if word == "timestamptz" else None
    if word in _WHOLE:
        return kind, zone, 0
    is_decimal = word in ("decimal", "numeric") and match[3] is not None
    return kind, zone, int(match[3]) if is_decimal else None


def _unique(database: sqlite3.Connection, name: str) -> frozenset[str]:
    """The columns that an index over all rows keeps different."""
    indexes = database.execute(
        'SELECT name FROM pragma_index_list(?) WHERE "unique" AND NOT partial', (name,)
    )
    found = set()
    for (index,) in list(indexes):
        listed = database.execute("SELECT name FROM pragma_index_info(?)", (index,))
        columns = [column for (column,) in listed]
        if len(columns) == 1 and columns[0] is not None:
            found.add(columns[0])
    return frozenset(found)


def _links(database: sqlite3.Connection, name: str) -> dict[str, str]:
    """The tables that columns lead to, one column each."""
    rows = list(
        database.execute('SELECT id, "table", "from" FROM pragma_foreign_key_list(?)', (name,))
    )
    alone = [key for key, _, _ in rows]
    return {column: table for key, table, column in rows if alone.count(key) == 1}


def _values(database: sqlite3.Connection, name: str, columns: Sequence[str]) -> dict[str, Column]:
    """Values of the columns that declare no type."""
    found = {column: Column() for column in columns}
    if not columns:
        return found
    listed = ", ".join(f"substr({_quoted(column)}, 1, {MAX_TEXT})" for column in columns)
    steps = iter(range(MAX_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, 1000)
    with suppress(sqlite3.OperationalError):  # it took too long: what was read counts
        for row in database.execute(f"SELECT {listed} FROM {_quoted(name)} LIMIT {MAX_ROWS}"):
            for column, value in zip(found.values(), row, strict=True):
                column.add(None if value is None else str(value))
    database.set_progress_handler(None, 0)
    return found


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _in_words(problem: Exception) -> str:
    words = str(problem).splitlines()[0] if str(problem) else ""
    if "not a database" in words:
        return "this is not an SQLite database"
    if "malformed" in words:
        return "this SQLite database is damaged"
    if "unable to open" in words:
        return "this file cannot be opened"
    return f"SQLite cannot read this database: {words[:200]}"
