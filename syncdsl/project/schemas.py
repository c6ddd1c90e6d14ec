"""The schemas that a user names on the command line: by their kind, or as a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from syncdsl import schema
from syncdsl.diagnostic import Diagnostic
from syncdsl.project.files import (
    STANDARD_INPUT,
    STANDARD_INPUT_NAME,
    Trouble,
    Unreadable,
    decode,
    read_bytes,
)
from syncdsl.suggest import did_you_mean, hint, one_of


class Named(NamedTuple):
    """A schema as the user named it."""

    name: str
    real: str | None  # the path of the file; None: there is none
    system: schema.System
    own: schema.System  # what it says beyond what is shipped for its kind
    problems: list[Diagnostic]


def named(name: str, standard_input: bytes = b"") -> Named:
    """A kind, else a file. That there is neither is trouble."""
    if name in schema.SHIPPED:
        return Named(name, None, schema.SHIPPED[name], schema.System(name, False, {}), [])
    if name == STANDARD_INPUT:
        return _read(STANDARD_INPUT_NAME, None, standard_input)
    path = str(Path(name))
    try:
        data = read_bytes(path)
    except Unreadable as problem:
        raise Trouble(f"`{name}` cannot be read: {problem}{_kinds(name)}", name) from None
    return _read(path, os.path.realpath(path), data)


def part_of(found: Named, text: str | None) -> schema.Part:
    """`OBJECT` or `OBJECT.PROPERTY`, either of which may have a dot in its name."""
    if text is None:
        return schema.Part()
    objects = found.system.objects
    if text in objects:
        return schema.Part(text)
    fitting = [name for name in objects if text.startswith(f"{name}.")]
    if not fitting:
        name = text.partition(".")[0]
        near = hint(name, list(objects), "object")
        raise Trouble(f"`{found.name}` has no object `{name}`; {near}")
    owner = max(fitting, key=len)
    name = text[len(owner) + 1 :]
    properties = objects[owner].properties
    if name not in properties:
        near = hint(name, list(properties), "property")
        raise Trouble(f"`{owner}` of `{found.name}` has no property `{name}`; {near}")
    return schema.Part(owner, name)


def _read(path: str, real: str | None, data: bytes) -> Named:
    source, problem = decode(path, data)
    if problem is not None:
        nothing = schema.System(None, False, {})
        return Named(path, real, nothing, nothing, [problem])
    system, problems = schema.parse(source)
    return Named(path, real, system, system, problems)


def _kinds(name: str) -> str:
    """The kinds, if one may have been meant."""
    if os.sep in name or "." in name:
        return ""
    kinds = list(schema.SHIPPED)
    near = did_you_mean(name, kinds)
    meant = f"did you mean `{near}`?" if near is not None else f"known: {one_of(kinds, last='and')}"
    return f"; nor is it a kind whose schema is shipped ({meant})"
