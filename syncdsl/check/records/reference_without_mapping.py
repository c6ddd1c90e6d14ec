"""
A reference to records that no mapping brings along.

A contact refers to its account, an order to its customer. The reference is written, but whether the
record that it names is there is nobody's business: no mapping of the project creates or pairs
records of that object. Where it is missing, the reference is refused or stays empty, and a pass
that writes contacts before accounts finds none of them.

Bad:

    system dynamics { kind dynamics365 }

    mapping people: erp.contact -> dynamics.contact {
      match `No.` = externaluseridentifier
      lead: erp.Source -> dynamics.originatingleadid on create only
    }

Good:

    system dynamics { kind dynamics365 }

    mapping leads: erp.lead -> dynamics.lead {
      match `No.` = new_number
      topic: erp.Topic -> dynamics.subject if blank, on create only
    }

    mapping people: erp.contact -> dynamics.contact {
      match `No.` = externaluseridentifier
      lead: erp.Source -> dynamics.originatingleadid on create only
    }

Right anyway: when the records are kept in the receiving system by other means. This is an
information: it says which question to ask the records. Currencies, price lists, postcodes, users
and other settings are kept by hand nearly everywhere, and are not told.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.flow.writing import reach
from syncdsl.policy import Policy, Rule, object_name
from syncdsl.semantics.alike import rules_where
from syncdsl.situation import Side
from syncdsl.suggest import one_of

check = Check(__name__, Severity.INFO, since="0.2")

# What people do business with and about; the rest of what can be referred to is settings.
_RECORDS = frozenset(
    {
        "account",
        "campaign",
        "contact",
        "customer",
        "incident",
        "invoice",
        "item",
        "lead",
        "opportunity",
        "product",
        "quote",
        "salesorder",
        "vendor",
    }
)


@check.on_policy
def refers_to_nothing_synced(policy: Policy) -> Iterator[Diagnostic]:
    synced = {end for mapping in policy.mappings for end in (mapping.left, mapping.right)}
    told: set[tuple[int, tuple[str, ...]]] = set()
    for rule, mapping in rules_where(policy, _refers_to_records):
        for side in rule.receivers:
            targets = _targets(rule, side)
            system = rule.system(side)
            if not targets or any((system, target) in synced for target in targets):
                continue
            if (id(mapping), targets) in told or not reach(rule, mapping).of(side):
                continue
            told.add((id(mapping), targets))
            yield _finding(rule, side, targets)


def _refers_to_records(rule: Rule) -> bool:
    return any(_targets(rule, side) for side in rule.receivers)


def _targets(rule: Rule, side: Side) -> tuple[str, ...]:
    """The objects that the written end refers to, if a value of the other end says which record."""
    target, giver = rule.end(side), rule.end(side.other)
    facts = None if target is None else target.facts
    if giver is None or facts is None or not facts.targets or rule.values is not None:
        return ()
    return facts.targets if _RECORDS.issuperset(facts.targets) else ()


def _finding(rule: Rule, side: Side, targets: tuple[str, ...]) -> Diagnostic:
    system = rule.system(side)
    records = one_of([object_name((system, target)) for target in targets])
    return check.finding(
        f"`{rule.end(side)}` refers to {records}, which no mapping syncs",
        rule.label_span,
        rule=rule,
        question=f"how many values of `{rule.end(side.other)}` name a record that `{system}` has "
        "not?",
    )
