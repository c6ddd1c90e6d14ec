"""Tables where they are: a real SQLite file, a real Parquet file, a real PostgreSQL server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from syncdsl.importers import KINDS, Files, Result, Server
from tests.importers import server
from tests.importers.harness import facts, told, understood


def imported(kind: str, path: Path, *objects: str) -> Result:
    how = KINDS[kind]
    assert isinstance(how, Files)
    return how.read([str(path)], objects)


# ── SQLite ───────────────────────────────────────────────────────────────────────────────────────


def database(path: Path, script: str) -> Path:
    with closing(sqlite3.connect(path)) as made:
        made.executescript(script)
    return path


def test_sqlite_declares_types_and_keeps_constraints(tmp_path: Path) -> None:
    path = database(
        tmp_path / "shop.db",
        """
        CREATE TABLE customer (
            id INTEGER PRIMARY KEY, email VARCHAR(80) NOT NULL UNIQUE, country TEXT DEFAULT 'DE',
            total DECIMAL(10, 2), joined DATE NOT NULL DEFAULT CURRENT_DATE, seen TIMESTAMP,
            active BOOLEAN NOT NULL, scent SCENT, upper TEXT AS (upper(email)) STORED
        );
        CREATE TABLE "order" (
            number TEXT PRIMARY KEY, customer_id INTEGER REFERENCES customer (id), a, b,
            UNIQUE (a, b)
        );
        CREATE UNIQUE INDEX some ON "order" (customer_id) WHERE number > 'x';
        CREATE VIEW seen AS SELECT 1;
        """,
    )
    system = understood(imported("sqlite", path))
    assert list(system.objects) == ["customer", "order"]
    assert facts(system, "customer") == {"complete": True}
    expected: dict[str, dict[str, Any]] = {
        "id": {"type": "number", "precision": 0, "required": False, "unique": True},
        "email": {"type": "text", "required": True, "unique": True},
        "country": {"type": "text", "required": False, "unique": False},
        "total": {"type": "number", "precision": 2, "required": False, "unique": False},
        "joined": {"type": "date", "required": False, "unique": False},
        "seen": {"type": "datetime", "required": False, "unique": False},
        "active": {"type": "bool", "required": True, "unique": False},
        "scent": {"required": False, "unique": False},
        "upper": {
            "type": "text",
            "required": False,
            "create": False,
            "update": False,
            "unique": False,
            "calculated": True,
        },
    }
    assert {name: facts(system, f"customer.{name}") for name in expected} == expected
    assert facts(system, "order.number") == {"type": "text", "required": True, "unique": True}
    assert facts(system, "order.customer_id") == {
        "type": "reference",
        "precision": 0,
        "required": False,
        "unique": False,
        "targets": ("customer",),
    }
    assert facts(system, "order.a") == {"required": False, "unique": False}


def test_sqlite_columns_without_a_type_have_that_of_their_values(tmp_path: Path) -> None:
    path = database(
        tmp_path / "a.db",
        "CREATE TABLE t (a, b, c); INSERT INTO t VALUES"
        " ('2024-01-31', 2.5, 'x'), ('2024-02-01', 3, x'ff'), ('2024-02-02', 12, NULL)",
    )
    system = understood(imported("sqlite", path))
    assert [facts(system, f"t.{name}").get("type") for name in "abc"] == ["date", "number", None]


def test_sqlite_objects_are_picked(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "CREATE TABLE one (a); CREATE TABLE two (a)")
    assert list(understood(imported("sqlite", path, "two")).objects) == ["two"]
    _, found = imported("sqlite", path, "tow")
    assert told(found) == ["1:1 error there is no object `tow` here; did you mean `two`?"]


def test_sqlite_nothing_is_written_beside_a_database(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "CREATE TABLE t (a TEXT)")
    path.chmod(0o444)
    imported("sqlite", path)
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]


def test_sqlite_what_still_stands_in_the_log_is_told(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a TEXT)")
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE late (a TEXT)")
        other.commit()
        _, found = imported("sqlite", path)
    assert told(found) == [
        "1:1 info what still stands in `a.db-wal` is not read: close the database first"
    ]


def test_sqlite_a_view_or_module_of_the_file_is_not_run(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    path = database(tmp_path / "a.db", f"CREATE TABLE t (a); CREATE VIEW v AS {endless}")
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA writable_schema = ON")
        made.execute(
            "INSERT INTO sqlite_master VALUES ('table', 'm', 'm', 0,"
            " 'CREATE VIRTUAL TABLE m USING nothing_known (a)')"
        )
        made.commit()
    assert list(understood(imported("sqlite", path)).objects) == ["t"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "there is nothing here that could be imported"),
        (b"a,b\n1,2\n" * 200, "this is not an SQLite database"),
        (b"SQLite format 3\0" + b"\1" * 3000, "this is not an SQLite database"),
    ],
)
def test_what_is_no_sqlite_database(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "a.db").write_bytes(data)
    _, found = imported("sqlite", tmp_path / "a.db")
    assert told(found) == [f"1:1 error {words}"]


def test_a_database_that_is_cut_off_or_changed_at_random_is_told(tmp_path: Path) -> None:
    whole = database(
        tmp_path / "a.db", "CREATE TABLE t (a TEXT NOT NULL, b); CREATE TABLE u (c, d)"
    ).read_bytes()
    for length in range(0, len(whole), 499):
        (tmp_path / "b.db").write_bytes(whole[:length])
        imported("sqlite", tmp_path / "b.db")
    for place in range(0, 4096, 7):
        changed = bytearray(whole)
        changed[place] ^= 0x55
        (tmp_path / "b.db").write_bytes(changed)
        imported("sqlite", tmp_path / "b.db")


# ── Parquet ──────────────────────────────────────────────────────────────────────────────────────


def parquet(path: Path, select: str) -> Path:
    made = path.with_name("made")
    duckdb.connect().execute(f"COPY ({select}) TO '{made}' (FORMAT parquet)")
    return made.rename(path)


def test_parquet_has_types(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "rows.parquet",
        """
        SELECT 1::BIGINT AS number, 1.5::DECIMAL(10, 2) AS amount, 0.5::DOUBLE AS share,
               'x' AS name, true AS active, DATE '2024-01-31' AS day, TIME '10:00' AS hour,
               TIMESTAMP '2024-01-31 10:00' AS local, TIMESTAMPTZ '2024-01-31 10:00Z' AS moment,
               ['a'] AS tags, {'city': 'x', 'inner': {'deep': {'deeper': 1}}} AS address
        """,
    )
    system = understood(imported("parquet", path))
    assert facts(system, "rows") == {"complete": True}
    assert {name: facts(system, f"rows.{name}") for name in system.objects["rows"].properties} == {
        "number": {"type": "number", "precision": 0},
        "amount": {"type": "number", "precision": 2},
        "share": {"type": "number"},
        "name": {"type": "text"},
        "active": {"type": "bool"},
        "day": {"type": "date"},
        "hour": {},
        "local": {"type": "datetime", "zone": "none"},
        "moment": {"type": "datetime", "zone": "utc"},
        "tags": {"type": "list"},
        "address": {},
        "address.city": {"type": "text"},
        "address.inner": {},
        "address.inner.deep": {},
    }


def test_parquet_files_are_named_by_the_user(tmp_path: Path) -> None:
    path = parquet(tmp_path / "it's 1.parquet", "SELECT 1 AS a")
    assert list(understood(imported("parquet", path)).objects) == ["it's 1"]
    assert list(understood(imported("parquet", path, "orders")).objects) == ["orders"]


def test_what_is_no_parquet_file(tmp_path: Path) -> None:
    whole = parquet(tmp_path / "a.parquet", "SELECT 1 AS a").read_bytes()
    damaged = "this Parquet file is damaged, or not all of it is here"
    for data, words in (
        (b"", "this file is empty"),
        (b"a,b\n", "this is not a Parquet file"),
        (whole[:-10], damaged),
        (whole[:20], damaged),
        (b"PAR1" + b"\xff" * 200 + b"PAR1", damaged),
    ):
        (tmp_path / "b.parquet").write_bytes(data)
        _, found = imported("parquet", tmp_path / "b.parquet")
        assert told(found) == [f"1:1 error {words}"]


def test_a_path_is_never_a_pattern(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a[1].parquet", "SELECT 1 AS a")
    _, found = imported("parquet", path)
    assert [each.endswith("give the file another name") for each in told(found)] == [True]


# ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────

TABLES = """
CREATE TYPE stage AS ENUM ('lead', 'customer');
CREATE DOMAIN short AS varchar(12) NOT NULL;
CREATE TABLE customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email varchar(80) NOT NULL UNIQUE,
    code short,
    stage stage DEFAULT 'lead',
    total numeric(10, 2),
    score real,
    price money,
    active boolean NOT NULL DEFAULT true,
    joined date,
    seen timestamptz,
    noted timestamp,
    tags text[],
    extra jsonb,
    label text GENERATED ALWAYS AS (upper(email)) STORED
);
CREATE TABLE "Order" (
    number integer PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer,
    a integer, b integer, UNIQUE (a, b)
);
CREATE UNIQUE INDEX ON "Order" (a) WHERE b > 0;
CREATE VIEW summary AS SELECT count(*) AS number FROM customer;
CREATE VIEW simple AS SELECT email FROM customer;
CREATE SCHEMA hidden;
CREATE TABLE hidden.secret (a integer);
CREATE TABLE log (day date, words text) PARTITION BY RANGE (day);
CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
"""


@pytest.fixture(scope="module")
def postgresql() -> Iterator[server.Server]:
    with server.running() as found:
        with psycopg.connect(found.address()) as connection:
            connection.execute(TABLES)
            connection.execute("CREATE ROLE reader LOGIN PASSWORD 'reader'")
        with psycopg.connect(found.address(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE empty")
            connection.execute("CREATE DATABASE bytes TEMPLATE template0 ENCODING 'SQL_ASCII'")
        with psycopg.connect(f"{found.address('bytes')} client_encoding=UTF8") as connection:
            connection.execute('CREATE TABLE "größe" (a text)')
        yield found


def asked(address: str, *objects: str) -> Result:
    how = KINDS["postgresql"]
    assert isinstance(how, Server)
    return how.read(address, objects)


def test_postgresql_tells_types_and_constraints(postgresql: server.Server) -> None:
    system = understood(asked(postgresql.address()))
    assert list(system.objects) == ["Order", "customer", "log", "simple", "summary"]
    expected: dict[str, dict[str, Any]] = {
        "id": {"type": "number", "precision": 0, "required": False, "unique": True}
        | {"create": False, "update": False},
        "email": {"type": "text", "max_length": 80, "required": True, "unique": True},
        "code": {"type": "text", "max_length": 12, "required": True, "unique": False},
        "stage": {"type": "option", "required": False, "unique": False}
        | {"options": [("lead",), ("customer",)]},
        "total": {"type": "number", "precision": 2, "required": False, "unique": False},
        "score": {"type": "number", "required": False, "unique": False},
        "price": {"type": "money", "required": False, "unique": False},
        "active": {"type": "bool", "required": False, "unique": False},
        "joined": {"type": "date", "required": False, "unique": False},
        "seen": {"type": "datetime", "required": False, "unique": False, "zone": "utc"},
        "noted": {"type": "datetime", "required": False, "unique": False, "zone": "none"},
        "tags": {"type": "list", "required": False, "unique": False},
        "extra": {"required": False, "unique": False},
        "label": {"type": "text", "required": False, "unique": False, "calculated": True}
        | {"create": False, "update": False},
    }
    assert {name: facts(system, f"customer.{name}") for name in expected} == expected
    assert facts(system, "Order.customer_id")["targets"] == ("customer",)
    assert facts(system, "Order.number")["unique"] is True
    assert facts(system, "Order.a")["unique"] is False


def test_postgresql_a_view_that_cannot_be_written(postgresql: server.Server) -> None:
    system = understood(asked(postgresql.address()))
    assert facts(system, "summary.number") == {
        "type": "number",
        "precision": 0,
        "create": False,
        "update": False,
    }
    assert facts(system, "simple.email") == {"type": "text", "max_length": 80}


def test_postgresql_objects_are_picked(postgresql: server.Server) -> None:
    assert list(understood(asked(postgresql.address(), "customer")).objects) == ["customer"]
    _, found = asked(postgresql.address(), "custmer")
    assert told(found) == ["1:1 error there is no object `custmer` here; did you mean `customer`?"]


def test_postgresql_another_schema_is_found_by_the_search_path(postgresql: server.Server) -> None:
    address = f"{postgresql.address()} options='-c search_path=hidden'"
    assert list(understood(asked(address)).objects) == ["secret"]


def test_postgresql_needs_no_right_to_read_a_row(postgresql: server.Server) -> None:
    address = postgresql.address(password="reader").replace(server.USER, "reader")
    assert "customer" in understood(asked(address)).objects


def test_postgresql_a_database_that_does_not_know_its_letters(postgresql: server.Server) -> None:
    assert list(understood(asked(postgresql.address("bytes"))).objects) == ["größe"]


def test_postgresql_nothing_there(postgresql: server.Server) -> None:
    _, found = asked(postgresql.address("empty"))
    assert told(found) == [
        "1:1 error there is no table in the schemas that this user looks through (`search_path`)"
    ]


@pytest.mark.parametrize(
    "address",
    [
        "{right} dbname=nothing",
        "postgresql://tester:hush@%2F{folder}/postgres",
        "postgresql://tester:hush@127.0.0.1:1/postgres",
        "postgresql://tester:hu@sh@127.0.0.1:1/postgres",
        "postgresql://tester:hush%zz@127.0.0.1/postgres",
        "host=x pass word=hush",
        "password='hush",
        "hush",
    ],
)
def test_postgresql_a_secret_is_never_shown(postgresql: server.Server, address: str) -> None:
    right = postgresql.address(password="hush")
    full = address.format(right=right, folder=str(postgresql.socket).replace("/", "%2F")[3:])
    _, found = asked(full)
    assert len(found) == 1 and found[0].code == "import-file"
    shown = f"{found[0].message} {found[0].notes} {found[0].span.source.path}"
    assert "hush" not in shown and "sh@" not in shown
