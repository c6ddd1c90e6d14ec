"""The `as` steps, and when two values are the same. The tables of the reference are run too."""

import ast
import json
import re
import subprocess
import sys
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncdsl import convert as module
from syncdsl.convert import (
    STEPS,
    MissingLibrary,
    Step,
    Unusable,
    Value,
    argument_problem,
    compare,
    convert,
    is_blank,
    known_arguments,
    same,
    text,
    turned_round,
)

ROOT = Path(__file__).parents[2]
KINDS = ("text", "number", "money", "bool", "date", "datetime", "option", "list", "reference", None)

# Each step once, and those with a default for their argument with and without it.
SAMPLES = (
    Step("trim"),
    Step("lower"),
    Step("upper"),
    Step("text", 5),
    Step("number"),
    Step("date"),
    Step("date", "America/New_York"),
    Step("datetime"),
    Step("datetime", "Europe/Berlin"),
    Step("bool"),
    Step("e164", "DE"),
    Step("split"),
    Step("split", "::"),
    Step("join"),
    Step("join", "::"),
    Step("negate"),
)
any_step = st.sampled_from(SAMPLES)
unhurried = settings(deadline=None)  # the first phone number loads the data of its country

# Texts that some step can take, beside any text at all, lone surrogates included.
any_text = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=8),
    st.text("019.+-eE ;:", max_size=12),
    st.from_regex(
        r"[0-9]{4}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-9]{2})?)?Z?", fullmatch=True
    ),
    st.from_regex(r"-?[0-9]{9,16}", fullmatch=True),
    st.from_regex(r"(\+49|0|0049 )[1-9][0-9]{1,3}[ /-]?[0-9]{3,8}", fullmatch=True),
    st.sampled_from(["TRUE", "no", "İ", "ΟΔΟΣ", "ß", "ᾳ", "\u200b", "a::b", ";;", "\ud800"]),
)
offsets = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
any_single = st.one_of(
    any_text,
    st.booleans(),
    st.integers(),
    st.integers(-(10**600), 10**600),
    st.floats(),
    st.decimals(allow_nan=True),
    st.sampled_from([Decimal("1E+999999999"), Decimal("-1E-999999999"), Decimal("sNaN")]),
    st.dates(),
    st.datetimes(timezones=st.none() | offsets | st.just(ZoneInfo("Europe/Berlin"))),
)
any_value = st.one_of(st.none(), any_single, st.lists(st.none() | any_single, max_size=4))
anything = st.recursive(
    st.none() | any_single,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(any_text, parts, max_size=3),
    max_leaves=5,
)


def outcome(steps: tuple[Step, ...], value: Value) -> Value:
    """What the steps give, or that the value is unusable; nothing else may be raised."""
    try:
        return convert(steps, value)
    except Unusable:
        return Unusable


# ---------------------------------------------------------------- laws


@unhurried
@given(any_step, any_step, anything)
def test_whatever_the_value_nothing_is_raised_but_unusable(
    first: Step, second: Step, value: Value
) -> None:
    outcome((first, second), value)
    assert isinstance(text(value), str)
    for kind in KINDS:
        assert same(value, value, kind)
        assert compare(value, None, kind) is None


@unhurried
@given(any_step, any_step, anything)
def test_a_conversion_never_leaves_an_empty_text_or_an_empty_list(
    first: Step, second: Step, value: Value
) -> None:
    result = outcome((first, second), value)
    assert result != "" and result != []
    if isinstance(result, list):
        assert not any(is_blank(element) for element in result)


@unhurried
@given(any_step, anything)
def test_why_a_value_is_unusable_is_said_in_lower_case_on_one_line(
    step: Step, value: Value
) -> None:
    if outcome((step,), value) is Unusable:
        with pytest.raises(Unusable, match=r"\A[a-z].*[^.]\Z"):
            convert([step], value)


@settings(deadline=None, max_examples=300)
@given(any_step, any_value)
def test_a_step_done_twice_is_the_step_done_once(step: Step, value: Value) -> None:
    once = outcome((step,), value)
    if once is not Unusable and step.name != "negate":
        assert convert([step], once) == once
        assert type(convert([step], once)) is type(once)


@unhurried
@given(any_value)
def test_negated_twice_is_the_truth_itself(value: Value) -> None:
    assert outcome((Step("negate"), Step("negate")), value) == outcome((Step("bool"),), value)


