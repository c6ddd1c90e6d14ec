"""
Nothing is known about the product that runs a mapping.

`via` names it. A product that remembers what it synced last cannot bring about every situation, and
one that does not can bring about more harm. As long as nothing is known about it, every situation
counts as possible.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      via  home-made-sync
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      name: hubspot.lastname -> dynamics.lastname on create only
    }

Right anyway: always; the name is for readers, and it is an information.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity
from syncdsl.policy import Mapping, Policy

check = Check(__name__, Severity.INFO, since="0.1", certainty=Certainty.UNKNOWN)


@check.on_policy
def engine_is_not_known(policy: Policy) -> Iterator[Diagnostic]:
    engines: dict[str, list[Mapping]] = {}
    for mapping in policy.mappings:
        if mapping.via is not None:
            engines.setdefault(mapping.via, []).append(mapping)
    for name, (first, *others) in engines.items():
        yield check.finding(
            f"nothing is known about `{name}`, so every situation counts as possible",
            first.via_span or first.span,
            labels=tuple(
                Label(each.via_span or each.span, "it runs this mapping too")
                for each in others[:MAX_LABELS]
            ),
        )
