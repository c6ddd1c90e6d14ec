"""
JSON Schema, draft 4 to 2020-12: the shape of one record, or of several under `$defs`.

A schema is a set of conditions, and what it does not forbid is allowed. Only what it says plainly
becomes a fact: the properties of a record, those of a record inside it (`address.city`), and the
values of each. Where alternatives (`anyOf`, `oneOf`) differ, nothing is known. A reference is
followed inside the document, never out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote

from syncdsl.importers.document import Document, flag, items, number, only_if, record, text, whole
from syncdsl.importers.draft import Draft
from syncdsl.schema import Option, Property, Type
from syncdsl.schema.places import Way

MAX_INSIDE = 3  # records in one another that become properties; deeper ones no sync maps
MAX_PROPERTIES = 5000  # of one object, those of the records inside it included
MAX_OPTIONS = 5000
MAX_STEPS = 50  # references and parts that one value is put together from

_TYPES = {"boolean": Type.BOOL, "integer": Type.NUMBER, "number": Type.NUMBER, "string": Type.TEXT}
_FORMATS = {"date": Type.DATE, "date-time": Type.DATETIME}
_NUMBERS = ("integer", "number")
_DEFINITIONS = ("$defs", "definitions")


class Shape(NamedTuple):
    """What a schema says about one value, put together from its parts."""

    types: frozenset[str] | None = None  # JSON's; None: any
    format: str | None = None
    values: tuple[Any, ...] | None = None  # all that are allowed
    labels: Mapping[Any, str] = {}
    facts: Mapping[str, Any] = {}  # words of a schema that stand for themselves
    properties: Mapping[str, tuple[Way, Any]] = {}
    required: frozenset[str] = frozenset()
    closed: bool = False
    origin: Way | None = None  # the part that it refers to, if it does


def looks_like(data: Any) -> bool:
    fields = record(data)
    return (
        "json-schema.org" in str(fields.get("$schema"))
        or isinstance(fields.get("properties"), dict)
        or any(isinstance(fields.get(key), dict) for key in _DEFINITIONS)
    )


def read(documents: Sequence[Document], objects: Sequence[str], draft: Draft) -> None:
    for document in documents:
        if not looks_like(document.data):
            document.refuse((), "there are no `properties` here, which a JSON Schema has")
            continue
        found = dict(_records(document))
        if not found:
            document.refuse((), "no part of this JSON Schema says what a record looks like")
        if () in found and len(objects) == 1 and objects[0] not in found.values():
            found = {(): objects[0]}
        for way, name in found.items():
            add_object(document, way, name, draft, demands=True)


def _records(document: Document) -> Iterator[tuple[Way, str]]:
    """The parts that are records, and what they are called."""
    data = record(document.data)
    if shape_of(document, ()).properties:
        title = text(data.get("title")) or ""
        # A title may be a sentence, which is nothing to call an object.
        is_name = title.replace("_", "").replace("-", "").isalnum()
        yield (), title if is_name else document.name.removesuffix(".schema")
    for key in _DEFINITIONS:
        for name in record(data.get(key)):
            if shape_of(document, (key, name)).properties:
                yield (key, name), name


def add_object(document: Document, way: Way, name: str, draft: Draft, *, demands: bool) -> None:
    """
    Adds a record. `demands`: what it calls required is what whoever makes a record has to give,
    and not only what always comes back.
    """
    shape = shape_of(document, way)
    problem = draft.add_object(
        name,
        label=text(record(at(document, way)).get("title")),
        complete=True if shape.closed else None,
    )
    if problem is not None:
        document.leave_out(way, problem)
        return
    parts = _properties(document, shape, "", demands, (way,))
    for where, found in islice(parts, MAX_PROPERTIES):
        if draft.is_full:
            break
        problem = draft.add(name, found)
        if problem is not None:
            document.leave_out(where, problem)
    if draft.is_full or next(parts, None) is not None:
        words = f"`{name}` has more than {MAX_PROPERTIES} properties, and the rest is left out"
        document.leave_out(way, words)


def _properties(
    document: Document, shape: Shape, before: str, demands: bool, outer: tuple[Way, ...]
) -> Iterator[tuple[Way, Property]]:
    """The properties of a record, those of the records inside it after each; but none in itself."""
    for name, (where, _) in shape.properties.items():
        inner = shape_of(document, where)
        required = (name in shape.required) if demands and not before else None
        yield where, _property(f"{before}{name}", inner, required)
        origin = where if inner.origin is None else inner.origin
        if inner.properties and origin not in outer and len(outer) < MAX_INSIDE:
            yield from _properties(document, inner, f"{before}{name}.", demands, (*outer, origin))


def _property(name: str, shape: Shape, required: bool | None) -> Property:
    kind = _type(shape)
    facts = shape.facts
    reads_only = only_if(facts.get("readOnly"))
    precision = None
    if kind is Type.NUMBER:
        is_whole = shape.types is not None and shape.types <= {"integer"}
        precision = 0 if is_whole else _places(facts.get("multipleOf"))
    return Property(
        name=name,
        label=text(facts.get("title")),
        type=kind,
        max_length=whole(facts.get("maxLength")) or None if kind is Type.TEXT else None,
        precision=precision,
        options=_options(shape) if kind in (Type.OPTION, Type.LIST) else None,
        required=None if reads_only else required,
        create=False if reads_only else None,
        update=False if reads_only else None,
        minimum=number(facts.get("minimum")) if kind is Type.NUMBER else None,
        maximum=number(facts.get("maximum")) if kind is Type.NUMBER else None,
    )


def _type(shape: Shape) -> Type | None:
    if shape.values is not None:
        kinds = {type(value) for value in shape.values if value is not None}
        if kinds == {bool}:
            return Type.BOOL
        return Type.OPTION if kinds and kinds <= {str, int, bool} else None
    types = None if shape.types is None else shape.types - {"null"}
    if types is None or not types:
        return None
    if types <= set(_NUMBERS):
        return Type.NUMBER
    if len(types) > 1:
        return None
    (one,) = types
    if one == "array":
        return Type.LIST if shape.facts.get("items of one value") else None
    if one == "string":
        return _FORMATS.get(str(shape.format), Type.TEXT)
    return _TYPES.get(one)


def _options(shape: Shape) -> tuple[Option, ...] | None:
    values = shape.facts.get("items") if shape.values is None else shape.values
    options = [
        Option(value, shape.labels.get(value))
        for value in dict.fromkeys(values or ())
        if isinstance(value, str | int)
    ]
    return tuple(options) or None


# ── putting a value's shape together ─────────────────────────────────────────────────────────────


def shape_of(document: Document, way: Way) -> Shape:
    """What is said about the value at a place: there, where it refers to, in what it is all of."""
    known = document.memo.get(way)
    if known is None:
        known = document.memo[way] = _shape_of(document, way)
    return known


def _shape_of(document: Document, way: Way) -> Shape:
    shape = Shape()
    waiting, seen = [way], set[Way]()
    while waiting and len(seen) < MAX_STEPS:
        here = waiting.pop(0)
        if here in seen:
            continue
        seen.add(here)
        fields = record(at(document, here))
        reference = fields.get("$ref")
        if isinstance(reference, str):
            target = _target(document, reference)
            if target is None:
                document.cannot_know((*here, "$ref"), f"`{reference[:80]}` leads to nothing here")
            else:
                waiting.append(target)
                if shape.origin is None:
                    shape = shape._replace(origin=target)
        waiting += [
            (*here, "allOf", index)
            for index in range(min(MAX_STEPS, len(items(fields.get("allOf")))))
        ]
        only = _only_alternative(fields)
        if only is not None:
            waiting.append((*here, *only))
        said = _said(document, here, fields)
        if here != way:
            # The title of what is referred to says what that is, not what it is here.
            said = said._replace(facts={k: v for k, v in said.facts.items() if k != "title"})
        shape = _both(shape, said)
    return shape


def at(document: Document, way: Way) -> Any:
    """The part of a document at a place, None if there is none."""
    part = document.data
    for key in way:
        if isinstance(part, dict) and isinstance(key, str):
            part = part.get(key)
        elif isinstance(part, list) and isinstance(key, int) and key < len(part):
            part = part[key]
        else:
            return None
    return part


def _target(document: Document, reference: str) -> Way | None:
    """The place that a reference names, if it is in this document."""
    if reference == "#":
        return ()
    if not reference.startswith("#/"):
        return None
    way: Way = ()
    for part in reference[2:].split("/"):
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        inside = at(document, way)
        if isinstance(inside, list) and key.isascii() and key.isdecimal() and len(key) < 7:
            way = (*way, int(key))
        else:
            way = (*way, key)
    return way if isinstance(at(document, way), dict) else None


def _only_alternative(fields: Mapping[str, Any]) -> Way | None:
    """Of `anyOf: [X, {type: null}]` the X: that is how a value is said to be allowed to be null."""
    for key in ("anyOf", "oneOf"):
        found = [
            (key, index)
            for index, each in enumerate(items(fields.get(key))[:MAX_STEPS])
            if record(each).get("type") != "null"
        ]
        if len(found) == 1:
            return found[0]
    return None


def _said(document: Document, way: Way, fields: Mapping[str, Any]) -> Shape:
    """What stands at one place, without what it refers to."""
    stated = fields.get("type")
    types = [stated] if isinstance(stated, str) else items(stated)
    known = frozenset(each for each in types if isinstance(each, str))
    if "properties" in fields and not known:
        known = frozenset({"object"})
    values, labels = _values(fields)
    facts = {
        key: fields[key]
        for key in ("title", "maxLength", "minimum", "maximum", "multipleOf", "readOnly")
        if key in fields
    }
    if "items" in fields:
        facts |= _elements(document, (*way, "items"))
    elif known == {"array"}:
        facts["items of one value"] = True
    return Shape(
        types=known or None,
        format=text(fields.get("format")),
        values=values,
        labels=labels,
        facts=facts,
        properties={
            name: ((*way, "properties", name), each)
            for name, each in record(fields.get("properties")).items()
        },
        required=frozenset(each for each in items(fields.get("required")) if isinstance(each, str)),
        closed=flag(fields.get("additionalProperties")) is False
        or flag(fields.get("unevaluatedProperties")) is False,
    )


def _values(fields: Mapping[str, Any]) -> tuple[tuple[Any, ...] | None, dict[Any, str]]:
    """`enum`, `const`, or alternatives that are a value each, with a title."""
    enum = items(fields.get("enum"))
    if 0 < len(enum) <= MAX_OPTIONS:
        return tuple(each for each in enum if not isinstance(each, dict | list)), {}
    if "const" in fields and not isinstance(fields["const"], dict | list):
        return (fields["const"],), {}
    for key in ("oneOf", "anyOf"):
        ones = [record(each) for each in items(fields.get(key))[: MAX_OPTIONS + 1]]
        if 0 < len(ones) <= MAX_OPTIONS and all(
            isinstance(each.get("const"), str | int) for each in ones
        ):
            titles = {each["const"]: text(each.get("title")) for each in ones}
            labels = {value: label for value, label in titles.items() if label is not None}
            return tuple(titles), labels
    return None, {}


def _elements(document: Document, way: Way) -> dict[str, Any]:
    """Of a list: whether its elements are values, and which they can be."""
    fields = record(at(document, way))
    target = _target(document, str(fields.get("$ref")))
    inner = record(at(document, target)) if target is not None else fields
    is_value = str(inner.get("type")) in _TYPES or "enum" in inner or not inner
    return {"items of one value": is_value, "items": _values(inner)[0]}


def _both(left: Shape, right: Shape) -> Shape:
    """What holds if both hold."""
    types = right.types if left.types is None else left.types
    if left.types is not None and right.types is not None:
        types = left.types & right.types
    values = right.values if left.values is None else left.values
    if left.values is not None and right.values is not None:
        values = tuple(each for each in left.values if each in right.values)
    return Shape(
        types=types,
        format=left.format or right.format,
        values=values,
        labels={**right.labels, **left.labels},
        facts=_tighter(left.facts, right.facts),
        properties={**right.properties, **left.properties},
        required=left.required | right.required,
        closed=left.closed or right.closed,
        origin=right.origin if left.origin is None else left.origin,
    )


def _tighter(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of both; where both bound a value, the bound that leaves less."""
    facts = {**right, **left}
    for key, choose in (("maxLength", min), ("maximum", min), ("minimum", max)):
        bounds = [
            each for each in (number(left.get(key)), number(right.get(key))) if each is not None
        ]
        if bounds:
            facts[key] = choose(bounds)
    return facts


def _places(value: Any) -> int | None:
    """Decimal places of a step such as 0.01."""
    if isinstance(value, Decimal) and value.is_finite() and 0 < value < 1:
        exponent = value.normalize().as_tuple().exponent
        return -exponent if isinstance(exponent, int) and exponent > -30 else None
    return None
