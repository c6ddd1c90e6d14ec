"""
What a check is made of.

A check is one file. Its name is the code, its docstring the page that `explain` prints, and it has
one way of looking, the first of these that suffices:

- `on_rows`: a question to one row of a decision table. It is asked once for each distinct table,
  however many rules share it, and told for each rule with the first bad row as counterexample. A
  row that only an engine without a memory can bring about counts last, and is an information.
- `on_rules`: a function of one rule and its surroundings.
- `on_policy`: a function of the whole policy.

A check decides. It prints nothing, reads no file, and does not look at the text of the policy.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from syncdsl.check.story import story
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from syncdsl.policy import Clauses, Kind, Mapping, Policy, Rule
from syncdsl.semantics.table import table
from syncdsl.situation import Changed, Event, Row, Side
from syncdsl.source import Span

RowQuestion = Callable[[Row, Clauses], bool]


class Place(NamedTuple):
    """A rule and what stands around it."""

    rule: Rule
    mapping: Mapping
    policy: Policy


class _Suggestion(NamedTuple):
    title: str  # title and clause may name {source} and {target}, the systems of the row
    clause: str
    kind: Kind


class Check:
    """One kind of problem. Made at the top of its module, which is then filled in below."""

    def __init__(self, module: str, severity: Severity, since: str) -> None:
        self.code = module.rpartition(".")[2].replace("_", "-")
        self.severity = severity
        self.since = since
        self.page = (sys.modules[module].__doc__ or "").strip()
        self.suggestions: list[_Suggestion] = []
        self.rows: RowQuestion | None = None
        self.only_for: Callable[[Rule, Row], bool] | None = None
        self.message = ""
        self.rules: Callable[[Place], Iterator[Diagnostic]] | None = None
        self.policy: Callable[[Policy], Iterator[Diagnostic]] | None = None

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return " ".join(self.page.partition("\n\n")[0].split())

    def on_rows(
        self, message: str, only_for: Callable[[Rule, Row], bool] | None = None
    ) -> Callable[[RowQuestion], RowQuestion]:
        """
        Is this row bad? The message may name {source} and {target}, the row's giving and
        receiving property. `only_for` asks the rule itself, after its table.
        """

        def register(question: RowQuestion) -> RowQuestion:
            self.rows, self.message, self.only_for = question, message, only_for
            return question

        return register

    def on_rules(
        self, find: Callable[[Place], Iterator[Diagnostic]]
    ) -> Callable[[Place], Iterator[Diagnostic]]:
        self.rules = find
        return find

    def on_policy(
        self, find: Callable[[Policy], Iterator[Diagnostic]]
    ) -> Callable[[Policy], Iterator[Diagnostic]]:
        self.policy = find
        return find

    def fix(self, title: str, clause: str, kind: Kind) -> None:
        """A clause that removes the problem, in the place of one of its kind if there is one."""
        self.suggestions.append(_Suggestion(title, clause, kind))

    def finding(
        self,
        message: str,
        span: Span,
        *,
        severity: Severity | None = None,
        rule: Rule | None = None,
        row: Row | None = None,
        labels: tuple[Label, ...] = (),
        notes: tuple[str, ...] = (),
        fixes: tuple[Fix, ...] = (),
    ) -> Diagnostic:
        return Diagnostic(
            self.code,
            severity or self.severity,
            message,
            span,
            labels,
            notes,
            None if rule is None else rule.name,
            row,
            None if row is None or rule is None else story(rule, row),
            fixes,
        )

    # ── asking the tables ────────────────────────────────────────────────────────────────────────

    def bad_row(self, clauses: Clauses) -> Row | None:
        """The first bad row of a table, those that depend on the engine coming last."""
        assert self.rows is not None
        bad = [row for row in table(clauses) if self.rows(row, clauses)]
        certain = [row for row in bad if not depends_on_engine(row)]
        return next(iter([*certain, *bad]), None)

    def about(self, rule: Rule, row: Row) -> Diagnostic | None:
        """The finding that a bad row is for one of the rules that have it."""
        if self.only_for is not None and not self.only_for(rule, row):
            return None
        receiver = row.outcome.receiver or rule.receivers[-1]
        names = {"source": described(rule, receiver.other), "target": described(rule, receiver)}
        systems = {"source": rule.system(receiver.other), "target": rule.system(receiver)}
        engine = depends_on_engine(row)
        note = "this needs an engine that does not remember what it synced last; nothing is known"
        return self.finding(
            self.message.format_map(names),
            rule.label_span,
            severity=Severity.INFO if engine else None,
            rule=rule,
            row=row,
            notes=(f"{note} about the one that runs this mapping",) if engine else (),
            fixes=tuple(
                with_clause(rule, title.format_map(systems), clause.format_map(systems), kind)
                for title, clause, kind in self.suggestions
            ),
        )


def depends_on_engine(row: Row) -> bool:
    """A live change where nobody knows which side was changed: engines with a memory have none."""
    return row.situation.event is Event.UPDATE and row.situation.changed is Changed.UNKNOWN


def described(rule: Rule, side: Side) -> str:
    """A property as users write it; of a constant, its system."""
    end = rule.end(side)
    return rule.system(side) if end is None else str(end)


def with_clause(rule: Rule, title: str, clause: str, kind: Kind) -> Fix:
    """The rule with one clause more, or with another one in the place of one of its kind."""
    there = rule.clause(kind)
    if there is not None and not there.usual:
        return Fix(title, (Edit(there.span, clause),))
    own = [written for written in rule.written if not written.usual]
    end = Span(rule.span.source, rule.span.end, rule.span.end)
    return Fix(title, (Edit(end, f", {clause}" if own else f" {clause}"),))


def without_clause(rule: Rule, title: str, kind: Kind) -> Fix | None:
    """The rule without its clause of a kind, and without the comma that goes with it."""
    own = sorted(
        (written for written in rule.written if not written.usual),
        key=lambda written: written.span.start,
    )
    index = next((at for at, written in enumerate(own) if written.kind is kind), None)
    if index is None:
        return None
    span, source = own[index].span, rule.span.source
    if index + 1 < len(own):
        return Fix(title, (Edit(Span(source, span.start, own[index + 1].span.start), ""),))
    before = own[index - 1].span.end if index else max(end.end for end in rule.ends)
    return Fix(title, (Edit(Span(source, before, span.end), ""),))
