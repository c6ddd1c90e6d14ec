"""
A PostgreSQL database: its tables and views, as the catalog describes them.

What is read is the catalog, never a row. psycopg does it (the extra `postgresql`). The session can
write nothing and waits a few seconds at most. A password comes from where PostgreSQL's own programs
take it (`PGPASSWORD`, `~/.pgpass`, a service file); one that stands in the address is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from syncdsl.diagnostic import Diagnostic
from syncdsl.importers.document import LEFT_OUT, REFUSED, diagnostic
from syncdsl.importers.draft import Draft
from syncdsl.schema import Option, Property, Type, Zone
from syncdsl.source import Source, Span

MAX_SECONDS = 10  # until a server answers; and for a question to its catalog
EXAMPLE = "`postgresql://USER@HOST/DATABASE` or `service=NAME`"

# By pg_type's own names. A time of day, an interval or a JSON document is none of our types.
_TYPES = {
    "bool": Type.BOOL,
    "bpchar": Type.TEXT,
    "citext": Type.TEXT,
    "date": Type.DATE,
    "float4": Type.NUMBER,
    "float8": Type.NUMBER,
    "int2": Type.NUMBER,
    "int4": Type.NUMBER,
    "int8": Type.NUMBER,
    "money": Type.MONEY,
    "name": Type.TEXT,
    "numeric": Type.NUMBER,
    "text": Type.TEXT,
    "timestamp": Type.DATETIME,
    "timestamptz": Type.DATETIME,
    "uuid": Type.TEXT,
    "varchar": Type.TEXT,
}
_WHOLE = ("int2", "int4", "int8")
_HEADER = 4  # bytes by which a type's modifier is larger than what it stands for
_SECRETS = ("password", "sslpassword", "passfile", "oauth_client_secret")

# Tables that a name without a schema means. A domain counts as the type below it.
_COLUMNS = """
SELECT c.oid, c.relname, c.relkind IN ('r', 'p') AS is_table, a.attnum, a.attname,
       b.typname, b.typtype, b.oid AS type_oid,
       CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS modifier,
       e.typname AS element, a.attnotnull OR t.typnotnull AS not_null,
       a.atthasdef OR t.typdefault IS NOT NULL AS has_default, a.attidentity, a.attgenerated,
       (pg_relation_is_updatable(c.oid, false) & 4) <> 0 AS can_update,
       (pg_relation_is_updatable(c.oid, false) & 8) <> 0 AS can_insert
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(c.oid)
      AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND NOT c.relispartition
