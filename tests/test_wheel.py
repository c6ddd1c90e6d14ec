"""The wheel works away from the checkout, with nothing beside it but the libraries it asks for."""

import os
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    python("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    return next(folder.glob("syncdsl-*.whl"))


def test_the_wheel_holds_what_the_program_reads_at_run_time(wheel: Path) -> None:
    package = ROOT / "syncdsl"
    files = {"syncdsl/syntax/syncdsl.lark", "syncdsl/py.typed"}
    files |= {f"syncdsl/docs/templates/{path.name}" for path in package.glob("docs/templates/*.j2")}
    shipped = (path.relative_to(ROOT) for path in package.glob("schema/kinds/*/*.json"))
    files |= {path.as_posix() for path in shipped}
    with zipfile.ZipFile(wheel) as archive:
        assert files <= set(archive.namelist())
        assert archive.read("syncdsl/syntax/syncdsl.lark").count(b"\n") > 1, "a link is no grammar"


def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed, libraries, elsewhere = (tmp_path / name for name in ("app", "lib", "elsewhere"))
    python("-m", "pip", "install", "--no-deps", "--no-index", "--target", installed, wheel)
    libraries.mkdir()
    for library in libraries_of("syncdsl"):
        link_packages(library, libraries)
    elsewhere.mkdir()
    (elsewhere / "source.sync").write_text("source: hubspot -> dynamics\n", encoding="utf-8")
    misspelt = "system hubspot { kind hubspot }\nnever overwrite hubspot.contacts.emial\n"
    (elsewhere / "misspelt.sync").write_text(misspelt, encoding="utf-8")

    # -S: not the folders of this Python, where the checkout itself and the tests' libraries are.
    def run(*arguments: str, expect: int = 0) -> str:
        path = os.pathsep.join((str(installed), str(libraries)))
        return python("-S", *arguments, cwd=elsewhere, expect=expect, PYTHONPATH=path)

    assert run("-c", "import syncdsl; print(syncdsl.__file__)").startswith(str(installed))
    report = run("-m", "syncdsl", "check", "source.sync", expect=1)
    assert "overwrite-on-reactivation" in report
    assert "Dynamics" in run("-m", "syncdsl", "docs", "source.sync")
    assert "`email`" in run("-m", "syncdsl", "check", "misspelt.sync", expect=1)


def python(*arguments: str | Path, cwd: Path = ROOT, expect: int = 0, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | {"PIP_NO_INDEX": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = f"{arguments}\n{done.stdout}{done.stderr}"
    assert done.returncode == expect, said
    assert "Traceback" not in done.stderr, said
    return done.stdout


def libraries_of(project: str) -> set[str]:
    """What the project cannot do without, and what that cannot do without."""
    found: set[str] = set()
    for line in metadata.requires(project) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found |= {requirement.name} | libraries_of(requirement.name)
    return found


def link_packages(library: str, folder: Path) -> None:
    distribution = metadata.distribution(library)
    for top in {path.parts[0] for path in distribution.files or ()} - {".."}:
        (folder / top).symlink_to(Path(str(distribution.locate_file(top))))
