"""`syncdsl schema import`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from syncdsl.cli import CANNOT, FOUND
from syncdsl.cli.options import output_option, split_names
from syncdsl.cli.reading import Hindered
from syncdsl.cli.terminal import complain, read_standard_input, wants_colour
from syncdsl.cli.writing import deliver
from syncdsl.project.exports import beginning_of, files_under, must_be_a_file, text_of
from syncdsl.project.files import STANDARD_INPUT_NAME, Trouble

if TYPE_CHECKING:
    from syncdsl.importers import Result

# Those of `syncdsl.importers.KINDS`, which is not imported to show a help text; a test compares.
KINDS = (
    "hubspot",
    "dataverse",
    "jotform",
    "json-schema",
    "openapi",
    "csv",
    "parquet",
    "sqlite",
    "postgresql",
)


@click.command("import", short_help="A schema from what a system exports.")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--object",
    "objects",
    multiple=True,
    callback=split_names,
    metavar="NAME[,NAME...]",
    help="Of many objects only these; or what the one object of each FILE is called.",
)
@output_option
def import_(kind: str, files: tuple[str, ...], objects: tuple[str, ...], output: str | None) -> int:
    """Make a schema file from what a system exports, or from a table.

    KIND is `hubspot` (answers of its properties API), `dataverse` (`$metadata` or
    `EntityDefinitions`), `jotform` (the questions of a form), `json-schema`, `openapi`, or a table:
    `csv`, `parquet`, `sqlite`, `postgresql`.

    FILE may be a folder, which stands for the files of this kind in it; `-` is standard input. Of
    `postgresql` it is the address of a database: `postgresql://USER@HOST/DATABASE` or
    `service=NAME`.

    Ends with 0 if all of it was understood, 1 if something was left out, 2 if nothing came of it.

    \b
    Example:
      syncdsl schema import hubspot contacts.json -o hubspot.json
    """
    from syncdsl.diagnostic import Severity
    from syncdsl.report.text import render_found
    from syncdsl.schema import write

    system, found = _imported(kind, files, objects)
    if found:
        complain(render_found(found, colour=wants_colour("auto", sys.stderr)))
    severities = {each.severity for each in found}
    if Severity.ERROR in severities:
        return CANNOT
    deliver(write(system), output, f"{system.kind or kind}.json")
    return FOUND if Severity.WARNING in severities else 0


def _imported(kind: str, files: Sequence[str], objects: Sequence[str]) -> Result:
    from syncdsl import importers

    how = importers.KINDS[kind]
    if isinstance(how, importers.Server):
        if len(files) > 1:
            raise Trouble(f"{kind} takes one address")
        return how.read(files[0], objects)
    paths = [path for each in files for path in files_under(each, how.endings)]
    given = read_standard_input() if STANDARD_INPUT_NAME in paths else b""
    match how:
        case importers.Text():
            read = [text_of(path, given) for path in paths]
            problems = [problem for _, problem in read if problem is not None]
            if problems:
                raise Hindered(problems)
            return how.read([source for source, _ in read], objects)
        case importers.Bytes():
            return how.read(
                [importers.Table(path, *beginning_of(path, given)) for path in paths], objects
            )
        case importers.Files():
            return how.read([must_be_a_file(path) for path in paths], objects)
