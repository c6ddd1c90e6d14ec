"""The verbs, put together."""

from __future__ import annotations

import sys

import click

from syncdsl import __version__
from syncdsl.cli import CANNOT, INTERRUPTED
from syncdsl.cli.check import check
from syncdsl.cli.compile import compile_
from syncdsl.cli.docs import docs
from syncdsl.cli.explain import explain
from syncdsl.cli.fmt import fmt
from syncdsl.cli.reading import Hindered
from syncdsl.cli.schema import schema
from syncdsl.cli.table import table
from syncdsl.cli.terminal import complain, wants_colour
from syncdsl.report.text import render_found


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="syncdsl %(version)s")
def syncdsl() -> None:
    """What a data sync between business systems may do: written down, and proven.

    \b
    Example:
      syncdsl check policies
    """


for verb in (check, fmt, explain, table, compile_, docs, schema):
    syncdsl.add_command(verb)


def call(arguments: list[str]) -> int:
    """Does what the arguments say; a verb returns its exit code."""
    try:
        code = syncdsl.main(arguments, prog_name="syncdsl", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        return INTERRUPTED
    except Hindered as hindered:
        complain(render_found(hindered.problems, colour=wants_colour("auto", sys.stderr)))
        return CANNOT
    return code if isinstance(code, int) else 0