@unhurried
@given(any_step, any_value)
def test_only_a_step_that_says_so_makes_a_blank_of_a_value(step: Step, value: Value) -> None:
    if not STEPS[step.name].can_blank and not is_blank(value):
        assert outcome((step,), value) is not None


@unhurried
@given(any_step, any_value)
def test_only_a_step_that_says_so_finds_a_value_unusable(step: Step, value: Value) -> None:
    if not STEPS[step.name].can_refuse:
        assert outcome((step,), value) is not Unusable


@unhurried
@given(any_step, any_single)
def test_a_step_gives_the_type_that_it_says(step: Step, value: Value) -> None:
    result = outcome((step,), value)
    if result is not Unusable and result is not None:
        assert isinstance(result, PYTHON[STEPS[step.name].gives])
        assert isinstance(result, bool) == (STEPS[step.name].gives == "bool")


@unhurried
@given(anything)
def test_a_value_is_blank_just_if_its_text_is_empty(value: Value) -> None:
    assert is_blank(value) == (text(value) == "")


@unhurried
@given(any_value, any_value, st.sampled_from(KINDS))
def test_which_of_two_values_is_named_first_does_not_matter(
    a: Value, b: Value, kind: str | None
) -> None:
    assert same(a, b, kind) == same(b, a, kind)
    order, reverse = compare(a, b, kind), compare(b, a, kind)
    assert (order is None) == (is_blank(a) or is_blank(b))
    if order is not None and reverse is not None:
        assert order == -reverse
        assert (order == 0) == same(a, b, kind)


@unhurried
@given(st.sampled_from(["number", "bool", "date", "datetime"]), any_single)
def test_a_value_is_the_same_as_what_its_type_s_step_makes_of_it(kind: str, value: Value) -> None:
    converted = outcome((Step(kind),), value)
    if converted is not Unusable:
        assert same(value, converted, kind)


@unhurried
@given(st.lists(any_text, max_size=4), st.sampled_from([";", ",", "::", "\n"]))
def test_what_is_joined_splits_into_the_same_elements(elements: list[str], separator: str) -> None:
    joined = outcome((Step("join", separator),), elements)
    if joined is not Unusable:
        assert convert([Step("split", separator)], joined) == ([e for e in elements if e] or None)


@unhurried
@given(st.lists(any_step))
def test_steps_turned_round_twice_are_as_they_were(steps: list[Step]) -> None:
    assert turned_round(turned_round(steps)) == tuple(steps)


# ---------------------------------------------------------------- values and their texts


def test_zero_and_false_are_values() -> None:
    assert not is_blank(0) and not is_blank(False) and not is_blank(0.0) and not is_blank(" ")


def test_a_list_of_blanks_is_blank_however_deep() -> None:
    assert is_blank([]) and is_blank(["", None, [[""], ()]])
    assert not is_blank([[], [0]])


def test_a_list_nested_deeper_than_calls_is_no_trouble() -> None:
    deep: Value = "x"
    for _ in range(100_000):
        deep = [deep]
    assert text(deep) == "x" and not is_blank(deep)
    assert outcome((Step("trim"),), deep) is Unusable


def test_records_nested_deeper_than_calls_are_no_trouble() -> None:
    deep: Value = "x"
    for _ in range(10_000):
        deep = {"a": deep}
    assert same(deep, deep, None)
    assert outcome((Step("trim"),), deep) is Unusable


def test_records_in_a_record_are_the_same_whatever_the_order_of_their_properties() -> None:
    assert same({"a": 1, "b": 2.0}, {"b": 2, "a": "1"}, None)
    assert not same({"a": 1}, {"a": 2}, None)


def test_numbers_are_written_out_exactly() -> None:
    assert text(10**5000) == "1" + "0" * 5000
    assert text(1e22) == "1" + "0" * 22
    assert text(5e-324) == "0." + "0" * 323 + "5"
    assert text(Decimal("123456789012345678901234567890.1234567890")) == (
        "123456789012345678901234567890.123456789"
    )
    assert text(Decimal("-0E+999999999")) == "0"
    assert text(float("-inf")) == "-Infinity"


def test_a_moment_is_written_in_utc() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert text(datetime(2024, 1, 31, 9, 30, tzinfo=berlin)) == "2024-01-31T08:30:00Z"
    assert text(datetime(2024, 1, 31, 9, 30, 0, 5999)) == "2024-01-31T09:30:00.005Z"  # noqa: DTZ001
    assert text(date(2024, 1, 31)) == "2024-01-31"
    assert text(date(33, 4, 3)) == "0033-04-03"


