"""
The policy as one Python module that needs nothing but the standard library.

The module has three parts. First the code that reads records, which is syncdsl's own (`paste`).
Then the decision tables, folded: rules that decide alike share one. Then the mappings, whose rules
are printed from their wiring.

A rule's own table leaves out what its records cannot bring about, as far as the schemas are right.
The module has to answer for any record, so its tables are those of the same clauses in the widest
sense: any end may hold what is refused, any stage may be outside the order, any guard may be
unknown. They hold every row of the rule's own table, and more rules share them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, product

from syncdsl import policy
from syncdsl.compile.literal import (
    Item,
    Node,
    call,
    comment,
    group,
    layout,
    node,
    printable,
    quoted,
    record,
    sequence,
)
from syncdsl.compile.names import Names
from syncdsl.compile.paste import heading, pasted
from syncdsl.convert import Value
from syncdsl.policy import ALL_EVENTS, Clauses, Guarded, Winner
from syncdsl.semantics import samples
from syncdsl.semantics.table import fold, questions, table
from syncdsl.situation import Outcome, Side, Truth, Word
from syncdsl.wiring import ValueMap, Wiring

MAX_FILES = 5  # that the docstring names

_ANY_GUARD = tuple(
    Guarded(made, left, right, tuple(Truth))
    for made, left, right in product((None, *Side), (True, False), (True, False))
)


def to_python(policy: policy.Policy) -> str:
    """The text of the module. It depends on the policy alone, not on the day or the machine."""
    runtime = pasted()
    module = _Module(Names((*runtime.names, "MAPPINGS")))
    named = module.named(policy.mappings)
    mappings = [module.mapping(mapping, name) for mapping, name in named]
    parts = [
        runtime.imports,
        _exported([name for _, name in named]),
        runtime.body,
        _part("tables", [*_TABLES, "", *module.tables]),
        _part("values", module.constants) if module.constants else "",
        _part("mappings", [line for lines in mappings for line in lines]),
        "\n".join(layout(sequence([name for _, name in named]), before="MAPPINGS = ")),
    ]
    body = "\n\n".join(part.strip("\n") + "\n" for part in parts if part)
    return _docstring(policy, named, body) + "\n" + body


_TABLES = (
    "# What is done in which situation. Braces hold the branches of one question; exactly one of",
    "# them fits. `left` and `right` are the ends of a rule as it is written.",
)

_Named = Sequence[tuple[policy.Mapping, str]]


class _Module:
    """What is printed before the mappings, because they need it."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.tables: list[str] = []
        self.constants: list[str] = []
        self._tables: dict[Clauses, str] = {}
        self._constants: dict[str, str] = {}  # by the text: Python takes 1 and true for one key

    def named(self, mappings: Sequence[policy.Mapping]) -> list[tuple[policy.Mapping, str]]:
        """A name for each mapping. The ones with a name of their own choose first."""
        chosen = [self.names.new(mapping.name) if mapping.name else None for mapping in mappings]
        return [
            (mapping, name or self.names.new(mapping.left[0], mapping.right[0]))
            for mapping, name in zip(mappings, chosen, strict=True)
        ]

    def mapping(self, mapping: policy.Mapping, name: str) -> list[str]:
        lines = [
            *comment(mapping.doc),
            *comment(f"{mapping.title}: {_ends(mapping)}"),
            f"{name} = PolicyMapping(",
        ]
        lines += layout(quoted(mapping.title), 4, after=",")
        lines += layout(node(mapping.left), 4, "left=", ",")
        lines += layout(node(mapping.right), 4, "right=", ",")
        lines.append("    rules=(" if mapping.rules else "    rules=(),")
        for rule in mapping.rules:
            lines += [*comment(rule.doc, 8), *comment(_words(rule), 8)]
            lines += layout(self.rule(rule), 8, after=",")
        lines += ["    ),"] if mapping.rules else []
        return [*lines, ")", "", ""]

    def rule(self, rule: policy.Rule) -> Node:
        clauses: dict[str, Node] = {each.kind.value: quoted(each.text) for each in rule.written}
        flipped: dict[str, Node] = {"flipped": "True"} if rule.flipped else {}
        return call(
            "Rule",
            quoted(rule.label),
            self.table(rule.clauses),
            self.wiring(rule),
            record(clauses),
            **flipped,
        )

    def wiring(self, rule: policy.Rule) -> Node:
        wiring: Wiring = rule.wiring

        def name(value: object) -> str | None:
            if isinstance(value, ValueMap):
                back = ("back",) if value is wiring.backward.values else ()
                named = rule.label if rule.values is None else rule.values.name
                return self.constant(("values", named, *back), node(value))
            if value is not None and value is wiring.stages:
                named = rule.label if rule.order is None else rule.order.name
                return self.constant(("order", named), node(value))
            return None

        return node(wiring, name, lambda deep: self.constant(("part",), deep))

    def constant(self, words: Sequence[str], value: Node) -> str:
        """The name of a value that several rules may share."""
        printed = "\n".join(layout(value))
        if printed not in self._constants:
            name = self._constants[printed] = self.names.new(*(word.upper() for word in words))
            self.constants += [*layout(value, before=f"{name} = "), ""]
        return self._constants[printed]

    def table(self, clauses: Clauses) -> str:
        widest = _widest(clauses)
        if widest not in self._tables:
            name = self._tables[widest] = self.names.new("TABLE", str(len(self._tables) + 1))
            asks = node(questions(widest))
            self.tables += comment(_title_of(widest))
            self.tables += [*layout(call("Table", asks, _tree(widest)), before=f"{name} = "), ""]
        return self._tables[widest]


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def _widest(clauses: Clauses) -> Clauses:
    """The same clauses on records that may hold anything."""
    return clauses._replace(
        owner=None,
        guard=None if clauses.guard is None else _ANY_GUARD,
        left_refusable=True,
        right_refusable=True,
        left_may_leave_order=True,
        right_may_leave_order=True,
    )


