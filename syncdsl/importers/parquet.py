"""
Parquet files: every column has a type in the file, so no row is read.

DuckDB reads them (the extra `parquet`). It is given this one file and nothing else: no network, no
extension, no other file, a bounded memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from syncdsl.diagnostic import Diagnostic
from syncdsl.importers.document import LEFT_OUT, REFUSED, diagnostic
from syncdsl.importers.draft import Draft, name_of
from syncdsl.importers.looks import binary
from syncdsl.schema import Property, Type, Zone
from syncdsl.source import Source, Span

MAX_INSIDE = 3  # records in one another that become properties
_MEMORY = "256MB"

_TYPES = {
    "BIGINT": Type.NUMBER,
    "BOOLEAN": Type.BOOL,
    "DATE": Type.DATE,
    "DOUBLE": Type.NUMBER,
    "FLOAT": Type.NUMBER,
    "HUGEINT": Type.NUMBER,
    "INTEGER": Type.NUMBER,
    "SMALLINT": Type.NUMBER,
    "TIMESTAMP": Type.DATETIME,
    "TIMESTAMP WITH TIME ZONE": Type.DATETIME,
    "TIMESTAMP_MS": Type.DATETIME,
    "TIMESTAMP_NS": Type.DATETIME,
    "TIMESTAMP_S": Type.DATETIME,
    "TINYINT": Type.NUMBER,
    "UBIGINT": Type.NUMBER,
    "UINTEGER": Type.NUMBER,
    "USMALLINT": Type.NUMBER,
    "UTINYINT": Type.NUMBER,
    "UUID": Type.TEXT,
    "VARCHAR": Type.TEXT,
}
_FRACTIONS = ("DOUBLE", "FLOAT")
_PATTERN = re.compile(r"[*?\[]")
_DECIMAL = re.compile(r"DECIMAL\(\d+,\s*(\d+)\)")


def read(paths: Sequence[str], objects: Sequence[str], draft: Draft) -> list[Diagnostic]:
    told: list[Diagnostic] = []
    for index, path in enumerate(paths):
        name = name_of(path, index, objects)
        told += _read_file(path, name, draft)
    return told


def _read_file(path: str, name: str, draft: Draft) -> Iterator[Diagnostic]:
    place = Span(Source(path, ""), 0, 0)
    with Path(path).open("rb") as file:
        beginning = file.read(100)
    if not beginning.startswith(b"PAR1"):
        words = binary(beginning, "parquet") or "this is not a Parquet file"
        yield diagnostic(REFUSED, words if beginning else "this file is empty", place)
        return
    try:
        import duckdb  # noqa: PLC0415  (an extra, and slow to load)
    except ImportError:
        words = "a Parquet file is read by DuckDB: install `syncdsl[parquet]`"
        yield diagnostic(REFUSED, words, place)
        return
    if _PATTERN.search(path):
        words = "DuckDB takes `*`, `?` and `[` in a path for a pattern: give the file another name"
        yield diagnostic(REFUSED, words, place)
        return
    try:
        with duckdb.connect(config={"threads": 1}) as database:
            columns = _columns(database, str(Path(path).resolve()))
    except duckdb.Error:
        yield diagnostic(REFUSED, "this Parquet file is damaged, or not all of it is here", place)
        return
    problem = draft.add_object(name, complete=True)
    if problem is not None:
        yield diagnostic(REFUSED, problem, place)
        return
    for column, kind in columns:
        for found in _properties(column, kind, 1):
            problem = draft.add(name, found)
            if problem is not None:
                yield diagnostic(LEFT_OUT, problem, place)


def _columns(database: Any, path: str) -> list[tuple[str, Any]]:
    """The columns and DuckDB's types of them, from a database that can open nothing else."""
    quoted = path.replace("'", "''")
    for setting in (
        f"allowed_paths = ['{quoted}']",
        "enable_external_access = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        f"memory_limit = '{_MEMORY}'",
        "lock_configuration = true",
    ):
        database.execute(f"SET {setting}")
    found = database.execute("SELECT * FROM read_parquet(?) LIMIT 0", [path])
    return [(column[0], column[1]) for column in found.description]


def _properties(name: str, kind: Any, depth: int) -> Iterator[Property]:
    words = str(kind)
    decimal = _DECIMAL.fullmatch(words)
    known = Type.NUMBER if decimal is not None else _TYPES.get(words)
    precision = None if decimal is None else int(decimal[1])
    if known is Type.NUMBER and decimal is None and words not in _FRACTIONS:
        precision = 0
    if kind.id == "list" and str(dict(kind.children)["child"]) in _TYPES:
        known = Type.LIST
    zone = None
    if known is Type.DATETIME:
        zone = Zone.UTC if words.endswith("WITH TIME ZONE") else Zone.NONE
    yield Property(name, type=known, precision=precision, zone=zone)
    if kind.id == "struct" and depth < MAX_INSIDE:
        for inner, inner_kind in kind.children:
            yield from _properties(f"{name}.{inner}", inner_kind, depth + 1)
