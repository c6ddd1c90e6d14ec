"""
Writes the pages of docs/ that are made from the program: `python tools/make_docs.py`.

Each page is one entry of PAGES: its path, and a function that makes its text. tests/test_docs.py
fails as long as a page is not as it would be made.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from syncdsl import faults
from syncdsl.check import CHECKS
from syncdsl.check.fitting import Fit, fit
from syncdsl.diagnostic import Severity
from syncdsl.report.text import shown
from syncdsl.schema import Type

ROOT = Path(__file__).resolve().parents[1]

_SEVERITY = {
    Severity.ERROR: "An error",
    Severity.WARNING: "A warning",
    Severity.INFO: "An information",
}


def checks() -> str:
    rows = [
        (f"[`{each.code}`](#{each.code})", each.severity.value, each.summary) for each in CHECKS
    ]
    pages = [
        f"## {each.code}\n\n{_SEVERITY[each.severity]}, since {each.since}.\n\n"
        f"{_as_markdown(each.page, 'sync')}"
        for each in CHECKS
    ]
    head = """\
# Checks

What `syncdsl check` looks for in a policy that it has understood.
`syncdsl explain CODE` prints the same pages, from which this one is made.
What it says about a policy that it cannot understand is told in [Faults](faults.md).

An error is data lost beyond recovery, or a policy that contradicts itself.
Whether a warning is harm depends on what was meant.
An information is good to know, and never a reason to fail.
A finding that is meant is accepted where it stands, with the reason: `# allow CODE: reason`.
"""
    return "\n".join([head, _table(("code", "severity", "what it tells"), rows), *pages])


def faults_page() -> str:
    rows = [(f"[`{code}`](#{code})", faults.summary(code)) for code in faults.PAGES]
    pages = [
        # Some of these examples are no policies, which is what they are about.
        f"## {code}\n\n{_as_markdown(shown_all(page), 'text')}"
        for code, page in faults.PAGES.items()
    ]
    head = """\
# Faults

What cannot be read, looked up or made sense of.
`syncdsl explain CODE` prints the same pages, from which this one is made.
What a policy that is understood can do is told in [Checks](checks.md).
"""
    return "\n".join([head, _table(("code", "what it tells"), rows), *pages])


def types() -> str:
    """Which type takes which, as `incompatible-types` asks it."""
    kinds = [each for each in Type if each is not Type.LIST]
    rows = [(f"**{one.value}**", *(_FITS[fit(one, other)] for other in kinds)) for one in kinds]
    return "\n".join([_TYPES, _table(("arrives \\ takes", *(each.value for each in kinds)), rows)])


_FITS = {Fit.ALL: "yes", Fit.SOME: "some", Fit.NONE: "no"}
_TYPES = """\
# Types

What arrives at a property is of a type, and so is the property.
The type that arrives is the giving property's, carried through the steps of the rule: each step [gives a type](conversions.md).
A value map, a constant and a default name their values, and each of them is looked at by itself.

In the table *yes* says that every value fits, *some* that it depends on the value, *no* that no value does.
Where it says *some* or *no*, the check [`incompatible-types`](checks.md#incompatible-types) tells it.
Two things go before the table: where the schema lists the options of what arrives, each option is tried; and what is not known fits.
An option is looked for in the target's list, where it has one: [`options-not-covered`](checks.md#options-not-covered).
Which record a reference means is a question of keys, not of types.
A list is told by [`list-into-scalar`](checks.md#list-into-scalar) and [`text-into-list`](checks.md#text-into-list), a date that becomes a time by [`date-without-zone`](checks.md#date-without-zone).
"""  # noqa: E501  (a sentence has a line of its own)

PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/checks.md": checks,
    "docs/reference/faults.md": faults_page,
    "docs/reference/types.md": types,
}


def main() -> None:
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────


def shown_all(page: str) -> str:
    """A page in which characters that nobody can see are to be seen."""
    return "\n".join(shown(line) for line in page.strip().split("\n"))


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heading, tuple("---" for _ in heading), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def _as_markdown(page: str, language: str) -> str:
    """A page with its headings in bold, and its examples in fences."""
    return "\n\n".join(_parts(page, language)) + "\n"


def _parts(page: str, language: str) -> Iterator[str]:
    for is_example, group in groupby(page.split("\n\n"), lambda part: part.startswith("    ")):
        if is_example:
            example = textwrap.dedent("\n\n".join(group)).strip("\n")
            yield f"```{language}\n{example}\n```"
            continue
        for part in group:
            yield re.sub(r"\A(Bad|Good|Right anyway):", r"**\1:**", part.strip())


if __name__ == "__main__":
    main()
