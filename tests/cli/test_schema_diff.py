"""`syncdsl schema diff`: what changed, and what the policies make of it."""

import json
from typing import Any

import jsonschema
import pytest

from tests.cli.harness import ROOT, run, write

OLD = {
    "version": 1,
    "kind": "crm",
    "objects": {
        "person": {
            "label": "Person",
            "times": "record",
            "properties": {
                "mail": {"type": "text", "max_length": 80},
                "name": {"type": "text"},
                "rank": {
                    "type": "option",
                    "options": [{"value": 1, "label": "High"}, {"value": 2, "label": "Low"}],
                },
            },
        },
        "firm": {"properties": {"name": {}, "rank": {}}},
    },
}
NEW = {
    "version": 1,
    "kind": "crm",
    "complete": True,
    "objects": {
        "person": {
            "label": "Contact",
            "properties": {
                "mail": {"type": "text", "max_length": 50, "required": True},
                "phone": {"type": "text", "max_length": 20},
                "rank": {
                    "type": "option",
                    "options": [{"value": 1, "label": "Highest"}, {"value": 3, "label": "None"}],
                },
            },
        },
        "pet": {"properties": {"name": {}}},
    },
}
POLICY = """\
system crm { kind crm, schema "crm.json" }
mapping people: shop.customer -> crm.person {
  match mail = mail
  create in crm when shop.mail is not blank
  usual on create only
  mail: shop.mail -> crm.mail as lower
  name: shop.name -> crm.name
}
"""


@pytest.fixture(autouse=True)
def _two_files() -> None:
    write("syncdsl.toml")
    write("old.json", json.dumps(OLD))
    write("new.json", json.dumps(NEW))


DIFFERENCES = """\
complete: no → yes
`person`: label: Person → Contact
`person`: times of change: for the record → not known
`person.mail`: characters at most: 80 → 50
`person.mail`: must be filled on create: not known → yes
`person`: property `name` is gone: text
`person.rank`: option `1`, label: High → Highest
`person.rank`: option `2` (Low) is gone
`person.rank`: option `3` (None) is new
`person`: property `phone` is new: text, at most 20
object `firm` is gone, with 2 properties
object `pet` is new, with 1 property
12 differences
"""


def test_all_differences_in_words() -> None:
    ran = run("schema", "diff", "old.json", "new.json")
    assert (ran.code, ran.out, ran.err) == (1, DIFFERENCES, "")


def test_no_difference() -> None:
    ran = run("schema", "diff", "old.json", "old.json")
    assert (ran.code, ran.out) == (0, "0 differences\n")


def test_the_rules_that_break_in_systems_of_the_kind() -> None:
    write("crm.json", json.dumps(OLD))
    write("policies/a.sync", POLICY.replace("crm.json", "../crm.json"))
    ran = run("schema", "diff", "old.json", "new.json")
    assert ran.code == 1 and ran.out.startswith(DIFFERENCES)
    assert "finding with `new.json` that they do not have with `old.json`\n" in ran.out
    assert "policies/a.sync:7:26: error: `crm.person` has no property `name`" in ran.out
    back = run("schema", "diff", "new.json", "old.json")
    assert back.code == 1
    assert "the policies have no finding with `old.json` that they do not have with" in back.out


def test_only_the_systems_that_have_the_file_where_one_has() -> None:
    write("policies/crm.json", json.dumps(OLD))
    other = POLICY.replace("crm", "sales").replace("kind sales", "kind crm")
    write("policies/a.sync", POLICY)
    write("policies/b.sync", other.replace("people", "others").replace("sales.json", "other.json"))
    write("policies/other.json", json.dumps(OLD))
    data = data_of("policies/crm.json", "new.json")
    assert data["systems"] == ["crm"]
    assert {each["path"] for each in data["findings"]} == {"policies/a.sync"}
    assert data_of("old.json", "new.json")["systems"] == ["crm", "sales"]


def test_policies_without_such_a_system() -> None:
    write("policies/a.sync", "a: hubspot -> dynamics on create only\n")
    assert (
        "no system of the policies has this schema"
        in run("schema", "diff", "old.json", "new.json").out
    )


def test_a_file_beside_a_kind_is_laid_over_it() -> None:
    own: dict[str, Any] = {"contacts": {"properties": {"email": {"max_length": 80}}}}
    write("own.json", json.dumps({"version": 1, "kind": "hubspot", "objects": own}))
    write("policies/a.sync", "system hubspot { kind hubspot }\na: hubspot -> shop on create only\n")
    ran = run("schema", "diff", "hubspot", "own.json")
    assert ran.out.startswith(
        "`contacts.email`: characters at most: not known → 80\n1 difference\n\nthe policies have "
    )
    assert run("schema", "diff", "own.json", "hubspot").out.startswith(
        "`contacts.email`: characters at most: 80 → not known\n"
    )
    assert run("schema", "diff", "hubspot", "hubspot").code == 0


def test_a_kind_of_a_system_that_names_no_file_takes_them_too() -> None:
    closed = {"contacts": {"complete": True, "properties": {"email": {}}}}
    write("own.json", json.dumps({"version": 1, "kind": "hubspot", "objects": closed}))
    write(
        "policies/a.sync",
        "system hubspot { kind hubspot }\n"
        "mapping people: hubspot.contacts -> shop.customer {\n"
        "  a: hubspot.phone -> shop.phone on create only\n}\n",
    )
    (found,) = data_of("hubspot", "own.json")["findings"]
    assert (found["code"], found["severity"]) == ("unknown-property", "error")


def data_of(*arguments: str) -> Any:
    ran = run("schema", "diff", *arguments, "--format", "json")
    assert ran.code in (0, 1) and ran.err == ""
    return json.loads(ran.out)


def test_findings_have_the_form_that_they_have_in_check() -> None:
    form = json.loads((ROOT / "docs/reference/check.schema.json").read_text(encoding="utf-8"))
    write("policies/a.sync", POLICY)
    write("policies/crm.json", json.dumps(OLD))
    findings = data_of("old.json", "new.json")["findings"]
    assert findings
    judge = jsonschema.Draft202012Validator({"$ref": "#/$defs/finding", "$defs": form["$defs"]})
    for found in findings:
        judge.validate(found)


def test_for_machines() -> None:
    data = data_of("old.json", "new.json")
    assert list(data) == ["version", "changes", "systems", "findings"] and data["version"] == 1
    assert [len(data["changes"]), data["systems"], data["findings"]] == [12, [], []]
    assert data["changes"][2] == {
        "change": "changed",
        "object": "person",
        "property": None,
        "option": None,
        "fact": "times",
        "old": "record",
        "new": None,
    }
    assert data["changes"][5]["old"] == {"name": "name", "type": "text"}
    assert data["changes"][8]["new"] == {"value": 3, "label": "None"}
    assert data["changes"][11]["new"] == {"name": "pet", "properties": ["name"]}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gone.json", "new.json"], "`gone.json` cannot be read"),
        (["old.json", "new.json", "gone"], "there is no file or folder `gone`"),
        (["old.json", "new.json", "broken.sync"], "broken.sync:1:4: error"),
        (["syncdsl.toml", "new.json"], "this is not JSON"),
    ],
)
def test_what_cannot_be_compared(arguments: list[str], words: str) -> None:
    write("broken.sync", "a: -> b\n")
    ran = run("schema", "diff", *arguments)
    assert (ran.code, ran.out) == (2, "") and words in ran.err
