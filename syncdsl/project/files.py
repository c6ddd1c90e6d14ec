"""
Finding the users' files, and reading them in bounded memory.

What is wrong with a path that a user named on the command line is `Trouble`: there is no file in
which it could be pointed at. What is wrong with a file that was found there is a diagnostic.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from syncdsl.diagnostic import Diagnostic, Severity
from syncdsl.source import Source, Span

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "<stdin>"

# More than a hundred times the largest policy we know; such a file was named by mistake.
MAX_BYTES = 32 * 1024 * 1024

_SKIPPED_FOLDERS = ("node_modules",)  # and all that are hidden
_NO_SUCH_FILE = "there is no such file"
_NOT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Trouble(Exception):  # noqa: N818  (nothing is wrong in the program)
    """The work cannot be done, in words for the user; and because of which path, if of one."""

    def __init__(self, message: str, path: str | None = None) -> None:
        super().__init__(message)
        self.path = path


class Unreadable(Exception):  # noqa: N818
    """A file cannot be read, in words that follow its name."""


class Found(NamedTuple):
    """A file that the user named, or that stands in a folder that the user named."""

    path: str  # as the user would write it
    named: bool


class Content(NamedTuple):
    """What came of reading a file."""

    path: str
    real: str  # where it really is
    data: bytes | None
    problem: str | None = None  # why there is no data
    outside: bool = False  # it was not read because it is outside of the repository

    @property
    def digest(self) -> str:
        """Tells whether this would come of it again."""
        if self.data is not None:
            return blake2b(self.data, digest_size=20).hexdigest()
        return f"outside: {self.problem}" if self.outside else f"unreadable: {self.problem}"


class Reader:
    """Reads each file once in a run, and keeps what it has read: also what was not there."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.contents: dict[str, Content] = {}  # by path, in the order of reading
        self._data: dict[str, bytes | str] = {}  # by real path; a text says what is in the way

    def read_listed(self, found: Found, standard_input: bytes = b"") -> Content:
        """A file of the command line. What is in the way of a named one is trouble."""
        if found.path == STANDARD_INPUT_NAME:
            content = Content(found.path, found.path, standard_input)
        elif not found.named:
            return self.read(found.path)
        else:
            real = os.path.realpath(found.path)
            content = self._content(found.path, real)
            if content.problem is not None:
                raise Trouble(f"`{found.path}` cannot be read: {content.problem}", found.path)
        self.contents[found.path] = content
        return content

    def with_contents(self, contents: Sequence[Content]) -> Reader:
        """A reader to which these files hold what is said here, and all others what they held."""
        other = Reader(self.root)
        other._data = self._data | {
            each.real: each.data for each in contents if each.data is not None
        }
        other.contents = {each.path: each for each in contents}
        return other

    def read(self, path: str) -> Content:
        """A file that no user named: it has to be inside the repository."""
        content = self.contents.get(path)
        if content is None:
            content = self.contents[path] = self._inside(path)
        return content

    def _inside(self, path: str) -> Content:
        try:
            real = os.path.realpath(path)
        except (ValueError, OSError):  # a NUL in a name; on some systems a loop of links
            return Content(path, path, None, "no file can have this name")
        if not is_inside(real, self.root):
            return Content(path, real, None, "it is outside of the repository", outside=True)
        return self._content(path, real)

    def _content(self, path: str, real: str) -> Content:
        data = self._data.get(real)
        if data is None:
            try:
                data = read_bytes(path)
            except Unreadable as problem:
                data = str(problem)
            self._data[real] = data
        if isinstance(data, str):
            return Content(path, real, None, data)
        return Content(path, real, data)


def find(paths: Sequence[str]) -> list[Found]:
    """The policies among files and folders. A file is found once, by its first name."""
    found: dict[str, Found] = {}
    for path in paths:
        if path == STANDARD_INPUT:
            found.setdefault(STANDARD_INPUT, Found(STANDARD_INPUT_NAME, named=True))
            continue
        plain = str(Path(path))
        try:
            is_folder = stat.S_ISDIR(Path(path).stat().st_mode)
        except (OSError, ValueError) as problem:
            words = in_words(problem)
            if words == _NO_SUCH_FILE:
                raise Trouble(f"there is no file or folder `{path}`", path) from None
            raise Trouble(f"`{path}` cannot be read: {words}", path) from None
        if is_folder:
            for each, real in _walk(plain):
                found.setdefault(real, Found(each, named=False))
        else:
            found.setdefault(os.path.realpath(path), Found(plain, named=True))
    return list(found.values())


