"""
Nothing is known about a system, because it is not declared.

A `system` line names the product, or a schema file, or both. With a schema, misspelt properties are
found, and options that a value map leaves out; without one, any property may exist and may hold
anything.

Bad:

    source: hubspot -> dynamics on create only

Good:

    system hubspot  { kind hubspot }
    system dynamics { kind dynamics365 }

    mapping people: hubspot.contacts -> dynamics.contact {
      source: hubspot.hs_analytics_source -> dynamics.leadsourcecode on create only
    }

Right anyway: in a first try, and where nobody has the schema yet. It is an information.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Certainty, Diagnostic, Severity
from syncdsl.policy import Policy
from syncdsl.schema import SHIPPED
from syncdsl.semantics.test_block import spelled
from syncdsl.suggest import did_you_mean

check = Check(__name__, Severity.INFO, since="0.1", certainty=Certainty.UNKNOWN)


@check.on_policy
def is_not_declared(policy: Policy) -> Iterator[Diagnostic]:
    declared = [system.name for system in policy.systems if system.declared]
    for system in policy.systems:
        if system.declared or did_you_mean(system.name, declared) is not None:
            continue  # a name that is nearly another one is told as that
        yield check.finding(
            f"nothing is known about the properties of `{system.name}`, which is not declared",
            system.span,
            notes=(_declaration(system.name),),
        )


def _declaration(name: str) -> str:
    word = spelled(name)
    near = next((kind for kind in SHIPPED if kind.startswith(name.casefold())), None)
    fact = 'schema "schemas/….json"' if near is None else f"kind {near}"
    return f"declare it, as in `system {word} {{ {fact} }}`"
