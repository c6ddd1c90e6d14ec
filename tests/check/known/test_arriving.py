"""What `arriving` says of a conversion holds of every value that really comes through it."""

from hypothesis import given
from hypothesis import strategies as st

from syncdsl.check.idle.step_without_effect import CHANGES_NOTHING, idle_step
from syncdsl.check.known.arriving import Given, after, of_property
from syncdsl.check.known.fitting import Fit, fit, takes
from syncdsl.convert import STEPS, Step, Unusable, convert, text
from syncdsl.policy import Property
from syncdsl.schema import Option, Type
from syncdsl.schema import Property as Facts

TEXTS = st.text("aB 1;-", min_size=1, max_size=8)
NUMBERS = st.integers(-50, 2000) | st.decimals(-50, 50, places=2)
DAYS = st.dates().map(lambda day: day.isoformat())
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat(timespec="milliseconds") + "Z")

VALUES: dict[Type, st.SearchStrategy[object]] = {
    Type.TEXT: TEXTS | DAYS | MOMENTS | NUMBERS.map(text),
    Type.NUMBER: NUMBERS,
    Type.MONEY: NUMBERS,
    Type.BOOL: st.booleans(),
    Type.DATE: DAYS,
    Type.DATETIME: MOMENTS,
    Type.OPTION: st.sampled_from(["red", "Green", 3, "yes"]),
    Type.LIST: st.lists(st.sampled_from(["red", "Green", "yes"]), min_size=1, max_size=3),
    Type.REFERENCE: TEXTS,
}
OPTIONS = tuple(Option(value) for value in ("red", "Green", 3, "yes"))
ARGUMENTS: dict[str, list[str | int | None]] = {
    "text": [3, 10],
    "date": [None, "Europe/Berlin"],
    "datetime": [None, "Europe/Berlin"],
    "e164": ["DE"],
    "split": [";"],
    "join": [";"],
}


@st.composite
def conversions(draw: st.DrawFn) -> tuple[Type, object, tuple[Step, ...]]:
    type_ = draw(st.sampled_from(Type))
    names = draw(st.lists(st.sampled_from(sorted(STEPS)), max_size=3))
    steps = tuple(Step(name, draw(st.sampled_from(ARGUMENTS.get(name, [None])))) for name in names)
    return type_, draw(VALUES[type_]), steps


@st.composite
def steps_in_a_row(draw: st.DrawFn) -> tuple[Step, Step]:
    before = draw(st.sampled_from(sorted(CHANGES_NOTHING)))
    after = draw(st.sampled_from(CHANGES_NOTHING[before]))
    first, second = (ARGUMENTS.get(name, [None]) for name in (before, after))
    return Step(before, draw(st.sampled_from(first))), Step(after, draw(st.sampled_from(second)))


def stated(type_: Type) -> Property:
    options = OPTIONS if type_ in (Type.OPTION, Type.LIST) else None
    return Property("crm", "thing", "it", Facts("it", type=type_, options=options, max_length=30))


def known(type_: Type, steps: tuple[Step, ...]) -> Given:
    found = of_property(stated(type_))
    for step in steps:
        found = after(found, step)
    return found


@given(conversions())
def test_what_comes_through_is_what_was_said(case: tuple[Type, object, tuple[Step, ...]]) -> None:
    type_, value, steps = case
    try:
        arrived = convert(steps, value)
    except Unusable:
        return
    if arrived is None:
        return
    said = known(type_, steps)
    elements = arrived if isinstance(arrived, list) else [arrived]
    if said.many is not None:
        assert isinstance(arrived, list) is said.many
    if said.options and not (isinstance(arrived, list) and not said.many):
        assert {text(each) for each in elements} <= {text(option) for option in said.options}
    if said.max_length is not None and not isinstance(arrived, list):
        assert len(text(arrived)) <= said.max_length
    if said.type is not None and fit(said.type, said.type) is Fit.ALL:
        assert all(takes(said.type, each) for each in elements)


@given(conversions())
def test_a_step_takes_only_what_it_says(case: tuple[Type, object, tuple[Step, ...]]) -> None:
    """Of a type that is not among those which a step takes, it takes no value."""
    type_, value, _ = case
    for name, facts in STEPS.items():
        if name == "e164":
            continue  # 2010-01-01 could be dialled
        if type_.value in facts.takes or type_ in (Type.OPTION, Type.REFERENCE, Type.MONEY):
            continue  # these may read as anything
        try:
            convert((Step(name, ARGUMENTS.get(name, [None])[0]),), value)
        except Unusable:
            continue
        raise AssertionError(f"{name} takes {value!r}, a {type_.value}")


@given(steps_in_a_row(), st.data())
def test_a_step_without_effect_has_none(steps: tuple[Step, Step], data: st.DataObject) -> None:
    value = data.draw(VALUES[data.draw(st.sampled_from(Type))])
    if idle_step(steps) is not None:
        assert convert_or_refuse(steps, value) == convert_or_refuse(steps[:1], value)


def convert_or_refuse(steps: tuple[Step, ...], value: object) -> str | None:
    try:
        return text(convert(steps, value))
    except Unusable:
        return None


@given(st.sampled_from(Type), st.sampled_from(Type), st.data())
def test_where_no_value_fits_none_is_taken(one: Type, two: Type, data: st.DataObject) -> None:
    if two in (Type.OPTION, Type.REFERENCE) or one is Type.REFERENCE:
        return  # of these only their own lists can tell
    if one in (Type.NUMBER, Type.MONEY) and two in (Type.DATE, Type.DATETIME):
        return  # a step reads milliseconds; as it stands, a number is no date
    if fit(one, two) is Fit.NONE:
        assert not takes(two, data.draw(VALUES[one]))
