"""One mistake is one finding: what follows from it is not told beside it."""

from tests.check.reading import findings

SYSTEMS = """
system hubspot { kind hubspot }
system dynamics { kind dynamics365 }
"""


def codes(mapping: str) -> list[str]:
    return [each.code for each in findings(SYSTEMS + mapping)]


def test_of_keys_that_are_never_equal_it_is_not_said_that_they_are_shared() -> None:
    found = codes("""
        mapping people: hubspot.contacts -> dynamics.contact {
          match createdate = birthdate
          name: hubspot.lastname -> dynamics.lastname on create only
        }
    """)
    assert "match-key-types-differ" in found
    assert "match-key-not-unique" not in found


def test_without_a_key_it_is_not_said_that_records_are_created_for_all() -> None:
    found = codes("""
        mapping people: hubspot.contacts -> dynamics.contact {
          create in dynamics
          name: hubspot.lastname -> dynamics.lastname on create only
        }
    """)
    assert "create-without-match-key" in found
    assert "create-without-condition" not in found
