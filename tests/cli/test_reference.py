"""
docs/reference/cli.md says what the program's own help says. `python -m tests.cli.test_reference`
writes it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc

import click
import pytest

from syncdsl.cli.verbs import syncdsl
from tests.cli.harness import ROOT, run, run_process, write

PAGE = ROOT / "docs" / "reference" / "cli.md"

HEAD = """\
# The command line

This page is made from the program's own help.

    syncdsl VERB [OPTIONS] [PATH]...

A PATH is a policy file, or a folder that is looked through for `*.sync` files.
Hidden files and folders and `node_modules` are passed over, and links to folders are not followed.
`-` is standard input.
Without a PATH it is the folder that the [configuration](configuration.md) names, else `policies`, else the current folder.

| exit code | meaning |
|---|---|
| 0 | nothing wrong; informations alone are nothing wrong |
| 1 | findings in `check`; files that are not in the layout in `fmt --check` and `fmt --diff` |
| 2 | the work could not be done: no such path, wrong usage, a broken configuration; in all verbs but `check` and `fmt --check` also a policy that does not parse or resolve |
| 130 | interrupted |

Output that is closed early, as by `| head`, is no error.
If syncdsl itself is at fault it says so in one line; with `SYNCDSL_TRACEBACK=1` in the environment it shows where.
"""  # noqa: E501

TAIL = """\
## Completion in the shell

The shell can complete verbs, options and paths.
For bash, put this into `~/.bashrc`:

```sh
eval "$(_SYNCDSL_COMPLETE=bash_source syncdsl)"
```

For zsh, into `~/.zshrc`:

```sh
eval "$(_SYNCDSL_COMPLETE=zsh_source syncdsl)"
```

For fish, into `~/.config/fish/completions/syncdsl.fish`:

```sh
_SYNCDSL_COMPLETE=fish_source syncdsl | source
```
"""


def verbs_of(group: click.Group, *above: str) -> Iterator[tuple[str, click.Command]]:
    """The verbs, and those that stand below another one, by how they are written."""
    for name, verb in group.commands.items():
        if isinstance(verb, click.Group):
            yield from verbs_of(verb, *above, name)
        else:
            yield " ".join([*above, name]), verb


VERBS = dict(verbs_of(syncdsl))


def page() -> str:
    verbs = ("\n".join(_verb(name, verb)) for name, verb in VERBS.items())
    return "\n".join([HEAD, *verbs, TAIL])


def _verb(name: str, verb: click.Command) -> Iterator[str]:
    text, _, example = cleandoc(verb.help or "").partition("\n\b\nExample:\n")
    yield f"## `syncdsl {name}`\n"
    yield from (_one_line(paragraph) for paragraph in text.strip().split("\n\n"))
    yield "```sh"
    yield from _commands(example)
    yield "```\n"
    options = [each for each in verb.params if isinstance(each, click.Option)]
    if options:
        yield "| option | meaning |"
        yield "|---|---|"
        yield from (_option(option) for option in options)
        yield ""


def _commands(example: str) -> list[str]:
    return [line.strip() for line in example.strip().splitlines()]


def _one_line(paragraph: str) -> str:
    """One sentence a line."""
    return re.sub(r"(?<=\.) (?=[A-Z`])", "\n", " ".join(paragraph.split())) + "\n"


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    value = "" if option.is_flag else f" {_value(option)}"
    default = f" Default: `{option.default}`." if option.show_default else ""
    return f"| {names}{value} | {option.help}{default} |"


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return " \\| ".join(f"`{choice}`" for choice in option.type.choices)
    return option.metavar or "VALUE"


def test_the_page_is_what_the_program_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(
    ("name", "verb"), [*VERBS.items(), ("schema", syncdsl.commands["schema"]), ("", syncdsl)]
)
def test_every_verb_has_help_with_an_example(name: str, verb: click.Command) -> None:
    ran = run(*name.split(), "--help")
    assert ran.code == 0 and ran.err == ""
    assert re.search(rf"Example:\n +syncdsl {name or 'check'}", ran.out)
    options = [each for each in verb.params if isinstance(each, click.Option)]
    assert all(option.help for option in options)


def test_every_example_works() -> None:
    """All of them are about a folder `policies` with a rule `source` of a mapping `contacts`."""
    for name, verb in VERBS.items():
        write(
            "policies/contacts.sync",
            "mapping contacts: hubspot.contacts -> dynamics.contact {\n"
            "  source: hubspot.source -> dynamics.source on create only\n}\n",
        )
        write(
            "contacts.json",
            '{"results": [{"name": "email", "type": "string", "fieldType": "text"}]}',
        )
        for example in _commands(cleandoc(verb.help or "").rpartition("Example:\n")[2]):
            program, *arguments = example.split()
            ran = run(*arguments)
            assert program == "syncdsl"
            assert ran.code in ((0, 1) if "--diff" in arguments else (0,)), (name, ran)


def test_the_shell_can_complete() -> None:
    ran = run_process(
        _SYNCDSL_COMPLETE="zsh_complete", COMP_WORDS="syncdsl check --for", COMP_CWORD="2"
    )
    assert ran.code == 0 and "--format" in ran.out
    assert "_syncdsl" in run_process(_SYNCDSL_COMPLETE="zsh_source").out


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
