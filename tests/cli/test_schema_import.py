"""`schema import`: files, folders and standard input, where the schema goes, and the exit code."""

import json
import os
from pathlib import Path

import pytest

from syncdsl import schema
from syncdsl.cli.schema_import import KINDS
from syncdsl.importers import KINDS as IMPORTERS
from syncdsl.project.exports import MAX_BYTES
from syncdsl.source import Source
from tests.cli.harness import read, run, run_process, write

EMAIL = {"name": "email", "label": "Email", "type": "string", "fieldType": "text"}
ANSWER = json.dumps({"results": [EMAIL]})
SCHEMA = """\
{
 "version": 1,
 "kind": "hubspot",
 "objects": {
  "contacts": {
   "times": "property",
   "complete": true,
   "properties": {
    "email": {"label": "Email", "type": "text", "unique": true}
   }
  }
 }
}
"""


def test_the_kinds_are_those_that_can_be_imported() -> None:
    assert tuple(IMPORTERS) == KINDS


def test_a_schema_is_printed_or_written() -> None:
    write("contacts.json", ANSWER)
    assert run("schema", "import", "hubspot", "contacts.json") == (0, SCHEMA, "")
    assert run("schema", "import", "hubspot", "contacts.json", "-o", "ours.json") == (0, "", "")
    assert read("ours.json") == SCHEMA
    Path("schemas").mkdir()
    assert run("schema", "import", "hubspot", "contacts.json", "-o", "schemas").code == 0
    assert read("schemas/hubspot.json") == SCHEMA


def test_standard_input_is_named_by_the_user() -> None:
    given = ANSWER.encode()
    ran = run("schema", "import", "hubspot", "-", "--object", "contacts", given=given)
    assert ran == (0, SCHEMA, "")
    assert "add `--object contacts`" in run("schema", "import", "hubspot", "-", given=given).err
    ran = run("schema", "import", "csv", "-", "--object", "rows", given=b"a,b\n1,2\n")
    assert ran.code == 0 and '"rows"' in ran.out
    ran = run("schema", "import", "sqlite", "-")
    assert ran.code == 2 and "is not standard input" in ran.err


def test_a_folder_stands_for_the_files_in_it() -> None:
    write("answers/deals.json", ANSWER)
    write("answers/contacts.json", ANSWER)
    write("answers/.hidden.json", "{")
    write("answers/readme.txt", "{")
    ran = run("schema", "import", "hubspot", "answers")
    assert ran.code == 0 and list(json.loads(ran.out)["objects"]) == ["contacts", "deals"]
    Path("empty").mkdir()
    ran = run("schema", "import", "hubspot", "empty")
    assert ran == (2, "", "syncdsl: there is no file `*.json` in `empty`\n")


def test_what_a_shell_of_windows_keeps_is_read() -> None:
    Path("contacts.json").write_bytes(ANSWER.encode("utf-16"))
    assert run("schema", "import", "hubspot", "contacts.json") == (0, SCHEMA, "")


def test_informations_end_with_0_what_is_left_out_with_1_and_nothing_with_2() -> None:
    write("contacts.json", json.dumps({"results": [{**EMAIL, "type": "scent"}]}))
    ran = run("schema", "import", "hubspot", "contacts.json")
    assert ran.code == 0 and "cannot know" in ran.err and ran.out
    write("contacts.json", json.dumps({"results": [EMAIL, {"type": "string"}]}))
    ran = run("schema", "import", "hubspot", "contacts.json")
    assert (ran.code, ran.out) == (1, SCHEMA) and "so it is left out" in ran.err
    write("contacts.json", "<html>")
    ran = run("schema", "import", "hubspot", "contacts.json", "-o", "ours.json")
    assert (ran.code, ran.out) == (2, "") and "this is a web page" in ran.err
    assert not Path("ours.json").exists()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "postgresql"])
def test_what_cannot_be_read_is_told(kind: str) -> None:
    ran = run("schema", "import", kind, "nothing")
    assert ran == (2, "", "syncdsl: `nothing` cannot be read: there is no such file\n")
    os.mkfifo("pipe")
    ran = run("schema", "import", kind, "pipe")
    assert ran == (2, "", "syncdsl: `pipe` cannot be read: it is no ordinary file\n")


def test_a_binary_file_is_no_text() -> None:
    Path("a.json").write_bytes(b"\x00\x01")
    ran = run("schema", "import", "hubspot", "a.json")
    assert ran.code == 2 and "this is a binary file" in ran.err


def test_a_file_that_is_too_large_is_not_read_and_of_a_table_the_beginning() -> None:
    write("a.json", " " * (MAX_BYTES + 1))
    ran = run("schema", "import", "hubspot", "a.json")
    words = "syncdsl: `a.json` is larger than 64 MB: export fewer objects into one file\n"
    assert ran == (2, "", words)
    write("a.csv", "name,b\n" + f"word,{'2' * 90}\n" * (MAX_BYTES // 90))
    ran = run("schema", "import", "csv", "a.csv")
    assert ran.code == 0 and "the types are those of the first" in ran.err


def test_an_imported_schema_is_what_a_policy_is_checked_with() -> None:
    write("contacts.json", ANSWER)
    assert run("schema", "import", "hubspot", "contacts.json", "-o", "ours.json").code == 0
    write(
        "policy.sync",
        'system hubspot { kind hubspot, schema "ours.json" }\n'
        "mapping contacts: hubspot.contacts -> dynamics.contact {\n"
        "  mail: hubspot.emial -> dynamics.emailaddress1 on create only\n}\n",
    )
    assert "did you mean `email`" in run("check", "policy.sync").out
    assert schema.parse(Source("ours.json", read("ours.json")))[1] == []


def test_the_same_input_is_the_same_to_the_byte() -> None:
    write("contacts.json", json.dumps({"results": [{**EMAIL, "name": n} for n in "zebra"]}))
    first = run_process("schema", "import", "hubspot", "contacts.json", PYTHONHASHSEED="1")
    assert first.code == 0
    assert first == run_process("schema", "import", "hubspot", "contacts.json", PYTHONHASHSEED="2")


def test_a_folder_that_is_missing_is_named() -> None:
    write("contacts.json", json.dumps({"results": [EMAIL]}))
    ran = run("schema", "import", "hubspot", "contacts.json", "-o", "schemas/hubspot.json")
    assert ran.code == 2 and ran.out == ""
    words = "`schemas/hubspot.json` cannot be written: there is no folder `schemas`"
    assert ran.err == f"syncdsl: {words}\n"


def test_a_missing_library_is_named() -> None:
    write("a.yaml", "openapi: 3.1.0")
    Path("a.parquet").write_bytes(b"PAR1")
    without = "raise ImportError"
    for name in ("yaml", "duckdb", "psycopg"):
        write(f"without/{name}.py", without)
    where = os.pathsep.join([str(Path("without").absolute()), str(Path(__file__).parents[2])])
    for kind, file, extra in (
        ("openapi", "a.yaml", "yaml"),
        ("parquet", "a.parquet", "parquet"),
        ("postgresql", "service=none", "postgresql"),
    ):
        ran = run_process("schema", "import", kind, file, PYTHONPATH=where)
        assert ran.code == 2 and f"install `syncdsl[{extra}]`" in ran.err
