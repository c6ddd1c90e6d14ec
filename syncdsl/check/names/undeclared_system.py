"""
Nothing is known about a system, because it is not declared.

A `system` line names the product and the schema. With a schema, misspelt properties are found, and
options that a value map leaves out; without it, any property may exist and may hold anything.

Bad:

    source: hubspot -> dynamics on create only

Good:

    system hubspot  { kind hubspot,     schema "schemas/hubspot.json" }
    system dynamics { kind dynamics365, schema "schemas/dynamics365.json" }

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
            notes=(f'declare it, as in `system {system.name} {{ schema "schemas/….json" }}`',),
        )
