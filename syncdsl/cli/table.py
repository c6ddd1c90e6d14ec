"""`syncdsl table`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from syncdsl.cli.options import paths_argument
from syncdsl.cli.terminal import say

if TYPE_CHECKING:
    from syncdsl.policy import Rule


@click.command(short_help="All that one rule can do.")
@click.argument("rule")
@paths_argument
@click.option("--all", "every_row", is_flag=True, help="Every situation, nothing folded.")
@click.option("--laws", "histories", is_flag=True, help="What breaks its laws over time, only.")
def table(rule: str, paths: tuple[str, ...], every_row: bool, histories: bool) -> int:
    """Show what one rule does in every situation, in few lines, and which laws it keeps over time.

    RULE is its label, or `mapping.label` where several mappings have one of that name.

    \b
    Example:
      syncdsl table contacts.source policies
    """
    from syncdsl.cli.reading import understand
    from syncdsl.report import card
    from syncdsl.report.table import render

    def shown(each: Rule) -> str:
        if histories:
            return card.histories(each)
        rows = render(each, every_row=every_row)
        return rows if every_row else f"{rows}\n{card.summary(each)}"

    rules = _named(rule, understand(paths).policy.rules)
    say("\n".join(map(shown, rules)))
    return 0


def _named(name: str, rules: Sequence[Rule]) -> list[Rule]:
    """The rules that are meant: several if they are of different files' own mappings."""
    from syncdsl.project.files import Trouble
    from syncdsl.suggest import did_you_mean, hint, one_of

    exact = [rule for rule in rules if rule.name == name]
    if exact:
        return exact
    labelled = [rule for rule in rules if rule.label == name]
    names = list(dict.fromkeys(rule.name for rule in labelled))
    if len(names) > 1:
        raise Trouble(f"several rules are called `{name}`: {one_of(names, last='and')}")
    if not labelled:
        known = list(dict.fromkeys(rule.name for rule in rules))
        near = did_you_mean(name, [*known, *(rule.label for rule in rules)])
        meant = f"did you mean `{near}`?" if near else hint(name, known, "rule")
        raise Trouble(f"there is no rule `{name}`; {meant}")
    return labelled
