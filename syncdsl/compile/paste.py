"""
The source text of our own modules, as one text that imports nothing of ours.

What a compiled module does with values must be what syncdsl does with them, so it is the same text.
The modules that are pasted are written for it: their top-level names are all different, and they
import each other's names as they are, so that without these imports they stand side by side.
"""

from __future__ import annotations

import ast
import textwrap
from functools import cache
from importlib import resources
from typing import NamedTuple

_PACKAGE = "syncdsl"

# Each imports only from those before it.
MODULES = (
    "situation.py",
    "convert.py",
    "condition.py",
    "wiring.py",
    "semantics/observe.py",
    "compile/runtime.py",
)


class Pasted(NamedTuple):
    imports: str  # of the standard library
    body: str
    names: frozenset[str]  # all that is bound at the top


@cache
def pasted() -> Pasted:
    """The modules one after the other, each below its name and what it is for."""
    root = resources.files(_PACKAGE)
    plain: set[str] = set()
    members: dict[str, set[str]] = {}
    bodies: list[str] = []
    names: set[str] = set()
    for module in MODULES:
        text = root.joinpath(*module.split("/")).read_text(encoding="utf-8")
        tree = ast.parse(text)
        for node in tree.body:
            if isinstance(node, ast.Import):
                plain.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not _is_ours(node):
                members.setdefault(node.module or "", set()).update(
                    alias.name for alias in node.names
                )
            names.update(bound(node))
        bodies.append(_heading(module, tree) + _without_imports(text, tree))
    future = members.pop("__future__", set())
    lines = [f"from __future__ import {', '.join(sorted(future))}", ""] if future else []
    lines += [f"import {name}" for name in sorted(plain)]
    lines += [f"from {name} import {', '.join(sorted(members[name]))}" for name in sorted(members)]
    return Pasted("\n".join(lines) + "\n", "\n\n".join(bodies), frozenset(names))


def bound(node: ast.stmt) -> list[str]:
    """The names that a statement at the top of a module binds."""
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Import() | ast.ImportFrom():
            return [alias.asname or alias.name for alias in node.names]
        case ast.If():
            return [name for each in node.body for name in bound(each)]
        case _:
            stored = (each for each in ast.walk(node) if isinstance(each, ast.Name))
            return [each.id for each in stored if isinstance(each.ctx, ast.Store)]


def _is_ours(node: ast.ImportFrom) -> bool:
    return (node.module or "").split(".")[0] == _PACKAGE


def _heading(module: str, tree: ast.Module) -> str:
    """A line with the module's name, and the first paragraph of its docstring, as comments."""
    name = module.removesuffix(".py").split("/")[-1]
    about = (ast.get_docstring(tree) or "").split("\n\n")[0]
    lines = textwrap.wrap(" ".join(about.split()), 98)
    return "\n".join([heading(name), *(f"# {line}" for line in lines), "", "", ""])


def heading(title: str) -> str:
    """A comment that starts a part of the module."""
    return f"# ══ {title} ".ljust(100, "═")


def _without_imports(text: str, tree: ast.Module) -> str:
    """The text without its docstring and without the imports at its top."""
    lines = text.splitlines()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_text(node):
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                lines[number - 1] = ""
    return "\n".join(lines).strip("\n") + "\n"


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
