"""`syncdsl schema show`."""

from __future__ import annotations

import click

from syncdsl.cli.terminal import say


@click.command(short_help="What is known of a system.")
@click.argument("name", metavar="KIND|FILE")
@click.argument("part", metavar="[OBJECT[.PROPERTY]]", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="A table for people, or a schema file.",
)
def show(name: str, part: str | None, form: str) -> int:
    """Show what a schema says of a system, an object or a property, and what is not known.

    KIND is one whose schema comes with syncdsl: `hubspot`, `dynamics365` or `business-central`.
    `-` is standard input.

    \b
    Example:
      syncdsl schema show dynamics365 contact
    """
    from syncdsl.cli.reading import schema_named
    from syncdsl.project.schemas import part_of
    from syncdsl.report.schema import render
    from syncdsl.schema import only, write

    found = schema_named(name)
    meant = part_of(found, part)
    if form == "json":
        say(write(only(found.system, meant)))
    else:
        say(render(found.system, found.name, meant))
    return 0
