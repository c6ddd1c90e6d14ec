"""`syncdsl table`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from syncdsl.cli.options import paths_argument
from syncdsl.cli.terminal import say

if TYPE_CHECKING:
    from syncdsl.policy import Mapping, Policy, Rule


@click.command(short_help="All that one rule can do.")
@click.argument("rule")
@paths_argument
@click.option("--all", "every_row", is_flag=True, help="Every situation, nothing folded.")
@click.option("--laws", "histories", is_flag=True, help="What breaks its laws over time, only.")
def table(rule: str, paths: tuple[str, ...], every_row: bool, histories: bool) -> int:
    """Show what one rule does in every situation, in few lines, and which laws it keeps over time.

    RULE is its label, or `mapping.label` where several mappings have one of that name. The name of
    a mapping shows what becomes of its records: which are deleted, made again, or found again.

    \b
    Example:
      syncdsl table contacts.source policies
    """
    from syncdsl.cli.reading import understand

    policy = understand(paths).policy
    mapping = _mapping_named(rule, policy)
    if mapping is not None:
        say(_shown_mapping(mapping, policy, histories=histories))
        return 0
    rules = _named(rule, policy)
    say("\n".join(_shown(each, policy, every_row=every_row, histories=histories) for each in rules))
    return 0


def _shown(rule: Rule, policy: Policy, *, every_row: bool, histories: bool) -> str:
    from syncdsl.flow.graph import graph_of
    from syncdsl.report import card
    from syncdsl.report.table import render, title

    if every_row and not histories:
        return render(rule, every_row=True)
    mapping = next(each for each in policy.mappings if any(one is rule for one in each.rules))
    laws = [*card.of_rule(rule, mapping), *card.of_group(rule, graph_of(policy))]
    if histories:
        return "\n".join([*title(rule), "", card.histories(laws)])
    return f"{render(rule)}\n{card.summary(laws)}"


def _shown_mapping(mapping: Mapping, policy: Policy, *, histories: bool) -> str:
    from syncdsl.report import card

    laws = [*card.of_mapping(mapping, policy.promises)]
    shown = card.histories(laws) if histories else card.summary(laws)
    return "\n".join([*card.lines_of(mapping), "", shown])


def _mapping_named(name: str, policy: Policy) -> Mapping | None:
    """The mapping that is meant; a rule of a file's own mapping may have the same name."""
    if any(rule.name == name for rule in policy.rules):
        return None
    return next((mapping for mapping in policy.mappings if mapping.name == name), None)


def _named(name: str, policy: Policy) -> list[Rule]:
    """The rules that are meant: several if they are of different files' own mappings."""
    from syncdsl.project.files import Trouble
    from syncdsl.suggest import did_you_mean, hint, one_of

    rules = policy.rules
    exact = [rule for rule in rules if rule.name == name]
    if exact:
        return exact
    labelled = [rule for rule in rules if rule.label == name]
    names = list(dict.fromkeys(rule.name for rule in labelled))
    if len(names) > 1:
        raise Trouble(f"several rules are called `{name}`: {one_of(names, last='and')}")
    if not labelled:
        known = list(dict.fromkeys(rule.name for rule in rules))
        mappings = [mapping.name for mapping in policy.mappings if mapping.name is not None]
        near = did_you_mean(name, [*known, *(rule.label for rule in rules), *mappings])
        meant = f"did you mean `{near}`?" if near else hint(name, known, "rule")
        raise Trouble(f"there is no rule `{name}`; {meant}")
    return labelled
