"""What the tests of checks ask of the text of a policy."""

import re
import textwrap
from pathlib import Path

from syncdsl.diagnostic import Diagnostic, Fix, Severity
from syncdsl.policy import Policy
from syncdsl.project.examine import Understood, examine, understand
from syncdsl.project.files import Content, Reader

ROOT = Path(__file__).resolve().parents[2]


def read(text: str) -> Understood:
    """A policy in the folder of the real ones, so that it can use their schemas."""
    path = "policies/page.sync"
    listed = Content(path, str(ROOT / path), text.encode())
    return understand([listed], Reader(str(ROOT)))


def understood(text: str) -> Policy:
    policy, problems, *_ = read(text)
    assert not problems, [problem.message for problem in problems]
    return policy


def findings(text: str) -> list[Diagnostic]:
    """All that is found and counts."""
    found = examine(read(text)).found
    return [each for each in found if each.allowed is None]


def severe(found: list[Diagnostic]) -> set[str]:
    """The codes of all that is more than an information."""
    return {each.code for each in found if each.severity is not Severity.INFO}


def fixed(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def policy_under(heading: str, page: str) -> str | None:
    """The policy that a page shows under a heading."""
    match = re.search(rf"^{heading}:(?:(?!\n\n).)*\n\n((?:    [^\n]*\n|\n)+)", page + "\n", _OVER)
    return None if match is None else textwrap.dedent(match[1]).strip() + "\n"


_OVER = re.MULTILINE | re.DOTALL