def test_a_moment_that_utc_cannot_name_is_written_with_its_offset() -> None:
    assert text(datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))) == (
        "0001-01-01 00:00:00+01:00"
    )


def test_what_a_database_gives_besides_counts_by_its_text() -> None:
    key = UUID("6F9619FF-8B86-D011-B42D-00C04FC964FF")
    assert convert([Step("upper")], key) == "6F9619FF-8B86-D011-B42D-00C04FC964FF"


def test_without_steps_a_value_stays_as_it_is() -> None:
    record = {"a": 1}
    assert convert([], record) is record
    assert convert([], "") is None and convert([], [""]) is None


# ---------------------------------------------------------------- white space and letters

ALL_CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1)]

WHITE_SPACE = {
    *map(chr, (*range(0x9, 0xE), *range(0x1C, 0x20), 0x20, 0x85, 0xA0, 0x1680)),
    *map(chr, (*range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)),
}

# Letters with more than one capital in Unicode's full mapping, but one in UnicodeData.txt.
ONE_CAPITAL = {
    **{chr(code): chr(code + 8) for code in (*range(0x1F80, 0x1F88), *range(0x1F90, 0x1F98))},
    **{chr(code): chr(code + 8) for code in range(0x1FA0, 0x1FA8)},
    **{chr(code): chr(code + 9) for code in (0x1FB3, 0x1FC3, 0x1FF3)},
}


def test_trim_removes_exactly_the_white_space_that_the_reference_lists() -> None:
    trimmed = convert([Step("trim")], [f"{one}a{one}" for one in ALL_CHARACTERS])
    assert isinstance(trimmed, list)
    removed = {one for one, rest in zip(ALL_CHARACTERS, trimmed, strict=True) if rest == "a"}
    assert removed == WHITE_SPACE
    assert all(
        rest in ("a", f"{one}a{one}") for one, rest in zip(ALL_CHARACTERS, trimmed, strict=True)
    )


def test_lower_maps_every_character_to_one() -> None:
    lower = convert([Step("lower")], "".join(ALL_CHARACTERS))
    assert isinstance(lower, str)
    expected = (one.lower() if len(one.lower()) == 1 else "i" for one in ALL_CHARACTERS)
    assert lower == "".join(expected)
    assert [one for one in ALL_CHARACTERS if len(one.lower()) > 1] == ["İ"]
    assert convert([Step("lower")], lower) == lower


def test_upper_maps_every_character_to_one() -> None:
    upper = convert([Step("upper")], "".join(ALL_CHARACTERS))
    assert isinstance(upper, str)
    expected = (
        one.upper() if len(one.upper()) == 1 else ONE_CAPITAL.get(one, one)
        for one in ALL_CHARACTERS
    )
    assert upper == "".join(expected)
    assert convert([Step("upper")], upper) == upper


def test_a_sigma_at_the_end_of_a_word_is_like_any_other() -> None:
    assert convert([Step("lower")], "ΟΔΟΣ ΟΔΟΣ.") == "οδοσ οδοσ."


# ---------------------------------------------------------------- numbers and truths


def test_a_number_is_exact_and_whole_where_it_can_be() -> None:
    for value, expected in (
        ("0.1", Decimal("0.1")),
        (0.1, Decimal("0.1")),
        (Decimal("2.50"), Decimal("2.5")),
        ("9" * 60, int("9" * 60)),
        ("0." + "1" * 60, Decimal("0." + "1" * 60)),
        (1e300, 10**300),
        ("-0", 0),
        (-0.0, 0),
    ):
        result = convert([Step("number")], value)
        assert result == expected and type(result) is type(expected)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            " ",
            "+",
            "-",
            ".",
            "--1",
            "+-1",
            "1.",
            ".1",
            "1.2.3",
            "1 000",
            "1_000",
            "0x1",
            "1\n",
        ),
        *("٣", "３", "²", "NaN", "inf", "1e3", "1,5"),
        *(float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")),
        *(True, False, date(2024, 1, 31), "9" * 501, 10**500, Decimal("1E+999999999")),
    ],
)
def test_what_is_no_plain_number_is_unusable(value: Value) -> None:
    assert outcome((Step("number"),), value) in (Unusable, None)


