"""
The schemas that the program brings along: a folder for a kind of system, a file for an object.

`tools/make_schemas.py` makes the files. One is read when somebody asks for its object, so that a
policy about contacts does not wait for invoices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from syncdsl.schema.model import Object, Objects, System
from syncdsl.schema.reading import parse
from syncdsl.source import Source

FOLDER = Path(__file__).with_name("kinds")


class _Shipped(Mapping[str, System]):
    """The shipped schemas, by kind. Each is open: every company has properties of its own."""

    def __getitem__(self, kind: str) -> System:
        if kind not in _kinds():
            raise KeyError(kind)
        return _system(kind)

    def __iter__(self) -> Iterator[str]:
        return iter(_kinds())

    def __len__(self) -> int:
        return len(_kinds())


SHIPPED: Mapping[str, System] = _Shipped()


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(sorted(folder.name for folder in FOLDER.iterdir()))


@cache
def _system(kind: str) -> System:
    names = sorted(path.stem for path in (FOLDER / kind).iterdir())

    def read(name: str) -> Object:
        path = FOLDER / kind / f"{name}.json"
        system, problems = parse(Source(path.name, path.read_text(encoding="utf-8")))
        assert not problems, problems
        return system.objects[name]

    return System(kind, False, Objects(names, read))
