"""The parser's tables are those of the grammar, and we drive them as Lark would."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from lark import Lark, Token
from lark.exceptions import UnexpectedInput

from syncdsl.source import Source
from syncdsl.syntax.lexer import tokens
from syncdsl.syntax.parse import parse
from syncdsl.syntax.tables import KEYWORDS, SIGNS
from tests.harness import ROOT, Case, cases
from tests.laws.test_parse import texts
from tests.laws.trees import Text, policies, written
from tools.make_parser import GRAMMAR, TABLES, tables

LARK = Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", maybe_placeholders=True)
NAMES = {terminal.pattern.value: terminal.name for terminal in LARK.terminals} | {
    name.strip("_"): name for name in (terminal.name for terminal in LARK.terminals)
}
CASES = [case for path in sorted(ROOT.glob("tests/syntax/*.sync")) for case in cases(path)]


def test_the_tables_are_those_of_the_grammar() -> None:
    assert TABLES.read_text(encoding="utf-8") == tables(), "run `python tools/make_parser.py`"


def test_the_package_carries_the_grammar() -> None:
    carried = ROOT / "syncdsl" / "syntax" / "syncdsl.lark"
    assert carried.read_text(encoding="utf-8") == GRAMMAR.read_text(encoding="utf-8")


def test_every_keyword_and_sign_of_the_grammar_is_known() -> None:
    quoted = set(re.findall(r'"([^"\s]+)"', _without_patterns(GRAMMAR.read_text(encoding="utf-8"))))
    assert {word for word in quoted if word.isalpha()} == KEYWORDS
    assert {sign for sign in quoted if not sign.isalpha()} == set(SIGNS)


@given(policies.flatmap(written))
def test_lark_reads_what_is_right(policy: Text) -> None:
    assert _lark_accepts(policy.text)


@given(texts)
def test_lark_and_we_agree_on_what_is_wrong(text: str) -> None:
    errors = [each for each in parse(Source("any.sync", text))[1] if each.code == "syntax"]
    assert _lark_accepts(text) == (not errors)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_lark_and_we_agree_on_the_cases(case: Case) -> None:
    errors = [each for each in parse(Source("case.sync", case.text))[1] if each.code == "syntax"]
    assert _lark_accepts(case.text) == (not errors)


def _lark_accepts(text: str) -> bool:
    """Lark's own parser, fed with our tokens."""
    found = tokens(Source("any.sync", text))
    parser: Any = LARK.parse_interactive("")
    for terminal, word in zip(found.terminals, found.words, strict=True):
        if terminal == "END":
            break
        name = NAMES.get(terminal, terminal)
        if terminal in KEYWORDS and name not in parser.accepts():
            name = "NAME"
        try:
            parser.feed_token(Token(name, word))
        except UnexpectedInput:
            return False
    try:
        parser.feed_eof()
    except UnexpectedInput:
        return False
    return True


def _without_patterns(grammar: str) -> str:
    return re.sub(r"//.*|/(?:[^/\\]|\\.)+/", "", grammar)