def test_truths_are_told_by_the_listed_words_only() -> None:
    true: list[Value] = ["true", "YES", "y", "1", "On", 1, 1.0, Decimal("1.00"), True]
    false: list[Value] = ["false", "NO", "n", "0", "Off", 0, -0.0, Decimal(0), False]
    other: list[Value] = ["t", "ja", "yes ", "01", "1.0", "ｙ", 2, -1, 0.5, float("nan")]
    assert [outcome((Step("bool"),), value) for value in true] == [True] * len(true)
    assert [outcome((Step("bool"),), value) for value in false] == [False] * len(false)
    assert [outcome((Step("bool"),), value) for value in other] == [Unusable] * len(other)


# ---------------------------------------------------------------- days and moments


def test_dates_and_moments_may_come_as_such() -> None:
    late = datetime(2024, 1, 31, 23, 30, tzinfo=UTC)
    local = datetime(2024, 1, 31, 23, 30)  # noqa: DTZ001
    assert convert([Step("date", "Europe/Berlin")], late) == "2024-02-01"
    assert convert([Step("date", "Europe/Berlin")], local) == "2024-01-31"
    assert convert([Step("date", "Europe/Berlin")], date(2024, 1, 31)) == "2024-01-31"
    assert convert([Step("datetime", "Europe/Berlin")], local) == "2024-01-31T22:30:00Z"
    assert convert([Step("datetime", "Europe/Berlin")], date(2024, 1, 31)) == "2024-01-30T23:00:00Z"


def test_of_a_local_time_that_comes_twice_the_first_is_meant_whatever_the_value_says() -> None:
    for fold in (0, 1):
        local = datetime(2024, 10, 27, 2, 30, fold=fold)  # noqa: DTZ001
        assert convert([Step("datetime", "Europe/Berlin")], local) == "2024-10-27T00:30:00Z"


def test_a_moment_in_the_second_of_two_such_hours_stays_that_moment() -> None:
    moment = "2024-10-27T01:30:00Z"
    assert convert([Step("datetime", "Europe/Berlin")], moment) == moment
    zoned = datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    assert convert([Step("datetime")], zoned) == moment


def test_milliseconds_may_be_any_whole_number() -> None:
    for value in (1706659200000, 1706659200000.0, Decimal("1706659200000.0"), "1706659200000"):
        assert convert([Step("date")], value) == "2024-01-31"
    assert convert([Step("datetime")], -1) == "1969-12-31T23:59:59.999Z"
    assert convert([Step("datetime")], "0000000001") == "1970-01-01T00:00:00.001Z"


@pytest.mark.parametrize(
    "value",
    [
        *("2024", "2024-01", "20240131", "2024-W05-3", "2024-031", "24-01-31", "+2024-01-31"),
        *(
            "2024-01-31T",
            "2024-01-31T09",
            "2024-01-31T0930",
            "2024-01-31t09:30z",
            "2024-01-31T9:30",
        ),
        *("2024-01-31T09:30:00,5", "2024-01-31T09:30.5", "2024-01-31T09:30:00.", "2024-01-31Z"),
        *("2024-01-31T09:30:00 Z", "2024-01-31T09:30:00+1", "2024-01-31T09:30:00+01:60"),
        *("2024-01-31T09:30:00+24:00", "2024-01-31T09:60:00", "2024-13-01", "0000-01-01"),
        *(
            "２０２４-01-31",
            "2024-01-31\n",
            " 2024-01-31",
            "99999999999999999999",
            "999999999999999",
        ),
        *(True, 0.5, float("nan"), 10**15, -(10**15), 10**400, Decimal("1E+999999999")),
    ],
)
def test_what_is_no_listed_form_of_a_date_is_unusable(value: Value) -> None:
    assert outcome((Step("date"),), value) is Unusable
    assert outcome((Step("datetime"),), value) is Unusable


@unhurried
@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(["", "Z", "+00", "+0000", "-00:00"]))
def test_any_time_reads_back_as_it_was_written(moment: datetime, offset: str) -> None:
    written = moment.replace(tzinfo=None).isoformat(timespec="milliseconds")
    expected = written.removesuffix(".000") + "Z"
    assert convert([Step("datetime")], written + offset) == expected
    assert convert([Step("date")], written + offset) == written[:10]


