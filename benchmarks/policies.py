"""Makes folders of policies for the benchmarks: as many rules as asked for, in many files."""

from __future__ import annotations

import json
from pathlib import Path

RULES_A_FILE = 100

# What people write, in about these shares; {n} makes names differ.
_RULES = (
    "hubspot.first_{n} -> dynamics.cr_first_{n} on create only",
    "hubspot.name_{n} -> dynamics.cr_name_{n} as trim, owned by hubspot",
    "hubspot.phone_{n} <-> dynamics.cr_phone_{n}, ask",
    'hubspot.since_{n} <- dynamics.cr_since_{n} as date("Europe/Berlin"), owned by dynamics',
    "hubspot.note_{n} -> dynamics.cr_note_{n} if blank, not on reactivation",
    "hubspot.optout_{n} <-> dynamics.cr_donotbulkemail_{n}, sticky",
    "hubspot.level_{n} -> dynamics.cr_level_{n}, values levels, owned by hubspot",
    "hubspot.step_{n} -> dynamics.cr_step_{n}, forward only in steps",
    'hubspot.tags_{n} <-> dynamics.cr_tags_{n} as split(";"), union',
    "hubspot.zip_{n} -> dynamics.cr_zip_{n} when hubspot.country = DE, owned by hubspot",
)

_HEAD = """\
system hubspot {{ kind hubspot }}
system dynamics {{ kind dynamics365 }}

values levels {{
  low <-> 1
  middle <-> 2
  high <-> 3
  otherwise reject
}}

order steps {{ subscriber < lead < opportunity < customer }}

## Made for a benchmark.
mapping people_{file}: hubspot.contacts_{file} <-> dynamics.contact_{file} {{
  match email = emailaddress1 as trim | lower
  create in dynamics
"""


def write(folder: Path, rules: int) -> None:
    """As many rules as asked for, `RULES_A_FILE` in a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, first in enumerate(range(0, rules, RULES_A_FILE)):
        last = min(first + RULES_A_FILE, rules)
        text = policy(file, range(first, last))
        (folder / f"policy_{file:05}.sync").write_text(text, encoding="utf-8")


def policy(file: int, numbers: range) -> str:
    """One file, with a rule for each number."""
    rules = (
        f"  rule_{number}: {_RULES[number % len(_RULES)].format(n=number)}\n" for number in numbers
    )
    return "".join([_HEAD.format(file=file), *rules, "}\n"])


def yaml(entries: int) -> str:
    """As many entries in YAML as a policy has rules."""
    rules = (
        f"  - label: rule_{number}\n    from: hubspot.name_{number}\n"
        f"    to: dynamics.cr_name_{number}\n    clauses: [trim, owned]\n"
        for number in range(entries)
    )
    return "".join(["---\nrules:\n", *rules])


def sql(entries: int) -> str:
    """As many columns in SQL as a policy has rules."""
    columns = ",\n".join(
        f"    trim(hubspot.name_{number}) AS cr_name_{number}" for number in range(entries)
    )
    return f"SELECT\n{columns}\nFROM hubspot\n"


def schema(objects: int, properties: int) -> str:
    """A schema file of so many objects with so many properties each."""
    facts = {"label": "A label", "type": "text", "max_length": 100, "create": True, "update": True}
    named = {f"property_{number}": facts for number in range(properties)}
    data = {
        "version": 1,
        "objects": {f"object_{number}": {"properties": named} for number in range(objects)},
    }
    return json.dumps(data)


_STEPS = ("subscriber", "lead", "opportunity", "customer")
_LEVELS = {"hubspot": ("low", "middle", "high"), "dynamics": (1, 2, 3)}

# What the properties of _RULES are, by their name before the number.
_TYPES: dict[str, dict[str, object]] = {
    "first": {"type": "text", "max_length": 50},
    "name": {"type": "text", "max_length": 100},
    "phone": {"type": "text", "max_length": 30},
    "since": {"type": "date"},
    "note": {"type": "text"},
    "optout": {"type": "bool"},
    "donotbulkemail": {"type": "bool"},
    "step": {"type": "option", "options": [{"value": value} for value in _STEPS]},
    "zip": {"type": "text", "max_length": 20},
}


def properties(system: str, numbers: range) -> dict[str, dict[str, object]]:
    """All properties of one system that the rules of these numbers name."""
    found: dict[str, dict[str, object]] = {
        "email": {"type": "text", "unique": True},
        "emailaddress1": {"type": "text"},
        "country": {"type": "text"},
    }
    for number in numbers:
        end = f"{system}."
        for word in _RULES[number % len(_RULES)].format(n=number).replace(",", " ").split():
            if word.startswith(end):
                name = word.removeprefix(end)
                kind = name.removeprefix("cr_").rpartition("_")[0]
                if kind == "level":
                    options = [{"value": value} for value in _LEVELS[system]]
                    found[name] = {"type": "option", "options": options}
                elif kind == "tags":
                    found[name] = {"type": "text" if system == "hubspot" else "list"}
                elif kind:
                    found[name] = {**_TYPES[kind], "create": True, "update": True}
    return found
