"""
A rule can do what the policy promises never to do.

`never overwrite P` holds if no row of any rule writes over a value of P or empties it; adding to a
list takes nothing away. `never send P to SYSTEM` holds if no rule carries the value there, neither
directly nor by way of other properties and systems. `always converge MAPPING` holds if a second
pass without edits writes nothing. Each is decided for every situation and over all mappings, and
`check` ends with how many promises were proved.

What another mapping writes is an edit for `always converge`, and may be given on. But where
mappings write the same properties, all of them have to come to rest, if nobody edits anything.

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

from collections.abc import Iterator, Sequence
from functools import cache

from syncdsl.check.base import FORGETS, MAX_LABELS, Check, depends_on_engine
from syncdsl.check.trace import full_name, history_story, second_pass_story, trace_story
from syncdsl.diagnostic import Certainty, Diagnostic, Label, Severity, Story
from syncdsl.flow.exhaustive import TOO_MANY, Settling, settling
from syncdsl.flow.fragment import outside
from syncdsl.flow.graph import Edge, Graph, graph_of, rules_of
from syncdsl.flow.groups import Knot, cast_of, group_of, groups_of, knots
from syncdsl.flow.play import Trace, endless, second_pass
from syncdsl.flow.scene import Cast, cast, has_options
from syncdsl.flow.sending import way_into
from syncdsl.flow.settling import Unsettled, unsettled
from syncdsl.flow.writing import never_made, touches, writing_rows
from syncdsl.laws.customs import customs_of
from syncdsl.laws.law import Engine
from syncdsl.policy import (
    AlwaysConverge,
    Clauses,
    Mapping,
    NeverOverwrite,
    NeverSend,
    Policy,
    Rule,
)
from syncdsl.semantics.example import example
from syncdsl.situation import Action, Content, Event, Row, Side
from syncdsl.suggest import one_of

check = Check(__name__, Severity.ERROR, since="0.1")

MAX_ROWS = 6  # in which an example is looked for
MAX_TRIED = 10  # pairs of rules that are tried in memory
MAX_SEARCHED = 5  # groups of rules of which all histories are gone through


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
    """
    The mapping by itself, and if nothing is found that breaks the promise, together with others;
    then on an engine that remembers nothing.
    """
    found = list(_by_itself(promise, mapping, graph))
    if not found:
        found = list(_with_others(promise, mapping, graph))
    yield from found or _of_one_that_forgets(promise, mapping, graph)


def _by_itself(promise: AlwaysConverge, mapping: Mapping, graph: Graph) -> Iterator[Diagnostic]:
    """
    The first pair of rules for which a second pass is found that writes: one that shows in two
    passes, or else one that takes a history.
    """
    possible = list(unsettled(mapping)) or list(_coupled(mapping))
    for each in possible[:MAX_TRIED]:
        tried = cast_of((each.first, each.second), graph)
        trace = None if tried is None else second_pass(tried.scene)
        if tried is not None and trace is not None:
            group = cast_of(group_of(each.second, mapping), graph)
            proved = None if group is None else _settling(group)
            rest = None if proved is None else proved.rest
            yield _broken(promise, possible, each, second_pass_story(tried, trace), rest)
            return
    undecided: tuple[Unsettled, str] | None = None
    left = possible
    for _ in range(MAX_SEARCHED if left else 0):
        rules = group_of(left[0].second, mapping)
        group = cast_of(rules, graph)
        found = None if group is None else _settling(group)
        if group is None or found is None or not _is_told(found.trace, group):
            undecided = undecided or (left[0], _why_unknown(rules, group, found))
        elif found.trace is not None:
            told = history_story(group, found.trace)
            yield _broken(promise, possible, left[0], told, found.rest)
            return
        inside = {rule.label for rule in rules}
        left = [each for each in left if each.second.label not in inside]
        if not left:
            break
    if undecided is not None:
        yield _undecided(promise, *undecided)
    elif left:
        yield _undecided(promise, left[0], "")


def _settling(group: Cast, engine: Engine = Engine.REMEMBERS) -> Settling | None:
    makes = tuple(customs_of(mapping).makes for mapping in group.mappings)
    return settling(group.scene, makes, engine)


def _coupled(mapping: Mapping) -> Iterator[Unsettled]:
    """
    Rules that depend on each other in no shape that the tables show. That they have none is no
    proof, so they are tried and searched as well.
    """
    for first, second, *_ in groups_of(mapping):
        rows = writing_rows(second.clauses, never_made(second, mapping))
        row = next(row for row in rows if row.situation.event is not Event.CREATE)
        words = f"`{first.name}` and `{second.name}` depend on each other"
        yield Unsettled(first, second, row, words)


def _is_told(trace: Trace | None, group: Cast) -> bool:
    """A history is told if its values can be there, and its record can be made."""
    if trace is None:
        return True
    making = [
        group.mappings[turn.mapping]
        for turn in trace.turns
        if turn.event is Event.CREATE and turn.mapping is not None
    ]
    return not (
        has_options(group)
        or any(line.condition is not None for mapping in making for line in mapping.creates)
    )


def _broken(
    promise: AlwaysConverge,
    possible: Sequence[Unsettled],
    each: Unsettled,
    told: Story,
    rest: int | None = None,
) -> Diagnostic:
    pair = {each.first.label, each.second.label}
    others = any({other.first.label, other.second.label} != pair for other in possible)
    notes = ["other pairs of its rules can too"] if others else []
    if rest is not None:
        notes.append(f"after {rest} passes nothing is written any more, if nobody edits anything")
    return check.finding(
        f"a second pass over `{promise.mapping}` can write: {each.words}",
        promise.span,
        rule=each.second,
        row=each.row,
        told=told,
        labels=_both(each),
        notes=tuple(notes),
    )


def _why_unknown(rules: Sequence[object], group: Cast | None, found: Settling | None) -> str:
    """Why the histories of rules that depend on each other have not told it."""
    if found is not None:
        return "a history shows it, and whether records can go through that one is not known"
    why = None if group is None else outside(group.scene)
    if group is None:
        return f"{len(rules)} rules depend on each other, which is too many to go through"
    return f"not all histories of these {len(rules)} rules are gone through, as {why or TOO_MANY}"


def _undecided(promise: AlwaysConverge, pair: Unsettled, why: str) -> Diagnostic:
    """`why` is empty where too many other rules come first."""
    notes = [why or f"of the rules that depend on each other {MAX_SEARCHED} groups were searched"]
    if depends_on_engine(pair.row):
        notes.append(FORGETS)
    return check.finding(
        f"nobody can tell whether a second pass over `{promise.mapping}` writes: {pair.words}, as "
        "far as the tables tell, and no values were found that show it",
        promise.span,
        severity=Severity.INFO,
        rule=pair.second,
        row=pair.row,
        labels=_both(pair),
        notes=tuple(notes),
        certainty=Certainty.UNKNOWN,
    )


def _both(pair: Unsettled) -> tuple[Label, ...]:
    return (
        Label(pair.first.label_span, "one of the two rules"),
        Label(pair.second.label_span, "the other one"),
    )


# ── with other mappings ──────────────────────────────────────────────────────────────────────────


def _with_others(promise: AlwaysConverge, mapping: Mapping, graph: Graph) -> Iterator[Diagnostic]:
    """What other mappings bring is an edit. It has to end, if nobody else edits anything."""
    for knot in knots(graph):
        if all(edge.mapping is not mapping for edge in knot):
            continue
        group = cast(graph, knot)
        found = None if group is None else _settling(group)
        trace = found.endless if found is not None and found.is_whole else None
        if trace is None and group is not None:
            trace = endless(group.scene)
        if trace is not None and group is not None and _is_told(trace, group):
            yield _never_rests(promise, knot, group, trace)
            return
        if trace is not None or found is None or found.rest is None:
            yield _undecided_with_others(promise, knot, group)
            return


def _never_rests(promise: AlwaysConverge, knot: Knot, group: Cast, trace: Trace) -> Diagnostic:
    rules = rules_of(knot)
    moving = [write.number for turn in trace.again for write in turn.writes]
    return check.finding(
        f"`{promise.mapping}` never comes to rest with {_others(promise, knot)}: "
        f"`{full_name(group, moving[-1])}` changes at every pass",
        promise.span,
        rule=rules[-1],
        told=trace_story(group, trace),
        labels=_each(rules),
    )


def _undecided_with_others(promise: AlwaysConverge, knot: Knot, group: Cast | None) -> Diagnostic:
    rules = rules_of(knot)
    return check.finding(
        f"nobody can tell whether `{promise.mapping}` comes to rest with "
        f"{_others(promise, knot)}: {len(rules)} rules of them depend on each other, and no values "
        "were found that show it",
        promise.span,
        severity=Severity.INFO,
        rule=rules[-1],
        labels=_each(rules),
        notes=(_why_unknown(rules, group, None),),
        certainty=Certainty.UNKNOWN,
    )


def _each(rules: Sequence[Rule]) -> tuple[Label, ...]:
    return tuple(Label(rule.label_span, "one of the rules") for rule in rules[:MAX_LABELS])


def _others(promise: AlwaysConverge, knot: Knot) -> str:
    titles = dict.fromkeys(edge.mapping.title for edge in knot)
    return one_of([f"`{title}`" for title in titles if title != promise.mapping], "", "and")


# ── an engine that remembers nothing ─────────────────────────────────────────────────────────────


def _of_one_that_forgets(
    promise: AlwaysConverge, mapping: Mapping, graph: Graph
) -> Iterator[Diagnostic]:
    """The promise is made of passes that remember, as those of the reference do."""
    for each in _coupled(mapping):
        group = cast_of(group_of(each.second, mapping), graph)
        found = None if group is None else _settling(group, Engine.FORGETS)
        if group is None or found is None or found.trace is None:
            continue
        if _is_told(found.trace, group):
            yield check.finding(
                f"a second pass over `{promise.mapping}` can write, if the engine does not "
                f"remember what it synced last: {each.words}",
                promise.span,
                severity=Severity.INFO,
                rule=each.second,
                told=history_story(group, found.trace),
                labels=_both(each),
                notes=(FORGETS,),
                certainty=Certainty.UNKNOWN,
            )
            return
