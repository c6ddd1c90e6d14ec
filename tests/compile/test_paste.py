"""The modules that are pasted stand side by side without getting in each other's way."""

import ast
import sys
from collections import Counter
from importlib import resources

from syncdsl.compile.paste import MODULES, bound


def test_no_two_of_them_define_the_same_name() -> None:
    defined: Counter[str] = Counter()
    imported: set[str] = set()
    for module in MODULES:
        for node in parsed(module).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert all(alias.asname is None for alias in node.names), module
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("syncdsl"):
                continue
            if isinstance(node, ast.Import | ast.ImportFrom | ast.If):
                imported.update(bound(node))
            else:
                defined.update({*bound(node)})
    assert [name for name, times in defined.items() if times > 1] == []
    assert not imported & set(defined)


def test_what_they_import_is_in_the_standard_library_or_pasted_before() -> None:
    before: set[str] = set()
    for module in MODULES:
        for node in ast.walk(parsed(module)):
            if isinstance(node, ast.ImportFrom):
                name = node.module or ""
                if name.startswith("syncdsl"):
                    assert name in before, module
                else:
                    assert name.split(".")[0] in {*sys.stdlib_module_names, "phonenumbers"}
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    assert alias.name in {*sys.stdlib_module_names, "phonenumbers"}
        before.add("syncdsl." + module.removesuffix(".py").replace("/", "."))


def parsed(module: str) -> ast.Module:
    text = resources.files("syncdsl").joinpath(*module.split("/")).read_text(encoding="utf-8")
    return ast.parse(text)
