"""The table of a mapping's properties: one line a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from syncdsl.convert import STEPS, Step
from syncdsl.docs.accepted import Accepted
from syncdsl.docs.escape import Markdown, code, fill, listed, prose, text
from syncdsl.docs.lookups import ARROWS
from syncdsl.docs.phrase import Sentence
from syncdsl.docs.sentences import Sentences, sentences
from syncdsl.docs.words import condition_words, noun, property_words, steps_words, value_words
from syncdsl.flow.writing import never_made
from syncdsl.policy import Arrow, Mapping, Policy, Rule
from syncdsl.situation import Side
from syncdsl.source import Span

_TURNED = {Arrow.RIGHT: Arrow.LEFT, Arrow.LEFT: Arrow.RIGHT, Arrow.BOTH: Arrow.BOTH}


class Properties(NamedTuple):
    heads: tuple[str, ...]
    rows: tuple[tuple[Markdown, ...], ...]
    reported: tuple[Markdown, ...]  # what is reported instead of written, by the rules


class Surroundings(NamedTuple):
    """What a mapping's rules are told with."""

    policy: Policy
    mapping: Mapping
    called: dict[str, str]  # the systems in sentences
    slugs: dict[Span, Markdown]  # where the value maps stand in the document
    accepted: Accepted

    def noun(self, rule: Rule, side: Side) -> str:
        """What a record on a side of a rule is called."""
        left = (side is Side.LEFT) != rule.flipped
        system, object_name = self.mapping.left if left else self.mapping.right
        return noun(self.policy.system(system), object_name)


def properties(around: Surroundings) -> Properties:
    mapping = around.mapping
    left, right = (around.called.get(end[0], end[0]) for end in (mapping.left, mapping.right))
    heads = ("Rule", left, "", right, "What happens", "Owner", "Values", "How", "Notes")
    rows, reported = [], dict[Markdown, list[Markdown]]()
    for rule in mapping.rules:
        truths = rule.wiring.sticky is not None
        told = sentences(rule.clauses, never_made(rule, mapping), truths)
        rows.append(_row(around, rule, told))
        for sentence in told.more:
            reported.setdefault(_said(around, rule, sentence), []).append(code(rule.label))
    used = [
        index for index, head in enumerate(heads) if index < 5 or any(row[index] for row in rows)
    ]
    return Properties(
        tuple(heads[index] for index in used),
        tuple(tuple(row[index] for index in used) for row in rows),
        tuple(
            fill("{rules}: {words}", rules=Markdown(", ".join(rules)), words=words)
            for words, rules in reported.items()
        ),
    )


def _row(around: Surroundings, rule: Rule, told: Sentences) -> tuple[Markdown, ...]:
    ends, arrow = [_end(rule, side) for side in Side], rule.clauses.arrow
    if rule.flipped:
        ends, arrow = ends[::-1], _TURNED[arrow]
    owner = rule.clauses.owner
    notes = [prose(rule.doc), *around.accepted.of_rules.get(rule.span, [])]
    return (
        code(rule.label),
        ends[0],
        Markdown(ARROWS[arrow]),
        ends[1],
        Markdown(" ".join(_said(around, rule, sentence) for sentence in told.main)),
        Markdown("") if owner is None else text(around.called[rule.system(owner)]),
        _values(around, rule),
        Markdown("; ".join(_how(rule))),
        Markdown(" ".join(filter(None, notes))),
    )


def _end(rule: Rule, side: Side) -> Markdown:
    found = rule.end(side)
    if found is not None:
        return property_words(found)
    end = rule.wiring.left if side is Side.LEFT else rule.wiring.right
    return fill("always {value}", value=value_words(end.constant))


def _values(around: Surroundings, rule: Rule) -> Markdown:
    if rule.values is None:
        return Markdown("")
    slug = around.slugs[rule.values.span]
    return fill("[{name}](#{slug})", name=rule.values.name, slug=slug)


def _how(rule: Rule) -> Iterator[Markdown]:
    """The condition and the conversion."""
    guard, steps = rule.wiring.guard, _steps(rule)
    if guard is not None:
        yield fill("only if {condition}", condition=condition_words(guard, rule.systems))
    if steps:
        yield steps_words(steps)


# ── sentences ────────────────────────────────────────────────────────────────────────────────────


def _said(around: Surroundings, rule: Rule, sentence: Sentence) -> Markdown:
    """A sentence with the names of this rule."""
    side = sentence.side
    called = {each: around.called.get(rule.system(each), rule.system(each)) for each in Side}
    return fill(
        sentence.words,
        to=called[side],
        giver=called[side.other],
        noun=around.noun(rule, side),
        stays=_stays(rule, called[Side.RIGHT]),
        default=value_words(rule.wiring.default),
        order="" if rule.order is None else code(rule.order.name),
        refused=_refused(rule),
    )


def _stays(rule: Rule, right: str) -> Markdown:
    """The value that is never taken back; both sides may say it in different words."""
    value = value_words(rule.wiring.sticky)
    converted = rule.wiring.forward.steps or rule.wiring.forward.values
    if rule.clauses.arrow is Arrow.BOTH and converted:
        return fill("{value} (as {right} says it)", value=value, right=right)
    return value


def _refused(rule: Rule) -> Markdown:
    wiring, parts = rule.wiring, []
    if any(STEPS[step.name].can_refuse for step in _steps(rule)):
        parts.append(Markdown("cannot be converted"))
    read = [conversion.values for conversion in (wiring.forward, wiring.backward)]
    if any(values is not None and values.otherwise == "reject" for values in read):
        name = code("" if rule.values is None else rule.values.name)
        words = "{map} does not name" if not parts else "that {map} does not name"
        parts.append(fill(words, map=name))
    return listed(parts, "or") or Markdown("cannot be converted")


def _steps(rule: Rule) -> tuple[Step, ...]:
    left = rule.clauses.arrow is Arrow.LEFT
    return (rule.wiring.backward if left else rule.wiring.forward).steps
