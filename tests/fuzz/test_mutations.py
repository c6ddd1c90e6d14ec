"""
Policies that an editor, a merge or a bad disk has been at: never a crash, never a hang.

Every run tries the same mutations. For others, and more of them: set SYNCDSL_FUZZ to a number.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from syncdsl.source import Source
from syncdsl.syntax.characters import MAX_WARNINGS
from syncdsl.syntax.format import format_file
from syncdsl.syntax.parse import MAX_ERRORS, parse

SEEDS = sorted((Path(__file__).parent / "seeds").glob("*.sync"))
ROUNDS = 300
BRACKETS = '()[]{}"`,:#\n'


def survives(text: str) -> None:
    """It is read and printed, with few words about it, each at a place in it."""
    file, found = parse(Source("fuzz.sync", text))
    assert len(found) <= MAX_ERRORS + 1 + 2 * MAX_WARNINGS
    assert all(0 <= each.span.start <= each.span.end <= len(text) for each in found)
    format_file(file)


# ── small harm, at random ────────────────────────────────────────────────────────────────────────


def _flip_bytes(random: Random, text: str) -> str:
    data = bytearray(text.encode())
    for _ in range(random.randint(1, 8)):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data.decode(errors="replace")


def _put_in(random: Random, text: str) -> str:
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(BRACKETS) + text[at:]
    return text


def _leave_out(random: Random, text: str) -> str:
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(text))
        text = text[:at] + text[at + random.randint(1, 20) :]
    return text + " "


def _drop_lines(random: Random, text: str) -> str:
    return "".join(line for line in text.splitlines(True) if random.random() > 0.1)


def _double_lines(random: Random, text: str) -> str:
    return "".join(line * random.choice((1, 1, 1, 2)) for line in text.splitlines(True))


def _swap_lines(random: Random, text: str) -> str:
    lines = text.splitlines(True)
    for _ in range(3):
        left, right = random.randrange(len(lines)), random.randrange(len(lines))
        lines[left], lines[right] = lines[right], lines[left]
    return "".join(lines)


def _join_lines(random: Random, text: str) -> str:
    return "".join(char for char in text if char != "\n" or random.random() > 0.1)


def _cut_off(random: Random, text: str) -> str:
    return text[: random.randrange(len(text))]


def _lose_brackets(random: Random, text: str) -> str:
    return "".join(char for char in text if char not in "()[]{}" or random.random() > 0.2)


def _mix_words(random: Random, text: str) -> str:
    words = text.split(" ")
    for _ in range(random.randint(1, 20)):
        words[random.randrange(len(words))] = random.choice(words)
    return " ".join(words)


MUTATIONS: tuple[Callable[[Random, str], str], ...] = (
    _flip_bytes,
    _put_in,
    _leave_out,
    _drop_lines,
    _double_lines,
    _swap_lines,
    _join_lines,
    _cut_off,
    _lose_brackets,
    _mix_words,
)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_a_damaged_policy_is_survived(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")
    rounds = int(os.environ.get("SYNCDSL_FUZZ", ROUNDS))
    random = Random(rounds)
    for _ in range(rounds):
        damaged = text
        for mutate in random.choices(MUTATIONS, k=random.choice((1, 1, 2, 3))):
            damaged = mutate(random, damaged + " ")
        survives(damaged)


# ── great harm ───────────────────────────────────────────────────────────────────────────────────

MANY = 10_000
LONG = 1_000_000  # times one character in a token
WIDE = 20_000  # times something on one line


@pytest.mark.parametrize(
    "text",
    [
        "a" * LONG,
        "`" + "a" * LONG,
        '"' + "a" * LONG,
        '"' + "\\n" * LONG,
        '"' + "\\x" * LONG + '"',
        "1" * LONG,
        "1" * LONG + "a",
        "=" * LONG + ">",
        "a-" * LONG,
        "1-a" * LONG,
        "# " + "a" * LONG,
        " " * LONG,
        "\n" * LONG,
        "a: b -> c" + " " * LONG + "once",
        "-" * WIDE,
        "<" * WIDE,
        "a." * WIDE,
        "'" * WIDE,
        "“a" * WIDE,
        "\r" * WIDE,
        "\x00" * WIDE,
        "é" * WIDE,
        "\u200b" * WIDE,
        "nаme " * WIDE,
        "a: b -> c when d.e = 1" + " and d.e = 1" * WIDE,
        "a: b -> c when d.e in [" + "f, " * WIDE + "]",
        "a: b -> c, " + "once, " * WIDE,
        "a: b -> c as trim" + " | trim" * WIDE,
        "a: b -> c on create" + " or create" * WIDE,
        "order o { a" + " < a" * WIDE + " }",
        'test "t" { given a { ' + "b: c, " * WIDE + "} }",
        "match " + "a = b, " * WIDE,
        "mapping m: a -> b {" * MANY,
        "mapping m: a -> b {\n" * MANY,
        "values v { " * MANY + "}" * MANY,
        'test "t" {\n' * MANY + "}\n" * MANY,
    ],
    ids=lambda text: repr(text[:16]),
)
def test_a_very_long_line_is_survived(text: str) -> None:
    survives(text)


@pytest.mark.parametrize(
    ("opening", "closing"), [("(", ")"), ("[", "]"), ("{", "}"), ("(", "]"), ("{", ")")]
)
def test_ten_thousand_brackets_are_survived(opening: str, closing: str) -> None:
    for around in ("", "\n", "not "):
        inner = f"{around}{opening}" * MANY + "b.c = 1" + closing * MANY
        survives(f"a: b -> c when {inner}\nd: e -> f\n")
    survives(f"mapping m: a -> b {{\n  scope {opening * MANY}\n}}\n")
    survives(f'test "t" {{\n  given a {opening * MANY}{closing}\n}}\n')
    survives(opening * MANY)
    survives(closing * MANY)
