"""Rules that are alike but for their names, and what is asked of one of them."""

from syncdsl.semantics.alike import kinds_of, mappings_where, rules_where
from tests.check.reading import understood

TEXT = """
system crm { kind hubspot }
system erp { kind dynamics365 }

mapping people: crm.contacts <-> erp.contact {
  match email = emailaddress1 as trim | lower
  first: crm.own_first -> erp.own_first on create only
  last: crm.own_last -> erp.own_last on create only
  phone: crm.phone <-> erp.telephone1, ask
  one: "1" -> erp.note on create only
  other: 1 -> erp.hint on create only
  third: crm.a -> erp.b on create only, when crm.c = 1
}

mapping firms: crm.companies <-> erp.account {
  match domain = websiteurl as trim | lower
  create in erp never
  name: crm.own_name -> erp.own_name on create only
  call: crm.phone <-> erp.telephone1, ask
}
"""


POLICY = understood(TEXT)


def labels() -> list[list[str]]:
    found = kinds_of(POLICY)
    return [[found.rules[place][0].label for place in kind.places] for kind in found.different]


def test_each_rule_has_one_kind() -> None:
    found = kinds_of(POLICY)
    assert [rule for rule, _ in found.rules] == list(POLICY.rules)
    places = sorted(place for kind in found.different for place in kind.places)
    assert places == list(range(len(found.rules)))
    for place, kind in enumerate(found.kinds):
        assert place in kind.places


def test_names_tell_no_rules_apart_and_values_do() -> None:
    kinds = labels()
    assert ["first", "last"] in kinds
    assert ["one"] in kinds
    assert ["other"] in kinds


def test_what_a_mapping_never_makes_tells_rules_apart() -> None:
    assert ["name"] in labels()


def test_a_sample_has_no_names_and_no_condition() -> None:
    for kind in kinds_of(POLICY).different:
        rule = kind.rule
        names = [end.name for end in (rule.left, rule.right) if end is not None]
        objects = [end.object for end in (rule.left, rule.right) if end is not None]
        wired = {rule.wiring.left.name, rule.wiring.right.name}
        assert not any(names) and not any(objects) and wired <= {"", None}
        assert rule.name == "" and rule.guard is None and kind.mapping.scope is None


def test_rules_come_in_the_order_of_the_source() -> None:
    two_way = [
        rule.label for rule, _ in rules_where(POLICY, lambda rule: rule.clauses.owner is None)
    ]
    assert two_way == [rule.label for rule in POLICY.rules]
    none = [*rules_where(POLICY, lambda rule: False)]
    assert none == []


def test_a_mapping_comes_with_its_rules_that_fit() -> None:
    asked = [
        (mapping.name, [rule.label for rule in rules])
        for mapping, rules in mappings_where(POLICY, lambda rule: len(rule.receivers) == 2)
    ]
    assert asked == [("people", ["phone"]), ("firms", ["call"])]
    only = [
        mapping.name for mapping, _ in mappings_where(POLICY, lambda rule: rule.clauses.constant)
    ]
    assert only == ["people"]
