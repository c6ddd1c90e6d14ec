"""The questions of a form."""

import json
from typing import Any

import pytest

from tests.importers.harness import facts, imported, told, understood


def form(*questions: dict[str, Any]) -> str:
    content = {
        str(number): {"name": "one", "type": "control_textbox", "text": "One?", **question}
        for number, question in enumerate(questions, 1)
    }
    return json.dumps({"responseCode": 200, "message": "success", "content": content})


def one(**question: Any) -> dict[str, Any]:
    return facts(understood(imported("jotform", form(question))), "file.one")


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("control_textbox", "text"),
        ("control_textarea", "text"),
        ("control_email", "text"),
        ("control_phone", "text"),
        ("control_fullname", "text"),
        ("control_dropdown", "option"),
        ("control_radio", "option"),
        ("control_checkbox", "list"),
        ("control_number", "number"),
        ("control_rating", "number"),
        ("control_datetime", "date"),
    ],
)
def test_types(stated: str, kind: str) -> None:
    assert one(type=stated)["type"] == kind


def test_a_question_says_what_has_to_be_answered() -> None:
    assert one(required="Yes") == {"label": "One?", "type": "text", "required": True}
    assert one(required="No")["required"] is False
    assert "required" not in one()


def test_options() -> None:
    assert one(type="control_radio", options="A| B |A||C")["options"] == [("A",), ("B",), ("C",)]
    assert one(type="control_dropdown", options="A", multiple="Yes")["type"] == "list"
    countries = one(type="control_dropdown", options="", special="Countries")
    assert "options" not in countries, "a list of Jotform's own is not in the file"


def test_where_people_may_answer_with_their_own_words_options_are_not_all() -> None:
    question = {"type": "control_radio", "options": "A|B", "allowOther": "Yes"}
    system, found = imported("jotform", form(question))
    assert told(found) == [
        "1:62 info `one` takes answers of people's own, so its options are not all there can be"
    ]
    assert "options" not in facts(system, "file.one")


def test_limits() -> None:
    assert one(maxsize="40")["max_length"] == 40
    assert "max_length" not in one(maxsize="") and "max_length" not in one(maxsize="0")
    number = one(type="control_number", minValue="1", maxValue="9.5")
    assert (number["minimum"], str(number["maximum"])) == (1, "9.5")
    absurd = one(type="control_number", minValue="9" * 400, maxValue="NaN")
    assert absurd == {"label": "One?", "type": "number"}


def test_answers_in_parts_are_properties_too() -> None:
    labels = {"first": "First name", "last": "Last name", "middle": "Middle"}
    text = form(
        {"type": "control_fullname", "sublabels": labels},
        {"type": "control_address", "name": "home"},
    )
    system = understood(imported("jotform", text))
    assert [name for name in system.objects["file"].properties if "." in name] == [
        "one.first",
        "one.last",
        "home.addr_line1",
        "home.addr_line2",
        "home.city",
        "home.state",
        "home.postal",
        "home.country",
    ]
    assert facts(system, "file.one.first") == {"label": "First name", "type": "text"}
    asked = form({"type": "control_fullname", "middle": "Yes"})
    assert "one.middle" in understood(imported("jotform", asked)).objects["file"].properties


def test_a_form_is_complete_with_what_is_noted_of_a_submission() -> None:
    system = understood(imported("jotform", form({}), name="signup"))
    assert facts(system, "signup") == {
        "times": "record",
        "modified": "updated_at",
        "complete": True,
    }
    assert facts(system, "signup.created_at") == {"type": "datetime"}


def test_headings_and_buttons_ask_nothing() -> None:
    text = form({"type": "control_head"}, {"name": "two"}, {"type": "control_button"})
    assert "one" not in understood(imported("jotform", text)).objects["file"].properties


def test_the_answer_to_a_widget_is_not_known() -> None:
    system, found = imported("jotform", form({"type": "control_widget"}))
    assert told(found) == [
        "1:62 info what an answer to `one` looks like (type `control_widget`) is not known"
    ]
    assert facts(system, "file.one") == {"label": "One?"}


def test_a_refusal_is_not_a_form_without_questions() -> None:
    _, found = imported("jotform", '{"responseCode": 401, "message": "no key"}')
    assert told(found) == ["1:18 error Jotform answered with 401 instead of questions"]
    _, found = imported("jotform", "{}")
    assert told(found) == ["1:1 error there are no questions here"]
