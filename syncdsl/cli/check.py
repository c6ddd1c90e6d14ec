"""`syncdsl check`."""

from __future__ import annotations

import click

from syncdsl.cli import checking
from syncdsl.cli.options import paths_argument, split_codes
from syncdsl.report import FORMATS


@click.command(short_help="What the policies would overwrite.")
@paths_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How the findings are printed.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODE[,CODE...]",
    callback=split_codes,
    help="Tell only these.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODE[,CODE...]",
    callback=split_codes,
    help="Do not tell these.",
)
@click.option("--fix", is_flag=True, help="Apply the fixes with which nothing more is written.")
@click.option("--unsafe", is_flag=True, help="With --fix or --diff: the other fixes too.")
@click.option("--diff", "only_diff", is_flag=True, help="Write nothing; show what a fix would.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what an earlier run found.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours; `auto` is on a terminal, if NO_COLOR is not set.",
)
def check(
    paths: tuple[str, ...],
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe: bool,
    only_diff: bool,
    no_cache: bool,
    color: str,
) -> int:
    """Tell what the policies would overwrite, empty or lose, each with an example and a fix.

    PATH is a file or a folder; `-` is standard input. Without one, it is the folder that the
    configuration names, else `policies`, else the current folder.

    Ends with 0 if nothing is wrong, 1 if there are findings, 2 if it could not look.

    \b
    Example:
      syncdsl check policies --ignore undeclared-system
    """
    if unsafe and not fix and not only_diff:
        raise click.UsageError("--unsafe goes with --fix or --diff")
    if fix or only_diff:
        from syncdsl.cli.fixing import run

        return run(paths, form, select, ignore, color, unsafe=unsafe, only_diff=only_diff)
    return checking.check(paths, form, select, ignore, not no_cache, color)
