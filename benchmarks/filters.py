"""
Measures questions about conditions: `python benchmarks/filters.py` (needs the extra `solver`).

1,000 pairs of filters such as people write (options, ranges of numbers and days, beginnings,
blanks, joined by `and` and `or`) are asked whether they are apart: by plain reasoning as the
checker does, and all of them by z3, which the checker asks only where plain reasoning does not
reach. Both have to say the same. Times are the processor's, so that a busy machine decides nothing.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from syncdsl.condition import (  # noqa: E402  # found by way of the line above
    AllOf,
    AnyOf,
    Compare,
    Condition,
    IsBlank,
    IsIn,
    Negation,
    Operand,
)
from syncdsl.filters import HOLDS, plain, solver  # noqa: E402
from syncdsl.filters.question import Answer, Demand, Question, Verdict  # noqa: E402
from syncdsl.situation import Side  # noqa: E402

PAIRS = 1_000
STAGES = ("subscriber", "lead", "opportunity", "customer", "evangelist", "other")
LEFT, RIGHT = Side.LEFT, Side.RIGHT


def main() -> None:
    chance = random.Random(20260201)
    questions = [
        Question(tuple(Demand(filter_(chance), HOLDS) for _ in range(2))) for _ in range(PAIRS)
    ]
    print(f"{PAIRS:,} pairs of filters: are they apart?\n")
    print("| by | questions/s | median (ms) | slowest (ms) | apart | not apart | unknown |")
    print("|---|---|---|---|---|---|---|")
    said = [
        measured(name, by, questions) for name, by in (("plain", plain.solve), ("z3", solver.solve))
    ]
    contradictions = sum(
        {one, two} == {Answer.YES, Answer.NO} for one, two in zip(*said, strict=True)
    )
    print(f"\n{contradictions} contradictions")


Solve = Callable[[list[Demand], Question], Verdict]


def measured(name: str, solve: Solve, questions: list[Question]) -> list[Answer]:
    answers, times = [], []
    for question in questions:
        start = time.process_time()
        answers.append(answer(solve, question))
        times.append(time.process_time() - start)
    told = Counter(answers)
    print(
        f"| {name} | {len(times) / sum(times):,.0f} | {statistics.median(times) * 1000:.2f} "
        f"| {max(times) * 1000:.1f} | {told[Answer.NO]} | {told[Answer.YES]} "
        f"| {told[Answer.UNKNOWN]} |"
    )
    return answers


def answer(solve: Solve, question: Question) -> Answer:
    """Can both filters hold? As the checker asks it, bundle by bundle."""
    said = [solve(bundle, question).answer for bundle in plain.bundles(question.demands)]
    if Answer.NO in said:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in said else Answer.YES


def filter_(chance: random.Random) -> Condition:
    parts = tuple(part(chance) for _ in range(chance.choice([1, 1, 2, 2, 3, 4])))
    if len(parts) == 1:
        return parts[0]
    if chance.random() < 0.25:
        return AnyOf(parts)
    return AllOf((AnyOf(parts[:2]), *parts[2:])) if chance.random() < 0.2 else AllOf(parts)


def part(chance: random.Random) -> Condition:
    """A condition on one property, or on two of them."""
    kind = chance.choice(["option", "option", "number", "date", "text", "blank", "bool", "two"])
    order = chance.choice(["<", "<=", ">", ">="])
    if kind == "option":
        stage = Operand(LEFT, "lifecyclestage", "option")
        some = tuple(chance.sample(STAGES, chance.choice([1, 2, 3])))
        found: Condition = IsIn(stage, some, "option")
        return Negation(found) if chance.random() < 0.3 else found
    if kind == "number":
        score = Operand(LEFT, chance.choice(["score", "employees"]), "number")
        return Compare(score, order, chance.choice([0, 10, 50, 100, 500]), "number")
    if kind == "date":
        day = f"2026-0{chance.randint(1, 9)}-01"
        return Compare(Operand(RIGHT, "createdon", "datetime"), order, day, "datetime")
    if kind == "text":
        code = Operand(RIGHT, "address1_postalcode", "text")
        comparison = chance.choice(["starts with", "starts with", "contains", "="])
        return Compare(code, comparison, str(chance.choice([0, 1, 10, 101, 80])), "text")
    if kind == "blank":
        name, type_ = chance.choice([("email", "text"), ("lifecyclestage", "option")])
        blank = IsBlank(Operand(LEFT, name, type_))
        return Negation(blank) if chance.random() < 0.7 else blank
    if kind == "bool":
        return Compare(Operand(RIGHT, "donotbulkemail", "bool"), "=", chance.random() < 0.5, "bool")
    changed, made = (Operand(RIGHT, name, "datetime") for name in ("modifiedon", "createdon"))
    return Compare(changed, order, made, "datetime")


if __name__ == "__main__":
    main()
