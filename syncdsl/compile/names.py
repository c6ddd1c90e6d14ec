"""Names for what a compiled module defines: no two are the same, and none hides another."""

from __future__ import annotations

import builtins
import keyword
import unicodedata
from collections.abc import Iterable


class Names:
    """The names of one module."""

    def __init__(self, needed: Iterable[str]) -> None:
        # A mapping called `list` must not stand in the way of the code beside it.
        self._needed = {*needed, *dir(builtins), *keyword.kwlist}
        self._given: set[str] = set()

    def new(self, *words: str) -> str:
        """A free name that reads like the words."""
        wanted = identifier("_".join(words))
        if wanted in self._needed:
            wanted += "_"
        name, number = wanted, 2
        while name in self._given or name in self._needed:
            name, number = f"{wanted.rstrip('_')}_{number}", number + 1
        self._given.add(name)
        return name


def identifier(text: str) -> str:
    """A text as a Python name. It never starts with `_`: such a name would look private."""
    # Python takes names for the same whose normal forms are the same.
    normal = unicodedata.normalize("NFKC", text)
    letters = [letter if f"_{letter}".isidentifier() else "_" for letter in normal]
    name = "".join(letters).strip("_")
    if not name.isidentifier():
        name = f"mapping_{name}".rstrip("_")
    return unicodedata.normalize("NFKC", name)
