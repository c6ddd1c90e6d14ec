"""
Measures `check`, and prints tables of ratios: `python benchmarks/run.py` (needs the extra `bench`).

Times are of whole processes, the commands of a comparison run in turn, and a ratio is the median of
the ratios pair by pair, so that a machine whose speed drifts does not decide. `--quick` leaves the
largest sizes out.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import policies  # noqa: E402  # found by way of the line above
from syncdsl.schema import parse  # noqa: E402
from syncdsl.source import Source  # noqa: E402

CHECK = [sys.executable, "-m", "syncdsl", "check"]
ENTRIES = 50
PAIRS = 11


class Run(NamedTuple):
    seconds: float
    peak: float  # MiB
    code: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave the largest sizes out")
    options = parser.parse_args()
    # The peers come compiled, as everything that is installed does; so does a checkout after its
    # first run, unless the environment forbids it.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPATH"] = str(ROOT)
    compileall.compile_dir(ROOT / "syncdsl", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        one_file(Path(folder) / "one")
        schemas()
        sizes: tuple[int, ...] = (500, 1_000, 2_000, 5_000, 10_000, 20_000)
        if not options.quick:
            sizes = (*sizes, 50_000, 100_000)
        many_files(Path(folder) / "many", sizes)


def one_file(folder: Path) -> None:
    """One file from a cold process, against linters of other languages."""
    folder.mkdir()
    (folder / "policy.sync").write_text(policies.policy(0, range(ENTRIES)), encoding="utf-8")
    (folder / "rules.yaml").write_text(policies.yaml(ENTRIES), encoding="utf-8")
    (folder / "columns.sql").write_text(policies.sql(ENTRIES), encoding="utf-8")
    ours = [*CHECK, "--no-cache", "policy.sync"]
    peers = {
        "yamllint": [sys.executable, "-m", "yamllint", "rules.yaml"],
        "sqlfluff lint": [
            sys.executable, "-m", "sqlfluff", "lint", "--dialect", "ansi", "columns.sql"
        ],
        "python -c pass": [sys.executable, "-c", "pass"],
    }  # fmt: skip
    print(f"One file of {ENTRIES} rules, whole process\n")
    print("| against | syncdsl check (ms) | peer (ms) | ratio |")
    print("|---|---|---|---|")
    for name, command in peers.items():
        times = [(run(ours, folder), run(command, folder)) for _ in range(PAIRS + 1)][1:]
        check = statistics.median(mine.seconds for mine, _ in times) * 1000
        peer = statistics.median(theirs.seconds for _, theirs in times) * 1000
        ratio = statistics.median(mine.seconds / theirs.seconds for mine, theirs in times)
        print(f"| {name} | {check:.0f} | {peer:.0f} | {ratio:.2f} |")
    print()


def schemas() -> None:
    """Reading schemas, against Python's own parser of JSON on the same bytes."""
    print("Schema files, in one process\n")
    print("| file | KiB | json.loads (ms) | reading (ms) | ratio | with one mistake |")
    print("|---|---|---|---|---|---|")
    shipped = ROOT / "syncdsl" / "schema" / "kinds"
    files = {
        "HubSpot contacts": (shipped / "hubspot" / "contacts.json").read_text(encoding="utf-8"),
        "Dynamics contact": (shipped / "dynamics365" / "contact.json").read_text(encoding="utf-8"),
        "30,000 properties": policies.schema(100, 300),
    }
    for name, text in files.items():
        wrong = Source(name, text.replace('"type": "text"', '"type": "texts"', 1))
        calls = partial(json.loads, text), partial(parse, Source(name, text)), partial(parse, wrong)
        plain, ours, told = map(best, calls)
        size = f"{len(text) / 1024:,.0f}"
        print(
            f"| {name} | {size} | {plain:.1f} | {ours:.1f} | {ours / plain:.1f} "
            f"| {told / plain:.1f} |"
        )
    print()


def best(call: Callable[[], object]) -> float:
    """Milliseconds."""
    times = []
    for _ in range(PAIRS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def many_files(folder: Path, sizes: tuple[int, ...]) -> None:
    """Many rules in many files: growth, speed, memory, and what a second run costs."""
    print(f"Many rules, {policies.RULES_A_FILE} in a file\n")
    print(
        "| rules | cold (s) | time(n)/time(n/2) | rules/s | peak (MiB) | parsing (share) "
        "| unchanged (s) |"
    )
    print("|---|---|---|---|---|---|---|")
    cold: dict[int, float] = {}
    for size in sizes:
        here = folder / str(size)
        policies.write(here, size)
        (here / "syncdsl.toml").write_text("", encoding="utf-8")
        first = min(run([*CHECK, "--no-cache", "."], here) for _ in range(3))
        run([*CHECK, "."], here)
        again = min(run([*CHECK, "."], here) for _ in range(3))
        cold[size] = first.seconds
        growth = f"{first.seconds / cold[size // 2]:.2f}" if size // 2 in cold else ""
        print(
            f"| {size:,} | {first.seconds:.2f} | {growth} | {size / first.seconds:,.0f} "
            f"| {first.peak:.0f} | {parsing_share(here):.0%} | {again.seconds:.2f} |"
        )


_PARSE_ALL = """
import gc, time
from pathlib import Path
from syncdsl.source import Source
from syncdsl.syntax.parse import parse
gc.disable()
start = time.perf_counter()
for path in sorted(Path(".").glob("*.sync")):
    parse(Source(str(path), path.read_text()))
print(time.perf_counter() - start)
"""


def parsing_share(folder: Path) -> float:
    """How much of the whole is reading and parsing, which is measured in a process of its own."""
    command = [sys.executable, "-c", _PARSE_ALL]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    return float(done.stdout) / run([*CHECK, "--no-cache", "."], folder).seconds


def run(command: list[str], folder: Path) -> Run:
    """One run of a command, with the memory that the operating system says it used."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_maxrss / unit, process.returncode)


if __name__ == "__main__":
    main()
