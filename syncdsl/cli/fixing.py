"""The work of `check --fix` and `check --diff`: show or write what comes of proven fixes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from syncdsl.check import Terms
from syncdsl.cli import FOUND
from syncdsl.cli.checking import Asked, only_new, selection
from syncdsl.cli.clock import today
from syncdsl.cli.reading import Hindered, read_all, settings_for
from syncdsl.cli.reporting import Output, cannot, report
from syncdsl.cli.terminal import complain, say
from syncdsl.cli.writing import diff, replace
from syncdsl.project.files import STANDARD_INPUT_NAME, Content, Reader, Trouble
from syncdsl.project.fixing import Applied, Fixed, fix
from syncdsl.report.summary import counted
from syncdsl.report.text import shown


def run(
    asked: Asked,
    output: Output,
    *,
    unsafe: bool,
    only_diff: bool,
) -> int:
    """Fixes the policies under these paths, or shows what that would change; the exit code."""
    try:
        settings = settings_for(asked.paths)
        chosen = selection(settings, asked.choice)
        reader = Reader(settings.root)
        listed = read_all(asked.paths, settings, reader)
        terms = Terms(today(), chosen.never_allowed())
        fixed = fix(listed, reader, chosen, terms, unsafe=unsafe)
        if only_diff:
            return _show(fixed, listed)
        _write(fixed, listed, settings.root)
    except (Hindered, Trouble) as problem:
        return cannot(problem, output)
    return report(only_new(fixed.result, asked, settings), output)


def _show(fixed: Fixed, listed: Sequence[Content]) -> int:
    changed = fixed.changed(listed)
    for old, new in changed:
        say("".join(diff(shown(old.path), "fixed", old.data or b"", new.data or b"")))
    complain("".join(_told(fixed, len(changed), would="would be ")))
    return FOUND if changed else 0


def _write(fixed: Fixed, listed: Sequence[Content], root: str) -> None:
    changed = fixed.changed(listed)
    now = Reader(root)
    for old, _ in changed:
        if old.path == STANDARD_INPUT_NAME:
            raise Trouble("standard input cannot be fixed; `--diff` shows what would be")
        if now.read(old.path).data != old.data:
            raise Trouble(f"`{old.path}` was changed meanwhile; nothing was fixed", old.path)
    for old, new in changed:
        replace(Path(old.path), new.data or b"")
    complain("".join(_told(fixed, len(changed))))


def _told(fixed: Fixed, files: int, would: str = "") -> Iterator[str]:
    for one in fixed.applied:
        yield f"{_place(one)}: {would}fixed: {shown(one.fix.title)} [{one.finding.code}]\n"
    for one in fixed.refused:
        yield (
            f"{_place(one)}: not fixed: to {shown(one.fix.title)} does not keep what it promises "
            f"here [{one.finding.code}]\n"
        )
    number = counted(len(fixed.applied), "finding")
    yield f"{number} {would}fixed in {counted(files, 'file')}\n"


def _place(one: Applied) -> str:
    span = one.finding.span
    return f"{shown(span.source.path)}:{span.line}"
