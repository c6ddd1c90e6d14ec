"""Where a report goes, and the exit code that comes of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

from syncdsl.cli import CANNOT, FOUND
from syncdsl.cli.reading import Hindered
from syncdsl.cli.terminal import complain, say, wants_colour
from syncdsl.diagnostic import Result
from syncdsl.project.files import Trouble, at_top
from syncdsl.report import renderer, text
from syncdsl.report.summary import summarize


class Output(NamedTuple):
    """What the user asked of the report."""

    form: str = "text"
    color: str = "auto"
    file: str | None = None  # it gets the format, and the terminal a text
    only_counts: bool = False
    always_zero: bool = False  # findings are no reason to fail


def report(result: Result, output: Output) -> int:
    """Prints what was found; the exit code."""
    laid_out = _counted if output.only_counts else renderer
    if output.file is not None:
        from syncdsl.cli.writing import deliver

        deliver(laid_out(output.form)(result), output.file, f"syncdsl.{output.form}")
    form = "text" if output.file is not None else output.form
    if form == "text" and not output.only_counts:
        say(text.render(result, colour=wants_colour(output.color, sys.stdout)))
    else:
        say(laid_out(form)(result))
    return 0 if output.always_zero or summarize(result).is_clean else FOUND


def cannot(problem: Hindered | Trouble, output: Output) -> int:
    """Tells what is in the way of the work, as findings where it has a place in a file."""
    if isinstance(problem, Hindered):
        problems = list(problem.problems)
    elif problem.path is not None and output.form != "text":
        problems = [at_top(problem.path, "missing-file", str(problem))]
    else:
        raise problem
    if output.form != "text":
        from syncdsl.cli.writing import deliver

        made = renderer(output.form)(Result(tuple(problems), 0, 0, is_done=False))
        deliver(made, output.file, f"syncdsl.{output.form}")
    if output.form == "text" or output.file is not None:
        complain(text.render_found(problems, colour=wants_colour(output.color, sys.stderr)))
    return CANNOT


def _counted(form: str) -> Callable[[Result], str]:
    from syncdsl.report import statistics

    return statistics.as_json if form == "json" else statistics.render
