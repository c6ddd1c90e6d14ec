"""
The baseline: what a project had when it began to check, so that only what is new is told.

It is a file of identities (see `identity`), one line a finding, sorted, so that two branches can be
merged and a person can read what is accepted for now. No value of a record is in it. What has such
an identity is left out of a report and counted; an entry that nothing has any more is counted too,
so that the file can be written anew and never covers the next mistake. Of what a run did not look
at, other files and other codes, it says nothing, and writing the file anew leaves it there. What
cannot be understood is never in it: behind a line that says nothing anything may be hidden.

What is read is not believed: whatever is not as `text_of` writes it is told.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from syncdsl import faults
from syncdsl.diagnostic import Diagnostic, Result
from syncdsl.identity import identities
from syncdsl.project.files import Trouble, Unreadable, read_bytes

VERSION = 1


class Entry(NamedTuple):
    """A finding of the baseline: what it was is for people to read, the identity is compared."""

    path: str
    code: str
    rule: str | None
    identity: str


IsLookedAt = Callable[[Entry], bool]  # could a run have found it?


def read(path: str) -> dict[str, Entry]:
    """The entries of a file by their identities; Trouble says what is wrong with it."""
    try:
        data: Any = json.loads(read_bytes(path))
        if data["version"] != VERSION:
            found = data["version"]
            raise Trouble(
                f"the baseline `{path}` has version {found!r}; this reads {VERSION}", path
            )
        entries = [
            Entry(str(each["path"]), str(each["code"]), each["rule"], str(each["identity"]))
            for each in data["findings"]
        ]
        return {each.identity: each for each in entries}
    except Unreadable as problem:
        raise Trouble(f"the baseline `{path}` cannot be read: {problem}", path) from None
    except (ValueError, TypeError, KeyError, RecursionError):
        message = f"`{path}` is no baseline; `syncdsl check --write-baseline` writes one"
        raise Trouble(message, path) from None


def without_known(
    result: Result, known: Mapping[str, Entry], root: str, is_looked_at: IsLookedAt
) -> Result:
    """What is new in a result, and how much of the baseline is there and is gone."""
    named = _named(result.found, root)
    new = tuple(found for found, identity in named if identity not in known)
    there = {identity for _, identity in named} & known.keys()
    gone = sum(map(is_looked_at, (each for key, each in known.items() if key not in there)))
    return result._replace(found=new, known=len(there), gone=gone)


def text_of(result: Result, root: str, others: Iterable[Entry] = ()) -> tuple[str, int]:
    """
    The baseline that has all of a result, and other entries, as a text; and how many findings it
    has.
    """
    found = (
        Entry(_from_top(found.span.source.path, root), found.code, found.rule, identity)
        for found, identity in _named(result.found, root)
        if identity is not None and found.allowed is None
    )
    entries = sorted((*others, *found), key=lambda each: each._replace(rule=each.rule or ""))
    lines = ",\n".join(f"    {json.dumps(each._asdict(), ensure_ascii=False)}" for each in entries)
    body = f"[\n{lines}\n  ]" if entries else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {body}\n}}\n', len(entries)


def _named(found: Sequence[Diagnostic], root: str) -> list[tuple[Diagnostic, str | None]]:
    """Each finding with its identity; None: it can be in no baseline."""
    names = identities(found, lambda path: _from_top(path, root))
    return [
        (each, None if _is_never_known(each) else name)
        for each, name in zip(found, names, strict=True)
    ]


def _is_never_known(found: Diagnostic) -> bool:
    return found.code in faults.PAGES and found.code not in faults.CAN_BE_IGNORED


def _from_top(path: str, root: str) -> str:
    """A path as it is from the top of the repository, wherever the run was started."""
    try:
        return PurePath(os.path.relpath(os.path.realpath(path), root)).as_posix()
    except ValueError:  # on Windows, another drive
        return Path(path).as_posix()
