"""Tables as text, and what the values of a column say."""

import pytest

from tests.importers.harness import facts, read_back, table, told, understood


def column(*values: str) -> dict[str, object]:
    return facts(understood(table("a,b\n" + "".join(f"{value},x\n" for value in values))), "rows.a")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (("1", "22", "-3.5"), "number"),
        (("yes", "no", "yes"), "bool"),
        (("true", "FALSE", ""), None),  # two values are too few
        (("2024-01-31", "2024-02-01", "2024-02-02"), "date"),
        (("2024-01-31 09:30", "2024-02-01 10:00", "2024-02-02 11:00"), "datetime"),
        (("a", "1", "2024-01-31"), "text"),
        (("0", "1", "1"), None),  # yes and no, or two numbers
        (("01067", "10115", "20095"), None),  # postcodes
        (("10001", "10002", "10003"), None),  # as many digits each: rather names
        (("4915112345678", "4915112345679", "4915112345670"), None),
        (("+49151", "+4930", "+4940"), None),
        (("a;b", "c", "d;e;f"), None),  # a list, or not
        (("", "", ""), None),
    ],
)
def test_the_type_is_one_that_all_values_have(values: tuple[str, ...], kind: str | None) -> None:
    assert column(*values).get("type") == kind


def test_nothing_else_comes_of_values() -> None:
    many = column(*["red", "green"] * 500)
    assert many == {"type": "text"}, "neither options nor a length, unique or required"


def test_a_time_says_what_it_means() -> None:
    assert column(*["2024-01-31T09:30:00Z"] * 3) == {"type": "datetime", "zone": "utc"}
    assert column(*["2024-01-31T09:30:00+01:00"] * 3) == {"type": "datetime", "zone": "utc"}
    assert column(*["2024-01-31 09:30:00"] * 3) == {"type": "datetime", "zone": "none"}
    mixed = ["2024-01-31T09:30:00Z", "2024-01-31 09:30:00", "2024-01-31"]
    assert column(*mixed) == {"type": "datetime"}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    rows = [["name", "note"], ["Anna", '"1, 2; 3 | 4"'], ["Bert", "x"], ["Cilla", "y"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    assert list(understood(table(text)).objects["rows"].properties) == ["name", "note"]


def test_a_line_for_excel_is_no_header() -> None:
    system, found = table("sep=;\na;b\n1;2\n1;2;3\n")
    assert list(system.objects["rows"].properties) == ["a", "b"]
    assert told(found) == ["4:1 warning this row has 3 values, and the header 2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_letters_are_read_as_they_were_written(encoding: str) -> None:
    system = understood(table("Straße,Größe\n1,2\n".encode(encoding)))
    assert list(system.objects["rows"].properties) == ["Straße", "Größe"]


def test_letters_that_are_guessed_are_told() -> None:
    system, found = table("name,Straße\nA,B\n".encode("cp1252"))
    assert told(found) == [
        "1:10 info this is not UTF-8, so it is read as Windows-1252: is this letter right?"
    ]
    assert list(read_back(system).objects["rows"].properties) == ["name", "Straße"]


def test_columns_that_cannot_be_told_apart_or_named_are_left_out() -> None:
    system, found = table("a,,a,b`\n1,2,3,4\n")
    assert told(found) == [
        "1:1 warning column 2 has no name in the header, so it is left out",
        "1:1 warning `a` stands in the header twice; the first one counts",
        "1:1 warning `b·` has a character that no policy can write (shown as ·); it is left out",
    ]
    assert list(system.objects["rows"].properties) == ["a"]


def test_rows_that_are_not_as_wide_as_the_header_are_told_and_not_counted() -> None:
    system, found = table("a,b\n1,2\nx\n3,4\n\n5,6,7\n8,9\n")
    assert told(found) == [
        "3:1 warning this row has 1 values, and the header 2",
        "6:1 warning this row has 3 values, and the header 2",
    ]
    assert facts(system, "rows.a") == {"type": "number"}


def test_a_table_without_a_header_is_asked_about() -> None:
    _, found = table("1,2024-01-31\n2,2024-02-01\n")
    assert told(found) == [
        "1:1 info is this the header? `2024-01-31` looks like a value, not like a name",
    ]


def test_a_quotation_mark_that_is_never_closed() -> None:
    _, found = table('a,b\n"1,2\n' + "3,4\n" * 100_000)
    assert told(found)[-1].endswith("is a quotation mark not closed?")


def test_of_a_large_file_the_beginning_counts() -> None:
    system, found = table("a,b\n" + "12,2\n" * 20 + "x,", is_whole=False)
    assert "the types are those of the first" in told(found)[-1]
    assert facts(system, "rows.a") == {"type": "number"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "this file is empty"),
        (b"\xff\xfe", "this file is empty"),
        (b"a,b\n1,\x00\n", "this is a binary file, not a text"),
        (b"<!DOCTYPE html><html>", "this is a web page, not a table"),
        (b'{"a": 1}', "this looks like JSON, not like a table with a header"),
        (b"PK\x03\x04...", "this is a ZIP archive, as an Excel workbook is one too"),
        (b"PAR1...", "this is a Parquet file; import it with `syncdsl schema import parquet`"),
        (b"\xff\xfea", "this file begins like UTF-16, and is not"),
    ],
)
def test_what_is_no_table(data: bytes, words: str) -> None:
    _, found = table(data)
    assert told(found) == [f"1:1 error {words}"]
