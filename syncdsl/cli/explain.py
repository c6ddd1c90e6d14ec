"""`syncdsl explain`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from syncdsl.cli.terminal import say

if TYPE_CHECKING:
    from syncdsl.report.page import Page


@click.command(short_help="Why a finding exists.")
@click.argument("words", nargs=-1, metavar="[CODE|GROUP|WORD]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How the page or the list is printed.",
)
def explain(words: tuple[str, ...], form: str) -> int:
    """Tell why a finding exists, with a policy that has it and one that does not.

    Of a CODE, it is the page; of a GROUP, the list of its codes; of words of your own, the list of
    the codes that are about them, the nearest first. Without any, all codes are listed.

    \b
    Example:
      syncdsl explain overwrite-on-reactivation
      syncdsl explain lost data when the sync was turned on again
    """
    from syncdsl.report import pages
    from syncdsl.report.page import page_of

    page = page_of(words[0]) if len(words) == 1 else None
    if page is not None:
        say(pages.as_json(page) if form == "json" else pages.render(page))
        return 0
    listed = _listed(words)
    say(pages.list_as_json(listed) if form == "json" else pages.render_list(listed))
    return 0


def _listed(words: Sequence[str]) -> Sequence[Page]:
    from syncdsl.project.codes import nearest, no_such_name
    from syncdsl.project.files import Trouble
    from syncdsl.report.page import every_page
    from syncdsl.report.search import found

    listed = every_page()
    if not words:
        return listed
    named = words[0] if len(words) == 1 else ""
    of_group = [page for page in listed if page.group == named]
    if of_group:
        return of_group
    if "-" in named and nearest(named):  # a code with a slip, and no phrase
        raise Trouble(no_such_name(named))
    about = found(words, listed)
    if not about:
        raise Trouble(no_such_name(named) if named else f"nothing is about `{' '.join(words)}`")
    return about
