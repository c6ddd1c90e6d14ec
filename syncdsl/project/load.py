"""
From files to what `resolve` takes: each is parsed once, with all that it brings in.

A file that `use` or `schema` names has to be inside the repository, wherever a link leads. What
cannot be had is told at the place that asks for it, and the rest is read all the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from syncdsl import schema
from syncdsl.diagnostic import Diagnostic, Label, Severity
from syncdsl.project.files import Content, Reader, at_top, decode
from syncdsl.resolve import Unit
from syncdsl.source import Span
from syncdsl.syntax import tree
from syncdsl.syntax.parse import parse

MAX_LABELS = 8  # more files of a circle are not shown


class Project(NamedTuple):
    """Files and all that they bring in, and what is wrong with them so far."""

    units: tuple[Unit, ...]
    diagnostics: list[Diagnostic]
    schemas: dict[tuple[str, str], str]  # real paths, by the file that names one, and as it does

    @property
    def listed(self) -> list[tree.File]:
        return [unit.file for unit in self.units if unit.listed]


def load(listed: Sequence[Content], reader: Reader) -> Project:
    """The files that were found, first those of the command line."""
    loading = _Loading(reader)
    for content in listed:
        loading.add(content, listed=True)
    for path in loading.paths:  # it grows on the way
        loading.bring_in(path)
    loading.diagnostics += _circles(loading.units)
    return Project(tuple(loading.units.values()), loading.diagnostics, loading.named)


class _Loading:
    """What was read so far."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.units: dict[str, Unit] = {}  # by path
        self.paths: list[str] = []
        self.known: dict[str, str | None] = {}  # the path of a unit, by its real path
        self.schemas: dict[str, schema.System | None] = {}  # by real path
        self.named: dict[tuple[str, str], str] = {}
        self.diagnostics: list[Diagnostic] = []

    def add(self, content: Content, listed: bool) -> None:
        """Parses a file, if it is a text."""
        self.known[content.real] = None
        if content.data is None:
            self.diagnostics.append(problem_of(content))
            return
        source, problem = decode(content.path, content.data)
        if problem is not None:
            self.diagnostics.append(problem)
            return
        file, diagnostics = parse(source)
        self.diagnostics += diagnostics
        self.known[content.real] = content.path
        self.paths.append(content.path)
        self.units[content.path] = Unit(file, listed, {}, {})

    def bring_in(self, path: str) -> None:
        """Reads what a file names."""
        unit = self.units[path]
        uses: dict[str, str | None] = {}
        schemas: dict[str, schema.System | None] = {}
        for item in unit.file.items:
            if isinstance(item, tree.Use):
                content = self.read(item.path)
                uses[_written(item.path)] = None if content is None else self.used(content)
            elif isinstance(item, tree.System):
                for fact in item.facts:
                    if isinstance(fact, tree.Schema):
                        content = self.read(fact.path)
                        name = _written(fact.path)
                        schemas[name] = None if content is None else self.schema(content)
                        if content is not None:
                            self.named[path, name] = content.real
        self.units[path] = unit._replace(uses=uses, schemas=schemas)

    def read(self, place: tree.Constant) -> Content | None:
        """The file that a path names, or a diagnostic at the path."""
        written = _written(place)
        if Path(written).is_absolute():
            message = f"`{written}` is absolute; a path is relative to the file in which it stands"
            self.tell("use-outside", message, place)
            return None
        path = _beside(place.span.source.path, written)
        content = self.reader.read(path)
        if content.outside:
            note = (
                "a policy brings in files of its own repository only: of the nearest folder upward "
                "that has a `.git` or a configuration"
            )
            self.tell("use-outside", f"`{written}` leads out of the repository", place, note)
            return None
        if content.problem is not None:
            message = f"`{written}` cannot be read: {content.problem}"
            note = f"a path is relative to the file in which it stands; this one means `{path}`"
            self.tell("missing-file", message, place, note)
            return None
        return content

    def used(self, content: Content) -> str | None:
        if content.real not in self.known:
            self.add(content, listed=False)
        return self.known[content.real]

    def schema(self, content: Content) -> schema.System | None:
        if content.real not in self.schemas:
            assert content.data is not None
            source, problem = decode(content.path, content.data)
            if problem is not None:
                self.schemas[content.real] = None
                self.diagnostics.append(problem)
            else:
                self.schemas[content.real], diagnostics = schema.parse(source)
                self.diagnostics += diagnostics
        return self.schemas[content.real]

    def tell(self, code: str, message: str, place: tree.Constant, note: str | None = None) -> None:
        notes = () if note is None else (note,)
        source, start, end = place.span
        span = Span(source, source.text.index('"', start), end)  # without the word before it
        found = Diagnostic(code, Severity.ERROR, message, span, notes=notes)
        self.diagnostics.append(found)


def problem_of(content: Content) -> Diagnostic:
    """A file in a folder of the command line that cannot be read."""
    if content.outside:
        return at_top(content.path, "use-outside", "this file is outside of the repository")
    message = f"this file cannot be read: {content.problem}"
    return at_top(content.path, "missing-file", message)


def _written(path: tree.Constant) -> str:
    return str(path.value)


def _beside(path: str, written: str) -> str:
    """A path as the user would write it, from one that is relative to a file."""
    joined = str(Path(path).parent / written)
    plain = os.path.normpath(joined)
    # With a link on the way, `..` leads elsewhere than it looks.
    if (
        ".." in written
        and "\0" not in written
        and os.path.realpath(plain) != os.path.realpath(joined)
    ):
        return joined
    return plain


# ── circles ──────────────────────────────────────────────────────────────────────────────────────


class _Step(NamedTuple):
    use: tree.Use
    target: str


def _circles(units: dict[str, Unit]) -> Iterator[Diagnostic]:
    """Files that bring in each other: told once, at the `use` that closes the circle."""
    steps = {path: list(_steps(unit)) for path, unit in units.items()}
    done: set[str] = set()
    for start in units:
        if start in done:
            continue
        way: list[_Step] = []  # from the start to where we are
        depths = {start: 0}  # of the files on the way
        waiting = [(start, iter(steps[start]))]
        while waiting:
            path, rest = waiting[-1]
            step = next(rest, None)
            if step is None:
                done.add(path)
                waiting.pop()
                del depths[path]
                if way:
                    way.pop()
                continue
            if step.target in depths:
                yield _circle([*way[depths[step.target] :], step])
            elif step.target not in done:
                depths[step.target] = len(waiting)
                way.append(step)
                waiting.append((step.target, iter(steps[step.target])))


def _steps(unit: Unit) -> Iterator[_Step]:
    for item in unit.file.items:
        if isinstance(item, tree.Use):
            target = unit.uses[_written(item.path)]
            if target is not None:
                yield _Step(item, target)


def _circle(steps: list[_Step]) -> Diagnostic:
    last = steps[-1]
    if len(steps) == 1:
        message = f"`{last.target}` brings in itself"
    else:
        files = " → ".join(f"`{step.target}`" for step in steps[:-1][:MAX_LABELS])
        message = f"this closes a circle: `{last.target}` brings in {files}, which brings it in"
    labels = tuple(
        Label(step.use.path.span, f"here `{step.target}` is brought in")
        for step in steps[:-1][:MAX_LABELS]
    )
    return Diagnostic("use-cycle", Severity.ERROR, message, last.use.path.span, labels)
