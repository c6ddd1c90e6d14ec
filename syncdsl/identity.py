"""
What makes a finding the same one tomorrow.

A line moves when one is written above it, and a message may be worded better one day. What stays is
the file, the code, the rule, what the finding points at, and the names of which it speaks. Two that
have all of this in common are numbered, in the order of the text.

No value of a record is in it: a story is left out, because it may be told with others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import PurePath

from syncdsl.diagnostic import Diagnostic

_NAME = re.compile(r"`[^`]*`")


def identities(
    found: Sequence[Diagnostic], place: Callable[[str], str] = lambda path: path
) -> list[str]:
    """
    An identity for each finding of a run; no two have the same one. `place` says how a path is
    called that the user may have written otherwise.
    """
    seen: Counter[str] = Counter()
    made = []
    for each in found:
        about = _about(each, place)
        seen[about] += 1
        text = f"{about}\0{seen[about]}"
        made.append(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest())
    return made


def _about(found: Diagnostic, place: Callable[[str], str]) -> str:
    path = PurePath(place(found.span.source.path)).as_posix()
    names = _NAME.findall(found.message)
    return "\0".join([path, found.code, found.rule or "", found.span.text, *names])
