"""What makes a second pass write, and what does not."""

from syncdsl.flow.settling import unsettled
from tests.check.reading import understood


def pairs(rules: str) -> list[tuple[str, str]]:
    policy = understood(
        f"""
        mapping people: hubspot.contacts -> dynamics.contact {{
          match email = email
          {rules}
        }}
        """
    )
    return [(each.first.label, each.second.label) for each in unsettled(policy.mappings[0])]


def test_two_constants_write_over_each_other() -> None:
    found = pairs("""
        a: "yes" -> dynamics.active when hubspot.type = a
        b: "no" -> dynamics.active when hubspot.name = b
    """)
    assert ("a", "b") in found


def test_the_same_constant_twice_is_settled() -> None:
    found = pairs("""
        a: "yes" -> dynamics.active when hubspot.type = a
        b: "yes" -> dynamics.active when hubspot.name = b
    """)
    assert found == []
