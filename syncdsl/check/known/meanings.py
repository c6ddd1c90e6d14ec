"""
What a property means to people, as far as its name and its schema tell.

A name alone is weak evidence, so each meaning is a list of whole names, in the spelling of `words`:
names of products, with the product they are from, and a few that mean the same everywhere. What
only sounds like one (`donotify`, `first_name`, `gold_source`) is none; the near misses stand in
the cases of the checks that ask. What the schema states goes before what the name lets one think.
"""

from __future__ import annotations

import re
from functools import cache

from syncdsl.policy import Property, Rule
from syncdsl.schema import Object, Type
from syncdsl.situation import Side, Word


@cache
def words(name: str) -> str:
    """A property's name in one spelling, so that lists of names need only one."""
    return "_".join(_LETTERS.findall(name.lower()))


_LETTERS = re.compile(r"[^\W_]+")


# ── consent ──────────────────────────────────────────────────────────────────────────────────────


class Polarity(Word):
    """What a true means."""

    OBJECTION = "do not write to me"
    CONSENT = "you may write to me"


_OBJECTION = re.compile(
    r"""
      hs_email_optout(_\d+)?                      # HubSpot: from all mail, from one kind of it
    | hs_contact_enrichment_opt_out
    | donot(bulkemail|bulkpostalmail|email|fax|phone|postalmail|sendmm)     # Dynamics 365
    | msdyn_gdproptout
    | privacy_blocked                             # Business Central
    | consent_?(revoked|withdrawn)                # Sitecore's ConsentRevoked
    | has_?opted_?out_?of_?(email|fax) | do_?not_?(call|contact|email|mail|sms|sell|track)
    | ((global|email|e_mail|sms|marketing|newsletter)_)?(opt_?out|opted_out|unsubscribed?)
    """,
    re.VERBOSE,
)
_CONSENT = re.compile(
    r"""
      is_?receiving_?direct_?mail                 # Finance and Operations
    | hs_data_privacy_ads_consent                 # HubSpot
    | (buyer_)?accepts_(marketing|newsletter|e_?mails?|sms)       # shops
    | ((email|e_mail|sms|marketing|newsletter)_)?(opt_?in|opted_in|subscribed)
    | (email|e_mail|sms|marketing|newsletter|gdpr)_(consent|permission)
    | (allow|may|can)_?(call|contact|email|mail|phone|sms)
    | receives?_(newsletters?|mailings?|marketing)
    """,
    re.VERBOSE,
)


def polarity(end: Property | None) -> Polarity | None:
    """Is a true in this property an objection, or a consent?"""
    if end is None:
        return None
    return polarity_of(end.name, None if end.facts is None else end.facts.type)


@cache
def polarity_of(name: str, kind: Type | None) -> Polarity | None:
    if _OBJECTION.fullmatch(words(name)):
        return Polarity.OBJECTION
    # A date or a text of the same name says when or how somebody agreed.
    can_be_true = kind in (None, Type.BOOL, Type.OPTION)
    return Polarity.CONSENT if can_be_true and _CONSENT.fullmatch(words(name)) else None


def consents_in(found: Object) -> tuple[str, ...]:
    """The properties of an object in which somebody objects or agrees, those about mail first."""
    names = (name for name, facts in found.properties.items() if polarity_of(name, facts.type))
    return tuple(sorted(names, key=lambda name: "mail" not in words(name)))


def is_objection(end: Property | None) -> bool:
    return polarity(end) is Polarity.OBJECTION


def no_objection(rule: Rule, receiver: Side) -> bool:
    """
    What takes an objection back is told as that. To write less is no way out there: a rule that
    fills only a blank no longer brings an objection to a system that has a `false`.
    """
    return not (is_objection(rule.left) or is_objection(rule.right))


# ── first touch and stages ───────────────────────────────────────────────────────────────────────

# The bare `source` of a contact is its first touch in every system that has one; `first_…` only
# with what a touch is, because of first names and first orders.
_FIRST_TOUCH = re.compile(
    r"""
      source | lead_?source(_?code)? | (original|originating|acquisition|first)_source(_\w+)?
    | hs_analytics_source(_data_[12])?            # HubSpot: Original Traffic Source
    | hs_analytics_first_\w+                      # HubSpot: First Touch Converting Campaign …
    | hs_object_source(_\w+)?                     # HubSpot: Record source
    | first_(touch|conversion|referrer|campaign|page|visit|channel)(_\w+)?
    | utm_\w+_first | first_utm_\w+ | original_utm_\w+
    """,
    re.VERBOSE,
)
_LATEST = re.compile(r"(\w+_)?(latest|last|current|recent)(_\w+)?")

# HubSpot's lifecycle stage does not go back by itself, and its reports count on that; a program has
# to empty it first (integrate.hubspot.com/t/update-lifecycle-stage-using-api/1333). Lead statuses
# and deal stages go back in daily work: they are stages only where the policy says so.
_STAGES = ("lifecyclestage", "lifecycle_stage")


def is_first_touch(end: Property | None) -> bool:
    return end is not None and _FIRST_TOUCH.fullmatch(words(end.name)) is not None


