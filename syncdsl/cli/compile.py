"""`syncdsl compile`."""

from __future__ import annotations

import click

from syncdsl.cli.options import output_option, paths_argument

# The forms of `syncdsl.compile.FORMS`, which are not imported to show a help text; a test compares.
FORMS = ("python", "json")


@click.command("compile", short_help="A Python module, or JSON.")
@paths_argument
@click.option("--to", "form", type=click.Choice(FORMS), required=True, help="What to make.")
@output_option
def compile_(paths: tuple[str, ...], form: str, output: str | None) -> int:
    """Turn the policies into a Python module without dependencies, or into JSON.

    \b
    Example:
      syncdsl compile --to python policies -o rules.py
    """
    from syncdsl.cli.reading import understand
    from syncdsl.cli.writing import deliver
    from syncdsl.compile import FORMS as PRINTERS

    suffix = {"python": "py", "json": "json"}[form]
    deliver(PRINTERS[form](understand(paths).policy), output, f"policies.{suffix}")
    return 0
