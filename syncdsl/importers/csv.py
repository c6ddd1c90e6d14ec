"""
A table as text: a header and rows, however a program of tables wrote them.

Which character parts the columns, and how the letters are written down, the file itself does not
say; both are found out, and told where that is a guess. The rows tell the types (`values`).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from syncdsl.diagnostic import Diagnostic
from syncdsl.importers.document import LEFT_OUT, MAX_TOLD, REFUSED, UNKNOWN, diagnostic
from syncdsl.importers.draft import Draft, name_of, name_problem
from syncdsl.importers.looks import binary, web_page
from syncdsl.importers.values import Column, inferred
from syncdsl.schema import Property, Type
from syncdsl.source import Source, Span
from syncdsl.suggest import one_of

MAX_ROWS = 100_000
MAX_COLUMNS = 10_000
_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}


class Table(NamedTuple):
    """One file: the path as the user named it, and its beginning."""

    path: str
    data: bytes
    is_whole: bool = True


def read(tables: Sequence[Table], objects: Sequence[str], draft: Draft) -> list[Diagnostic]:
    told: list[Diagnostic] = []
    for index, table in enumerate(tables):
        name = name_of(table.path, index, objects)
        told += _read_table(table, name, draft)
    return told


def _read_table(table: Table, name: str, draft: Draft) -> Iterator[Diagnostic]:
    source, told = _decoded(table)
    yield from told
    if any(each.code == REFUSED for each in told):
        return
    start = Span(source, 0, min(1, len(source.text)))
    if not source.text or source.text.isspace():
        yield diagnostic(REFUSED, "this file is empty", start)
        return
    if web_page(source.text):
        yield diagnostic(REFUSED, "this is a web page, not a table", start)
        return
    if _JSON.match(source.text):
        yield diagnostic(REFUSED, "this looks like JSON, not like a table with a header", start)
        return
    problem = draft.add_object(name, complete=True)
    if problem is not None:
        yield diagnostic(REFUSED, problem, start)
        return
    yield from _Rows(source, table.is_whole).read(name, draft)


class _Rows:
    """The rows of a text, and the lines that they end in."""

    def __init__(self, source: Source, is_whole: bool) -> None:
        self.source = source
        self.is_whole = is_whole
        self.is_left = False  # rows that were not looked at
        lines = io.StringIO(source.text, newline="")
        told = _TOLD_SEPARATOR.match(source.text)
        self.first_line = 1
        if told is not None:
            lines.seek(told.end())
            self.first_line = 2
        separator = told[1] if told is not None else _separator(source.text)
        self._reader = csv.reader(lines, delimiter=separator)

    def read(self, name: str, draft: Draft) -> Iterator[Diagnostic]:
        try:
            header = next((row for row in self._reader if row), [])
            columns = yield from self._header(header)
            yield from self._fill(columns, len(header))
        except csv.Error as problem:
            # A quotation mark that is never closed takes in all that follows.
            words = "a value here is longer than a value can be; is a quotation mark not closed?"
            if "field larger" not in str(problem):
                words = "from here on this is no table"
            yield diagnostic(REFUSED, words, self._line())
            return
        for title, column in columns.items():
            kind, zone = column.type()
            draft.add(name, Property(title, type=kind, zone=zone))
        if self.is_left:
            words = f"the types are those of the first {self._reader.line_num:,} lines"
            yield diagnostic(UNKNOWN, words, self._top())

    def _header(self, header: list[str]) -> Generator[Diagnostic, None, dict[str, Column]]:
        columns: dict[str, Column] = {}
        if len(header) > MAX_COLUMNS:
            words = f"there are more than {MAX_COLUMNS:,} columns; the rest is left out"
            yield diagnostic(LEFT_OUT, words, self._line())
        for number, title in enumerate(map(str.strip, header[:MAX_COLUMNS]), 1):
            problem = name_problem(title)
            if not title:
                problem = f"column {number} has no name in the header, so it is left out"
            elif title in columns:
                problem = f"`{title}` stands in the header twice; the first one counts"
            if problem is not None:
                yield diagnostic(LEFT_OUT, problem, self._line())
                title = f"\n{number}"  # no title of a column is that
            columns[title] = Column()
        if len(header) == 1:
            words = one_of([*_SEPARATORS.values()], quote="")
            yield diagnostic(UNKNOWN, f"this is one column: no {words} parts several", self._line())
        odd = next((title for title in columns if inferred((title,))[0] not in _WORDS), None)
        if odd is not None:
            words = f"is this the header? `{odd}` looks like a value, not like a name"
            yield diagnostic(UNKNOWN, words, self._line())
        return columns

    def _fill(self, columns: dict[str, Column], width: int) -> Iterator[Diagnostic]:
        """Brings values into their columns, and tells the rows that are wider or narrower."""
        ragged = 0
        for count, row in enumerate(self._reader):
            if count >= MAX_ROWS:
                self.is_left = True
                break
            if len(row) == width:
                for column, value in zip(columns.values(), row, strict=False):
                    column.add(value)
            elif row:
                ragged += 1
                if ragged <= MAX_TOLD:
                    words = f"this row has {len(row)} values, and the header {width}"
                    yield diagnostic(LEFT_OUT, words, self._line())
        if ragged > MAX_TOLD:
            words = f"there are {ragged - MAX_TOLD:,} more rows that are not as wide as the header"
            yield diagnostic(LEFT_OUT, words, self._top())
        self.is_left |= not self.is_whole
        for title in [title for title in columns if title.startswith("\n")]:
            del columns[title]

    def _line(self) -> Span:
        """The line that was read last."""
        number = max(1, self._reader.line_num + self.first_line - 1)
        start = self.source.line_starts[min(number, len(self.source.line_starts)) - 1]
        return Span(self.source, start, start + len(self.source.line(number)))

    def _top(self) -> Span:
        return Span(self.source, 0, 1)


_TOLD_SEPARATOR = re.compile(r"\ufeff?sep=([,;\t|])\r?\n", re.IGNORECASE)  # as Excel is told it
_JSON = re.compile(r'\s*[\[{]\s*["\[{}\]]')
_WORDS = (Type.TEXT, Type.BOOL, None)


def _separator(text: str) -> str:
    """The one that parts the first lines into equally many columns, and the most of them."""
    lines = list(islice(io.StringIO(text, newline=""), 50))

    def fits(separator: str) -> tuple[bool, int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        except csv.Error:
            return False, 0, 0
        alike = sum(width == widths[0] for width in widths)
        return widths[0] > 1, alike, widths[0]

    return max(_SEPARATORS, key=fits)


def _decoded(table: Table) -> tuple[Source, list[Diagnostic]]:
    """The text, and how it was written down, if that had to be guessed."""
    data = table.data
    other = binary(data, "csv")
    mark = next((each for each in _MARKS if data.startswith(each[0])), None)
    if other is None and mark is None and b"\0" in data:
        other = "this is a binary file, not a text"
    if other is not None:
        source = Source(table.path, "")
        return source, [diagnostic(REFUSED, other, Span(source, 0, 0))]
    try:
        beginning, encoding = mark or (b"", "utf-8")
        decoder = codecs.getincrementaldecoder(encoding)()
        text = decoder.decode(data[len(beginning) :], table.is_whole)
        return Source(table.path, _whole_lines(text, table)), []
    except UnicodeDecodeError:
        if mark is not None and encoding != "utf-8":
            source = Source(table.path, "")
            words = f"this file begins like {encoding.upper()[:6]}, and is not"
            return source, [diagnostic(REFUSED, words, Span(source, 0, 0))]
    # Of the 256 bytes five mean nothing in Windows-1252; there they are as in Latin-1.
    text = data.decode("cp1252", "replace") if b"\x81" not in data else data.decode("latin-1")
    source = Source(table.path, _whole_lines(text, table))
    first = next(index for index, letter in enumerate(text) if not letter.isascii())
    words = "this is not UTF-8, so it is read as Windows-1252: is this letter right?"
    return source, [diagnostic(UNKNOWN, words, Span(source, first, first + 1))]


def _whole_lines(text: str, table: Table) -> str:
    """Of a beginning, the last line may be a half one."""
    return text if table.is_whole else text[: text.rfind("\n") + 1]


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
