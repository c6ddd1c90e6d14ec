"""Options and arguments that several verbs have."""

from __future__ import annotations

import click

from syncdsl.project.choice import SEVERITIES

paths_argument = click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FILE",
    help="Write there instead of printing.",
)


def split_names(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """`a,b` and `a` `b` are the same."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def split_severities(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """`a=error,b=off` as pairs."""
    pairs = []
    for word in split_names(context, parameter, values):
        name, _, severity = (part.strip() for part in word.partition("="))
        if severity not in SEVERITIES:
            raise click.BadParameter(f"`{word}` is to be NAME={'|'.join(SEVERITIES)}")
        pairs.append((name, severity))
    return tuple(pairs)
