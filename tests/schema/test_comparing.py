"""What changed between two schemas."""

from hypothesis import given

from syncdsl import schema
from syncdsl.schema import Change, Object, Option, Property, System, Type, What
from syncdsl.source import Source
from tests.schema.test_form import systems


@given(systems)
def test_nothing_changed_in_the_same_schema(system: System) -> None:
    assert schema.changes(system, system) == ()
    again = schema.parse(Source("s.json", schema.write(system)))[0]
    assert schema.changes(system, again) == ()


@given(systems, systems)
def test_whatever_differs_is_told_and_the_other_way_round_is_turned_round(
    old: System, new: System
) -> None:
    told = schema.changes(old, new)
    assert bool(told) is (schema.write(old) != schema.write(new))
    turned = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED, What.CHANGED: What.CHANGED}
    back = {
        repr(each._replace(what=turned[each.what], old=each.new, new=each.old))
        for each in schema.changes(new, old)
    }
    assert back == {repr(each) for each in told}


def system(*properties: Property) -> System:
    person = Object("person", None, None, {each.name: each for each in properties})
    return System("crm", False, {"person": person})


def test_options_are_compared_one_by_one() -> None:
    old = system(Property("a", options=(Option(1, "One"), Option(2, "Two"), Option("1"))))
    new = system(Property("a", options=(Option(2, "Zwei"), Option(1, "One"), Option(True))))
    assert schema.changes(old, new) == (
        Change(What.CHANGED, "person", "a", 2, "label", "Two", "Zwei"),
        Change(What.REMOVED, "person", "a", "1", None, Option("1"), None),
        Change(What.ADDED, "person", "a", True, None, None, Option(True)),
    )


def test_a_list_of_options_that_comes_or_goes_is_one_change() -> None:
    options = (Option(1), Option(2))
    old, new = system(Property("a", options=options)), system(Property("a", type=Type.OPTION))
    assert schema.changes(old, new) == (
        Change(What.CHANGED, "person", "a", None, "type", None, Type.OPTION),
        Change(What.CHANGED, "person", "a", None, "options", options, None),
    )
