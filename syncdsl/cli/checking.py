"""
The work of `check`: find and read the files, see if they are known, else examine them; report.

What an unchanged policy does not need is imported only behind the cache.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from syncdsl.cli import CANNOT, FOUND
from syncdsl.cli.clock import today
from syncdsl.cli.reading import Hindered, read_all, settings_for
from syncdsl.cli.terminal import complain, say, wants_colour
from syncdsl.diagnostic import Diagnostic, Result, Severity
from syncdsl.project.cache import open_cache
from syncdsl.project.files import STANDARD_INPUT, Reader, Trouble, at_top
from syncdsl.project.settings import Settings
from syncdsl.report import renderer, text
from syncdsl.report.summary import summarize


def check(
    paths: Sequence[str] = (),
    form: str = "text",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    use_cache: bool = True,
    color: str = "auto",
) -> int:
    """Checks the policies under these paths, reports, and returns the exit code."""
    try:
        result = _result(paths, select, ignore, use_cache)
    except (Hindered, Trouble) as problem:
        return cannot(problem, form, color)
    return report(result, form, color)


def report(result: Result, form: str, color: str) -> int:
    """Prints what was found; the exit code."""
    if form == "text":
        say(text.render(result, colour=wants_colour(color, sys.stdout)))
    else:
        say(renderer(form)(result))
    return 0 if summarize(result).is_clean else FOUND


def _result(
    paths: Sequence[str], select: Sequence[str], ignore: Sequence[str], use_cache: bool
) -> Result:
    settings = settings_for(paths)
    wanted = select or settings.select
    unwanted = ignore or settings.ignore
    reader = Reader(settings.root)
    listed = read_all(paths, settings, reader)
    cache = None
    if use_cache and settings.is_repository and STANDARD_INPUT not in paths:
        cache = open_cache(
            settings.root,
            [sorted(wanted), sorted(unwanted), sorted(settings.not_suppressible)],
            listed,
        )
    day = today()
    result = None if cache is None else cache.load(reader, day)
    if result is None:
        from syncdsl.check import Terms
        from syncdsl.project.examine import examine, understand

        codes = codes_asked(settings, wanted, unwanted)
        terms = Terms(day, frozenset(settings.not_suppressible))
        result = examine(understand(listed, reader), codes, terms)
        if cache is not None:
            cache.save(result, listed, reader)
    return result


def codes_asked(settings: Settings, select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """The codes that are to be told, by the configuration where nothing else was said."""
    from syncdsl.project.codes import misnamed, selected

    problems = []
    for code, words in misnamed(select, ignore):
        if code not in (*settings.select, *settings.ignore):
            raise Trouble(words)
        place = settings.place(code)
        problems.append(Diagnostic("configuration", Severity.ERROR, words, place))
    if problems:
        raise Hindered(problems)
    return selected(select, ignore)


def cannot(problem: Hindered | Trouble, form: str, color: str) -> int:
    """Tells what is in the way of the work, as findings where it has a place in a file."""
    if isinstance(problem, Hindered):
        problems = list(problem.problems)
    elif problem.path is not None and form != "text":
        problems = [at_top(problem.path, "missing-file", str(problem))]
    else:
        raise problem
    if form == "text":
        complain(text.render_found(problems, colour=wants_colour(color, sys.stderr)))
    else:
        say(renderer(form)(Result(tuple(problems), 0, 0, is_done=False)))
    return CANNOT
