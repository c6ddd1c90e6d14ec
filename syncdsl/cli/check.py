"""`syncdsl check`."""

from __future__ import annotations

import click

from syncdsl.cli import checking
from syncdsl.cli.options import paths_argument, split_names, split_severities
from syncdsl.cli.reporting import Output
from syncdsl.project.choice import Choice
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
    "--output-file",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write the format there; the terminal gets the text.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="NAME[,NAME...]",
    callback=split_names,
    help="Tell only these codes and groups.",
)
@click.option(
    "--extend-select",
    multiple=True,
    metavar="NAME[,NAME...]",
    callback=split_names,
    help="Tell these too, beside what the configuration selects.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="NAME[,NAME...]",
    callback=split_names,
    help="Do not tell these codes and groups.",
)
@click.option(
    "--severity",
    multiple=True,
    metavar="NAME=error|warning|info|off",
    callback=split_severities,
    help="How severe a code or a group is here.",
)
@click.option("--statistics", is_flag=True, help="Tell how many there are of each code.")
@click.option("--exit-zero", is_flag=True, help="End with 0 even if there are findings.")
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Tell only what is not in this baseline.",
)
@click.option("--no-baseline", is_flag=True, help="Tell what the baseline has, too.")
@click.option(
    "--write-baseline", is_flag=True, help="Write all that is found down as known, and end with 0."
)
@click.option("--watch", is_flag=True, help="Check again whenever a file changes; Ctrl-C ends.")
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
    output_file: str | None,
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[tuple[str, str], ...],
    statistics: bool,
    exit_zero: bool,
    baseline: str | None,
    no_baseline: bool,
    write_baseline: bool,
    watch: bool,
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
    if statistics and form not in ("text", "json"):
        raise click.UsageError("--statistics goes with --format text or json")
    choice = Choice(select, extend_select, ignore, severity)
    if write_baseline and (fix or only_diff):
        raise click.UsageError("--write-baseline goes without --fix and --diff")
    asked = checking.Asked(
        paths,
        choice,
        use_cache=not no_cache,
        use_baseline=not no_baseline,
        baseline=baseline,
        write_baseline=write_baseline,
    )
    output = Output(form, color, output_file, statistics, exit_zero)
    if watch:
        if fix or only_diff or write_baseline or "-" in paths:
            raise click.UsageError("--watch only looks: it goes without --fix, --diff and `-`")
        from syncdsl.cli import watching
        from syncdsl.cli.reading import settings_for
        from syncdsl.project.settings import default_paths

        return watching.watch(asked, output, paths or default_paths(settings_for(paths)))
    if fix or only_diff:
        from syncdsl.cli.fixing import run

        return run(asked, output, unsafe=unsafe, only_diff=only_diff)
    return checking.check(asked, output)