def are_whole(contents: Sequence[Content]) -> bool:
    """Do these files leave no policy of their own folders out?"""
    listed = {content.real for content in contents}
    try:
        return all(
            _policies_in(folder) <= listed for folder in {Path(each).parent for each in listed}
        )
    except OSError:
        return False


def _policies_in(folder: Path) -> set[str]:
    with os.scandir(folder) as entries:
        names = {entry.name for entry in entries if entry.name.endswith(".sync")}
    return {str(folder / name) for name in names if not name.startswith(".")}


def read_bytes(path: str) -> bytes:
    """All of an ordinary file, or Unreadable."""
    data = read_beginning(path, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable(f"it is larger than {MAX_BYTES // 1024 // 1024} MB")
    return data


def read_beginning(path: str, most: int) -> bytes:
    """So many bytes of an ordinary file, or all that it has, or Unreadable."""
    try:
        # A pipe that nobody writes to would be waited for, for ever.
        handle = os.open(path, os.O_RDONLY | _NOT_WAITING)
    except (OSError, ValueError) as problem:
        raise Unreadable(in_words(problem)) from None
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise Unreadable("it is a folder")
        if not stat.S_ISREG(mode):
            raise Unreadable("it is no ordinary file")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(most)
    except OSError as problem:
        raise Unreadable(in_words(problem)) from None
    finally:
        os.close(handle)


def decode(path: str, data: bytes) -> tuple[Source, Diagnostic | None]:
    """The text of a file; if it is none, as much of it as shows where it stops to be one."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _not_text(path, data, 0, "this file is UTF-16; it has to be UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        return _not_text(path, data, nul, "this is a binary file, not a text")
    try:
        return Source(path, data.decode("utf-8-sig")), None
    except UnicodeDecodeError as problem:
        # The codec counts from behind the byte order mark.
        start = len(data) - len(problem.object) + problem.start
        byte = f"the byte 0x{data[start]:02X} is not UTF-8 here"
        return _not_text(path, data, start, f"{byte}; this file has to be saved as UTF-8")


def is_inside(real: str, root: str) -> bool:
    """Is this real path in the repository? What git keeps for itself there is not."""
    if real != root and not real.startswith(root.rstrip(os.sep) + os.sep):
        return False
    return not any(part.lower() == ".git" for part in Path(real[len(root) :]).parts)


def at_top(path: str, code: str, message: str, *notes: str) -> Diagnostic:
    """A problem of a file as a whole, of which no text is known."""
    return Diagnostic(code, Severity.ERROR, message, Span(Source(path, ""), 0, 0), notes=notes)


def _walk(folder: str) -> Iterator[tuple[str, str]]:
    """
    The policies in a folder and the folders in it, with their real paths. Links to folders are not
    followed. A folder that cannot be looked into is passed on, so that its reader says why.
    """
    waiting = [(folder, os.path.realpath(folder))]
    while waiting:
        path, real = waiting.pop()
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            yield path, real
            continue
        folders = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            inner = entry.name if path == "." else _join(path, entry.name)
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _SKIPPED_FOLDERS:
                    folders.append((inner, _join(real, entry.name)))
            elif entry.name.endswith(".sync") and not entry.is_dir():
                link = entry.is_symlink()
                yield inner, os.path.realpath(inner) if link else _join(real, entry.name)
        waiting += reversed(folders)


def _join(folder: str, name: str) -> str:
    return f"{folder.rstrip(os.sep)}{os.sep}{name}"


def _not_text(path: str, data: bytes, offset: int, message: str) -> tuple[Source, Diagnostic]:
    before = data[:offset].decode("utf-8-sig", "replace")
    source = Source(path, before + data[offset : offset + 1].decode("utf-8", "replace"))
    span = Span(source, len(before), len(source.text))
    return source, Diagnostic("not-text", Severity.ERROR, message, span)


def in_words(problem: OSError | ValueError) -> str:
    """Why a path cannot be read."""
    if isinstance(problem, ValueError):
        return "no file can have this name"
    words = {
        errno.ENOENT: _NO_SUCH_FILE,
        errno.ENOTDIR: _NO_SUCH_FILE,
        errno.ELOOP: "it is a link that leads to itself",
        errno.ENXIO: "it is no ordinary file",
        errno.EACCES: "permission denied",
        errno.EPERM: "permission denied",
    }
    return words.get(problem.errno or 0, (problem.strerror or "it cannot be opened").lower())
