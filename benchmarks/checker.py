"""
Measures the parts of `check` in one process: `python benchmarks/checker.py [RULES]`.

The rules are between objects of which everything is known: a schema of each system lists every
property with its type. What is compared is the time of all checks together with that of parsing
the same files, in one run; and what each check takes of it. All in the processor's time, which
other work on the machine changes less.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import policies  # noqa: E402  # found by way of the line above
from syncdsl import check  # noqa: E402
from syncdsl.check import CHECKS  # noqa: E402
from syncdsl.check.base import Check, Place  # noqa: E402
from syncdsl.check.over_time import about  # noqa: E402
from syncdsl.policy import Policy  # noqa: E402
from syncdsl.project.examine import understand  # noqa: E402
from syncdsl.project.files import Reader, decode, find  # noqa: E402
from syncdsl.semantics.alike import Alike, Kinds, kinds_of  # noqa: E402
from syncdsl.syntax.parse import parse  # noqa: E402

RULES = 10_000
TRIES = 3  # processes; the best of them counts
MOST_SHOWN = 12

Made = TypeVar("Made")


class Measured(NamedTuple):
    """Seconds, and what was measured."""

    parsing: float
    understanding: float
    checking: float
    again: float
    each: dict[str, float]  # by code
    rules: int
    found: int


def main() -> None:
    rules = int(sys.argv[1]) if len(sys.argv) > 1 else RULES
    # All checks begin with nothing known only once in a process.
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as anew:
        runs = [*anew.map(measured, [rules] * TRIES)]
    parsing, understanding, checking, again = (
        min(parts) for parts in zip(*[run[:4] for run in runs], strict=True)
    )
    print(f"{runs[0].rules} rules, {runs[0].found} findings")
    print(f"parsing                          {parsing:6.2f} s")
    print(f"parsing, schemas and resolving   {understanding:6.2f} s")
    print(f"all checks                       {checking:6.2f} s   {checking / parsing:.2f} parsing")
    print(f"all checks, tables known         {again:6.2f} s   {again / parsing:.2f} parsing")
    print()
    print("of which")
    each = {code: min(run.each[code] for run in runs) for code in runs[0].each}
    for code, seconds in sorted(each.items(), key=lambda part: -part[1])[:MOST_SHOWN]:
        print(f"  {seconds:6.3f} s  {code}")


def measured(rules: int) -> Measured:
    """All parts in this process."""
    gc.disable()  # as the program does
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        policies.write(Path("policies"), rules)
        known(Path("policies"))
        reader = Reader(os.path.realpath("."))
        listed = [reader.read(each.path) for each in find(["policies"])]
        sources = [decode(each.path, each.data or b"")[0] for each in listed]
        parsing, _ = timed(lambda: [parse(source) for source in sources])
        understanding, understood = timed(lambda: understand(listed, reader))
        checking, found = timed(lambda: check.run(understood.policy))
        again, _ = timed(lambda: checked_anew(understood.policy))
        each = each_check(understood.policy)
        os.chdir(ROOT)
    number = len(understood.policy.rules)
    return Measured(parsing, understanding, checking, again, each, number, len(found))


def checked_anew(policy: Policy) -> int:
    """A policy of its own, of which nothing is known but the tables of its clauses."""
    return len(check.run(policy._replace(whole=policy.whole)))


def known(folder: Path) -> None:
    """A schema of each system, for all that the policies in a folder name."""
    for system in ("hubspot", "dynamics"):
        objects: dict[str, Any] = {}
        for path in sorted(folder.glob("*.sync")):
            text = path.read_text(encoding="utf-8")
            file = int(path.stem.rpartition("_")[2])
            name = f"contacts_{file}" if system == "hubspot" else f"contact_{file}"
            numbers = range(file * policies.RULES_A_FILE, (file + 1) * policies.RULES_A_FILE)
            objects[name] = {"properties": policies.properties(system, numbers)}
            kind = f'"{system}.json"'
            text = text.replace(
                f"system {system} {{ kind", f"system {system} {{ schema {kind}, kind"
            )
            path.write_text(text, encoding="utf-8")
        data = {"version": 1, "complete": True, "objects": objects}
        (folder / f"{system}.json").write_text(json.dumps(data), encoding="utf-8")


def each_check(policy: Policy) -> dict[str, float]:
    kinds_of(policy)
    return {each.code: timed(lambda each=each: asked(each, policy))[0] for each in CHECKS}


def asked(one: Check, policy: Policy) -> int:
    """Asks one check about everything, as `check.run` does."""
    if one.policy is not None:
        return len(list(one.policy(policy)))
    found = kinds_of(policy)
    return sum(_of_kind(one, policy, found, kind) for kind in found.different)


def _of_kind(one: Check, policy: Policy, found: Kinds, kind: Alike) -> int:
    places = [Place(*found.rules[place], policy) for place in kind.places]
    clauses, told = kind.rule.clauses, 0
    if one.rules is not None:
        looked_at = not one.by_kind or any(one.rules(Place(kind.rule, kind.mapping, policy)))
        told += sum(len(list(one.rules(place))) for place in places) if looked_at else 0
    if one.rows is not None:
        rows = one.bad_rows(clauses)
        told += sum(bool(one.about(*place[:2], rows)) for place in places) if rows else 0
    if one.laws is not None:
        broken = one.laws(clauses)
        told += sum(bool(about(one, *place[:2], broken)) for place in places) if broken else 0
    return told


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


if __name__ == "__main__":
    main()
