"""
An amount is written, and not which money it is.

A number without its currency is read in the currency that the receiving record happens to have:
thirty dollars arrive as thirty pounds. An amount and its currency travel together.

Bad:

    system dynamics { kind dynamics365 }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      match id = new_dealid
      amount: hubspot.amount -> dynamics.estimatedvalue, owned by hubspot
    }

Good:

    system dynamics { kind dynamics365 }

    mapping deals: hubspot.deals -> dynamics.opportunity {
      match id = new_dealid
      amount: hubspot.amount -> dynamics.estimatedvalue, owned by hubspot
      currency: hubspot.deal_currency_code -> dynamics.transactioncurrencyid, owned by hubspot
    }

Right anyway: when all records of both sides are in one currency. Say which one. A rule or a scope
that asks for the currency in its condition is not told either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.known.conditions import asked_by_rule
from syncdsl.check.known.meanings import currency_of, is_currency, is_money
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Mapping, Policy, Rule, object_name
from syncdsl.schema import Object
from syncdsl.semantics.alike import mappings_where

check = Check(__name__, Severity.WARNING, since="0.2")

_Object = tuple[str, str | None]


class _Amount(NamedTuple):
    """Money that a rule can write, with the property that should say which."""

    rule: Rule
    name: str
    home: _Object
    currency: str
    beside: str | None  # where the giving object says which money it is


@check.on_policy
def writes_bare_amounts(policy: Policy) -> Iterator[Diagnostic]:
    amounts = [
        _amounts(mapping, rules, policy)
        for mapping, rules in mappings_where(policy, _writes_money)
        if not mapping.broken
    ]
    if not any(amounts):
        return
    written = {
        (target.system, target.object, target.name.partition(".")[0])
        for rule in policy.rules
        for _, target in rule.targets
    }
    for each in amounts:
        bare: dict[tuple[_Object, str], list[_Amount]] = {}
        for amount in each:
            if (*amount.home, amount.currency) not in written:
                bare.setdefault((amount.home, amount.currency), []).append(amount)
        told: set[int] = set()
        for several in bare.values():
            first = id(several[0].rule)  # a two-way rule has an amount on either side
            if first not in told:
                told.add(first)
                yield _finding(several)


def _writes_money(rule: Rule) -> bool:
    return any(is_money(target) for _, target in rule.targets)


def _amounts(mapping: Mapping, rules: list[Rule], policy: Policy) -> list[_Amount]:
    found = []
    for rule in rules:
        for side, target in rule.targets:
            giver = rule.end(side.other)
            if not is_money(target):
                continue
            home, given = mapping.end(rule.turned(side)), mapping.end(rule.turned(side.other))
            receiving = policy.object(home)
            currency = currency_of(target, receiving)
            if currency is None or not reach(rule, mapping).of(side):
                continue
            if _can_be_set(receiving, currency) and not _asks_for_currency(rule, mapping):
                beside = None if giver is None else currency_of(giver, policy.object(given))
                found.append(_Amount(rule, target.name, home, currency, beside))
    return found


def _can_be_set(receiving: Object | None, currency: str) -> bool:
    facts = None if receiving is None else receiving.properties.get(currency)
    return facts is None or facts.create is not False or facts.update is not False


def _asks_for_currency(rule: Rule, mapping: Mapping) -> bool:
    return any(is_currency(operand.name) for operand in asked_by_rule(rule, mapping))


def _finding(amounts: list[_Amount]) -> Diagnostic:
    first, *others = amounts
    records = object_name(first.home)
    also = f" and {len(others)} more amounts" if len(others) > 1 else ""
    if len(others) == 1:
        also = f" and `{others[0].name}`"
    return check.finding(
        f"`{records}.{first.name}`{also} can be written, and no rule writes "
        f"{'its' if not others else 'their'} currency `{first.currency}`",
        first.rule.label_span,
        rule=first.rule,
        labels=tuple(Label(each.rule.label_span, "an amount too") for each in others[:MAX_LABELS]),
        notes=()
        if first.beside is None
        else (f"which money it is says `{first.beside}` on the giving side",),
        question=f"in which currencies are the records of `{records}`?",
    )
