"""
The work of `check`: find and read the files, see if they are known, else examine them; report.

What an unchanged policy does not need is imported only behind the cache.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from syncdsl.cli.clock import today
from syncdsl.cli.progress import working
from syncdsl.cli.reading import Hindered, read_all, settings_for
from syncdsl.cli.reporting import Output, cannot, report
from syncdsl.diagnostic import Diagnostic, Result, Severity, in_order
from syncdsl.project.cache import open_cache
from syncdsl.project.choice import Choice
from syncdsl.project.files import STANDARD_INPUT, Content, Reader, Trouble
from syncdsl.project.settings import Settings, baseline_of, default_paths, without_effect
from syncdsl.report.summary import counted

if TYPE_CHECKING:
    from syncdsl.project.baseline import Entry
    from syncdsl.project.selection import Selection


class Asked(NamedTuple):
    """What the user asked of `check`, but for how it is printed."""

    paths: Sequence[str] = ()
    choice: Choice = Choice()
    use_cache: bool = True
    use_baseline: bool = True
    baseline: str | None = None  # a file; None: the one that the configuration names, or the usual
    write_baseline: bool = False


class Looked(NamedTuple):
    code: int  # the exit code
    files: tuple[str, ...]  # all that the result depends on, as far as it was read


def check(asked: Asked, output: Output) -> int:
    """Checks the policies under these paths, reports, and returns the exit code."""
    return look(asked, output).code


def look(asked: Asked, output: Output) -> Looked:
    """The same, and which files were looked at."""
    files: list[str] = []
    try:
        settings = settings_for(asked.paths)
        if settings.source is not None:
            files.append(settings.source.path)
        reader = Reader(settings.root)
        try:
            result = _result(asked, settings, reader)
        finally:
            files += [*reader.contents, asked.baseline or baseline_of(settings)]
        if asked.write_baseline:
            from syncdsl.cli.baselining import write

            return Looked(write(result, asked, settings), tuple(files))
        result = only_new(result, asked, settings)
    except Hindered as problem:
        files += [each.span.source.path for each in problem.problems]
        return Looked(cannot(problem, output), tuple(files))
    except Trouble as problem:
        return Looked(cannot(problem, output), tuple(files))
    return Looked(report(result, output), tuple(files))


def only_new(result: Result, asked: Asked, settings: Settings) -> Result:
    """The findings that no baseline has; all of them, where there is none or none is wanted."""
    named = asked.baseline or settings.baseline
    path = named or baseline_of(settings)
    if not asked.use_baseline or (named is None and not os.path.lexists(path)):
        return result
    from syncdsl.project.baseline import read, without_known

    return without_known(result, read(path), settings.root, looked_at(asked, settings))


def looked_at(asked: Asked, settings: Settings) -> Callable[[Entry], bool]:
    """Could this run have found what an entry of the baseline names?"""
    tops = {Path(os.path.realpath(each)) for each in asked.paths or default_paths(settings)}
    told = selection(settings, asked.choice)

    def is_looked_at(entry: Entry) -> bool:
        path = Path(os.path.realpath(Path(settings.root, entry.path)))
        is_under = not tops.isdisjoint((path, *path.parents))
        return is_under and entry.code in told.told_in(str(path)).codes

    return is_looked_at


def selection(settings: Settings, line: Choice) -> Selection:
    """What is told, by the command line and the configuration; both have to name what exists."""
    from syncdsl.project.codes import misnamed
    from syncdsl.project.selection import Selection

    for _, words in misnamed(line):
        raise Trouble(words)
    configuration = settings.configuration
    if configuration is None:
        return Selection(line)
    problems = [
        Diagnostic("configuration", Severity.ERROR, words, configuration.place(*key))
        for key, choice in configuration.names()
        for _, words in misnamed(choice)
    ]
    if problems:
        raise Hindered(problems)
    return Selection(
        line,
        configuration.choice,
        configuration.per_path,
        configuration.not_suppressible,
        settings.root,
    )


def _result(asked: Asked, settings: Settings, reader: Reader) -> Result:
    listed = read_all(asked.paths, settings, reader)
    cache = None
    if asked.use_cache and settings.is_repository and STANDARD_INPUT not in asked.paths:
        cache = open_cache(settings.root, [asked.choice, *_said(settings)], listed)
    day = today()
    result = None if cache is None else cache.load(reader, day)
    if result is None:
        from syncdsl.check import Terms
        from syncdsl.project.examine import examine, understand

        chosen = selection(settings, asked.choice)
        terms = Terms(day, chosen.never_allowed())
        with working(f"checking {counted(len(listed), 'file')}"):
            result = examine(understand(listed, reader), chosen, terms)
        if cache is not None:
            cache.save(result, listed, reader)
    return _with_idle_settings(result, asked, settings, listed)


def _said(settings: Settings) -> list[object]:
    """All of the configuration that findings depend on."""
    configuration = settings.configuration
    if configuration is None:
        return []
    return [configuration.choice, configuration.per_path, configuration.not_suppressible]


def _with_idle_settings(
    result: Result, asked: Asked, settings: Settings, listed: Sequence[Content]
) -> Result:
    """Whether a setting is about any file is no fact of the files that were checked."""
    idle = without_effect(settings, listed)
    if not idle:
        return result
    told = selection(settings, asked.choice).applied(idle)
    return result._replace(found=tuple(in_order([*result.found, *told])))
