"""
Records are matched by a domain on the one side and the address of a page on the other.

`example.com` and `https://www.example.com/` mean one company, and are two texts. No step makes one
of the other, so only those pair in whose address somebody has typed a bare domain. The others are
found nowhere, and where records are created they are made once more.

Bad:

    mapping companies: hubspot.companies <-> dynamics.account {
      match domain = websiteurl as trim | lower
      city: hubspot.city -> dynamics.address1_city if blank
    }

Good:

    mapping companies: hubspot.companies <-> dynamics.account {
      match domain = new_domain as trim | lower
      city: hubspot.city -> dynamics.address1_city if blank
    }

Right anyway: when the address is kept as a bare domain everywhere, by a rule of its system. Allow
it with this reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.check.known.meanings import is_domain, is_web_address
from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.policy import Key, Policy, Property

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def pairs_hardly_any(policy: Policy) -> Iterator[Diagnostic]:
    for mapping in policy.mappings:
        for key in () if mapping.broken else mapping.match:
            address = _address(key)
            if address is not None:
                owner = f"{address.system}.{address.object}" if address.object else address.system
                yield check.finding(
                    "`example.com` and `https://www.example.com/` do not pair: "
                    f"`{key.left.name} = {key.right.name}` compares a domain with the address of a "
                    "page",
                    key.span,
                    notes=("keep the domain in a property of its own, and match by that",),
                    question=f"in how many of `{owner}` is `{address.name}` a bare domain?",
                )


def _address(key: Key) -> Property | None:
    """The half of a key that is the address of a page, where the other one is a domain."""
    for one, other in ((key.left, key.right), (key.right, key.left)):
        if is_domain(one) and is_web_address(other):
            return other
    return None
