"""
What a check is made of.

A check is one file. Its name is the code, its docstring the page that `explain` prints, and it has
one way of looking, the first of these that suffices:

- `on_rows`: a question to one row of a decision table. It is asked once for each distinct table,
  however many rules share it, and told for each rule with the first bad row as counterexample that
  records can bring about. A row that only an engine without a memory can bring about counts last,
  and is an information.
- `on_laws`: a question to the model of histories, asked once for each distinct table: which law
  over time do rules like this break, and how? It is told with the shortest history.
- `on_alike`: a function of one rule, of its clauses, its conversion and the facts of its ends. It
  is asked first about a sample that has no names and no condition (`semantics.alike`): where it
  finds nothing in that, it finds nothing in all rules that are alike, and is not asked about them.
- `on_rules`: a function of one rule and its surroundings.
- `on_policy`: a function of the whole policy.

A check decides. It prints nothing, reads no file, and does not look at the text of the policy.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from syncdsl.check.remedies import events_without, leaves_nothing, with_clause
from syncdsl.check.story import story, story_with_values
from syncdsl.condition import turned
from syncdsl.diagnostic import Certainty, Diagnostic, Fix, Label, Severity, Story
from syncdsl.filters import HOLDS
from syncdsl.filters.question import Demand
from syncdsl.laws.law import Broken, Law
from syncdsl.policy import Arrow, Clauses, Kind, Mapping, Policy, Rule
from syncdsl.semantics.table import table
from syncdsl.semantics.test_block import spelled
from syncdsl.situation import Action, Changed, Content, Event, Row, Side
from syncdsl.source import Span

RowQuestion = Callable[[Row, Clauses], bool]
RuleQuestion = Callable[[Rule, Side], bool]  # of a rule, and the side that receives
LawQuestion = Callable[[Clauses], Broken | None]
Remedy = Callable[[Rule, Row], Fix | None]

LATER_EVENTS = (Event.INITIAL, Event.UPDATE, Event.REACTIVATION)  # both records exist
UNPROVEN = "is there a pair of records like this one? no values were found that make it one"

MAX_LABELS = 5  # places beside the finding's own; nobody looks at more
FORGETS = (
    "this needs an engine that does not remember what it synced last; nothing is known about the "
    "one that runs this mapping"
)
MAX_ROWS = 4  # bad rows of a kind that a counterexample is looked for in


class Place(NamedTuple):
    """A rule and what stands around it."""

    rule: Rule
    mapping: Mapping
    policy: Policy


RuleLook = Callable[[Place], Iterator[Diagnostic]]


class Bad(NamedTuple):
    """A row that is a problem."""

    row: Row
    receiver: Side | None
    severity: Severity


class Told(NamedTuple):
    """A bad row as it is told."""

    row: Row
    severity: Severity
    story: Story
    has_values: bool  # records were found that bring it about


class Check:
    """One kind of problem. Made at the top of its module, which is then filled in below."""

    def __init__(
        self,
        module: str,
        severity: Severity,
        since: str,
        certainty: Certainty = Certainty.CERTAIN,
    ) -> None:
        *_, self.group, name = module.split(".")
        self.code = name.replace("_", "-")
        self.severity = severity
        self.since = since
        self.certainty = certainty
        self.page = (sys.modules[module].__doc__ or "").strip()
        self.remedies: list[Remedy] = []
        self.rows: RowQuestion | None = None
        self.demands: Callable[[Rule, Row], tuple[Demand, ...]] | None = None
        self.only_for: RuleQuestion | None = None
        self.laws: LawQuestion | None = None
        self.law: Law | None = None
        self.question: str | None = None
        self.declared: RowQuestion | None = None
        self.declared_note = ""
        self.message = ""
        self.rules: RuleLook | None = None
        self.by_kind = False  # a sample of the rules that are alike is looked at first
        self.policy: Callable[[Policy], Iterator[Diagnostic]] | None = None

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return " ".join(self.page.partition("\n\n")[0].split())

    def on_rows(
        self,
        message: str,
        only_for: RuleQuestion | None = None,
        demands: Callable[[Rule, Row], tuple[Demand, ...]] | None = None,
    ) -> Callable[[RowQuestion], RowQuestion]:
        """
        Is this row bad? The message may name {source} and {target}, the row's giving and
        receiving property, and {target_system}. `only_for` asks the rule itself, after its table;
        `demands` is what has to hold of the records beside, for the row to be bad.
        """

        def register(question: RowQuestion) -> RowQuestion:
            self.rows, self.message = question, message
            self.only_for, self.demands = only_for, demands
            return question

        return register

    def on_laws(
        self,
        law: Law,
        message: str,
        only_for: RuleQuestion | None = None,
        question: str | None = None,
    ) -> Callable[[LawQuestion], LawQuestion]:
        """
        Which history of rules with these clauses is bad? Message and `question`, which is what
        records would answer, may name {source} and {target}: the property that ends otherwise than
        the law promises is the target.
        """

        def register(find: LawQuestion) -> LawQuestion:
            self.laws, self.law, self.message = find, law, message
            self.only_for, self.question = only_for, question
            return find

        return register

    def on_alike(self, find: RuleLook) -> RuleLook:
        self.rules, self.by_kind = find, True
        return find

    def on_rules(self, find: RuleLook) -> RuleLook:
        self.rules = find
        return find

    def on_policy(
        self, find: Callable[[Policy], Iterator[Diagnostic]]
    ) -> Callable[[Policy], Iterator[Diagnostic]]:
        self.policy = find
        return find

    def information(self, note: str) -> Callable[[RowQuestion], RowQuestion]:
        """Which bad rows the policy has declared to be meant: an information, with this note."""

        def register(question: RowQuestion) -> RowQuestion:
            self.declared, self.declared_note = question, note
            return question

        return register

    def fix(self, title: str, clause: str, kind: Kind, two_way: bool | None = None) -> None:
        """
        A clause that removes the problem, in the place of one of its kind if there is one. Title
        and clause may name {source} and {target}, the systems of the row. `two_way` says for which
        rules it is one, where that is not all.
        """

        names_systems = "{" in title + clause

        def remedy(rule: Rule, row: Row) -> Fix | None:
            if two_way is not None and two_way is not _is_two_way(rule):
                return None
            if kind is Kind.MODE and rule.clauses.mode.has_stages:
                return None  # that would take away what keeps stages from going back
            if kind is Kind.OWNER and rule.clauses.constant:
                return None  # nobody edits a constant
            if leaves_nothing(rule.clauses, clause, kind):
                return None
            if not names_systems:
                return with_clause(rule, title, clause, kind)
            receiver = receiver_of(rule, row)
            ends = {"source": rule.system(receiver.other), "target": rule.system(receiver)}
            words = {end: spelled(system) for end, system in ends.items()}
            return with_clause(rule, title.format_map(ends), clause.format_map(words), kind)

        self.remedies.append(remedy)

    def leave_out(self, title: str, *events: Event, two_way: bool | None = None) -> None:
        """The rule without some of its events; the others stay as they are."""

        def remedy(rule: Rule, row: Row) -> Fix | None:
            if two_way is not None and two_way is not _is_two_way(rule):
                return None
            clause = events_without(rule.clauses, events)
            return None if clause is None else with_clause(rule, title, clause, Kind.EVENTS)

        self.remedies.append(remedy)

    def remedy(self, remedy: Remedy) -> Remedy:
        """A change of the rule that removes the problem, where a clause does not do."""
        self.remedies.append(remedy)
        return remedy

    def finding(
        self,
        message: str,
        span: Span,
        *,
        severity: Severity | None = None,
        rule: Rule | None = None,
        row: Row | None = None,
        told: Story | None = None,
        labels: tuple[Label, ...] = (),
        notes: tuple[str, ...] = (),
        fixes: tuple[Fix, ...] = (),
        certainty: Certainty | None = None,
        question: str | None = None,
    ) -> Diagnostic:
        """`question` is what records would answer, and makes the finding depend on data."""
        if question is not None:
            certainty = Certainty.DATA
        return Diagnostic(
            self.code,
            severity or self.severity,
            message,
            span,
            labels,
            notes,
            None if rule is None else rule.name,
            row,
            told or (None if row is None or rule is None else story(rule, row)),
            fixes,
            certainty=certainty or self.certainty,
            question=question,
        )

    # ── asking the tables ────────────────────────────────────────────────────────────────────────

    def bad_rows(self, clauses: Clauses) -> tuple[Bad, ...]:
        """Bad rows of a table, a few for each severity and receiver, the severe ones first."""
        assert self.rows is not None
        kinds: dict[tuple[bool, Side | None], list[Bad]] = {}
        for row in table(clauses):
            if self.rows(row, clauses):
                severity, receiver = self.severity_of(row, clauses), row.outcome.receiver
                bad = Bad(row, receiver, severity)
                kinds.setdefault((severity is Severity.INFO, receiver), []).append(bad)
        return tuple(
            bad
            for mild in (False, True)
            for kind, found in kinds.items()
            if kind[0] is mild
            for bad in found[:MAX_ROWS]
        )

    def severity_of(self, row: Row, clauses: Clauses) -> Severity:
        declared = self.declared is not None and self.declared(row, clauses)
        return Severity.INFO if declared or depends_on_engine(row) else self.severity

    def about(self, rule: Rule, mapping: Mapping, found: Sequence[Bad]) -> Diagnostic | None:
        """The finding that bad rows are for one of the rules that have them."""
        if self.only_for is not None:
            meant = [side for side in rule.receivers if self.only_for(rule, side)]
            found = [bad for bad in found if receiver_of(rule, bad.row) in meant]
        told = self._real(rule, mapping, found)
        if told is None:
            return None
        row = told.row
        receiver = receiver_of(rule, row)
        names = {
            "source": described(rule, receiver.other),
            "target": described(rule, receiver),
            "target_system": rule.system(receiver),
        }
        remedies = (remedy(rule, row) for remedy in self.remedies)
        return self.finding(
            self.message.format_map(names),
            rule.label_span,
            severity=told.severity,
            rule=rule,
            row=row,
            told=told.story,
            notes=tuple(self._notes(row, rule.clauses)),
            fixes=tuple(fix for fix in remedies if fix is not None),
            certainty=Certainty.UNKNOWN if depends_on_engine(row) else None,
            question=None if told.has_values else UNPROVEN,
        )

    def _real(self, rule: Rule, mapping: Mapping, found: Sequence[Bad]) -> Told | None:
        """The first bad row that records can bring about, as far as that can be told."""
        unsure: Told | None = None
        for row, _, severity in found:
            demands = in_scope(rule, mapping, row)
            if self.demands is not None:
                demands += self.demands(rule, row)
            told = story_with_values(rule, row, demands)
            if told is not None and (unsure is None or unsure.severity is severity):
                return Told(row, severity, told, has_values=True)
            if told is None and unsure is None and not (demands and story_with_values(rule, row)):
                unsure = Told(row, severity, story(rule, row), has_values=False)
        return unsure

    def _notes(self, row: Row, clauses: Clauses) -> Iterator[str]:
        if depends_on_engine(row):
            yield FORGETS
        if self.declared is not None and self.declared(row, clauses):
            yield self.declared_note


def with_story(rule: Rule, rows: Sequence[Row]) -> tuple[Row, Story]:
    """The first of some rows that records can bring about, with its story."""
    for row in rows:
        told = story_with_values(rule, row)
        if told is not None:
            return row, told
    return rows[0], story(rule, rows[0])


def in_scope(rule: Rule, mapping: Mapping, row: Row) -> tuple[Demand, ...]:
    """What the mapping's scope demands of a pair, for a pass to come to the rule."""
    scope = mapping.scope
    if scope is None or not (scope.stops or row.situation.event in (Event.CREATE, Event.INITIAL)):
        return ()
    return (Demand(turned(scope.condition) if rule.flipped else scope.condition, HOLDS),)


def overwritten(row: Row) -> Side | None:
    """The side that has a value which this row writes over."""
    seen, done = row
    receiver = done.receiver
    if done.action is not Action.WRITE or receiver is None:
        return None
    return None if seen.content(receiver) is Content.BLANK else receiver


def names_owner(clauses: Clauses) -> bool:
    """Does the rule say who owns the value? What the owner overwrites is meant, the rest told."""
    return clauses.owner is not None


def is_settled_by_time(row: Row) -> bool:
    """Did it matter which of the two values is the more recent one?"""
    return row.situation.newer is not None


def receiver_of(rule: Rule, row: Row) -> Side:
    """The side that the row writes; if it writes none or both, the one that the rule may write."""
    return row.outcome.receiver or rule.receivers[-1]


def _is_two_way(rule: Rule) -> bool:
    return rule.clauses.arrow is Arrow.BOTH


def depends_on_engine(row: Row) -> bool:
    """A live change where nobody knows which side was changed: engines with a memory have none."""
    return row.situation.event is Event.UPDATE and row.situation.changed is Changed.UNKNOWN


def described(rule: Rule, side: Side) -> str:
    """A property as users write it; of a constant, its system."""
    end = rule.end(side)
    return rule.system(side) if end is None else str(end)
