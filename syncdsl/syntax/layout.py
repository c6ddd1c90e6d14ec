"""
Rows and groups: a text that stands on one line where it fits, and on several where it does not.

A `Row` is what stands on one line; a `Group` is brackets around rows, which take a line each when
the group is opened up. An item is a list of rows with commas between. Both kinds know the place
they were read from, so that a comment that stood in the middle of an item finds its way back there:

- behind a row, or behind the bracket that opens a group, it stays at the end of that line;
- on a line of its own it stays above the row that follows it;
- in the middle of a row, where no line may end, it moves above the row.

A comment needs the end of its line, so an item with one inside is always opened up.
"""

from __future__ import annotations

from typing import NamedTuple

from syncdsl.syntax.tree import Comment

WIDTH = 100
INDENT = 2
CONTINUED = 4  # further than a block, so that the rows of an item do not look like items


class Row(NamedTuple):
    start: int
    end: int
    pieces: tuple[str | Group, ...]


class Group(NamedTuple):
    start: int
    end: int
    opening: str
    rows: tuple[Row, ...]
    closing: str
    joint: str = ","  # a comma ends each line; any other word begins each line but the first
    padded: bool = False  # on one line, a space inside each bracket
    bare: bool = False  # on one line, no brackets at all


class Comments(NamedTuple):
    """The comments inside an item or a group, by where they go."""

    opening: str  # behind the bracket that opens
    above: list[list[str]]  # above each row, and above the end
    inside: list[list[Comment]]  # inside each row's own groups
    behind: list[str]  # behind each row


def flat(row: Row) -> str:
    """The row on one line."""
    return "".join([piece if isinstance(piece, str) else _flat(piece) for piece in row.pieces])


def lay_out(
    rows: list[Row], first_joint: str, comments: list[Comment], indent: int
) -> tuple[list[str], list[str]]:
    """The comments that move above an item, and its lines."""
    pad = " " * indent
    placed = _placed(rows, comments)
    above = [pad + plain(comment) for comment in placed.above[0]]
    line = flat(rows[0]) + "".join(
        [(", " if index else first_joint) + flat(row) for index, row in enumerate(rows[1:])]
    )
    if len(pad) + len(line) <= WIDTH and len(above) == len(comments):
        return above, [pad + line]
    comma = "," if len(rows) > 1 else ""
    lines = _opened(rows[0], placed.inside[0], pad, "", comma, placed.behind[0])
    rest = ", ".join([flat(row) for row in rows[1:]])
    has_comments = any([*placed.behind, *placed.above[1:], *placed.inside[1:]])
    if len(lines) > 1 and len(lines[-1]) + len(rest) < WIDTH and not has_comments:
        lines[-1] += f" {rest}" if rest else ""
        return above, lines
    margin = " " * (indent + CONTINUED)
    for index in range(1, len(rows)):
        lines += [margin + comment for comment in placed.above[index]]
        comma = "," if index < len(rows) - 1 else ""
        inside, behind = placed.inside[index], placed.behind[index]
        lines += _opened(rows[index], inside, margin, "", comma, behind)
    return above, lines


def plain(comment: str) -> str:
    """A comment that moves above an item must not become its documentation."""
    return comment[1:] if comment.startswith("##") and comment[2:3] != "#" else comment


def _flat(group: Group) -> str:
    joint = ", " if group.joint == "," else f" {group.joint} "
    inner = joint.join([flat(row) for row in group.rows])
    if group.bare:
        return inner
    if group.padded and inner:
        return f"{group.opening} {inner} {group.closing}"
    return f"{group.opening}{inner}{group.closing}"


def _opened(
    row: Row, comments: list[Comment], margin: str, before: str, after: str, behind: str
) -> list[str]:
    """The lines of a row: one if it fits, else its groups are opened up."""
    line = margin + before + flat(row)
    lines = [line]
    if comments or len(line + after) > WIDTH:
        lines = [margin + before]
        for piece in row.pieces:
            new = [piece] if isinstance(piece, str) else _opened_group(piece, comments, margin)
            lines[-1] += new[0]
            lines += new[1:]
    lines[-1] += after + behind
    return lines


def _opened_group(group: Group, comments: list[Comment], margin: str) -> list[str]:
    """The lines of a group; the first goes on from what stands before it."""
    rows = list(group.rows)
    placed = _placed(rows, comments)
    is_alone = len(rows) == 1 and not any([placed.opening, *placed.above, *placed.behind])
    if group.bare and is_alone:
        lines = _opened(rows[0], placed.inside[0], margin, "", "", "")
        return [lines[0].removeprefix(margin), *lines[1:]]
    if not rows and not comments:
        return [_flat(group)]
    pad = margin + " " * INDENT
    lines = [group.opening + placed.opening]
    for index, row in enumerate(rows):
        lines += [pad + comment for comment in placed.above[index]]
        before = "" if index == 0 or group.joint == "," else f"{group.joint} "
        after = "," if group.joint == "," else ""
        lines += _opened(row, placed.inside[index], pad, before, after, placed.behind[index])
    lines += [pad + comment for comment in placed.above[-1]]
    return [*lines, margin + group.closing]


def _placed(rows: list[Row], comments: list[Comment]) -> Comments:
    placed = Comments("", [[] for _ in range(len(rows) + 1)], [[] for _ in rows], [""] * len(rows))
    index = 0  # the row that the next comment stands above or inside
    for comment in comments:
        place = comment.span.start
        while index < len(rows) and rows[index].end <= place:
            index += 1
        if index < len(rows) and rows[index].start < place:
            groups = [piece for piece in rows[index].pieces if isinstance(piece, Group)]
            if any(group.start <= place < group.end for group in groups):
                placed.inside[index].append(comment)
            else:
                placed.above[index].append(comment.text)
        elif comment.own_line or placed.above[index]:
            placed.above[index].append(comment.text)
        elif index and not placed.behind[index - 1]:
            placed.behind[index - 1] = f"  {comment.text}"
        elif index == 0 and not placed.opening:
            placed = placed._replace(opening=f"  {comment.text}")
        else:
            placed.above[index].append(comment.text)
    return placed
