"""
Nothing is known about the product that a system is said to be.

`kind` names the product. Of some products the standard objects are known without a schema file, and
what is known of a product counts for all systems of its kind. A misspelt kind is another product:
then nothing is known of its objects, and misspelt properties, options that do not exist and texts
that are too long are not found.

Bad:

    system hubspot { kind hubspott }

    mapping people: hubspot.contacts -> shop.customer {
      name: hubspot.lastname -> shop.name on create only
    }

Good:

    system hubspot { kind hubspot }

    mapping people: hubspot.contacts -> shop.customer {
      name: hubspot.lastname -> shop.name on create only
    }

Right anyway: for every product whose schema does not come along. It is an information, which a
schema file answers:

    system shop { kind storefront, schema "schemas/storefront.json" }

    mapping people: shop.customer -> crm.person {
      name: shop.last_name -> crm.name on create only
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.naming import near_name
from syncdsl.diagnostic import Certainty, Diagnostic, Edit, Fix, Severity
from syncdsl.policy import Policy, System
from syncdsl.schema import SHIPPED
from syncdsl.semantics.test_block import spelled
from syncdsl.suggest import one_of

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def is_of_a_kind_of_which_nothing_is_known(policy: Policy) -> Iterator[Diagnostic]:
    for system in policy.systems:
        if system.kind is None or system.kind_span is None or system.kind in SHIPPED:
            continue
        near = near_name(system.kind, SHIPPED)
        if near is None and system.schema is None:
            near = _in_letters(system.kind)
        if near is not None:
            yield _misspelt(system, near)
        elif system.schema is None:
            yield _unknown(system)


def _in_letters(kind: str) -> str | None:
    """The kind of the same letters: `dynamics` is `dynamics365`, `dynamics-nav` another product."""
    return next((each for each in SHIPPED if _letters(each) == _letters(kind)), None)


def _letters(kind: str) -> str:
    return "".join(filter(str.isalpha, kind.casefold()))


def _misspelt(system: System, near: str) -> Diagnostic:
    assert system.kind_span is not None
    return check.finding(
        f"there is no kind `{system.kind}`; did you mean `{near}`?",
        system.kind_span,
        fixes=(Fix(f"write `{near}`", (Edit(system.kind_span, spelled(near)),)),),
    )


def _unknown(system: System) -> Diagnostic:
    assert system.kind is not None and system.kind_span is not None
    known = one_of(list(SHIPPED), last="and")
    return check.finding(
        f"nothing is known about the properties of `{system.name}`, because its kind is "
        f"`{system.kind}` and it has no schema",
        system.kind_span,
        severity=Severity.INFO,
        certainty=Certainty.UNKNOWN,
        notes=(f"known without a schema file: {known}",),
    )
