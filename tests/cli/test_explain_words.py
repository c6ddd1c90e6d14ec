"""`explain` in the words of people who have seen harm and know none of our codes.

The phrases were written down before anybody looked at what is found for them. What is expected is
the first page, or one of those that would do as the first.
"""

import pytest

from syncdsl.faults import PAGES
from syncdsl.project.codes import ALL_CODES
from syncdsl.report import search
from syncdsl.report.page import every_page
from tests.cli.harness import run

CONSENT = {"consent-not-sticky", "consent-polarity-inverted", "consent-missing-on-create"}
OPTIONS = {"option-unknown-to-target", "options-not-covered", "unknown-option"}
LISTS = {"list-overwritten", "list-into-scalar", "text-into-list"}

EXPECTED = {
    "opt out": CONSENT,
    "gdpr consent": CONSENT,
    "unsubscribed people get emails again": {"consent-not-sticky"},
    "overwritten after reactivation": {"overwrite-on-reactivation"},
    "lost data when I turned the sync back on": {"overwrite-on-reactivation"},
    "overwrite existing values first sync": {"overwrite-on-initial-sync"},
    "original source overwritten": {"first-touch-not-write-once"},
    "both edited conflict": {"edit-lost-silently"},
    "stale data wins": {"stale-value-wins"},
    "empty field overwrites value": {"blank-clears-target"},
    "two syncs write the same field": {"two-rules-write-one-property"},
    "loop": {"sync-loop"},
    "sync keeps bouncing back and forth": {"sync-loop"},
    "duplicate contacts": {"create-without-match-key"},
    "records created twice": {"create-without-match-key", "scopes-overlap"},
    "phone number format": {"match-key-not-normalised"},
    "required field": {"required-target-unfilled"},
    "field is mandatory in dynamics": {"required-target-unfilled"},
    "lookup": {"reference-without-mapping"},
    "account does not exist in other system": {"reference-without-mapping"},
    "merge": {"merge-deletes-partner"},
    "deleted contact comes back": {"deleted-record-returns"},
    "deleting all contacts by mistake": {"deletion-without-limit"},
    "read only field": {"read-only-target"},
    "timezone": {"date-without-zone"},
    "date is one day off": {"date-without-zone"},
    "text too long": {"text-cut-off"},
    "decimals rounded": {"precision-lost"},
    "picklist": OPTIONS,
    "missing dropdown option": OPTIONS,
    "dropdown values do not match": OPTIONS,
    "label vs internal value": {"label-instead-of-value"},
    "multi select": LISTS,
    "lifecycle stage goes backwards": {"stage-can-go-back"},
    "closed deal cannot be edited": {"closed-record-written"},
    "currency": {"money-without-currency"},
    "owner assignment": {"owner-not-mapped"},
    "salesperson not found": {"owner-not-mapped"},
    "typo in field name": {"unknown-property"},
}


@pytest.mark.parametrize("phrase", EXPECTED)
def test_what_people_type_leads_to_the_page(phrase: str) -> None:
    ran = run("explain", *phrase.split())
    assert ran.code == 0 and ran.err == ""
    assert ran.out.splitlines()[2].split()[0] in EXPECTED[phrase]


@pytest.mark.parametrize("asked", [["opt out"], ["Opt", "Out"], ["opt-outs"]])
def test_it_does_not_matter_how_a_phrase_is_written(asked: list[str]) -> None:
    assert run("explain", *asked).out == run("explain", "opt", "out").out


def test_where_no_page_has_both_words_the_one_that_is_known_leads_on() -> None:
    assert run("explain", "zebra", "loop").out == run("explain", "loop").out


def test_little_words_alone_are_looked_for_all_the_same() -> None:
    assert run("explain", "does", "not").code == 0


def test_the_words_of_people_lead_to_codes_and_words_that_there_are() -> None:
    assert set(search.ALSO) <= set(ALL_CODES) - set(PAGES)
    for word in set(search.CALLED.values()):
        assert search.found([word], every_page()), word
