"""
Invented values that look real, for counterexamples that people read.

No value here belongs to anybody: the addresses are of example.com, the telephone numbers of the
ranges that regulators keep for films. What a property is called and what type it has say which
values look right; a property that says nothing gets points of the compass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from syncdsl.convert import Step, Value, text

# A film's numbers: Ofcom's range for London, the Bundesnetzagentur's for Berlin, and 555-01xx.
_PHONES = ("+49 30 23125001", "+44 20 7946 0958", "+1 202 555 0143")
_TIMES = ("2026-03-02T09:00:00Z", "2026-04-15T16:30:00Z", "2026-05-20T08:15:00Z")
_DAYS = ("2026-03-02", "2026-04-15", "2026-05-20")
_TRUTHS = (True, False)
_OBJECTIONS = (False, True)  # what everybody has, before what some have said
_WORDS = ("North", "South", "East")

_OBJECTION = "optout|optedout|donot|unsubscri|blocked|exclude"

# The first whose words stand in a property's name; the words are written without separators.
_BY_NAME: tuple[tuple[str, tuple[Value, ...]], ...] = (
    (_OBJECTION, _OBJECTIONS),
    ("consent|optin|accepts", _TRUTHS),
    ("mail(?!ing|box)", ("ada@example.com", "grace@example.com", "alan@example.com")),
    ("phone|mobile|fax", _PHONES),
    ("firstname|givenname", ("Ada", "Grace", "Alan")),
    ("lastname|surname|familyname", ("Lovelace", "Hopper", "Turing")),
    ("lifecycle", ("lead", "customer", "opportunity")),
    ("source|channel", ("ORGANIC_SEARCH", "REFERRALS", "PAID_SEARCH")),
    ("stage|status|phase", ("open", "won", "lost")),
    ("jobtitle|position", ("Engineer", "Head of Sales", "Buyer")),
    ("currency", ("EUR", "USD", "CHF")),
    ("employees|quantity|count|inventory|score", (12, 50, 7)),
    ("amount|price|revenue|cost|total|limit|value", (1200, Decimal("950.50"), 80)),
    ("createdat|updatedat|timestamp", _TIMES),
    ("date|day|birth", _DAYS),
    ("website|domain|url", ("www.example.com", "shop.example.com", "example.org")),
    ("city|town", ("London", "Dresden", "Paris")),
    ("zip|postal|postcode", ("01067", "10115", "80331")),
    ("country", ("Germany", "Austria", "France")),
    ("street|address|line1", ("1 Old Street", "2 New Street", "3 Long Lane")),
    ("note|message|description|comment", ("Call back in May", "Prefers mail", "Met at the fair")),
    ("company|account|name", ("Ada Ltd", "Engines and Sons", "Example Works")),
    ("number|id$|no$|key", ("1042", "1043", "1044")),
)

_BY_TYPE: dict[str, tuple[Value, ...]] = {
    "number": (3, 8, 12),
    "money": (1200, Decimal("950.50"), 80),
    "bool": _TRUTHS,
    "date": _DAYS,
    "datetime": _TIMES,
    "reference": ("1042", "1043", "1044"),
}
_BY_STEP: dict[str, tuple[Value, ...]] = {
    "number": (3, 8, 12),
    "bool": _TRUTHS,
    "negate": _TRUTHS,
    "date": _DAYS,
    "datetime": _TIMES,
    "e164": _PHONES,
}

# What people and forms write where something else was expected.
_ODD_BY_STEP: dict[str, Value] = {
    "number": "many",
    "bool": "perhaps",
    "negate": "perhaps",
    "date": "soon",
    "datetime": "soon",
    "e164": "ask at reception",
}


@cache
def typical(name: str, kind: str | None) -> tuple[Value, ...]:
    """Values of a property, as far as its name and its type tell."""
    if kind in _BY_TYPE and kind != "bool":
        return _BY_TYPE[kind]
    squeezed = re.sub(r"[\W_]", "", name).lower()
    if kind == "bool":
        return _OBJECTIONS if re.search(_OBJECTION, squeezed) else _TRUTHS
    for words, values in _by_name():
        if words.search(squeezed):
            texts = kind in (None, "list") or all(isinstance(value, str) for value in values)
            return values if texts else tuple(map(text, values))
    return _WORDS


@cache
def _by_name() -> tuple[tuple[re.Pattern[str], tuple[Value, ...]], ...]:
    return tuple((re.compile(words), values) for words, values in _BY_NAME)


def accepted(steps: Iterable[Step]) -> Iterator[Value]:
    """Values that the first step that is particular can take."""
    for step in steps:
        if step.name in _BY_STEP:
            yield from _BY_STEP[step.name]
            return


def odd(steps: Iterable[Step], kind: str | None) -> Iterator[Value]:
    """Values that a conversion, a map or an order may refuse."""
    for step in steps:
        if step.name in _ODD_BY_STEP:
            yield _ODD_BY_STEP[step.name]
        elif step.name == "text" and isinstance(step.argument, int):
            yield ("a long text and " * (step.argument // 16 + 1))[: step.argument].rstrip() + "!!"
        elif step.name == "join":
            yield [f"one{step.argument or ';'}two"]
    if kind in ("number", "money"):
        yield 99
    yield from ("something else", "another thing")


def lists(values: Iterable[Value], kind: str | None, steps: Iterable[Step]) -> Iterator[Value]:
    """The same values as lists, or as the texts that stand for lists."""
    words = [text(value) for value in values]
    separators = ["\n"]
    for step in steps:
        if step.name == "split":
            separators.insert(0, str(step.argument or ";"))
        if step.name == "join" and kind is None:
            kind = "list"
    if kind == "list":
        yield from ([word] for word in words)
        yield from ([first, second] for first, second in pairwise(words))
        return
    for separator in separators:
        yield from words
        for first, second in pairwise(words):
            yield f"{first}{separator}{second}"


def beside(constant: Value) -> Iterator[Value]:
    """A value that a condition compares with, and values on each side of it."""
    if isinstance(constant, bool):
        yield from (constant, not constant)
    elif isinstance(constant, int | Decimal):
        yield from (constant, constant + 1, constant - 1)
    elif isinstance(constant, str):
        yield from (constant, f"{constant} and more", f"before {constant}")
    else:
        yield constant
