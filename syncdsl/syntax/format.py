"""
The one canonical layout of a policy file. It never changes what a file means, loses no comment, and
a second run changes nothing.

- One space between words, and no columns: where words are aligned, a longer label moves every line
  around it, and a review shows ten changed lines for one changed rule.
- One item a line, two spaces further inside the braces of `mapping`, `values` and `test`. A line
  of more than 100 characters goes on after its commas, a clause a line, and then inside brackets.
- Clauses stay in the order in which they were written, because people group them. The first follows
  without a comma where the line reads on as a sentence (`on`, `not on`, `if blank`, `once`, `as`,
  `when`), else behind one.
- A text is a bare word, and a name stands without backquotes, where that reads back the same.
- Items stay together or apart as they were, with at most one empty line between them. Around a
  block at the top of a file there always is one, and none between a `##` and its item.
- A comment behind a line stays behind it. Where that line is an item that now takes several, the
  comment goes above: it is about all of it.
- Lines end with a line feed, the last one too.

What could not be read stands in the result as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from syncdsl.syntax import tree
from syncdsl.syntax.layout import INDENT, flat, lay_out, plain
from syncdsl.syntax.rows import (
    Block,
    Line,
    clause_row,
    condition_row,
    constant_text,
    head,
    rows_of,
)

_LINE_END = re.compile(r"\r\n|\n|\r")


def format_file(file: tree.File) -> str:
    """The text of a file in the canonical layout."""
    printer = _Printer(file)
    printer.print_all(file.items, 0, len(file.source.text))
    return "".join([f"{line}\n" for line in printer.lines])


def format_clause(clause: tree.Clause) -> str:
    """A clause of a rule on one line."""
    return flat(clause_row(clause))


def format_condition(condition: tree.Condition) -> str:
    """A condition on one line."""
    return flat(condition_row(condition))


def format_constant(constant: tree.Constant) -> str:
    """A constant where a value stands: a text is a bare word if that reads back the same."""
    return constant_text(constant)


# ── files, blocks, comments ──────────────────────────────────────────────────────────────────────


class _Printer:
    """The lines so far, and the comments that are still to come."""

    def __init__(self, file: tree.File) -> None:
        self.text = file.source.text
        self.comments = file.comments
        self.next = 0  # the comment that comes next
        self.lines: list[str] = []
        self.last_end: int | None = None  # of what was printed last; None: a block has just begun
        self.after_block = False

    def print_all(self, items: Sequence[Line], indent: int, end: int) -> None:
        """The items of a file or a block, with the comments around them."""
        for item in items:
            self.print_above(item.span.start, item, indent)
            match item:
                case tree.Mapping():
                    self.print_block(item, item.entries)
                case tree.Values() | tree.Test():
                    self.print_block(item, item.lines)
                case tree.Broken(span):
                    self.comments_until(span.end)  # they stand in its text
                    first, *rest = _LINE_END.split(span.text)
                    self.lines += [" " * indent + first, *(line.rstrip() for line in rest)]
                case _:
                    rows, first_joint = rows_of(item)
                    inside = self.comments_until(item.span.end)
                    above, new = lay_out(rows, first_joint, inside, indent)
                    if len(new) > 1 and not _LINE_END.search(item.span.text):
                        above += self.comment_on_all(item.span.end, indent)
                    self.lines += above + new
            self.last_end = item.span.end
            self.after_block = isinstance(item, Block)
            self.print_behind(item.span.end, end)
        self.print_above(end, None, indent)

    def print_block(self, block: Block, lines: Sequence[Line]) -> None:
        self.lines += _LINE_END.split(f"{head(block)} {{")
        self.print_behind(block.head.end, lines[0].span.start if lines else block.span.end)
        self.last_end, self.after_block = None, False
        self.print_all(lines, INDENT, block.span.end)
        self.lines.append("}")

    def print_above(self, end: int, item: Line | None, indent: int) -> None:
        """The comments before an item, or before the end, and the empty lines."""
        start = len(self.lines)  # of what belongs to the item
        is_documented = False
        comments = self.comments_until(end)
        if self.after_block and (comments or item is not None):
            start = self.separate()
        for comment in comments:
            if not is_documented and self.is_apart(comment.span.start):
                start = self.separate()
            text = comment.text if comment.own_line else plain(comment.text)
            self.lines.append(" " * indent + text)
            self.last_end = comment.span.end
            is_documented |= item is not None and text.startswith("##")
        if item is None:
            return
        if not is_documented and self.is_apart(end):
            start = self.separate()
        if isinstance(item, Block) and start and self.lines[start - 1]:
            self.lines.insert(start, "")

    def print_behind(self, start: int, end: int) -> None:
        """The comment that ends the line of what was printed last."""
        if self.is_behind(start, end):
            self.lines[-1] += f"  {self.comments[self.next].text}"
            self.last_end = self.comments[self.next].span.end
            self.next += 1

    def comment_on_all(self, start: int, indent: int) -> list[str]:
        """The comment behind an item that was one line, to stand above now that it is several."""
        if not self.is_behind(start, len(self.text)):
            return []
        self.next += 1
        return [" " * indent + plain(self.comments[self.next - 1].text)]

    def is_behind(self, start: int, end: int) -> bool:
        """Does the next comment end the line on which something else ends?"""
        if self.next == len(self.comments):
            return False
        comment = self.comments[self.next]
        if comment.own_line or comment.span.start >= end:
            return False
        return not _LINE_END.search(self.text, start, comment.span.start)

    def comments_until(self, end: int) -> list[tree.Comment]:
        first = self.next
        while self.next < len(self.comments) and self.comments[self.next].span.start < end:
            self.next += 1
        return list(self.comments[first : self.next])

    def is_apart(self, start: int) -> bool:
        """Is there an empty line before this place?"""
        if self.last_end is None:
            return False
        return len(_LINE_END.findall(self.text, self.last_end, start)) > 1

    def separate(self) -> int:
        """An empty line, unless there is one. Says which line comes next."""
        if self.lines and self.lines[-1]:
            self.lines.append("")
        return len(self.lines)