@unhurried
@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_moments_compare_by_time(a: datetime, b: datetime) -> None:
    a, b = (moment.replace(microsecond=moment.microsecond // 1000 * 1000) for moment in (a, b))
    assert compare(a, b.isoformat(), "datetime") == (a > b) - (a < b)


# ---------------------------------------------------------------- how a step may be written


def test_the_steps_are_those_of_the_language_in_its_order() -> None:
    listed = "trim lower upper text number date datetime bool e164 split join negate"
    assert list(STEPS) == listed.split()


@pytest.mark.parametrize("step", SAMPLES)
def test_a_right_argument_is_no_problem(step: Step) -> None:
    assert argument_problem(step) is None


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (Step("trimm"), f"there is no step `trimm`; the steps are {', '.join(STEPS)}"),
        (Step("trim", "x"), "`trim` takes no argument"),
        (Step("text"), "`text` needs an argument, as in `text(40)`"),
        (Step("e164"), '`e164` needs an argument, as in `e164("DE")`'),
        (Step("text", 0), "`text` takes a whole number from 1 on, as in `text(40)`"),
        (Step("text", "5"), "`text` takes a whole number from 1 on, as in `text(40)`"),
        (Step("text", True), "`text` takes a whole number from 1 on, as in `text(40)`"),
        (Step("split", ""), '`split` takes a text that is not empty, as in `split(";")`'),
        (Step("join", 3), '`join` takes a text that is not empty, as in `join(";")`'),
        (
            Step("date", "Berlin"),
            'there is no time zone `Berlin`; accepted is one such as in `date("Europe/Berlin")`',
        ),
        (
            Step("e164", "UK"),
            'there is no region `UK`; accepted is one such as in `e164("DE")`',
        ),
    ],
)
def test_a_wrong_argument_is_told_with_what_is_accepted(step: Step, problem: str) -> None:
    assert argument_problem(step) == problem


@pytest.mark.parametrize(
    "zone",
    [
        *("", "europe/berlin", "localtime", "Factory", "posixrules", "posix/Europe/Berlin"),
        *("America", "../UTC", "/etc/localtime", "UTC\0", "\ud800", "x" * 5000, "+01:00"),
    ],
)
def test_a_zone_that_not_every_machine_knows_is_a_problem(zone: str) -> None:
    assert argument_problem(Step("datetime", zone)) is not None


def test_at_the_latest_a_value_finds_an_unknown_zone() -> None:
    for zone in ("Mars/Olympus", "America", "../UTC", "\0", "\ud800"):
        with pytest.raises(Unusable, match="there is no time zone"):
            convert([Step("date", zone)], "2024-01-31T09:30:00Z")


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with neither phonenumbers nor a time zone database."""
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    monkeypatch.setitem(sys.modules, "tzdata", None)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=())
    ZoneInfo.clear_cache()
    known_arguments.cache_clear()
    yield
    zoneinfo.reset_tzpath(to=before)
    ZoneInfo.clear_cache()
    known_arguments.cache_clear()


@pytest.mark.usefixtures("bare_machine")
def test_without_phonenumbers_e164_says_what_to_install() -> None:
    with pytest.raises(MissingLibrary, match=r"syncdsl\[phone\]"):
        convert([Step("e164", "DE")], "030 123456")


@pytest.mark.usefixtures("bare_machine")
def test_without_phonenumbers_a_region_is_two_capital_letters() -> None:
    assert argument_problem(Step("e164", "XX")) is None
    assert argument_problem(Step("e164", "de")) is not None
    assert argument_problem(Step("e164", "DEU")) is not None


@pytest.mark.usefixtures("bare_machine")
def test_without_a_time_zone_database_only_utc_is_known() -> None:
    assert argument_problem(Step("date", "Europe/Berlin")) is None
    assert convert([Step("date", "UTC")], "2024-01-31T09:30:00Z") == "2024-01-31"
    with pytest.raises(MissingLibrary, match="tzdata"):
        convert([Step("date", "Europe/Berlin")], "2024-01-31T09:30:00Z")


def test_the_text_of_the_file_works_alone_and_imports_little() -> None:
    code = Path(module.__file__).read_text(encoding="utf-8")
    code += """
