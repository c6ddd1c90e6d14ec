"""`table`: what one rule does, in words."""

from textwrap import dedent

import pytest

from tests.cli.harness import run, write

POLICY = """\
mapping contacts: hubspot.contacts <-> dynamics.contact {
  source: hubspot.source -> dynamics.leadsourcecode on create only
  phone:  hubspot.phone <-> dynamics.telephone1 as e164("DE"), most recent wins
}
mapping leads: hubspot.contacts -> dynamics.lead {
  source: hubspot.source -> dynamics.leadsourcecode if blank
}
"""


def test_a_table_is_folded_into_words() -> None:
    write("a.sync", POLICY)
    ran = run("table", "contacts.source", "a.sync")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == dedent(
        """\
        contacts.source: hubspot.contacts.source -> dynamics.contact.leadsourcecode
            on create only

        event                            made in   hubspot  then                 because
        -------------------------------  --------  -------  -------------------  -------------------------------------------------
        create                           hubspot            nothing is written   the rule does not give to the record that is made
        create                           dynamics  blank    nothing is written   a blank is skipped
        create                           dynamics  a value  dynamics is written  the source gives
        initial, update or reactivation                     nothing is written   the event is not among the rule's

        over time                                                   kept
        ----------------------------------------------------------  ----------------------------
        an edit is not undone while the sync runs                   yes
        an edit made in a pause is not undone                       yes
        switching on again changes nothing by itself                yes
        of two edits neither is dropped                             yes
        what somebody takes out stays out                           yes
        a blank never erases a value                                yes
        an edit arrives on the other side                           no, as `on create only` says
        an edit made in a pause arrives                             no, as `on create only` says
        a pause makes no difference                                 yes
        only the last of several edits counts                       yes
        an edit that is taken back is taken back on the other side  yes
        after a full pass both sides are equal                      no, as `on create only` says
        a second pass writes nothing                                yes
        it writes a pair at most once                               yes
        """  # noqa: E501
    )


def test_every_row_can_be_seen() -> None:
    write("a.sync", POLICY)
    folded, whole = run("table", "phone", "a.sync"), run("table", "--all", "phone", "a.sync")
    assert folded.code == whole.code == 0
    assert len(whole.out.splitlines()) > 2 * len(folded.out.splitlines())
    assert all(line == line.rstrip() for line in whole.out.splitlines())


def test_the_histories_that_break_its_laws_can_be_seen() -> None:
    write("a.sync", POLICY)
    ran = run("table", "leads.source", "a.sync", "--laws")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    at = lines.index("what somebody takes out stays out: no")
    assert lines[at + 1] == (
        "    first sync, both sides hold the same; the sync is paused; "
        "`dynamics.leadsourcecode` is emptied; it is switched on again "
        "→ what was taken out of `dynamics.leadsourcecode` is back"
    )
    assert "a blank never erases a value: yes" in lines
    assert "nothing is written" not in ran.out


def test_a_law_that_only_some_engines_keep_says_so() -> None:
    write("a.sync", "a: hubspot -> dynamics once\n")
    ran = run("table", "a", "a.sync", "--laws")
    remembers = "it writes a pair at most once: if the engine remembers what it synced last\n"
    assert remembers + "    otherwise: first sync" in ran.out


FLAG = "out: hubspot.hs_email_optout {} dynamics.donotbulkemail {}\n"


def test_a_flag_is_set_and_not_later_than_another_one() -> None:
    write("a.sync", FLAG.format("->", "sticky"))
    one_way = run("table", "out", "a.sync").out
    assert "stage" not in one_way and "later" not in one_way
    assert "set in hubspot " in one_way and "the flag would be taken back" in one_way
    write("a.sync", FLAG.format("<->", "sticky"))
    assert "a flag that is set stays set" in run("table", "out", "a.sync").out
    write("a.sync", FLAG.format("->", "sticky, as lower"))
    assert "neither true nor false" in run("table", "out", "a.sync", "--all").out


def test_a_no_that_no_clause_explains_says_where_to_look() -> None:
    write("a.sync", POLICY)
    hint = "\nadd `--laws` to see how a `no` comes about\n"
    assert run("table", "leads.source", "a.sync").out.endswith(hint)
    assert "--laws" not in run("table", "contacts.source", "a.sync").out


def test_a_label_of_several_mappings_needs_one() -> None:
    write("a.sync", POLICY)
    ran = run("table", "source", "a.sync")
    assert ran.code == 2
    assert ran.err == (
        "syncdsl: several rules are called `source`: `contacts.source` and `leads.source`\n"
    )


def test_rules_of_one_name_in_two_files_are_both_shown() -> None:
    write("a.sync", "source: hubspot -> dynamics if blank\n")
    write("b.sync", "source: hubspot -> dynamics once\n")
    assert run("table", "source", ".").out.count("source: hubspot.source") == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sourse", "did you mean `source`?"),
        ("contacts.fone", "did you mean `contacts.phone`?"),
        ("x", "known: `contacts.source`, `contacts.phone` and `leads.source`"),
    ],
)
def test_a_rule_that_is_not_there_comes_with_the_nearest_one(name: str, words: str) -> None:
    write("a.sync", POLICY)
    ran = run("table", name, "a.sync")
    assert ran.code == 2 and words in ran.err


def test_a_policy_that_does_not_parse_ends_with_2() -> None:
    write("a.sync", POLICY + "??\n")
    ran = run("table", "phone", "a.sync")
    assert ran.code == 2 and ran.out == "" and ran.err.startswith("a.sync:8:1: error:")


RECORDS = """\
mapping contacts: hubspot.contacts -> dynamics.contact {
  match email = emailaddress1
  create in dynamics
  delete unlinks
  email: hubspot.email -> dynamics.emailaddress1 on create only
}
"""


def test_a_mapping_shows_what_becomes_of_its_records() -> None:
    write("a.sync", RECORDS)
    ran = run("table", "contacts", "a.sync")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == dedent(
        """\
        contacts: hubspot.contacts -> dynamics.contact
            match email = emailaddress1
            create in dynamics
            delete unlinks

        over time                                           kept
        --------------------------------------------------  ----------------------------
        a deleted record stays deleted                      no, as `delete unlinks` says
        a deletion takes no other record along              yes
        a merge deletes no other record and makes none      no, as `delete unlinks` says
        what is left of a merge goes on being synced        yes
        records that belong together find each other again  no, as `delete unlinks` says
        no second record is made of one that is there       yes
        """
    )


def test_the_histories_of_records_can_be_seen() -> None:
    write("a.sync", RECORDS)
    ran = run("table", "contacts", "a.sync", "--laws")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    at = lines.index("a deleted record stays deleted: no, as `delete unlinks` says")
    assert lines[at + 1] == (
        "    first sync, a record is there in both; the record in `dynamics` is deleted; sync; "
        "sync → it is made again in `dynamics`, from its partner in `hubspot`"
    )
    assert "a deletion takes no other record along: yes" in lines


def test_a_mapping_that_is_not_there_comes_with_the_nearest_one() -> None:
    write("a.sync", RECORDS)
    ran = run("table", "contact", "a.sync")
    assert ran.code == 2 and "did you mean `contacts`?" in ran.err
