"""JSON Schema and OpenAPI: what a schema says plainly becomes a fact, and nothing else."""

import json
from typing import Any

import pytest

from tests.importers.harness import facts, imported, told, understood


def record(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def one(schema: Any, **more: Any) -> dict[str, Any]:
    """What becomes of a property that is not required."""
    text = json.dumps(record(one=schema) | more)
    known = facts(understood(imported("json-schema", text)), "file.one")
    assert known.pop("required", False) is False
    return known


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, "text"),
        ({"type": ["string", "null"]}, "text"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "date-time"}, "datetime"),
        ({"type": "string", "format": "email"}, "text"),
        ({"type": "number"}, "number"),
        ({"type": "boolean"}, "bool"),
        ({"enum": [True, False]}, "bool"),
        ({"enum": ["a", "b", None]}, "option"),
        ({"const": "a"}, "option"),
        ({"const": ["a"]}, None),
        ({"enum": [["a"], {"b": 1}]}, None),
        ({"type": "array"}, "list"),
        ({"type": "array", "items": {"type": "string"}}, "list"),
        ({"type": "array", "items": {"type": "object", "properties": {"a": {}}}}, None),
        ({"type": ["string", "integer"]}, None),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text"),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, None),
        ({"allOf": [{"type": "string"}, {"format": "date"}]}, "date"),
        ({"type": "object"}, None),
        ({}, None),
        (True, None),
        ("nonsense", None),
    ],
)
def test_types(schema: Any, kind: str | None) -> None:
    assert one(schema).get("type") == kind


def test_limits() -> None:
    assert one({"type": "string", "maxLength": 40}) == {"type": "text", "max_length": 40}
    assert one({"type": "string", "maxLength": -1}) == {"type": "text"}
    assert one({"type": "integer", "minimum": 0, "maximum": 9}) == {
        "type": "number",
        "precision": 0,
        "minimum": 0,
        "maximum": 9,
    }
    assert one({"type": "number", "multipleOf": 0.01})["precision"] == 2
    assert one({"type": "number", "minimum": 1e300}) == {"type": "number"}


def test_of_two_bounds_the_tighter_counts() -> None:
    lengths = one({"allOf": [{"maxLength": 10}, {"maxLength": 5}], "type": "string"})
    assert lengths["max_length"] == 5
    sizes = one(
        {"type": "number", "minimum": 1, "maximum": 9, "allOf": [{"minimum": 3, "maximum": 99}]}
    )
    assert (sizes["minimum"], sizes["maximum"]) == (3, 9)


def test_a_title_names_what_it_stands_at() -> None:
    definitions = {"$defs": {"a": {"title": "Address", "type": "string"}}}
    assert one({"$ref": "#/$defs/a"}, **definitions) == {"type": "text"}
    assert one({"$ref": "#/$defs/a", "title": "Home"}, **definitions)["label"] == "Home"


