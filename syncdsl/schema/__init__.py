"""
Schemas: what the objects of a system look like, as far as somebody wrote it down.

`model` is the facts, `reading` and `writing` are their file format, `shipped` the schemas that the
program brings along, `extending` what becomes of one that a project lays over them, `comparing`
what changed between two.
"""

from __future__ import annotations

from syncdsl.schema.comparing import Change, What, changes
from syncdsl.schema.extending import extended, laid_over
from syncdsl.schema.model import (
    VERSION,
    Object,
    Objects,
    Option,
    Property,
    System,
    Times,
    Type,
    Zone,
)
from syncdsl.schema.part import Part, only
from syncdsl.schema.reading import parse
from syncdsl.schema.shipped import SHIPPED
from syncdsl.schema.writing import write

__all__ = [
    "SHIPPED",
    "VERSION",
    "Change",
    "Object",
    "Objects",
    "Option",
    "Part",
    "Property",
    "System",
    "Times",
    "Type",
    "What",
    "Zone",
    "changes",
    "extended",
    "laid_over",
    "only",
    "parse",
    "write",
]
