"""
A promise is about an object that no mapping syncs, so it keeps nothing.

A property outside a mapping's braces is one of a file's own rules, and `dynamics.phone` is not
`dynamics.contact.phone`. A promise that names the wrong one of them holds whatever the rules do,
and everybody who reads it believes the other thing.

Bad:

    mapping people: hubspot.contacts -> dynamics.contact {
      phone: hubspot.phone -> dynamics.phone if blank
    }

    never overwrite dynamics.phone

Good:

    mapping people: hubspot.contacts -> dynamics.contact {
      phone: hubspot.phone -> dynamics.phone if blank
    }

    never overwrite dynamics.contact.phone

Right anyway: when the promise is older than the mapping for which it is made.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import Check
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from syncdsl.flow.graph import object_of, object_on
from syncdsl.policy import NeverOverwrite, NeverSend, OverwriteBudget, Policy, Property
from syncdsl.semantics.test_block import spelled
from syncdsl.situation import Side
from syncdsl.source import Span
from syncdsl.suggest import one_of

check = Check(__name__, Severity.WARNING, since="0.2")


@check.on_policy
def keeps_nothing(policy: Policy) -> Iterator[Diagnostic]:
    if not policy.whole:
        return  # a mapping that was not understood may have the object
    synced = {object_on(mapping, side) for mapping in policy.mappings for side in Side}
    for promise in policy.promises:
        if not isinstance(promise, NeverOverwrite | NeverSend | OverwriteBudget):
            continue
        if object_of(promise.property.key) not in synced:
            yield _told(policy, promise.property, promise.span)


def _told(policy: Policy, about: Property, span: Span) -> Diagnostic:
    meant = list(_meant(policy, about, span))
    if about.object is None:
        nothing = f"no rule outside a mapping is about `{about.system}`"
    else:
        nothing = f"no mapping syncs `{about.system}.{about.object}`"
    near = f"; did you mean {one_of([str(each) for each in meant])}?" if meant else ""
    return check.finding(
        f"{nothing}, so this promise keeps nothing{near}",
        span,
        severity=None if meant else Severity.INFO,
        fixes=tuple(_fixes(about, meant, span)),
    )


def _meant(policy: Policy, about: Property, span: Span) -> Iterator[Property]:
    """
    The same property of an object that is synced, each once; of a property with an object, the one
    that the rules outside of mappings are about.
    """
    found: dict[object, Property] = {}
    for rule in policy.rules:
        for end in (rule.left, rule.right):
            if end is None or (end.system, end.name) != (about.system, about.name):
                continue
            if about.object is None or (end.object is None and end.home == span.source.path):
                found[end.key] = end
    yield from found.values()


def _fixes(about: Property, meant: list[Property], span: Span) -> Iterator[Fix]:
    written = _written(about)
    at = span.text.find(written)
    if len(meant) == 1 and at >= 0:
        start = span.start + at
        edit = Edit(Span(span.source, start, start + len(written)), _written(meant[0]))
        yield Fix(f"promise it of {meant[0]}", (edit,), safe=True)


def _written(end: Property) -> str:
    parts = (end.system, end.object, end.name)
    return ".".join(spelled(part) for part in parts if part is not None)
