"""
What a system can export, made into a schema: a file for each kind.

Most kinds are read from a text, and are functions of it. Tables are read where they are: a database
is not a text. Nothing of what stands in a file is believed further than that it is what a system
looks like; whatever it may be instead is a diagnostic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from syncdsl.diagnostic import Diagnostic, Severity, in_order
from syncdsl.importers import (
    csdl,
    csv,
    entity_definitions,
    hubspot,
    jotform,
    json_schema,
    openapi,
    parquet,
    postgresql,
    sqlite,
)
from syncdsl.importers.csv import Table
from syncdsl.importers.document import REFUSED, Document, bounded, diagnostic
from syncdsl.importers.draft import Draft
from syncdsl.importers.json_text import read_json
from syncdsl.importers.looks import use
from syncdsl.importers.yaml_text import read_yaml
from syncdsl.schema import System
from syncdsl.source import Source, Span
from syncdsl.suggest import hint

__all__ = ["KINDS", "Bytes", "Files", "Result", "Server", "Table", "Text"]

Result = tuple[System, list[Diagnostic]]
Objects = Sequence[str]  # that the user names: some of many, or what each file is to be called


class Text(NamedTuple):
    """A kind that is read from texts."""

    endings: tuple[str, ...]  # of the files that are meant by a folder
    read: Callable[[Sequence[Source], Objects], Result]


class Bytes(NamedTuple):
    """A kind whose letters have to be found out, and of which the beginning is enough."""

    endings: tuple[str, ...]
    read: Callable[[Sequence[Table], Objects], Result]


class Files(NamedTuple):
    """A kind that is read where it is."""

    endings: tuple[str, ...]
    read: Callable[[Sequence[str], Objects], Result]


class Server(NamedTuple):
    """A kind that has an address, and no file."""

    read: Callable[[str, Objects], Result]


class _OfJson(NamedTuple):
    """How a kind of JSON is told from the others, and read."""

    words: str
    looks_like: Callable[[Any], bool]
    read: Callable[[Sequence[Document], Objects, Draft], None]
    system: str | None  # what a policy calls the kind of system
    picks: bool  # a file has many objects, of which a user picks some; else it is one, and named


_JSON = {
    "hubspot": _OfJson(
        "an answer of HubSpot's properties API",
        hubspot.looks_like,
        hubspot.read,
        "hubspot",
        picks=False,
    ),
    "dataverse": _OfJson(
        "Dataverse's `EntityDefinitions`",
        entity_definitions.looks_like,
        entity_definitions.read,
        "dynamics365",
        picks=True,
    ),
    "jotform": _OfJson(
        "the questions of a Jotform form",
        jotform.looks_like,
        jotform.read,
        "jotform",
        picks=False,
    ),
    "openapi": _OfJson("an OpenAPI document", openapi.looks_like, openapi.read, None, picks=True),
    "json-schema": _OfJson(
        "a JSON Schema", json_schema.looks_like, json_schema.read, None, picks=True
    ),
}


def _read_texts(name: str, sources: Sequence[Source], objects: Objects) -> Result:
    kind = _JSON[name]
    if not kind.picks and _differ(objects, sources):
        return _misnamed(objects, len(sources), _top(sources[0]))
    draft = Draft(kind.system)
    told: list[Diagnostic] = []
    documents = []
    for source in sources:
        if name == "dataverse" and csdl.is_xml(source.text):
            told += bounded(csdl.read(source, draft))
            continue
        is_yaml = name == "openapi" and source.path.lower().endswith((".yaml", ".yml"))
        document, problems = (read_yaml if is_yaml else read_json)(source)
        told += problems
        if document is None:
            continue
        other = _other_kind(document.data, name)
        if other is None:
            documents.append(document)
        else:
            told.append(diagnostic(REFUSED, other, _top(source)))
    kind.read(documents, objects, draft)
    told += [each for document in documents for each in document.diagnostics()]
    return _finished(draft, told, _top(sources[0]), objects if kind.picks else ())


def _other_kind(data: Any, name: str) -> str | None:
    """What a file is instead of the kind that it should be, in a sentence."""
    if _JSON[name].looks_like(data):
        return None
    if isinstance(data, dict) and isinstance(data.get("objects"), dict) and "version" in data:
        return 'this is a schema file already: a system names it, as in `schema "ours.json"`'
    other = next((name for name, each in _JSON.items() if each.looks_like(data)), None)
    return None if other is None else use(f"this looks like {_JSON[other].words}", other)


def _differ(objects: Objects, files: Sequence[Any]) -> bool:
    """One name may stand for several files: an answer that came in pages."""
    return len(objects) not in (0, 1, len(files))


def _misnamed(objects: Objects, files: int, place: Span) -> Result:
    words = f"there are {len(objects)} names for {files} files; accepted: one name, or one for each"
    return Draft(None).system(), [diagnostic(REFUSED, words, place)]


def _read_csv(tables: Sequence[Table], objects: Objects) -> Result:
    if _differ(objects, tables):
        return _misnamed(objects, len(tables), _top(Source(tables[0].path, "")))
    draft = Draft(None)
    told = bounded(csv.read(tables, objects, draft))
    return _finished(draft, told, _top(Source(tables[0].path, "")), ())


def _read_parquet(paths: Sequence[str], objects: Objects) -> Result:
    if _differ(objects, paths):
        return _misnamed(objects, len(paths), _top(Source(paths[0], "")))
    draft = Draft(None)
    told = bounded(parquet.read(paths, objects, draft))
    return _finished(draft, told, _top(Source(paths[0], "")), ())


def _read_sqlite(paths: Sequence[str], objects: Objects) -> Result:
    draft = Draft(None)
    told = bounded([each for path in paths for each in sqlite.read(path, draft)])
    return _finished(draft, told, _top(Source(paths[0], "")), objects)


def _read_postgresql(address: str, objects: Objects) -> Result:
    draft = Draft(None)
    told = bounded(postgresql.read(address, draft))
    place = told[0].span if told else _top(Source("postgresql", ""))
    return _finished(draft, told, place, objects)


# In the order in which the documentation lists them.
KINDS: dict[str, Text | Bytes | Files | Server] = {
    "hubspot": Text((".json",), partial(_read_texts, "hubspot")),
    "dataverse": Text((".json", ".xml"), partial(_read_texts, "dataverse")),
    "jotform": Text((".json",), partial(_read_texts, "jotform")),
    "json-schema": Text((".json",), partial(_read_texts, "json-schema")),
    "openapi": Text((".json", ".yaml", ".yml"), partial(_read_texts, "openapi")),
    "csv": Bytes((".csv", ".tsv", ".txt"), _read_csv),
    "parquet": Files((".parquet",), _read_parquet),
    "sqlite": Files((".db", ".sqlite", ".sqlite3"), _read_sqlite),
    "postgresql": Server(_read_postgresql),
}


def _finished(draft: Draft, told: Sequence[Diagnostic], place: Span, picked: Objects) -> Result:
    """Of the objects those that the user picks, and what to say if there are none."""
    found = in_order(list(told))
    known = draft.names()
    absent = next((name for name in picked if name not in known), None)
    problem = None
    if any(each.severity is Severity.ERROR for each in found):
        pass  # it is told why
    elif not known:
        problem = "there is nothing here that could be imported"
    elif absent is not None:
        problem = f"there is no object `{absent}` here; {hint(absent, known, 'object')}"
    if problem is not None:
        found.append(diagnostic(REFUSED, problem, place))
    return draft.system(picked), found


def _top(source: Source) -> Span:
    return Span(source, 0, min(1, len(source.text)))
