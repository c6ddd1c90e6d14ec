"""
How values are told that are none of their property's options.

Two checks do that, for values that are written and for values that are waited for, and both have to
be as sure as the schema is. What lists all options is believed. In the others a system's own ones
may be missing, so that only a similar name says something, and the rest is one information for
each property.
"""

from __future__ import annotations

from collections.abc import Iterator

from syncdsl.check.base import MAX_LABELS, Check
from syncdsl.check.known.arriving import closed
from syncdsl.check.known.mentions import Mention, Role, unlisted
from syncdsl.check.naming import in_place_of, near_name, place_of_value
from syncdsl.convert import text
from syncdsl.diagnostic import Certainty, Diagnostic, Fix, Label, Severity
from syncdsl.policy import Policy, Property
from syncdsl.suggest import did_you_mean, few_of

# A Dataverse option that somebody added has the prefix of its publisher, five digits at least, and
# four more (learn.microsoft.com/power-apps/developer/data-platform, "publisher", option value
# prefix). No shipped list can have it, so that it is missing says nothing.
_FIRST_OF_A_PUBLISHER = 100_000_000

_HARM = {
    Role.WRITES: "it is refused",
    Role.READS: "this line is never read",
    Role.ASKS: "it never has this value",
    Role.RANKS: "it never is at this stage",
}


def harm(mention: Mention) -> str:
    """What comes of a value that the property does not have."""
    return _HARM[mention.role]


def tell(check: Check, policy: Policy, roles: tuple[Role, ...]) -> Iterator[Diagnostic]:
    rest: dict[Property, list[Mention]] = {}
    for mention, labelled in unlisted(policy):
        if labelled is not None or mention.role not in roles:
            continue
        known = [text(option.value) for option in mention.options]
        value = text(mention.value)
        if closed(policy, mention.property):
            near = None if _is_number(value) else did_you_mean(value, known)
            meant = (
                f"the options are {few_of(known)}" if near is None else f"did you mean `{near}`?"
            )
            message = f"`{mention.property}` has no option `{value}`: {harm(mention)}; {meant}"
            yield _finding(check, mention, message, near, Severity.ERROR)
        elif (near := _meant(value, known)) is not None:
            message = (
                f"the schema lists no option `{value}` of `{mention.property}`: {harm(mention)}; "
                f"did you mean `{near}`?"
            )
            yield _finding(check, mention, message, near, Severity.WARNING)
        elif not _is_a_publisher_s(mention):
            rest.setdefault(mention.property._replace(facts=None), []).append(mention)
    for mentions in rest.values():
        yield _listed(check, mentions)


def _finding(
    check: Check, mention: Mention, message: str, near: str | None, severity: Severity
) -> Diagnostic:
    fixes: tuple[Fix, ...] = ()
    option = next((each.value for each in mention.options if text(each.value) == near), None)
    if near is not None and option is not None:
        edit = in_place_of(mention.span, mention.value, option)
        fixes = () if edit is None else (Fix(f"write `{near}`", (edit,)),)
    question = None
    if severity is not Severity.ERROR:
        owner = f"{mention.property.system}.{mention.property.object}"
        question = f"how many `{owner}` have `{text(mention.value)}` in `{mention.property.name}`?"
    place = place_of_value(mention.span, mention.value) or mention.span
    return check.finding(message, place, severity=severity, fixes=fixes, question=question)


def _meant(value: str, known: list[str]) -> str | None:
    """The option that was meant, if it can hardly be otherwise: numbers have no slips."""
    if _is_number(value):
        return None
    other_case = [each for each in known if each.casefold() == value.casefold()]
    return other_case[0] if other_case else near_name(value, known)


def _is_number(value: str) -> bool:
    return value.lstrip("-").isdigit()


def _is_a_publisher_s(mention: Mention) -> bool:
    return isinstance(mention.value, int) and mention.value >= _FIRST_OF_A_PUBLISHER


def _listed(check: Check, mentions: list[Mention]) -> Diagnostic:
    first = mentions[0]
    names = list(dict.fromkeys(text(each.value) for each in mentions))
    places = list(dict.fromkeys(each.span for each in mentions))
    return check.finding(
        f"the schema lists no {few_of(names)} for `{first.property}`: if it lists all, "
        f"{harm(first)}",
        first.span,
        severity=Severity.INFO,
        certainty=Certainty.UNKNOWN,
        labels=tuple(Label(place, "named here too") for place in places[1:MAX_LABELS]),
    )