@cache
def _tree(clauses: Clauses) -> Node:
    return _branches([(line.answers, line.outcome) for line in fold(table(clauses))])


_Lines = Sequence[tuple[tuple[tuple[str, tuple[object, ...]], ...], Outcome]]


def _branches(lines: _Lines) -> Node:
    """Folded lines as a tree: neighbours that start with the same answers share them."""
    if not lines[0][0]:
        return quoted(_done(lines[0][1]))
    items = []
    for (question, answers), rest in groupby(lines, key=lambda line: line[0][0]):
        inner = [(path[1:], outcome) for path, outcome in rest]
        items.append(Item(f"{quoted(_branch(question, answers))}: ", _branches(inner)))
    return group("{", items, "}")


def _branch(question: str, answers: Sequence[object]) -> str:
    return f"{question}: {', '.join(map(_answer, answers))}"


def _answer(answer: object) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(answer.value) if isinstance(answer, Word) else "none"


def _done(outcome: Outcome) -> str:
    side = "" if outcome.side is None else f" {outcome.side.value}"
    return f"{outcome.action.value}{side}: {outcome.reason.value}"


def _title_of(clauses: Clauses) -> str:
    """The clauses of a table, in the words of the language."""
    words = [clauses.mode.value, clauses.blanks.value]
    if clauses.events != ALL_EVENTS:
        words.insert(0, f"on {' or '.join(event.value for event in clauses.events) or 'nothing'}")
    if clauses.winner is not None:
        wins = clauses.winner is not Winner.ASK
        words.append(f"{clauses.winner.value} wins" if wins else clauses.winner.value)
    words += ["a default"] if clauses.default else []
    words += ["a condition"] if clauses.guard is not None else []
    words += ["a constant"] if clauses.constant else []
    return f"{clauses.arrow.value} {', '.join(words)}"


# ── words ────────────────────────────────────────────────────────────────────────────────────────


_DOCSTRING = """\
Rules for data syncs, made by `syncdsl compile --to python` from

{files}

Do not edit this file: change the policy and compile it again. It needs Python 3.11 or later and
nothing else (only `e164` needs phonenumbers).

Records are dicts. A mapping says what each of its rules does with a pair of them:

{example}

It says what is to be written, and writes nothing. Which records are a pair, and whether a missing
one is made, the caller has to know.

From line {line} on:

{mappings}
"""


def _docstring(policy: policy.Policy, named: _Named, body: str) -> str:
    files = list(dict.fromkeys(mapping.source.path for mapping in policy.mappings))
    if len(files) > MAX_FILES:
        files[MAX_FILES:] = [f"and {len(files) - MAX_FILES} more"]
    parts = {
        "files": _indented(files or ["no file"]),
        "example": _indented(_example(named)),
        "mappings": _indented([f"{name}: {_ends(mapping)}" for mapping, name in named] or ["none"]),
    }
    # Before the body stand the docstring, its quotes and a blank line.
    before = _DOCSTRING.format(**parts, line="").count("\n") + 3
    line = before + body[: body.index(heading("mappings"))].count("\n") + 1
    return f'"""\n{_DOCSTRING.format(**parts, line=line)}"""\n'


def _indented(lines: Iterable[str]) -> str:
    return "\n".join(f"    {_in_docstring(line)}".rstrip() for line in lines)


def _in_docstring(line: str) -> str:
    return printable(line).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _example(named: _Named) -> Iterator[str]:
    """Lines that run as they stand."""
    for mapping, name in named:
        for rule in mapping.rules:
            if rule.left is not None and rule.right is not None:
                ends = (rule.right, rule.left) if rule.flipped else (rule.left, rule.right)
                left, right = (f"{{{quoted(end.name)}: {_value(end)}}}" for end in ends)
                yield f"from rules import {name}  # if this file is called rules.py"
                yield ""
                yield f"left, right = {left}, {right}"
                yield f'for decision in {name}.decide(left, right, event="reactivation"):'
                yield '    if decision.outcome in ("write", "add", "clear"):'
                yield "        print(decision.system, decision.property, decision.new)"
                return
    yield "from rules import MAPPINGS  # if this file is called rules.py"


def _value(end: policy.Property) -> str:
    facts = end.facts
    kind = None if facts is None or facts.type is None else facts.type.value
    values: Sequence[Value] = samples.typical(end.name, kind)
    if facts is not None and facts.options:
        values = [option.value for option in facts.options]
    return str(node(values[0]))


def _ends(mapping: policy.Mapping) -> str:
    left, right = (".".join(filter(None, end)) for end in (mapping.left, mapping.right))
    return f"{left} {mapping.arrow.value} {right}"


def _words(rule: policy.Rule) -> str:
    """The rule as it stands in the policy, from its first line's indentation on."""
    first, *rest = rule.span.text.splitlines() or [""]
    _, column = rule.span.source.position(rule.span.start)
    lines = [line[: column - 1].lstrip() + line[column - 1 :] for line in rest]
    return "\n".join([first, *lines])


def _part(title: str, lines: Sequence[str]) -> str:
    return "\n".join([heading(title), "", *lines])


def _exported(names: Sequence[str]) -> str:
    """All mappings together, and what a star imports."""
    exported = [quoted(name) for name in ("MAPPINGS", "Decision", "PolicyMapping", *names)]
    listed = group("[", [Item("", name) for name in exported], "]")
    return "\n".join(layout(listed, before="__all__ = "))
