"""
Writes the pages of docs/ that are made from the program: `python tools/make_docs.py`.

Each page is one entry of PAGES: its path, and a function that makes its text. tests/test_docs.py
fails as long as a page is not as it would be made.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from syncdsl import check
from syncdsl.check import CHECKS, GROUPS
from syncdsl.check.known.fitting import Fit, fit
from syncdsl.diagnostic import Certainty, Severity
from syncdsl.report.page import FAULTS, Page, every_page
from syncdsl.schema import Type

ROOT = Path(__file__).resolve().parents[1]
CHECKS_FOLDER = "docs/reference/checks"

_SEVERITY = {
    Severity.ERROR: "An error",
    Severity.WARNING: "A warning",
    Severity.INFO: "An information",
}
_CERTAINTY = {
    Certainty.CERTAIN: "It follows from the policy and the schemas, unless the finding asks a "
    "question that records would answer.",
    Certainty.DATA: "Whether it harms depends on the records; the finding says what to ask them.",
    Certainty.UNKNOWN: "It tells that something is not known.",
}


def index_of_checks() -> str:
    head = f"""\
# Checks

What `syncdsl check` looks for in a policy that it has understood: {len(CHECKS)} checks in groups.
`syncdsl explain CODE` prints the same pages, from which these are made.
What it says about a policy that it cannot understand is told in [Faults](../faults.md).

An error is data lost beyond recovery, or a policy that contradicts itself.
Whether a warning is harm depends on what was meant.
An information is good to know, and never a reason to fail.
A finding that is meant is accepted where it stands, with the reason: `# allow CODE: reason`.
The code or the group is what `--select`, `--ignore` and the [configuration](../configuration.md) take.
"""  # noqa: E501
    return "\n".join([head, *map(_group, GROUPS)])


def _group(name: str) -> str:
    rows = [
        (f"[`{each.code}`]({each.code}.md)", each.severity.value, each.summary)
        for each in GROUPS[name]
    ]
    return f"## {name}\n\n{_about(name)}\n\n{_table(('code', 'severity', 'what it tells'), rows)}"


def _about(group: str) -> str:
    """What the folder of a group says about itself."""
    return (inspect.getdoc(getattr(check, group)) or "").partition("\n")[0]


def page_of_check(page: Page) -> str:
    assert page.severity is not None and page.certainty is not None
    facts = (
        f"{_SEVERITY[page.severity]}, since {page.since}, "
        f"in the group [{page.group}](README.md#{page.group}).\n{_CERTAINTY[page.certainty]}"
    )
    fixable = "\nSome of its findings come with a fix." if page.is_fixable else ""
    others = [each.code for each in GROUPS[page.group] if each.code != page.code]
    related = [f"- [`{code}`]({code}.md)" for code in others]
    return "\n".join(
        [
            f"# {page.code}\n",
            f"{facts}{fixable}\n",
            f"{page.markdown}\n",
            "## If it is meant\n",
            "Say why, on the line itself or above it:\n",
            f"```sync\n# allow {page.code}: the reason\n```",
            *(["\n## Related\n", *related] if related else []),
            "",
        ]
    )


def faults_page() -> str:
    pages = [page for page in every_page() if page.group == FAULTS]
    rows = [(f"[`{page.code}`](#{page.code})", page.summary) for page in pages]
    head = """\
# Faults

What cannot be read, looked up or made sense of.
`syncdsl explain CODE` prints the same pages, from which this one is made.
What a policy that is understood can do is told in [Checks](checks/README.md).
"""
    texts = [f"## {page.code}\n\n{page.markdown}\n" for page in pages]
    return "\n".join([head, _table(("code", "what it tells"), rows), *texts])


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
Where it says *some* or *no*, the check [`incompatible-types`](checks/incompatible-types.md) tells it.
Two things go before the table: where the schema lists the options of what arrives, each option is tried; and what is not known fits.
An option is looked for in the target's list, where it has one: [`options-not-covered`](checks/options-not-covered.md).
Which record a reference means is a question of keys, not of types.
A list is told by [`list-into-scalar`](checks/list-into-scalar.md) and [`text-into-list`](checks/text-into-list.md), a date that becomes a time by [`date-without-zone`](checks/date-without-zone.md).
"""  # noqa: E501  (a sentence has a line of its own)

PAGES: dict[str, Callable[[], str]] = {
    f"{CHECKS_FOLDER}/README.md": index_of_checks,
    **{
        f"{CHECKS_FOLDER}/{page.code}.md": partial(page_of_check, page)
        for page in every_page()
        if page.group != FAULTS
    },
    "docs/reference/faults.md": faults_page,
    "docs/reference/types.md": types,
}


def main() -> None:
    folder = ROOT / CHECKS_FOLDER
    folder.mkdir(exist_ok=True)
    for page in folder.glob("*.md"):
        page.unlink()  # of a check that is gone
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heading, tuple("---" for _ in heading), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


if __name__ == "__main__":
    main()
