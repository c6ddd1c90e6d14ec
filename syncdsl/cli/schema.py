"""`syncdsl schema`: the verbs about what the systems' objects look like."""

from __future__ import annotations

import click

from syncdsl.cli.schema_diff import diff
from syncdsl.cli.schema_import import import_
from syncdsl.cli.schema_show import show


@click.group(short_help="What the systems' objects look like.")
def schema() -> None:
    """Show what is known of the objects of a system, and what changed in it.

    \b
    Example:
      syncdsl schema show hubspot contacts
    """


for verb in (import_, show, diff):
    schema.add_command(verb)
