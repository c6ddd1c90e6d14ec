"""`syncdsl schema`: what is known of the systems."""

import json

import pytest

from syncdsl import schema
from tests.cli.harness import run, write

OURS = """\
{
 "version": 1,
 "kind": "crm",
 "complete": true,
 "objects": {
  "person": {
   "label": "Person",
   "times": "none",
   "properties": {
    "born": {"type": "datetime", "zone": "none"},
    "is.member": {"type": "option", "required": true, "options": [
     {"value": true, "label": "Yes"},
     {"value": false}]},
    "name": {"label": "Name", "type": "text", "max_length": 80},
    "who": {}
   }
  },
  "person.address": {
   "properties": {
   }
  }
 }
}
"""


def test_a_system_in_short() -> None:
    write("ours.json", OURS)
    assert run("schema", "show", "ours.json").out == (
        "ours.json: 2 objects; there are no others\n"
        "\n"
        "object          label   properties  times of change\n"
        "--------------  ------  ----------  ---------------\n"
        "person          Person  4           not kept\n"
        "person.address  ?       0           not known\n"
    )


def test_an_object_with_what_is_not_known() -> None:
    write("ours.json", OURS)
    assert run("schema", "show", "ours.json", "person").out == (
        "ours.json.person (Person): 4 properties; there are no others\n"
        "times of change: not kept\n"
        "\n"
        "property   type               required  on create  later  unique  calculated\n"
        "---------  -----------------  --------  ---------  -----  ------  ----------\n"
        "born       datetime           ?         ?          ?      ?       ?\n"
        "is.member  option, 2 options  yes       ?          ?      ?       ?\n"
        "name       text, at most 80   ?         ?          ?      ?       ?\n"
        "who        ?                  ?         ?          ?      ?       ?\n"
        "\n"
        "on create, later: may it be written then; ?: not known\n"
    )


def test_a_property_whose_name_has_a_dot() -> None:
    write("ours.json", OURS)
    assert run("schema", "show", "ours.json", "person.is.member").out == (
        "ours.json.person.is.member\n"
        "\n"
        "  label                     not known\n"
        "  type                      option\n"
        "  must be filled on create  yes\n"
        "  may be written on create  not known\n"
        "  may be written later      not known\n"
        "  unique                    not known\n"
        "  calculated                not known\n"
        "  options\n"
        "    true   Yes\n"
        "    false\n"
    )


def test_as_json_it_is_a_schema_file() -> None:
    write("ours.json", OURS)
    assert run("schema", "show", "ours.json", "--format", "json").out == OURS
    ran = run("schema", "show", "ours.json", "person.name", "--format", "json")
    data = json.loads(ran.out)
    assert list(data["objects"]["person"]["properties"]) == ["name"] and "complete" not in data
    data = json.loads(run("schema", "show", "ours.json", "person", "--format", "json").out)
    assert data["objects"]["person"]["complete"] is True


@pytest.mark.parametrize("kind", schema.SHIPPED)
def test_what_is_shipped_is_shown_whole_as_well(kind: str) -> None:
    ran = run("schema", "show", kind)
    assert ran.code == 0 and f"{kind}: {len(schema.SHIPPED[kind].objects)} objects" in ran.out
    data = json.loads(run("schema", "show", kind, "--format", "json").out)
    assert list(data["objects"]) == list(schema.SHIPPED[kind].objects)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["hubspott"], "did you mean `hubspot`?"),
        (["salesforce"], "known: `business-central`, `dynamics365` and `hubspot`"),
        (["gone.json"], "`gone.json` cannot be read: there is no such file\n"),
        (["hubspot", "contcts"], "has no object `contcts`; did you mean `contacts`?"),
        (["hubspot", "contacts.emial"], "has no property `emial`; did you mean `email`?"),
        (["."], "it is a folder"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(arguments: list[str], words: str) -> None:
    ran = run("schema", "show", *arguments)
    assert (ran.code, ran.out) == (2, "") and words in ran.err


def test_a_file_that_is_no_schema_is_told_at_its_place() -> None:
    ran = run("schema", "show", "-", given=b'{"version": 1,\n "objects": {"a": {"times": "now"}}}')
    assert ran.code == 2 and "<stdin>:2:29: error: `times` of object `a` is `now`" in ran.err
    ran = run("schema", "show", "-", given=b"\xff\xfe")
    assert ran.code == 2 and "UTF-16" in ran.err
