"""
Finding a page by what it is about, in the words of those who ask.

Who looks for a page has seen harm and has no name for it: "lost data when I turned the sync back
on". So little words are left out, the endings of the others do not matter, and what people call
something is translated into what the pages call it (`CALLED`); what they say of a page and the
page does not say stands in `ALSO`. Of two words both have to be in a page, if one has both; of a
sentence a third may be missing. A word counts more in a code than in the first sentence, more there
than in the rest, and the more the fewer pages have it. One letter may be wrong, if no page has the
word as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

from syncdsl.report.page import Page
from syncdsl.suggest import did_you_mean

# What our word is for a word of CRMs, of their forms, and of people in a hurry.
CALLED = {
    **dict.fromkeys(
        ("field", "fields", "column", "columns", "attribute", "attributes"), "property"
    ),
    **dict.fromkeys(("picklist", "picklists", "dropdown", "dropdowns", "enum"), "option"),
    **dict.fromkeys(("enumeration", "optionset", "choice", "choices"), "option"),
    **dict.fromkeys(("multiselect", "checkboxes", "checkbox"), "list"),
    **dict.fromkeys(("lookup", "lookups", "relation", "association", "associations"), "reference"),
    **dict.fromkeys(("turn", "turned", "turning", "switch", "switched", "resume"), "reactivation"),
    **dict.fromkeys(("resumed", "pause", "paused", "reenable", "reenabled"), "reactivation"),
    **dict.fromkeys(("reactivate", "reactivated", "reactivating", "resync"), "reactivation"),
    **dict.fromkeys(("overwrote", "overrode", "replaced", "replaces", "clobbered"), "overwrite"),
    **dict.fromkeys(("null", "nulls", "empty"), "blank"),
    **dict.fromkeys(("opt", "optout", "optin", "unsubscribe", "unsubscribed"), "consent"),
    **dict.fromkeys(("gdpr", "privacy", "permission", "donotcontact"), "consent"),
    **dict.fromkeys(("timezone", "timezones", "utc"), "zone"),
    **dict.fromkeys(("mandatory", "obligatory"), "required"),
    **dict.fromkeys(("readonly", "uneditable"), "read"),
    **dict.fromkeys(("assignee", "assignment", "salesperson", "rep"), "owner"),
    **dict.fromkeys(("twice", "dedupe", "dupes", "dups"), "duplicate"),
    **dict.fromkeys(("infinite", "endless", "circular", "pingpong"), "loop"),
    **dict.fromkeys(("truncate", "truncated"), "cut"),
    **dict.fromkeys(("decimals", "rounded", "rounding"), "precision"),
    **dict.fromkeys(("backwards", "backward"), "back"),
}

# What people say when they have seen what a page is about, as far as the page does not say it.
ALSO = {
    "overwrite-on-reactivation": "lost data after sync was off and on again, existing values gone",
    "overwrite-on-initial-sync": "existing values lost at the first sync, onboarding, go live",
    "edit-lost-silently": "conflict, edited at the same time, my change disappeared",
    "stale-value-wins": "old data wins, outdated",
    "first-touch-not-write-once": "original source, attribution, utm, lead source, first page seen",
    "blank-clears-target": "empty field overwrites value, erased, wiped, cleared",
    "two-way-without-winner": "conflict, who wins, source of truth, precedence",
    "two-rules-write-one-property": "two syncs write the same property, two integrations, conflict",
    "sync-loop": "infinite loop, ping pong, bouncing back and forth, endless updates",
    "create-without-match-key": "duplicate contacts, duplicates created, dedupe",
    "scopes-overlap": "duplicate, created twice",
    "match-key-not-unique": "duplicate key, ambiguous match, dedupe",
    "match-key-not-normalised": "phone number format, case of letters, email upper case, duplicate",
    "required-target-unfilled": "required property blank, mandatory, cannot create record",
    "reference-without-mapping": "lookup, account does not exist in the other system, parent",
    "deleted-record-returns": "deleted contact comes back, recreated, zombie",
    "deletion-without-limit": "mass deletion, deleted everything by mistake",
    "merge-deletes-partner": "merge duplicate contacts, lost the partner",
    "read-only-target": "read only property, calculated, formula, cannot edit",
    "date-without-zone": "one day off, wrong day, birthday, midnight",
    "text-cut-off": "too long, truncated, max length",
    "precision-lost": "decimals rounded",
    "list-into-scalar": "multi select, multiple checkboxes",
    "list-overwritten": "multi select, multiple checkboxes, tags lost",
    "text-into-list": "multi select, multiple checkboxes",
    "label-instead-of-value": "internal name, internal value",
    "option-unknown-to-target": "missing option, dropdown value not found, picklist",
    "options-not-covered": "missing option, dropdown values do not match, picklist",
    "consent-not-sticky": "opt out lost, emails again after unsubscribing, bulk email, donotemail",
    "stage-can-go-back": "lifecycle stage goes backwards, downgrade, regress, pipeline",
    "closed-record-written": "closed deal cannot be edited, won, lost, locked, resolved case",
    "owner-not-mapped": "owner assignment, assignee, user, sales rep",
    "unknown-property": "typo in field name, custom field, schema name, internal name",
}

# The pages are all about syncs.
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "a after an and are as at be been by can cannot do does for from get gets got had has"
        " have how i if in is it its me my not of on or our out outs so sync syncs synced "
        "that the their them then they this to too was we were what when where which who why "
        "will with you your",
    )
)
_ENDINGS = (
    *("ations", "ation", "ments", "ment", "tions", "tion", "ings", "ing", "ies", "ied", "ten"),
    *("ed", "es", "s", "e", "y"),
)
_STEM = 4  # letters that have to stay, or the rest would begin words of other notions
_CODE, _GROUP, _SUMMARY, _ALSO, _TEXT = 8, 6, 3, 5, 1
_MISSING = 1 / 3  # of a sentence: who writes many words does not weigh each of them
_SHORTEST_WRONG = 5  # letters; of a shorter word, one wrong letter makes another word


class _Words(NamedTuple):
    """The words of a page, and what each place of them counts."""

    page: Page
    places: tuple[tuple[int, frozenset[str]], ...]

    def count(self, stem: str) -> int:
        return sum(
            counts for counts, words in self.places if any(each.startswith(stem) for each in words)
        )


def found(words: Sequence[str], pages: Sequence[Page]) -> list[Page]:
    """The pages that are about these words, the nearest first."""
    known = [_words_of(page) for page in pages]
    asked = dict.fromkeys(_stem(_known(word, known)) for word in _asked(words))
    counts = [tuple(each.count(stem) for stem in asked) for each in known]
    rarity = [
        log(1 + len(pages) / max(1, sum(map(bool, each)))) for each in zip(*counts, strict=True)
    ]
    having = [sum(map(bool, each)) for each in counts]
    enough = max(len(asked) / 2, min(max(having), len(asked) * (1 - _MISSING)))
    ranked = [
        (sum(rare * count for rare, count in zip(rarity, counted, strict=True)), page)
        for counted, has, page in zip(counts, having, pages, strict=True)
        if has >= enough
    ]
    ranked.sort(key=lambda each: -each[0])  # of equal ones the order of reading stays
    return [page for _, page in ranked]


def _asked(words: Iterable[str]) -> list[str]:
    """The words that say something; if none does, all of them."""
    every = [part for word in words for part in _split(word)]
    return [CALLED.get(word, word) for word in every if word not in _LITTLE] or every


def _known(word: str, pages: Sequence[_Words]) -> str:
    """A word that begins one on the pages, or the nearest that stands in a code or a summary."""
    stem = _stem(word)
    if len(word) < _SHORTEST_WRONG or any(page.count(stem) for page in pages):
        return word
    near = {each for words in pages for each in _split(f"{words.page.code} {words.page.summary}")}
    meant = did_you_mean(word, [*sorted(near), *CALLED]) or word
    return CALLED.get(meant, meant)


def _words_of(page: Page) -> _Words:
    places = (
        (_CODE, page.code),
        (_GROUP, page.group),
        (_SUMMARY, page.summary),
        (_ALSO, " ".join(_asked([ALSO.get(page.code, "")]))),
        (_TEXT, page.text),
    )
    return _Words(page, tuple((counts, frozenset(_split(text))) for counts, text in places))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word


def _split(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
