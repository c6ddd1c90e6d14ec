"""
The command line: exit codes, and what is said when something goes wrong.

Start-up time is looked after here. A plain `check` needs no parser of options, so it goes its way
without Click. And the garbage collector rests: a run makes millions of small things that all live
until its end, and going through them again and again takes longer than the work itself.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

TRACEBACK = "SYNCDSL_TRACEBACK"  # if this is set in the environment, a bug shows where it is

FOUND, CANNOT, INTERRUPTED = 1, 2, 130


def main() -> None:
    """The program `syncdsl`."""
    gc.disable()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Does what the arguments say. The exit code: 0 nothing wrong, 1 findings, 2 not done."""
    where = ""
    try:
        from syncdsl.cli.terminal import complain

        return _run(list(arguments))
    except KeyboardInterrupt:
        return INTERRUPTED
    except MemoryError:
        words = ["this needs more memory than there is"]
    except Exception as problem:
        words = _in_words(problem)
        if os.environ.get(TRACEBACK):
            import traceback

            where = traceback.format_exc()
    # Only now is the exception gone, and with it what it held; there is memory again to say so.
    complain("".join([where, *(f"syncdsl: {line}\n" for line in words)]))
    return CANNOT


def _run(arguments: list[str]) -> int:
    if _is_plain_check(arguments):
        from syncdsl.cli.checking import Asked, check
        from syncdsl.cli.reporting import Output

        paths = [each for each in arguments[1:] if each != "--no-cache"]
        return check(Asked(paths, use_cache="--no-cache" not in arguments), Output())
    from syncdsl.cli.verbs import call

    return call(arguments)


def _is_plain_check(arguments: list[str]) -> bool:
    return arguments[:1] == ["check"] and not any(
        each.startswith("-") and each not in ("-", "--no-cache") for each in arguments[1:]
    )


def _in_words(problem: Exception) -> list[str]:
    from syncdsl.project.files import Trouble

    if isinstance(problem, Trouble):
        return [str(problem)]
    if isinstance(problem, OSError):
        where = f": {problem.filename}" if problem.filename else ""
        return [f"{(problem.strerror or str(problem)).lower()}{where}"]
    kind = f"{type(problem).__name__}: {problem}".splitlines()[0][:200]
    return [
        f"this is a bug of syncdsl, not of your policies ({kind})",
        f"set {TRACEBACK}=1 and run it again to see where it is, and please report it",
    ]