import sys
late = ["dataclasses", "datetime", "difflib", "json", "phonenumbers", "syncdsl", "zoneinfo"]
print([name for name in late if name in sys.modules])
print(convert([Step("trim"), Step("lower")], " Ada "))
"""
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines() == ["[]", "ada"]


# ---------------------------------------------------------------- types

PYTHON: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int, Decimal),
    "date": (str,),
    "datetime": (str,),
    "bool": (bool,),
    "list": (list,),
}

# Values of the schema's types; some step takes one of them, another step another.
VALUES: dict[str, tuple[Value, ...]] = {
    "text": ("1", "030 123456", "1999-12-31"),
    "number": (1, 4930123456),
    "money": (9.9,),
    "bool": (True,),
    "date": ("1999-12-31",),
    "datetime": ("1999-12-31T09:30:00Z",),
    "option": ("1", "lead"),
    "list": (["1"], ["030 123456"], ["1999-12-31"]),
    "reference": ("9f3c",),
}


@pytest.mark.parametrize("step", [step for step in SAMPLES if step.name != "text"])
def test_a_step_takes_values_of_just_the_types_that_it_names(step: Step) -> None:
    takes = {
        kind
        for kind, values in VALUES.items()
        if any(outcome((step,), value) is not Unusable for value in values)
    }
    assert takes == set(STEPS[step.name].takes)


# ---------------------------------------------------------------- the reference

PAGE = ROOT / "docs" / "reference" / "conversions.md"


class Row(NamedTuple):
    line: int
    cells: tuple[str, ...]

    def __str__(self) -> str:
        return f"line {self.line}"


def rows(*head: str) -> list[Row]:
    """The rows of all tables of the page with this head."""
    found: list[Row] = []
    inside = False
    for number, line in enumerate(PAGE.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("|"):
            inside = False
            continue
        cells = tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
        if cells == head:
            inside = True
        elif inside and not set(line) <= {"|", "-"}:
            found.append(Row(number, cells))
    return found


def code(cell: str) -> str:
    assert cell.startswith("`") and cell.endswith("`"), cell
    return cell[1:-1]


def steps_of(cell: str) -> list[Step]:
    steps = []
    for written in code(cell).split(r" \| "):
        name, _, argument = written.rstrip(")").partition("(")
        steps.append(Step(name, ast.literal_eval(argument) if argument else None))
    return steps


CONVERSIONS = rows("as", "given", "becomes")
TEXTS = rows("given", "its text")
TURNED = rows("as", "turned round")
COMPARED = rows("type", "one", "other", "same")
OVERVIEW = rows("step", "argument", "gives", "can make a value blank", "can find a value unusable")


@pytest.mark.parametrize("row", CONVERSIONS, ids=str)
def test_a_value_becomes_what_the_reference_says(row: Row) -> None:
    steps, value, becomes = steps_of(row.cells[0]), json.loads(code(row.cells[1])), row.cells[2]
    assert [argument_problem(step) for step in steps] == [None] * len(steps)
    if becomes.startswith("unusable: "):
        with pytest.raises(Unusable) as unusable:
            convert(steps, value)
        assert str(unusable.value) == becomes.removeprefix("unusable: ")
        return
    expected = None if becomes == "blank" else json.loads(code(becomes), parse_float=Decimal)
    result = convert(steps, value)
    assert result == expected and type(result) is type(expected)


@pytest.mark.parametrize("row", TEXTS, ids=str)
def test_a_value_has_the_text_that_the_reference_says(row: Row) -> None:
    value, expected = (json.loads(code(cell)) for cell in row.cells)
    assert text(value) == expected


@pytest.mark.parametrize("row", TURNED, ids=str)
def test_steps_turn_round_as_the_reference_says(row: Row) -> None:
    steps, expected = (steps_of(cell) for cell in row.cells)
    assert list(turned_round(steps)) == expected


@pytest.mark.parametrize("row", COMPARED, ids=str)
def test_two_values_are_the_same_if_the_reference_says_so(row: Row) -> None:
    kind, one, other, says = row.cells
    read = None if kind == "unknown" else kind
    assert same(json.loads(code(one)), json.loads(code(other)), read) == (says == "yes")


def test_the_reference_says_of_every_step_what_the_table_of_steps_says() -> None:
    yes = {True: "yes", False: "no"}
    expected = []
    for name, facts in STEPS.items():
        left_out = facts.argument != "none" and not facts.required
        argument = facts.argument + (", may be left out" if left_out else "")
        written = f"`{facts.example or name}`"
        expected.append(
            (written, argument, facts.gives, yes[facts.can_blank], yes[facts.can_refuse])
        )
    assert [row.cells for row in OVERVIEW] == expected


def test_the_reference_shows_every_step_and_every_refusal() -> None:
    shown, refused = set(), set()
    for row in CONVERSIONS:
        steps = steps_of(row.cells[0])
        simple = not row.cells[1].startswith(("`[", "`{")) or steps[0].name == "join"
        shown.add(steps[0].name)
        if len(steps) == 1 and simple and row.cells[2].startswith("unusable"):
            refused.add(steps[0].name)
    assert shown == set(STEPS)
    assert refused == {name for name, facts in STEPS.items() if facts.can_refuse}
