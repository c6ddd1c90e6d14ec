"""
What was found, laid out: for people, and for machines.

A format is a function from a `Result` to a text, in a file of its own. All but SARIF, which has a
place for them, leave out what the policy itself allows. Nothing else in the program lays findings
out.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from syncdsl.diagnostic import Result

# The name of a format, and its module here; only the one that is asked for is imported.
FORMATS = {
    "text": "text",
    "concise": "concise",
    "json": "json_form",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "gitlab": "gitlab",
    "rdjson": "rdjson",
}


def renderer(form: str) -> Callable[[Result], str]:
    """The function that makes this format."""
    render: Callable[[Result], str] = import_module(f"{__name__}.{FORMATS[form]}").render
    return render