ORDER BY c.relname, a.attnum
"""
_KEYS = """
SELECT indrelid, indkey[0] FROM pg_index
WHERE indisunique AND indisvalid AND indnkeyatts = 1 AND indpred IS NULL AND indkey[0] > 0
"""
_LINKS = """
SELECT k.conrelid, k.conkey[1], c.relname
FROM pg_constraint k JOIN pg_class c ON c.oid = k.confrelid
WHERE k.contype = 'f' AND cardinality(k.conkey) = 1 ORDER BY k.conrelid, k.conname
"""
_LABELS = "SELECT enumtypid, enumlabel FROM pg_enum ORDER BY enumtypid, enumsortorder"


class _Around(NamedTuple):
    """What is known of columns beside the columns themselves, by table and number."""

    keys: frozenset[tuple[int, int]]
    links: Mapping[tuple[int, int], str]
    options: Mapping[int, tuple[Option, ...]]


def read(address: str, draft: Draft) -> list[Diagnostic]:
    place = Span(Source("postgresql", ""), 0, 0)
    try:
        import psycopg  # noqa: PLC0415  (an extra, and slow to load)
        from psycopg import conninfo  # noqa: PLC0415
    except ImportError:
        words = "PostgreSQL is read by psycopg: install `syncdsl[postgresql]`"
        return [diagnostic(REFUSED, words, place)]
    try:
        parts = conninfo.conninfo_to_dict(address)
    except psycopg.Error:
        # What the library says about it would repeat a part of the address.
        words = f"this is no address of a database; accepted: {EXAMPLE}"
        return [diagnostic(REFUSED, words, place)]
    if "@" in str(parts.get("host", "")):
        # The host would be shown, and it begins with the end of the password.
        words = "there are two `@` in this address: in a password it is written `%40`"
        return [diagnostic(REFUSED, words, place)]
    place = Span(Source(_shown(parts), ""), 0, 0)
    parts.setdefault("connect_timeout", str(MAX_SECONDS))
    parts.setdefault("application_name", "syncdsl")
    parts["client_encoding"] = "UTF8"
    try:
        # All parts of an address are texts; where a number is wanted, the driver reads it.
        with psycopg.connect(**parts, autocommit=True) as connection:  # type: ignore[arg-type]
            connection.read_only = True
            connection.execute(f"SET statement_timeout = {MAX_SECONDS * 1000}")
            connection.autocommit = False
            told = list(_read_tables(connection, draft, place))
    except UnicodeDecodeError:
        words = "a name in this database is not UTF-8"
        return [diagnostic(REFUSED, words, place)]
    except psycopg.Error as problem:
        words = _in_words(problem, parts)
        return [diagnostic(REFUSED, words, place)]
    return told


def _read_tables(connection: Any, draft: Draft, place: Span) -> Iterator[Diagnostic]:
    around = _around(connection)
    refused = set()
    for row in connection.execute(_COLUMNS):
        oid, table = row[0], row[1]
        if oid in refused:
            continue
        problem = draft.add_object(table, complete=True)
        if problem is None:
            problem = draft.add(table, _property(_Column(*row), around))
        else:
            refused.add(oid)
        if problem is not None:
            yield diagnostic(LEFT_OUT, problem, place)
    if not draft.names():
        words = "there is no table in the schemas that this user looks through (`search_path`)"
        yield diagnostic(REFUSED, words, place)


class _Column(NamedTuple):
    """A row of the question after columns."""

    table: int
    table_name: str
    is_table: bool
    number: int
    name: str
    type: str
    type_kind: str
    type_oid: int
    modifier: int
    element: str | None
    not_null: bool
    has_default: bool
    identity: str
    generated: str
    can_update: bool
    can_insert: bool


def _around(connection: Any) -> _Around:
    options: dict[int, list[Option]] = {}
    for kind, label in connection.execute(_LABELS):
        options.setdefault(kind, []).append(Option(label))
    return _Around(
        frozenset((table, number) for table, number in connection.execute(_KEYS)),
        {(table, number): name for table, number, name in connection.execute(_LINKS)},
        {kind: tuple(labels) for kind, labels in options.items()},
    )


def _property(column: _Column, around: _Around) -> Property:
    at = (column.table, column.number)
    link = around.links.get(at)
    kind = _type(column)
    # An identity `a`lways, and a column that is worked out, take no value from anyone.
    is_own = column.identity == "a" or column.generated != ""
    fills_itself = column.has_default or column.identity != "" or column.generated != ""
    return Property(
        name=column.name,
        type=kind if link is None else Type.REFERENCE,
        max_length=_length(column),
        precision=_precision(column),
        options=around.options.get(column.type_oid),
        # What a view demands is in its tables.
        required=column.not_null and not fills_itself if column.is_table else None,
        create=False if is_own or not column.can_insert else None,
        update=False if is_own or not column.can_update else None,
        unique=at in around.keys if column.is_table else None,
        calculated=True if column.generated != "" else None,
        targets=None if link is None else (link,),
        zone={"timestamptz": Zone.UTC, "timestamp": Zone.NONE}.get(column.type),
    )


def _type(column: _Column) -> Type | None:
    if column.element is not None:
        return Type.LIST if column.element in _TYPES else None
    return Type.OPTION if column.type_kind == "e" else _TYPES.get(column.type)


def _length(column: _Column) -> int | None:
    is_bounded = column.type in ("varchar", "bpchar") and column.modifier > _HEADER
    return column.modifier - _HEADER if is_bounded else None


def _precision(column: _Column) -> int | None:
    if column.type in _WHOLE:
        return 0
    if column.type != "numeric" or column.modifier < _HEADER:
        return None
    # Eleven bits with a sign: numeric(5, -2) has no decimal places.
    places = ((column.modifier - _HEADER) & 0x7FF ^ 1024) - 1024
    return max(0, places)


def _shown(parts: Mapping[str, Any]) -> str:
    """The address, without what only its owner may know."""
    if "service" in parts:
        return f"service={parts['service']}"
    port = f":{parts['port']}" if "port" in parts else ""
    return f"postgresql://{parts.get('host', '')}{port}/{parts.get('dbname', '')}"


def _in_words(problem: Exception, parts: Mapping[str, Any]) -> str:
    """PostgreSQL's own words, which name hosts and users; and to be sure, without the secrets."""
    words = next(iter(str(problem).splitlines()), "")
    words = re.sub(r"^connection (failed|is bad): ", "", words)
    for key in _SECRETS:
        if parts.get(key):
            words = words.replace(str(parts[key]), "…")
    return f"PostgreSQL cannot be asked: {words[:300]}"
