"""`syncdsl docs`."""

from __future__ import annotations

import click

from syncdsl.cli.options import output_option, paths_argument


@click.command(short_help="The mapping documentation.")
@paths_argument
@output_option
def docs(paths: tuple[str, ...], output: str | None) -> int:
    """Print the mapping documentation, in Markdown, for people who do not read policies.

    \b
    Example:
      syncdsl docs policies -o mappings.md
    """
    from syncdsl.check import Terms
    from syncdsl.cli.checking import selection
    from syncdsl.cli.clock import today
    from syncdsl.cli.reading import settings_for, understand
    from syncdsl.cli.writing import deliver
    from syncdsl.docs.build import markdown
    from syncdsl.project.choice import Choice
    from syncdsl.project.examine import examine

    understood = understand(paths)
    never = selection(settings_for(paths), Choice()).never_allowed()
    found = examine(understood, terms=Terms(today(), never)).found
    deliver(markdown(understood.policy, found), output, "policies.md")
    return 0
