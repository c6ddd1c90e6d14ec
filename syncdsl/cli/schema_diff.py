"""`syncdsl schema diff`."""

from __future__ import annotations

import click

from syncdsl.cli import FOUND
from syncdsl.cli.options import paths_argument
from syncdsl.cli.terminal import say


@click.command(short_help="What changed in a system, and which rules that breaks.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@paths_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How the differences are printed.",
)
def diff(old: str, new: str, paths: tuple[str, ...], form: str) -> int:
    """Tell what changed between two schemas, and what the policies under PATH make of it.

    OLD and NEW are schema files, or kinds whose schema comes with syncdsl. Of the policies, it
    tells what is found with NEW and was not with OLD.

    Ends with 0 if there is no difference, 1 if there is one, 2 if it could not look.

    \b
    Example:
      syncdsl schema diff hubspot hubspot policies
    """
    from syncdsl.cli.checking import selection
    from syncdsl.cli.reading import Hindered, read_if_any, schema_named, settings_for
    from syncdsl.project.choice import Choice
    from syncdsl.project.files import Reader
    from syncdsl.project.what_if import broken_by, differences
    from syncdsl.report import changes

    before, after = schema_named(old), schema_named(new)
    settings = settings_for(paths)
    reader = Reader(settings.root)
    listed = read_if_any(paths, settings, reader)
    broken = broken_by(before, after, listed, reader, selection(settings, Choice()))
    if broken.errors:
        raise Hindered(broken.errors)
    report = changes.Report(
        before.name,
        after.name,
        differences(before, after),
        len(listed),
        broken.systems,
        broken.found,
    )
    say(changes.as_json(report) if form == "json" else changes.as_text(report))
    return FOUND if report.changes else 0
