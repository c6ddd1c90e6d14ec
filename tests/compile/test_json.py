"""The policy as JSON: it can be read back, and its tables are those of `decide`."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from syncdsl.compile.json import to_json
from syncdsl.policy import Policy
from syncdsl.semantics.table import table
from syncdsl.situation import (
    Action,
    Changed,
    Content,
    Event,
    Newer,
    Outcome,
    Rank,
    Reason,
    Row,
    Side,
    Sides,
    Situation,
    Truth,
    Written,
)
from tests.compile.policies import EVERY_CLAUSE, clause_sets, policy_of, policy_without_text

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "compiled-rules.schema.json"

WORDS: dict[str, Any] = {
    "event": Event,
    "made": Side,
    "left": Content,
    "right": Content,
    "agree": bool,
    "changed": Changed,
    "newer": Newer,
    "guard": Truth,
    "rank": Rank,
    "lacks": Sides,
    "written": Written,
}


def read(policy: Policy) -> Any:
    return json.loads(to_json(policy), parse_float=Decimal)


def read_row(row: Any) -> Row:
    answers = dict.fromkeys(Situation._fields) | {
        question: WORDS[question](answer) for question, answer in row["situation"].items()
    }
    outcome = row["outcome"]
    reason = Reason[outcome["reason"].upper().replace("-", "_")]
    side = None if outcome["side"] is None else Sides(outcome["side"])
    return Row(Situation(**answers), Outcome(Action(outcome["action"]), reason, side))


def test_the_tables_of_hundreds_of_clause_sets_can_be_read_back() -> None:
    sets = list(clause_sets())
    found = read(policy_without_text(sets))
    tables = [tuple(map(read_row, rows)) for rows in found["tables"]]
    for clauses, rule in zip(sets, found["mappings"][0]["rules"], strict=True):
        assert tables[rule["table"]] == table(clauses)


def test_every_reason_of_a_table_is_told_in_words() -> None:
    found = read(policy_of(EVERY_CLAUSE))
    reasons = {row["outcome"]["reason"] for rows in found["tables"] for row in rows}
    assert reasons <= set(found["reasons"])


@pytest.mark.parametrize("text", [EVERY_CLAUSE, "source: hubspot -> dynamics on create only", ""])
def test_it_is_as_its_schema_says(text: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(to_json(policy_of(text))))


def test_a_rule_says_what_it_is_wired_to() -> None:
    text = """
mapping contacts: hubspot.contacts <-> dynamics.contact {
  usual ask
  ## First touch.
  source: dynamics.source <-> hubspot.source as trim, values sources, when dynamics.n >= 1.50
}
values sources {
  WEB -> 8
  otherwise 9
}
"""
    found = read(policy_of(text))
    (mapping,) = found["mappings"]
    (rule,) = mapping["rules"]
    assert (rule["label"], rule["line"], rule["doc"]) == ("source", 5, "First touch.")
    assert rule["flipped"] is True
    assert rule["left"] == {
        "system": "dynamics", "object": "contact", "property": "source", "type": None,
    }  # fmt: skip
    assert rule["clauses"] == [
        {"kind": "conversion", "text": "as trim", "usual": False},
        {"kind": "value map", "text": "values sources", "usual": False},
        {"kind": "guard", "text": "when dynamics.n >= 1.50", "usual": False},
        {"kind": "winner", "text": "ask", "usual": True},
    ]
    assert (rule["mode"], rule["blanks"], rule["winner"]) == ("set", "skip blanks", "ask")
    assert rule["wiring"]["forward"] == {
        "steps": [{"step": "trim", "argument": None}],
        "values": {
            "entries": [{"given": "WEB", "becomes": 8}], "otherwise": "value", "fallback": 9,
        },
        "map_first": False,
    }  # fmt: skip
    assert rule["wiring"]["guard"] == {
        "side": "left", "property": "n", "compare": ">=", "with": {"value": Decimal("1.50")},
        "as": "number",
    }  # fmt: skip


def test_numbers_have_all_their_digits() -> None:
    text = "a: x.p -> y.q default 0.10\nb: x.r -> y.s default 12345678901234567890.123456789012\n"
    found = to_json(policy_of(text))
    assert '"default": 0.10' in found
    assert '"default": 12345678901234567890.123456789012' in found


def test_rules_that_differ_only_in_their_owner_share_a_table() -> None:
    found = read(policy_of("a: x.p -> y.q\nb: x.r -> y.s owned by x\n"))
    assert [rule["table"] for rule in found["mappings"][0]["rules"]] == [0, 0]
    assert [rule["owner"] for rule in found["mappings"][0]["rules"]] == [None, "left"]


def test_what_cannot_be_seen_is_escaped() -> None:
    policy = policy_of("source: hubspot -> dynamics")
    (mapping,) = policy.mappings
    rule = mapping.rules[0]._replace(label="\u202ea\U000e0041\u2028ß", doc="\ud800\0")
    text = to_json(policy._replace(mappings=(mapping._replace(rules=(rule,)),)))
    assert all(letter.isprintable() or letter == "\n" for letter in text)
    (found,) = json.loads(text)["mappings"][0]["rules"]
    assert (found["label"], found["doc"]) == (rule.label, rule.doc)
    assert "ß" in text


def test_a_row_of_a_table_stands_in_one_line() -> None:
    lines = to_json(policy_of("source: hubspot -> dynamics")).splitlines()
    rows = [line for line in lines if '"situation"' in line]
    assert rows and all(json.loads(line.strip().rstrip(",")) for line in rows)
