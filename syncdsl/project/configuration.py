"""
What a configuration says, and what is wrong with it, each at its place in the file.

A setting that is not known is told and not passed over: a misspelt one would do nothing, silently.
Whether the codes in it exist is asked later, by who knows them (`selection`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.project.choice import SEVERITIES, Choice, PathChoice
from syncdsl.source import Source, Span
from syncdsl.suggest import hint, one_of

Key = tuple[str | int, ...]

OURS: Key = ("tool", "syncdsl")  # in pyproject.toml


class Configuration(NamedTuple):
    """One file, as far as it is about syncdsl."""

    source: Source
    inside: Key = ()  # where in the file our settings stand
    policies: str | None = None
    choice: Choice = Choice()
    per_path: tuple[PathChoice, ...] = ()
    not_suppressible: tuple[str, ...] = ()
    baseline: str | None = None

    def place(self, *key: str | int) -> Span:
        """Where a value of it stands; of a table, where its name does."""
        return _place(self.source, (*self.inside, *key))

    def names(self) -> Iterator[tuple[Key, Choice]]:
        """Every code and group that it names, by itself, and where."""
        yield from _named((), self.choice)
        for number, each in enumerate(self.per_path):
            yield from _named(("paths", number), each.choice)
        for number, name in enumerate(self.not_suppressible):
            yield ("not-suppressible", number), Choice(select=(name,))


def read(source: Source, *, is_ours: bool) -> tuple[Configuration | None, list[Diagnostic]]:
    """The settings of a file. None: it says nothing about syncdsl, or what it says is broken."""
    try:
        table: Any = _load(source.text)
    except ValueError as problem:
        return None, [_broken(source, str(problem))]
    inside: Key = () if is_ours else OURS
    for key in inside:
        if not isinstance(table, dict) or key not in table:
            return None, []
        table = table[key]
    if not isinstance(table, dict):
        return None, [_tell(source, inside, "`tool.syncdsl` is to be a table")]
    problems = list(_problems(source, inside, table, _KEYS))
    if problems:
        return None, problems
    return Configuration(
        source,
        inside,
        table.get("policies"),
        _choice(table),
        tuple(PathChoice(each["glob"], _choice(each)) for each in table.get("paths", ())),
        tuple(table.get("not-suppressible", ())),
        table.get("baseline"),
    ), []


def _choice(table: dict[str, Any]) -> Choice:
    return Choice(
        tuple(table.get("select", ())),
        tuple(table.get("extend-select", ())),
        tuple(table.get("ignore", ())),
        tuple(table.get("severity", {}).items()),
    )


def _named(inside: Key, choice: Choice) -> Iterator[tuple[Key, Choice]]:
    for number, name in enumerate(choice.select):
        yield (*inside, "select", number), Choice(select=(name,))
    for number, name in enumerate(choice.extend_select):
        yield (*inside, "extend-select", number), Choice(select=(name,))
    for number, name in enumerate(choice.ignore):
        yield (*inside, "ignore", number), Choice(ignore=(name,))
    for pair in choice.severity:
        yield (*inside, "severity", pair[0]), Choice(severity=(pair,))


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────

Wrong = Callable[[Source, Key, Any], Iterator[Diagnostic]]


def _problems(
    source: Source, inside: Key, table: dict[str, Any], known: dict[str, Wrong]
) -> Iterator[Diagnostic]:
    for key, value in table.items():
        if key in known:
            yield from known[key](source, (*inside, key), value)
        else:
            near = hint(key, list(known), "setting")
            message = f"there is no setting `{key}`; {near}"
            yield _tell_key(source, (*inside, key), message)


def _text(source: Source, key: Key, value: Any) -> Iterator[Diagnostic]:
    if not isinstance(value, str):
        yield _tell_key(source, key, f"`{key[-1]}` is to be a text")


def _codes(source: Source, key: Key, value: Any) -> Iterator[Diagnostic]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        yield _tell_key(source, key, f"`{key[-1]}` is to be a list of codes and groups")


def _severities(source: Source, key: Key, value: Any) -> Iterator[Diagnostic]:
    if not isinstance(value, dict):
        message = f"`{key[-1]}` is to be a table of codes and groups, each with its severity"
        yield _tell_key(source, key, message)
        return
    for code, severity in value.items():
        if severity not in SEVERITIES:
            message = f"the severity of `{code}` is to be {one_of(SEVERITIES)}"
            yield _tell(source, (*key, code), message)


def _paths(source: Source, key: Key, value: Any) -> Iterator[Diagnostic]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        yield _tell_key(source, key, "`paths` is to be a list of tables (`[[paths]]`)")
        return
    for number, table in enumerate(value):
        if "glob" not in table:
            message = "there is no `glob` here; it says which files are meant"
            yield _tell_key(source, (*key, number), message)
        yield from _problems(source, (*key, number), table, _KEYS_OF_PATHS)


# What a setting takes: what tells that a value is something else.
_KEYS: dict[str, Wrong] = {
    "policies": _text,
    "select": _codes,
    "extend-select": _codes,
    "ignore": _codes,
    "severity": _severities,
    "not-suppressible": _codes,
    "baseline": _text,
    "paths": _paths,
}
_KEYS_OF_PATHS: dict[str, Wrong] = {
    "glob": _text,
    "select": _codes,
    "ignore": _codes,
    "severity": _severities,
}


def _broken(source: Source, problem: str) -> Diagnostic:
    """TOML's reader tells the place in words: `(at line 3, column 7)`, `(at end of document)`."""
    words, _, where = problem.partition(" (at ")
    numbers = [int(number) for number in re.findall(r"\d+", where)]
    start = len(source.text)
    if len(numbers) == 2 and numbers[0] <= len(source.line_starts):
        start = min(start, source.line_starts[numbers[0] - 1] + numbers[1] - 1)
    span = Span(source, start, min(start + 1, len(source.text)))
    message = f"this is not TOML: {words[:1].lower()}{words[1:]}"
    return Diagnostic("configuration", Severity.ERROR, message, span)


def _load(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  most runs have nothing for it to read

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


# ── places ───────────────────────────────────────────────────────────────────────────────────────


def _tell(source: Source, key: Key, message: str) -> Diagnostic:
    return Diagnostic("configuration", Severity.ERROR, message, _place(source, key))


def _tell_key(source: Source, key: Key, message: str) -> Diagnostic:
    from syncdsl.project.toml_places import places  # noqa: PLC0415  only where something is wrong

    span = Span(source, *places(source.text).keys[key])
    return Diagnostic("configuration", Severity.ERROR, message, span)


def _place(source: Source, key: Key) -> Span:
    from syncdsl.project.toml_places import places  # noqa: PLC0415  only where something is wrong

    found = places(source.text)
    return Span(source, *(found.values.get(key) or found.keys[key]))