def is_meant_to_change(end: Property) -> bool:
    """Is it named like what is true at the moment?"""
    return _LATEST.fullmatch(words(end.name)) is not None


def is_stage(end: Property | None) -> bool:
    return end is not None and words(end.name) in _STAGES


# ── who somebody is ──────────────────────────────────────────────────────────────────────────────

_EMAIL = re.compile(r"(\w+_)?(e_?mail|email_?address)(_?\d)?|mail|mail_address")
_PHONE = re.compile(r"(\w+_)?(tele)?phone(_?(no|number))?(_?\d)?|mobile(_?phone)?(_?(no|number))?")
_POSTCODE = re.compile(r"(\w+_)?(zip|zip_?code|postal_?code|post_?code|plz)(_?\d)?")
_DOMAIN = re.compile(r"((company|website|email|web|primary)_?)?domain(_name)?")
_WEB_ADDRESS = re.compile(r"(company_?)?(web_?site(_?url)?|web_?page|home_?page|url)")
# Many records share one of these, by their nature. Dataverse does not force e-mails to be unique
# either: support.lyntonweb.com, "Bidirectional Integrations: Risks and Considerations".
_SHARED = re.compile(
    r"""
      ((company|account|contact|customer|store|full|first|middle|last|deal)_?)?name
    | city | zip | street | postal_?code | birth_?date | birthday | date_of_birth
    | emailaddress\d
    """,
    re.VERBOSE,
)


def is_email(end: Property) -> bool:
    return _may_be_text(end) and _EMAIL.fullmatch(words(end.name)) is not None


def is_phone(end: Property) -> bool:
    return _may_be_text(end) and _PHONE.fullmatch(words(end.name)) is not None


def is_postcode(end: Property) -> bool:
    return _may_be_text(end) and _POSTCODE.fullmatch(words(end.name)) is not None


def is_domain(end: Property) -> bool:
    """Does it hold `example.com`?"""
    return _may_be_text(end) and _DOMAIN.fullmatch(words(end.name)) is not None


def is_web_address(end: Property) -> bool:
    """Does it hold `https://www.example.com/`, or what people type for it?"""
    return _may_be_text(end) and _WEB_ADDRESS.fullmatch(words(end.name)) is not None


def is_shared(end: Property) -> bool:
    """Do several records hold one value of it as a rule?"""
    name = words(end.name)
    return _SHARED.fullmatch(name) is not None or is_phone(end)


def is_personal(end: Property | None) -> bool:
    """Does it hold what people ask to have removed: how to reach them, when they were born?"""
    if end is None:
        return False
    return is_email(end) or is_phone(end) or _PERSONAL.fullmatch(words(end.name)) is not None


def is_of_a_company(end: Property | None) -> bool:
    """Is it a property of companies? Nobody asks to have the number of a switchboard removed."""
    return end is not None and _COMPANY.fullmatch(words(end.object or "")) is not None


_COMPANY = re.compile(r"compan(y|ies)|organi[sz]ations?")
_PERSONAL = re.compile(r"(\w+_)?fax(_?(no|number))?\d?|birth_?(date|day)|date_of_birth")


def _may_be_text(end: Property) -> bool:
    return end.facts is None or end.facts.type in (None, Type.TEXT)


# ── who looks after it ───────────────────────────────────────────────────────────────────────────

_OWNERS = re.compile(r"(hubspot_)?owner_?id|preferredsystemuserid")
USERS = frozenset({"systemuser", "team", "user", "users", "owner", "owners", "queue"})  # objects


def may_hold_a_user(end: Property) -> bool:
    """As far as its type tells."""
    return end.facts is None or end.facts.type in (None, Type.REFERENCE, Type.OPTION)


def is_owner(end: Property | None) -> bool:
    """Does it hold a user of its system, by that system's own id?"""
    if end is None:
        return False
    if not may_hold_a_user(end):
        return False
    targets = None if end.facts is None else end.facts.targets
    if targets is not None:
        return USERS.issuperset(targets)
    return _names_an_owner(end.name)


@cache
def _names_an_owner(name: str) -> bool:
    return _OWNERS.fullmatch(words(name)) is not None


# ── money ────────────────────────────────────────────────────────────────────────────────────────


def is_money(end: Property) -> bool:
    return end.facts is not None and (
        end.facts.type is Type.MONEY or end.facts.currency is not None
    )


def currency_of(end: Property, object: Object | None) -> str | None:
    """The property that says which money this is; None: it is no money, or nobody knows."""
    facts = end.facts
    if facts is None:
        return None
    if facts.currency is not None:
        return facts.currency
    # Dataverse has one currency for all money of a record (learn.microsoft.com/power-apps/
    # developer/data-platform, "Transaction Currency (currency) table").
    if facts.type is Type.MONEY and object is not None and _DATAVERSE in object.properties:
        return _DATAVERSE
    return None


_DATAVERSE = "transactioncurrencyid"


_CURRENCY = re.compile(r"\w*currency(_?code|_?id)?")


@cache
def is_currency(name: str) -> bool:
    return (
        "currency" in name.lower()
        and _CURRENCY.fullmatch(words(name.rpartition(".")[2])) is not None
    )
