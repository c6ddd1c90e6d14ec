"""
Measures how long it takes to know what becomes of records: `python benchmarks/fates.py`.

The card of a mapping is made once for each kind of mapping, so that is what is counted: of the
mappings of our real policies, and of all kinds that there are, scopes but for a sample. The aim is
20 milliseconds for a whole card, all laws and both engines.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from syncdsl.laws.customs import Customs, customs_of, stand_in  # noqa: E402  # by the line above
from syncdsl.laws.fates import card  # noqa: E402
from syncdsl.laws.life import Life, explore  # noqa: E402
from syncdsl.project.examine import understand  # noqa: E402
from syncdsl.project.files import Reader, find  # noqa: E402
from tests.laws.kinds import kinds  # noqa: E402

AIM = 20.0  # milliseconds


def main() -> None:
    print("What becomes of the records of a mapping, all laws and both engines\n")
    print("| mappings | distinct | states, at most | card (ms) | 95 of 100 (ms) | aim |")
    print("|---|---|---|---|---|---|")
    for name, found in (("our policies", real()), ("all kinds", [*kinds()])):
        for customs in found:
            stand_in(customs)
        gc.disable()  # as `syncdsl check` does
        times = [seconds(customs) * 1000 for customs in found]
        gc.enable()
        states = max(len(explore(Life(customs)).came) for customs in found)
        middle, most = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(
            f"| {name} | {len(found)} | {states} | {middle:.1f} | {most:.1f} "
            f"| {middle / AIM:.2f} of {AIM:.0f} |"
        )


def seconds(customs: Customs) -> float:
    start = time.process_time()
    card(customs)
    return time.process_time() - start


def real() -> list[Customs]:
    reader = Reader(str(ROOT))
    files = [reader.read(found.path) for found in find([str(ROOT / "policies")])]
    policy = understand(files, reader).policy
    return list(dict.fromkeys(map(customs_of, policy.mappings)))


if __name__ == "__main__":
    main()
