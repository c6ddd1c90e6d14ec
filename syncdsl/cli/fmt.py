"""`syncdsl fmt`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from syncdsl.cli import CANNOT, FOUND
from syncdsl.cli.options import paths_argument
from syncdsl.cli.terminal import complain, say, say_bytes, wants_colour
from syncdsl.project.files import STANDARD_INPUT_NAME, Content, Reader, decode
from syncdsl.report.summary import counted

if TYPE_CHECKING:
    from syncdsl.diagnostic import Diagnostic

_BOM = b"\xef\xbb\xbf"


@click.command(short_help="The one canonical layout.")
@paths_argument
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; end with 1 if a file is not in the layout.",
)
@click.option("--diff", "only_diff", is_flag=True, help="Write nothing; show what would change.")
def fmt(paths: tuple[str, ...], only_check: bool, only_diff: bool) -> int:
    """Bring policies into the one canonical layout. Standard input goes to standard output.

    A file that cannot be parsed is told and left as it is.

    \b
    Example:
      syncdsl fmt --diff policies
    """
    from syncdsl.cli.reading import read_all, settings_for
    from syncdsl.cli.writing import diff, replace
    from syncdsl.report.text import render_found, shown

    settings = settings_for(paths)
    reader = Reader(settings.root)
    changed = same = 0
    problems: list[Diagnostic] = []
    to_standard_output = False
    for content in read_all(paths, settings, reader):
        done = _formatted(content)
        problems += done.problems
        if done.data is None:
            continue
        is_standard_input = content.path == STANDARD_INPUT_NAME
        to_standard_output |= is_standard_input
        if is_standard_input and not (only_check or only_diff):
            say_bytes(done.data)
        if done.data == content.data:
            same += 1
            continue
        changed += 1
        if only_diff:
            say("".join(diff(shown(content.path), "formatted", content.data or b"", done.data)))
        elif only_check:
            say(f"would format {shown(content.path)}\n")
        elif not is_standard_input:
            replace(Path(content.path), done.data)
            say(f"formatted {shown(content.path)}\n")
    if problems:
        stream, tell = (sys.stdout, say) if only_check else (sys.stderr, complain)
        tell(render_found(problems, colour=wants_colour("auto", stream)))
    if not only_diff and not to_standard_output:
        verb = "would be formatted" if only_check else "formatted"
        say(f"{counted(changed, 'file')} {verb}, {same} in the layout already\n")
    if problems:
        return FOUND if only_check else CANNOT
    return FOUND if changed and (only_check or only_diff) else 0


class _Formatted(NamedTuple):
    data: bytes | None  # None: it cannot be parsed
    problems: list[Diagnostic]


def _formatted(content: Content) -> _Formatted:
    """A file in the layout. A byte order mark and the kind of its line ends stay."""
    from syncdsl.diagnostic import Severity
    from syncdsl.project.load import problem_of
    from syncdsl.syntax.format import format_file
    from syncdsl.syntax.parse import parse

    if content.data is None:
        return _Formatted(None, [problem_of(content)])
    source, problem = decode(content.path, content.data)
    if problem is not None:
        return _Formatted(None, [problem])
    file, found = parse(source)
    errors = [each for each in found if each.severity is Severity.ERROR]
    if errors:
        return _Formatted(None, errors)
    text = format_file(file)
    first_end = source.text.find("\n")
    if first_end > 0 and source.text[first_end - 1] == "\r":
        text = text.replace("\n", "\r\n")
    mark = _BOM if content.data.startswith(_BOM) else b""
    return _Formatted(mark + text.encode(), [])
