"""
A rule can do what the policy promises never to do.

`never overwrite P` holds if no row of any rule writes over a value of P or empties it; adding to a
list takes nothing away. `never send P to SYSTEM` holds if no rule carries the value there, neither
directly nor by way of other properties and systems. `always converge MAPPING` holds if a second
pass without edits writes nothing. Each is decided for every situation and over all mappings, and
`check` ends with how many promises were proved.

Bad:

    source: hubspot.source -> dynamics.source, owned by hubspot

    never overwrite dynamics.source

Good:

    source: hubspot.source -> dynamics.source on create only

    never overwrite dynamics.source

Right anyway: never; either the rule or the promise has to go. A condition does not excuse a rule,
and neither does `owned by`: a promise is there for the day on which somebody changes these.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from syncdsl.check.base import MAX_LABELS, Check, depends_on_engine
from syncdsl.check.trace import second_pass_story
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity
from syncdsl.flow.graph import Edge, Graph, graph_of
from syncdsl.flow.play import Trace, second_pass
from syncdsl.flow.scene import Cast, cast
from syncdsl.flow.sending import way_into
from syncdsl.flow.settling import Unsettled, unsettled
from syncdsl.flow.writing import never_made, touches, writing_rows
from syncdsl.policy import AlwaysConverge, Clauses, Mapping, NeverOverwrite, NeverSend, Policy, Rule
from syncdsl.semantics.example import example
from syncdsl.situation import Action, Content, Row, Side

check = Check(__name__, Severity.ERROR, since="0.1")

MAX_ROWS = 6  # in which an example is looked for
MAX_TRIED = 10  # pairs of rules that are tried in memory


@check.on_policy
def does_what_is_never_done(policy: Policy) -> Iterator[Diagnostic]:
    if not policy.promises:
        return
    graph = graph_of(policy)
    mappings = {mapping.name: mapping for mapping in policy.mappings[::-1]}
    for promise in policy.promises:
        match promise:
            case NeverOverwrite():
                yield from _overwritten(promise, graph)
            case NeverSend():
                yield from _sent(promise, graph)
            case AlwaysConverge() if promise.mapping in mappings:
                yield from _not_settled(promise, mappings[promise.mapping], graph)


# ── never overwrite ──────────────────────────────────────────────────────────────────────────────


def _overwritten(promise: NeverOverwrite, graph: Graph) -> Iterator[Diagnostic]:
    breakers = [edge for edge in graph.writing.get(promise.property.key, ()) if edge.does.takes]
    if not breakers:
        return
    rule, rows = breakers[0].rule, _taking_rows(breakers[0])
    row = next((row for row in rows if example(rule, row) is not None), rows[0])
    does = "empty" if row.outcome.action is Action.CLEAR else "overwrite"
    more = len(breakers) - 1
    others = "" if not more else f", and so can {more} more {'rule' if more == 1 else 'rules'}"
    yield check.finding(
        f"`{rule.name}` can {does} `{promise.property}`{others}",
        promise.span,
        rule=rule,
        row=row,
        labels=tuple(
            Label(each.rule.label_span, "this rule writes over it")
            for each in breakers[:MAX_LABELS]
        ),
        notes=("`on create only` and `if blank` keep what is there",),
    )


def _taking_rows(edge: Edge) -> tuple[Row, ...]:
    never = never_made(edge.rule, edge.mapping)
    return _first_taking(edge.rule.clauses, never, edge.side)


@cache
def _first_taking(clauses: Clauses, never: frozenset[Side], side: Side) -> tuple[Row, ...]:
    """The first rows that write over a value of this side or empty it."""
    rows = [
        row
        for row in writing_rows(clauses, never)
        if touches(row.outcome, side)
        and row.outcome.action is not Action.ADD
        and row.situation.content(side) is not Content.BLANK
    ]
    return tuple(sorted(rows, key=depends_on_engine)[:MAX_ROWS])


# ── never send ───────────────────────────────────────────────────────────────────────────────────


def _sent(promise: NeverSend, graph: Graph) -> Iterator[Diagnostic]:
    taken = way_into(graph, promise.property, promise.system)
    if not taken:
        return
    first, last = taken[0], taken[-1]
    if len(taken) == 1:
        message = f"`{first.rule.name}` sends `{promise.property}` to `{promise.system}`"
    else:
        message = (
            f"`{promise.property}` gets to `{promise.system}` by way of {len(taken)} rules, the "
            f"last of which is `{last.rule.name}`"
        )
    yield check.finding(
        message,
        promise.span,
        rule=first.rule,
        row=first.does.carries,
        labels=tuple(Label(edge.rule.label_span, f"gives it to `{edge.target}`") for edge in taken),
    )


# ── always converge ──────────────────────────────────────────────────────────────────────────────


def _not_settled(promise: AlwaysConverge, mapping: Mapping, graph: Graph) -> Iterator[Diagnostic]:
    """The first pair of rules for which a second pass is found that writes."""
    possible = list(unsettled(mapping))
    if not possible:
        return
    tried = (
        (each, *found) for each in islice(possible, MAX_TRIED) for found in _tried(each, graph)
    )
    found = next(tried, None)
    if found is None:
        yield _undecided(promise, possible[0])
        return
    each, made, trace = found
    pair = {each.first.label, each.second.label}
    others = any({other.first.label, other.second.label} != pair for other in possible)
    yield check.finding(
        f"a second pass over `{promise.mapping}` can write: {each.words}",
        promise.span,
        rule=each.second,
        row=each.row,
        told=second_pass_story(made, trace),
        labels=_both(each),
        notes=("other pairs of its rules can too",) if others else (),
    )


def _undecided(promise: AlwaysConverge, pair: Unsettled) -> Diagnostic:
    return check.finding(
        f"nobody can tell whether a second pass over `{promise.mapping}` writes: {pair.words}, as "
        "far as the tables tell, and no values were found that show it",
        promise.span,
        severity=Severity.INFO,
        rule=pair.second,
        row=pair.row,
        labels=_both(pair),
        certainty=Certainty.UNKNOWN,
    )


def _both(pair: Unsettled) -> tuple[Label, ...]:
    return (
        Label(pair.first.label_span, "one of the two rules"),
        Label(pair.second.label_span, "the other one"),
    )


def _tried(pair: Unsettled, graph: Graph) -> Iterator[tuple[Cast, Trace]]:
    """The pair in memory, if a second pass writes there."""
    found = cast(graph, [*_edges(pair.first, graph), *_edges(pair.second, graph)])
    trace = None if found is None else second_pass(found.scene)
    if found is not None and trace is not None:
        yield found, trace


def _edges(rule: Rule, graph: Graph) -> Iterator[Edge]:
    for _, target in rule.targets:
        yield from (edge for edge in graph.writing.get(target.key, ()) if edge.rule is rule)
