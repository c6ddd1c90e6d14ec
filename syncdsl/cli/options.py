"""Options and arguments that several verbs have."""

from __future__ import annotations

import click

paths_argument = click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FILE",
    help="Write there instead of printing.",
)


def split_codes(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """`a,b` and `a` `b` are the same."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())
