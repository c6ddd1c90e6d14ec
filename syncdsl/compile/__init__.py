"""
The policy in forms that run, or are read, without syncdsl.

A form is a function from a policy to a text. All of them print the decision tables of
`semantics.table`; none knows what a clause means.
"""

from __future__ import annotations

from collections.abc import Callable

from syncdsl.compile.json import to_json
from syncdsl.compile.python import to_python
from syncdsl.policy import Policy

# By the word that `syncdsl compile --to` takes.
FORMS: dict[str, Callable[[Policy], str]] = {
    "python": to_python,
    "json": to_json,
}
