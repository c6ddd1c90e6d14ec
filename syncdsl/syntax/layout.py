"""
Rows and groups: a text that stands on one line where it fits, and on several where it does not.

A `Row` is what stands on one line. A `Group` is brackets around rows; on several lines each row has
a line of its own. Both know the place they were read from, so that a comment that stood in the
middle finds its way back there.
"""

from __future__ import annotations

from typing import NamedTuple

WIDTH = 100


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


def flat(row: Row) -> str:
    """The row on one line."""
    return "".join(piece if isinstance(piece, str) else _flat(piece) for piece in row.pieces)


def _flat(group: Group) -> str:
    joint = ", " if group.joint == "," else f" {group.joint} "
    inner = joint.join([flat(row) for row in group.rows])
    if group.bare:
        return inner
    if group.padded and inner:
        return f"{group.opening} {inner} {group.closing}"
    return f"{group.opening}{inner}{group.closing}"
