"""What `resolve` takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from syncdsl import schema
from syncdsl.syntax import tree


class Unit(NamedTuple):
    """A file, with what it names outside of itself."""

    file: tree.File
    listed: bool  # named by the user; False: only brought in by `use`
    uses: Mapping[str, str | None]  # by the path as written, the path of the file; None: unreadable
    schemas: Mapping[str, schema.System | None]  # by the path as written; None: unreadable
