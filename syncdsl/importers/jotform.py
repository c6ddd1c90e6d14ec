"""
Jotform: the questions of a form, as `GET /form/{id}/questions` answers.

A form has the questions that it has, so its object is complete. What a person answers comes back in
parts for a few types (a name is first and last, an address six lines): these parts are properties
as well, `name.first`. With the answers comes what Jotform notes about each submission.
Shapes: api.jotform.com/docs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from syncdsl.importers.document import Document, number, record, text, whole
from syncdsl.importers.draft import Draft, name_of
from syncdsl.schema import Option, Property, Times, Type, Zone
from syncdsl.schema.places import Way

# What stands in a form and asks nothing.
_SILENT = {
    "control_button",
    "control_captcha",
    "control_cfwidget",
    "control_collapse",
    "control_divider",
    "control_head",
    "control_image",
    "control_pagebreak",
    "control_text",
}
# A type that is not here is one whose answer may be anything: it is not known.
_TYPES = {
    "control_address": Type.TEXT,
    "control_autocomp": Type.TEXT,
    "control_autoincrement": Type.TEXT,
    "control_checkbox": Type.LIST,
    "control_datetime": Type.DATE,
    "control_dropdown": Type.OPTION,
    "control_email": Type.TEXT,
    "control_fullname": Type.TEXT,
    "control_hidden": Type.TEXT,
    "control_number": Type.NUMBER,
    "control_passwordbox": Type.TEXT,
    "control_phone": Type.TEXT,
    "control_radio": Type.OPTION,
    "control_rating": Type.NUMBER,
    "control_spinner": Type.NUMBER,
    "control_textarea": Type.TEXT,
    "control_textbox": Type.TEXT,
}
# The parts of an answer, by the key that a question lists in `sublabels`.
_PARTS = {
    "control_fullname": ("prefix", "first", "middle", "last", "suffix"),
    "control_address": ("addr_line1", "addr_line2", "city", "state", "postal", "country"),
}
_SUBMISSION = (
    Property("id", type=Type.TEXT, unique=True),
    Property("form_id", type=Type.TEXT),
    Property("ip", type=Type.TEXT),
    Property("created_at", type=Type.DATETIME),
    Property("status", type=Type.OPTION, options=(Option("ACTIVE"), Option("OVERQUOTA"))),
    Property("new", type=Type.TEXT),
    Property("flag", type=Type.TEXT),
    Property("notes", type=Type.TEXT),
    Property("updated_at", type=Type.DATETIME),
)


def looks_like(data: Any) -> bool:
    questions = record(record(data).get("content"))
    first = record(next(iter(questions.values()), None))
    return str(first.get("type", "")).startswith("control_")


def read(documents: Sequence[Document], objects: Sequence[str], draft: Draft) -> None:
    for index, document in enumerate(documents):
        owner = name_of(document.source.path, index, objects)
        _read_form(document, owner, draft)


def _read_form(document: Document, owner: str, draft: Draft) -> None:
    data = record(document.data)
    content = data.get("content", data)
    if data.get("responseCode", 200) != 200:
        code = data["responseCode"]
        document.refuse(("responseCode",), f"Jotform answered with {code} instead of questions")
        return
    questions = record(content)
    if not questions or not all(isinstance(each, dict) for each in questions.values()):
        document.refuse(
            (),
            "there are no questions here",
            "`GET /form/{id}/questions` gives the questions of a form",
        )
        return
    problem = draft.add_object(owner, times=Times.RECORD, modified="updated_at", complete=True)
    if problem is not None:
        document.refuse((), problem)
        return
    for each in _SUBMISSION:
        draft.add(owner, each)
    before: Way = ("content",) if "content" in data else ()
    for own in sorted(questions, key=lambda each: _order(questions[each])):
        _read_question(document, (*before, own), questions[own], owner, draft)


def _order(question: Mapping[str, Any]) -> int:
    return whole(_number(question.get("order"))) or 0


def _read_question(
    document: Document, way: Way, question: Mapping[str, Any], owner: str, draft: Draft
) -> None:
    kind = question.get("type")
    if isinstance(kind, str) and kind in _SILENT:
        return
    name = question.get("name")
    if not isinstance(name, str):
        document.leave_out(way, "this question has no name, so it is left out")
        return
    if not isinstance(kind, str) or kind not in _TYPES:
        told = f"type `{kind}`" if isinstance(kind, str) else "no type"
        document.cannot_know(way, f"what an answer to `{name}` looks like ({told}) is not known")
    if _takes_other(question):
        document.cannot_know(
            way, f"`{name}` takes answers of people's own, so its options are not all there can be"
        )
    for found in _properties(name, question):
        problem = draft.add(owner, found)
        if problem is not None:
            document.leave_out(way, problem)


def _properties(name: str, question: Mapping[str, Any]) -> Iterator[Property]:
    stated = question.get("type")
    kind = _TYPES.get(stated) if isinstance(stated, str) else None
    if kind is Type.OPTION and question.get("multiple") in ("Yes", "1"):
        kind = Type.LIST
    if stated == "control_datetime" and text(question.get("timeFormat")) is not None:
        kind = Type.DATETIME
    required = {"Yes": True, "No": False}.get(str(question.get("required")))
    yield Property(
        name=name,
        label=text(question.get("text")),
        type=kind,
        max_length=_length(question),
        options=_options(question) if kind in (Type.OPTION, Type.LIST) else None,
        required=required,
        minimum=_number(question.get("minValue")) if kind is Type.NUMBER else None,
        maximum=_number(question.get("maxValue")) if kind is Type.NUMBER else None,
        zone=Zone.NONE if kind is Type.DATETIME else None,
    )
    labels = record(question.get("sublabels"))
    for part in _PARTS.get(str(stated), ()):
        if _is_asked(part, question):
            yield Property(f"{name}.{part}", text(labels.get(part)), Type.TEXT)


def _is_asked(part: str, question: Mapping[str, Any]) -> bool:
    """Three parts of a name are asked only if a form wants them."""
    return part not in ("prefix", "middle", "suffix") or question.get(part) == "Yes"


def _takes_other(question: Mapping[str, Any]) -> bool:
    return question.get("allowOther") == "Yes"


def _options(question: Mapping[str, Any]) -> tuple[Option, ...] | None:
    """
    `A|B|C`. Jotform's own lists (countries, months) are named in `special`, and not listed.
    """
    listed = question.get("options")
    special = question.get("special")
    if not isinstance(listed, str) or _takes_other(question) or special not in (None, "", "None"):
        return None
    values = [value.strip() for value in listed.split("|")]
    return tuple(Option(value) for value in dict.fromkeys(values) if value) or None


def _length(question: Mapping[str, Any]) -> int | None:
    """A one-line field's own limit. 0 and an empty text are none."""
    return whole(_number(question.get("maxsize"))) or None


def _number(value: Any) -> int | Decimal | None:
    """Jotform writes numbers as texts, and no number as an empty one."""
    if not isinstance(value, str):
        return number(value)
    try:
        return number(Decimal(value.strip()))
    except InvalidOperation:
        return None
