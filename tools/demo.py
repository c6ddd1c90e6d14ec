"""`make demo`: the real policies are clean, the tutorial's faulty file is not, and here is why."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FAULTY = "docs/tutorial/faulty.sync"
FINDING = "overwrite-on-reactivation"


def main() -> int:
    policies = show("check", "policies")
    faulty = show("check", FAULTY)
    if policies == 0 and faulty == 1 and FINDING in codes(FAULTY):
        print(f"Both ended as they should: policies/ is clean, {FAULTY} has {FINDING}.")
        return 0
    print(
        f"Expected exit 0 for policies/ and exit 1 with {FINDING} for {FAULTY}; "
        f"got exit {policies} and exit {faulty}.",
        file=sys.stderr,
    )
    return 1


def show(*arguments: str) -> int:
    """Run syncdsl as a user would see it, and tell its exit code."""
    print("$ syncdsl", *arguments, flush=True)
    code = syncdsl(*arguments).returncode
    print(flush=True)
    return code


def codes(path: str) -> set[str]:
    report = json.loads(syncdsl("check", "--format", "json", path, stdout=subprocess.PIPE).stdout)
    return {finding["code"] for finding in report["findings"]}


def syncdsl(*arguments: str, stdout: int | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "syncdsl", *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=stdout, encoding="utf-8", check=False)


if __name__ == "__main__":
    sys.exit(main())
