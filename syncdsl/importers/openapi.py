"""
OpenAPI 3.0 and 3.1 (and `definitions` of 2.0): the records under `components.schemas`.

A component may be what comes back or what is sent. Only of those that a `post` sends it is known
what whoever makes a record has to give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from syncdsl.importers import json_schema
from syncdsl.importers.document import Document, items, record
from syncdsl.importers.draft import Draft
from syncdsl.schema.places import Way

_WHERE: tuple[Way, ...] = (("components", "schemas"), ("definitions",))


def looks_like(data: Any) -> bool:
    return "openapi" in record(data) or "swagger" in record(data)


def read(documents: Sequence[Document], objects: Sequence[str], draft: Draft) -> None:
    for document in documents:
        if not looks_like(document.data):
            document.refuse((), "there is no `openapi` here, so this is no OpenAPI document")
            continue
        sent = frozenset(_sent(document))
        found = [
            ((*where, name), name)
            for where in _WHERE
            for name in record(json_schema.at(document, where))
        ]
        for way, name in found:
            if json_schema.shape_of(document, way).properties:
                json_schema.add_object(document, way, name, draft, demands=name in sent)
        if not found:
            document.refuse((), "there are no `components` with `schemas` here")


def _sent(document: Document) -> Iterator[str]:
    """The components that are the body of a `post`."""
    for path in record(record(document.data).get("paths")).values():
        post = record(record(path).get("post"))
        bodies = record(record(post.get("requestBody")).get("content")).values()
        parameters = [each for each in items(post.get("parameters")) if isinstance(each, dict)]
        for body in [*map(record, bodies), *parameters]:
            reference = record(body.get("schema")).get("$ref")
            if isinstance(reference, str):
                yield reference.rpartition("/")[2]
