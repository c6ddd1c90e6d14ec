"""
Ways to spoil a text. Each takes it and a source of chance, and gives it back with one thing wrong;
the same chance does the same.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.fuzz import corpus

# What looks like something else, turns the text round, ends a line that is none, is no character
# at all, or is larger than what a program counts with.
ODD = (
    "\0",
    "\t",
    "\r",
    "\v",
    "\f",
    "\x1b[2J",
    "\x7f",
    "\x85",
    "\xa0",
    "\xad",
    "\u0301",
    "\u061c",
    "\u200b",
    "\u200d",
    "\u2028",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\uffff",
    "\U0001f469",
    "\U000e0041",
    "é",
    "İ",
    "ß",
    "а",
    "ñ",
    "字",
    "“",
    "–",
    "−",
    "٣",
    "²",
    "\\",
    "\\n",
    "\\u0000",
    '\\"',
    "'",
    '""',
    "``",
    "` `",
    '"\\',
    "%",
    "{{",
    "{%",
    "$(",
    "<b>",
    "|",
    "](",
    "..",
    "__class__",
    "None",
    "-0",
    "0.0",
    "-1",
    "1e999",
    "9" * 30,
    "9" * 5000,
    "0." + "0" * 400 + "1",
    "2024-02-30",
)
BRACKETS = "()[]{}"
JSON_VALUES = (
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e999",
    "NaN",
    "-Infinity",
    '""',
    "[]",
    "{}",
    "[[]]",
    '[{"value": 1}]',
    '{"": {}}',
    '"\\ud800"',
    '"\\u0000"',
    '"\\u202e"',
    "9" * 5000,
    "1" * 30,
    '"text"',
    '"option"',
    '"number"',
    '"bool"',
    '"list"',
    '"a\\nb"',
    '"`"',
    "[null]",
    '[{"value": ""}]',
)

Mutation = Callable[[str, Random], str]


def spoil(data: bytes, chance: Random, ways: tuple[Mutation, ...]) -> bytes:
    """One to four things wrong; now and then the bytes as well."""
    text = data.decode()
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = chance.choice(ways)(text, chance)
    spoilt = text.encode()
    if chance.random() < 0.1:
        spoilt = chance.choice(IN_BYTES)(spoilt, chance)
    return spoilt


# ── lines ────────────────────────────────────────────────────────────────────────────────────────


def drop_lines(text: str, chance: Random) -> str:
    lines, start, end = _some_lines(text, chance)
    return "".join(lines[:start] + lines[end:])


def double_lines(text: str, chance: Random) -> str:
    lines, start, end = _some_lines(text, chance)
    return "".join(lines[:end] + lines[start:])


def swap_lines(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def move_lines(text: str, chance: Random) -> str:
    lines, start, end = _some_lines(text, chance)
    rest = lines[:start] + lines[end:]
    at = chance.randint(0, len(rest))
    return "".join(rest[:at] + lines[start:end] + rest[at:])


def join_lines(text: str, chance: Random) -> str:
    lines, start, _ = _some_lines(text, chance)
    lines[start] = lines[start].rstrip("\r\n") + chance.choice(("", " "))
    return "".join(lines)


def break_line(text: str, chance: Random) -> str:
    at = chance.randint(0, len(text))
    return (
        text[:at] + chance.choice(("\n", "\r\n", "\r", "\n\n\n", "\n# c\n", "\n## d\n")) + text[at:]
    )


def foreign_line(text: str, chance: Random) -> str:
    """A line of some other text."""
    lines, start, _ = _some_lines(text, chance)
    return "".join([*lines[:start], chance.choice(corpus.lines()), "\n", *lines[start:]])


def truncate(text: str, chance: Random) -> str:
    return text[: chance.randint(0, len(text))]


def behead(text: str, chance: Random) -> str:
    return text[chance.randint(0, len(text)) :]


# ── tokens ───────────────────────────────────────────────────────────────────────────────────────


def replace_token(text: str, chance: Random) -> str:
    start, end = _some_token(text, chance)
    return text[:start] + chance.choice(corpus.tokens()) + text[end:]


def insert_token(text: str, chance: Random) -> str:
    start, _ = _some_token(text, chance)
    return f"{text[:start]}{chance.choice(corpus.tokens())} {text[start:]}"


def drop_token(text: str, chance: Random) -> str:
    start, end = _some_token(text, chance)
    return text[:start] + text[end:]


def double_token(text: str, chance: Random) -> str:
    start, end = _some_token(text, chance)
    return f"{text[:end]} {text[start:]}"


def swap_tokens(text: str, chance: Random) -> str:
    one, other = sorted((_some_token(text, chance), _some_token(text, chance)))
    if one[1] > other[0]:
        return text
    middle = text[one[1] : other[0]]
    return text[: one[0]] + text[slice(*other)] + middle + text[slice(*one)] + text[other[1] :]


def unbalance(text: str, chance: Random) -> str:
    """A bracket too many, or too few, or another one."""
    places = [at for at, char in enumerate(text) if char in BRACKETS]
    bracket: str = chance.choice((*BRACKETS, ""))
    if not places or chance.random() < 0.4:
        at = chance.randint(0, len(text))
        return text[:at] + bracket + text[at:]
    at = chance.choice(places)
    return text[:at] + bracket + text[at + 1 :]


def add_clauses(text: str, chance: Random) -> str:
    """A rule gets clauses of other rules: these are right by themselves, and hardly together."""
    lines = text.splitlines(keepends=True)
    rules = [index for index, line in enumerate(lines) if "->" in line or "<-" in line]
    if not rules:
        return text
    index = chance.choice(rules)
    line, comment, rest = lines[index].rstrip("\r\n,").partition(" #")
    more = chance.choices(corpus.clauses(), k=chance.choice((1, 1, 2, 3)))
    lines[index] = ", ".join([line.rstrip(", "), *more]) + comment + rest + "\n"
    return "".join(lines)


# ── characters ───────────────────────────────────────────────────────────────────────────────────


def odd_character(text: str, chance: Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(ODD) + text[at + chance.randint(0, 1) :]


def other_character(text: str, chance: Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chr(chance.randint(32, 126)) + text[at + 1 :]


def double_part(text: str, chance: Random) -> str:
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.randint(1, 40))
    return text[:end] + text[start:]


def other_line_ends(text: str, chance: Random) -> str:
    return text.replace("\n", chance.choice(("\r\n", "\r")))


def json_value(text: str, chance: Random) -> str:
    """Another value for a key."""
    places = [at for at in range(len(text)) if text.startswith(": ", at)]
    if not places:
        return text
    start = chance.choice(places) + 2
    return text[:start] + chance.choice(JSON_VALUES) + text[_json_end(text, start) :]


# ── bytes ────────────────────────────────────────────────────────────────────────────────────────


def flip_bits(data: bytes, chance: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 1, 5))):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def random_bytes(data: bytes, chance: Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 3, 50))) + data[at:]


def other_encoding(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    code = chance.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "utf-7"))
    return text.encode(code, "replace")


IN_TEXT: tuple[Mutation, ...] = (
    drop_lines,
    double_lines,
    swap_lines,
    move_lines,
    join_lines,
    break_line,
    foreign_line,
    truncate,
    behead,
    replace_token,
    replace_token,
    insert_token,
    drop_token,
    double_token,
    swap_tokens,
    unbalance,
    add_clauses,
    add_clauses,
    odd_character,
    other_character,
    double_part,
    other_line_ends,
)
IN_SCHEMAS: tuple[Mutation, ...] = (
    drop_lines,
    double_lines,
    swap_lines,
    move_lines,
    truncate,
    swap_tokens,
    replace_token,
    unbalance,
    odd_character,
    other_character,
    json_value,
    json_value,
    json_value,
    json_value,
)
IN_BYTES = (flip_bits, random_bytes, other_encoding)


def _some_lines(text: str, chance: Random) -> tuple[list[str], int, int]:
    """The lines of a text, and the first and the end of a few of them."""
    lines = text.splitlines(keepends=True) or [""]
    start = chance.randrange(len(lines))
    return lines, start, min(len(lines), start + chance.choice((1, 1, 2, 10)))


def _some_token(text: str, chance: Random) -> tuple[int, int]:
    """The place of a token; in a text that has none, its end."""
    return chance.choice(corpus.spans_of_tokens(text) or [(len(text), len(text))])


def _json_end(text: str, start: int) -> int:
    """Where a value ends, as far as one line tells."""
    ends = [text.find(char, start) for char in ",\n"]
    return min((end for end in ends if end >= 0), default=len(text))
