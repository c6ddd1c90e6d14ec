"""`syncdsl explain`."""

from __future__ import annotations

import click

from syncdsl.cli.terminal import say


@click.command(short_help="Why a finding exists.")
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Tell why a finding exists, with a policy that has it and one that does not.

    Without a CODE, list all codes.

    \b
    Example:
      syncdsl explain overwrite-on-reactivation
    """
    from syncdsl.project.codes import no_such_name
    from syncdsl.project.files import Trouble
    from syncdsl.report import pages
    from syncdsl.report.page import every_page, page_of

    page = None if code is None else page_of(code)
    if code is not None and page is None:
        raise Trouble(no_such_name(str(code)))
    say(pages.render_list(every_page()) if page is None else pages.render(page))
    return 0