def test_values() -> None:
    assert one({"enum": ["a", 2, None]})["options"] == [("a",), (2,)]
    titled = one({"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]})
    assert titled == {"type": "option", "options": [("a", "A"), ("b",)]}
    listed = one({"type": "array", "items": {"enum": ["a", "b"]}})
    assert listed == {"type": "list", "options": [("a",), ("b",)]}
    both = one({"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]})
    assert both["options"] == [("b",)]


def test_what_is_required_and_what_is_read_only() -> None:
    text = json.dumps(record(a={}, b={}, c={"readOnly": True}) | {"required": ["a", "c"]})
    system = understood(imported("json-schema", text))
    assert facts(system, "file.a") == {"required": True}
    assert facts(system, "file.b") == {"required": False}
    assert facts(system, "file.c") == {"create": False, "update": False}


def test_only_what_forbids_more_properties_is_complete() -> None:
    closed = record(a={}) | {"additionalProperties": False, "title": "Customer"}
    system = understood(imported("json-schema", json.dumps(closed)))
    assert facts(system, "Customer") == {"label": "Customer", "complete": True}
    assert facts(understood(imported("json-schema", json.dumps(record(a={})))), "file") == {}


def test_references_are_followed_inside_the_document() -> None:
    schema = record(
        a={"$ref": "#/$defs/Text"},
        b={"$ref": "#/definitions/with~1slash%20"},
        c={"$ref": "#/$defs/Loop"},
    ) | {
        "$defs": {"Text": {"type": "string"}, "Loop": {"$ref": "#/$defs/Loop"}},
        "definitions": {"with/slash ": {"type": "boolean"}},
    }
    system = understood(imported("json-schema", json.dumps(schema)))
    assert [facts(system, f"file.{name}").get("type") for name in "abc"] == ["text", "bool", None]


@pytest.mark.parametrize("reference", ["#/$defs/nothing", "https://x/y.json", "other.json#/a"])
def test_a_reference_out_of_the_document_is_not_followed(reference: str) -> None:
    text = json.dumps(record(a={"$ref": reference}))
    system, found = imported("json-schema", text)
    assert [each.message for each in found] == [f"`{reference}` leads to nothing here"]
    assert facts(system, "file.a") == {"required": False}


def test_records_inside_a_record_are_properties_too() -> None:
    address = record(city={"type": "string"}, more=record(deep=record(deeper={})))
    schema = record(home={"$ref": "#/$defs/Address"}, parent={"$ref": "#"}) | {
        "$defs": {"Address": address}
    }
    system = understood(imported("json-schema", json.dumps(schema), objects=("file",)))
    assert list(system.objects["file"].properties) == [
        "home",
        "home.city",
        "home.more",
        "home.more.deep",
        "parent",
    ]
    assert facts(system, "file.home.city") == {"type": "text"}, "not required of a file"


def test_the_object_is_named_by_its_title_by_the_file_or_by_the_user() -> None:
    text = json.dumps(record(a={}))
    assert list(understood(imported("json-schema", text, name="x/a.schema")).objects) == ["a"]
    assert list(understood(imported("json-schema", text, objects=("b",))).objects) == ["b"]
    sentence = json.dumps(record(a={}) | {"title": "What a shop keeps of a customer"})
    assert list(understood(imported("json-schema", sentence, name="a")).objects) == ["a"]


def test_records_that_grow_without_end_are_cut_off() -> None:
    many = {f"p{number}": {"$ref": f"#/$defs/d{number % 7}"} for number in range(90)}
    definitions = {f"d{number}": record(**many) for number in range(7)}
    system, found = imported("json-schema", json.dumps(record(**many) | {"$defs": definitions}))
    assert "has more than 5000 properties" in told(found)[0]
    assert all(len(each.properties) <= 5000 for each in system.objects.values())


# ── OpenAPI ──────────────────────────────────────────────────────────────────────────────────────

SHOP = """\
openapi: 3.1.0
paths:
  /customers:
    post:
      requestBody:
        content:
          application/json:
            schema: {$ref: "#/components/schemas/NewCustomer"}
components:
  schemas:
    NewCustomer: &new
      type: object
      required: [email]
      properties:
        email: {type: string, maxLength: 100}
        country: {type: string, enum: [no, de, "1"]}
        score: {type: number, maximum: 9.5}
    Customer:
      <<: *new
      description: what comes back
    Error: {type: string}
"""


def test_components_are_objects() -> None:
    system = understood(imported("openapi", SHOP))
    assert list(system.objects) == ["NewCustomer", "Customer"]
    assert facts(system, "NewCustomer.email") == {
        "type": "text",
        "max_length": 100,
        "required": True,
    }
    assert "required" not in facts(system, "Customer.email"), "nobody sends it"
    assert facts(system, "Customer.country")["options"] == [("no",), ("de",), ("1",)]


def test_json_and_yaml_are_the_same() -> None:
    import yaml  # noqa: PLC0415

    loader = type("Plain", (yaml.BaseLoader,), {})
    plain = yaml.load(SHOP.replace("<<: *new", "x: y"), loader)
    plain["components"]["schemas"]["NewCustomer"]["properties"]["email"]["maxLength"] = 100
    plain["components"]["schemas"]["NewCustomer"]["properties"]["score"]["maximum"] = 9.5
    from_json = understood(imported("openapi", json.dumps(plain), objects=("NewCustomer",)))
    assert from_json == understood(imported("openapi", SHOP, objects=("NewCustomer",)))


def test_swagger_has_definitions() -> None:
    text = json.dumps({"swagger": "2.0", "definitions": {"A": record(a={"type": "string"})}})
    assert facts(understood(imported("openapi", text)), "A.a") == {"type": "text"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "openapi: 3.1.0\n",
            "1:1 error there are no `components` with `schemas` here",
        ),
        ("a: [1, 2", "1:9 error this is not YAML: did not find expected ',' or ']'"),
        ("a: *b", "1:4 error `*b` stands before what it repeats, or inside it"),
        ("a: &b [*b]", "1:8 error `*b` stands before what it repeats, or inside it"),
        ("? [a]\n: b", "1:3 error a name has to be a text"),
        ("[" * 300 + "]" * 300, "1:201 error more than 200 lists and records in one another"),
        ("", "1:1 error this file is empty"),
        ("# nothing", "1:1 error this file is empty"),
        ("a: \x01", "1:4 error this is not YAML: control characters are not allowed"),
        (
            "just words",
            "1:1 error there is no `openapi` here, so this is no OpenAPI document",
        ),
    ],
)
def test_what_is_no_openapi_document(text: str, words: str) -> None:
    _, found = imported("openapi", text)
    assert told(found) == [words]


def test_an_alias_that_multiplies_itself_stays_small() -> None:
    lines = ["a0: &a0 {type: object, properties: {x: {type: string}}}"]
    lines += [
        f"a{n}: &a{n} {{type: object, properties: {{"
        + ", ".join(f"p{k}: *a{n - 1}" for k in range(9))
        + "}}"
        for n in range(1, 12)
    ]
    text = "openapi: 3.1.0\n" + "\n".join(lines) + "\ncomponents: {schemas: {A: *a11}}\n"
    system, _ = imported("openapi", text)
    assert len(system.objects["A"].properties) == 9 + 81 + 729
