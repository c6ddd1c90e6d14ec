"""
Measures how long the laws of a rule take: `python benchmarks/laws.py`.

A card is made once for each distinct set of clauses, so that is what is counted: of the rules of
our real policies, and of short ones with every write mode, both kinds of arrows, a condition or
none. The aim is 20 milliseconds for a whole card, all laws and both engines.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from syncdsl.flow.exhaustive import histories  # noqa: E402  # found by the line above
from syncdsl.flow.graph import graph_of  # noqa: E402
from syncdsl.flow.scene import cast  # noqa: E402
from syncdsl.laws.law import Engine, card  # noqa: E402
from syncdsl.laws.model import Model  # noqa: E402
from syncdsl.laws.reach import explore  # noqa: E402
from syncdsl.policy import Clauses, Policy  # noqa: E402
from syncdsl.project.examine import understand  # noqa: E402
from syncdsl.project.files import Content, Reader, find  # noqa: E402
from syncdsl.semantics.table import table  # noqa: E402

AIM = 20.0  # milliseconds

MODES = (
    *("", "if blank", "once", "append", "union", "forward only in stages", "sticky"),
    *("clear blanks", "clear emptied"),
)
WINNERS = ("", "crm wins", "most recent wins", "ask")
GUARDS = ("", "when crm.z = a")


def main() -> None:
    print("The laws of a rule, all of them on both engines\n")
    print("| clauses of | distinct | states, at most | card (ms) | 95 of 100 (ms) | aim |")
    print("|---|---|---|---|---|---|")
    for name, sets in (("our policies", real()), ("every write mode", short())):
        for clauses in sets:
            table(clauses)  # the checks have it anyway
        gc.disable()  # as `syncdsl check` does
        times = [seconds(clauses) * 1000 for clauses in sets]
        gc.enable()
        states = max(
            len(explore(Model(clauses, engine)).all) for clauses in sets for engine in Engine
        )
        middle, most = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(
            f"| {name} | {len(sets)} | {states} | {middle:.1f} | {most:.1f} "
            f"| {middle / AIM:.2f} of {AIM:.0f} |"
        )

    print("\nSeveral mappings, all histories\n")
    print("| policy | states | came to its end | seconds |")
    print("|---|---|---|---|")
    for name, text in SEVERAL.items():
        graph = graph_of(understood(text))
        found = cast(graph, graph.edges)
        assert found is not None
        start = time.process_time()
        met = histories(found.scene)
        took = time.process_time() - start
        assert met is not None
        print(f"| {name} | {len(met.states)} | {'yes' if met.is_whole else 'no'} | {took:.2f} |")


SEVERAL = {
    "two-way between three systems": """
mapping a: h.c <-> d.c { p: h.x <-> d.y, ask }
mapping b: d.c <-> e.c { p: d.y <-> e.z, ask }""",
    "a two-way ring": """
mapping a: h.c <-> d.c { p: h.x <-> d.y, ask }
mapping b: d.c <-> e.c { p: d.y <-> e.z, ask }
mapping c: e.c <-> h.c { p: e.z <-> h.x, ask }""",
}


def understood(text: str) -> Policy:
    lines = text.replace("{ ", "{\n").replace(" }", "\n}")
    file = Content("several.sync", str(ROOT / "several.sync"), lines.encode())
    return understand([file], Reader(str(ROOT))).policy


def seconds(clauses: Clauses) -> float:
    start = time.process_time()
    card(clauses)
    return time.process_time() - start


def real() -> list[Clauses]:
    reader = Reader(str(ROOT))
    files = [reader.read(found.path) for found in find([str(ROOT / "policies")])]
    return distinct(files, reader)


def short() -> list[Clauses]:
    lines = ["order stages { lead < open < won }"]
    for number, (arrow, mode, winner, guard) in enumerate(
        product(("->", "<->"), MODES, WINNERS, GUARDS)
    ):
        if not winner or (arrow == "<->" and mode in ("", "clear blanks", "clear emptied")):
            said = ", ".join(filter(None, (mode, winner, guard)))
            lines.append(f"r{number}: crm.x{number} {arrow} erp.y{number} {said}")
    text = "\n".join(lines)
    file = Content("short.sync", str(ROOT / "short.sync"), text.encode())
    return distinct([file], Reader(str(ROOT)))


def distinct(files: list[Content], reader: Reader) -> list[Clauses]:
    rules = understand(files, reader).policy.rules
    plain = (rule.clauses._replace(owner=None) for rule in rules)
    return list(dict.fromkeys(plain))


if __name__ == "__main__":
    main()
