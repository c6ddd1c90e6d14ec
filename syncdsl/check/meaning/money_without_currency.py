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

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.meanings import currency_of, is_currency, object_name, object_of
from syncdsl.condition import operands
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Mapping, Policy, Rule
from syncdsl.situation import Side

check = Check(__name__, Severity.WARNING, since="0.2")

_Target = tuple[tuple[str, str | None], str]  # an object, and its currency's property


@check.on_policy
def writes_bare_amounts(policy: Policy) -> Iterator[Diagnostic]:
    written = {
        (target.system, target.object, target.name.partition(".")[0])
        for rule in policy.rules
        for target in (rule.end(side) for side in rule.receivers)
        if target is not None
    }
    for mapping in policy.mappings:
        bare: dict[_Target, list[tuple[Rule, str]]] = {}
        for rule in mapping.rules:
            for side in rule.receivers:
                target = rule.end(side)
                home = mapping.right if (side is Side.RIGHT) is not rule.flipped else mapping.left
                found = None if target is None else object_of(policy, home)
                if target is None or found is None:
                    continue
                currency = currency_of(target, found)
                if currency is None or not reach(rule, mapping).of(side):
                    continue
                facts = found.properties.get(currency)
                can_be_set = facts is None or facts.create is not False or facts.update is not False
                if can_be_set and (*home, currency) not in written:
                    if not _asks_for_currency(rule, mapping):
                        bare.setdefault((home, currency), []).append((rule, target.name))
        for (home, currency), rules in bare.items():
            yield _finding(home, currency, rules)


def _asks_for_currency(rule: Rule, mapping: Mapping) -> bool:
    scope = None if mapping.scope is None else mapping.scope.condition
    return any(
        is_currency(operand.name)
        for condition in (rule.wiring.guard, scope)
        if condition is not None
        for operand in operands(condition)
    )


def _finding(
    home: tuple[str, str | None], currency: str, rules: list[tuple[Rule, str]]
) -> Diagnostic:
    (first, amount), *others = rules
    also = f" and {len(others)} more amounts" if len(others) > 1 else ""
    if len(others) == 1:
        also = f" and `{others[0][1]}`"
    return check.finding(
        f"`{object_name(home)}.{amount}`{also} can be written, and no rule writes "
        f"{'its' if not others else 'their'} currency `{currency}`",
        first.label_span,
        rule=first,
        labels=tuple(Label(rule.label_span, "an amount too") for rule, _ in others[:MAX_LABELS]),
        question=f"in which currencies are the records of `{object_name(home)}`?",
    )
