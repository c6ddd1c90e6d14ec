"""
One Markdown document for a policy.

What a rule does comes from its folded table, through `sentences`; everything else is what the
policy names. The views here are what the templates lay out. Whatever a template prints is escaped,
unless it is `Markdown`; so none can forget it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import jinja2

from syncdsl import policy
from syncdsl.diagnostic import Diagnostic
from syncdsl.docs.accepted import accepted_risks
from syncdsl.docs.escape import Markdown, code, fill, prose, text, visible
from syncdsl.docs.lookups import ARROWS, map_views, maps_of, order_views
from syncdsl.docs.over_time import over_time
from syncdsl.docs.properties import Properties, Surroundings, properties
from syncdsl.docs.words import condition_words, noun, promise_words, steps_words, titles
from syncdsl.policy import Mapping, Policy
from syncdsl.situation import Side

TITLE = "Data syncs"


class Fact(NamedTuple):
    """A line about a mapping."""

    head: Markdown
    words: Markdown


class Section(NamedTuple):
    """A mapping."""

    title: str
    slug: Markdown
    doc: Markdown
    ends: Markdown
    facts: tuple[Fact, ...]
    properties: Properties
    over_time: tuple[Markdown, ...]
    accepted: Sequence[Markdown]


def markdown(policy: Policy, found: Sequence[Diagnostic] = ()) -> str:
    """The document. Those of the findings that the policy allows are accepted risks."""
    called = titles(system.name for system in policy.systems)
    for mapping in policy.mappings:
        for system, _ in (mapping.left, mapping.right):
            called.setdefault(system, system)
    slugs = _Slugs()
    slugs.take(TITLE)
    named = [(mapping, _title(mapping, called)) for mapping in policy.mappings]
    places = [slugs.take(title) for _, title in named]
    maps = maps_of(policy)
    if maps:
        slugs.take("Value maps")
    map_slugs = {values.span: slugs.take(values.name) for values in maps}
    accepted = accepted_risks(policy, found)
    sections = [
        _section(Surroundings(policy, mapping, called, map_slugs, accepted), title, place)
        for (mapping, title), place in zip(named, places, strict=True)
    ]
    page = (
        _environment()
        .get_template("policy.md.j2")
        .render(
            title=TITLE,
            sections=sections,
            maps=tuple(map_views(policy, called)),
            orders=tuple(order_views(policy)),
            promises=[promise_words(promise, called) for promise in policy.promises],
            examples=[(prose(example.text), _about(example)) for example in policy.examples],
            accepted=accepted.elsewhere,
        )
    )
    return re.sub(r"\n{3,}", "\n\n", page).strip() + "\n"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("syncdsl.docs"),
        undefined=jinja2.StrictUndefined,
        finalize=text,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Slugs:
    """The names by which GitHub and others link to headings: the second of a name gets a number."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, title: str) -> Markdown:
        base = re.sub(r"[^\w\- ]", "", visible(title).lower()).replace(" ", "-")
        slug, number = base, 0
        while slug in self.taken:
            number += 1
            slug = f"{base}-{number}"
        self.taken.add(slug)
        return Markdown(slug)  # of letters, digits, _ and - only


def _about(example: policy.Example) -> Markdown:
    """Which mapping a test is about, and on which event."""
    event = code(example.event.value)
    name = example.mapping.name
    return event if name is None else fill("{name}, {event}", name=code(name), event=event)


# ── a mapping ────────────────────────────────────────────────────────────────────────────────────


def _title(mapping: Mapping, called: dict[str, str]) -> str:
    if mapping.name is not None:
        return mapping.name
    return f"{called[mapping.left[0]]} and {called[mapping.right[0]]}"


def _section(around: Surroundings, title: str, slug: Markdown) -> Section:
    mapping, called = around.mapping, around.called
    left, right = (_object(end, called) for end in (mapping.left, mapping.right))
    arrow = Markdown(ARROWS[mapping.arrow])
    return Section(
        title,
        slug,
        prose(mapping.doc),
        fill("{left} {arrow} {right}", left=left, arrow=arrow, right=right),
        tuple(_facts(around)),
        properties(around),
        over_time(around),
        around.accepted.of_mappings.get(mapping.span, []),
    )


def _object(end: tuple[str, str | None], called: dict[str, str]) -> Markdown:
    system, object_name = end
    if object_name is None:
        return text(called[system])
    return fill("{system} {object}", system=called[system], object=code(object_name))


def _facts(around: Surroundings) -> Iterator[Fact]:
    mapping = around.mapping
    if mapping.name is None:  # it has no lines that could say more
        yield Fact(Markdown("Written in"), code(mapping.home))
        yield Fact(Markdown("Pairs, creates and deletes"), Markdown("not said"))
        return
    via = Markdown("not said") if mapping.via is None else code(mapping.via)
    yield Fact(Markdown("Run by"), via)
    yield Fact(Markdown("Pairs"), _pairs(around))
    yield from _creates(around)
    yield Fact(Markdown("Deletes"), Markdown(_DELETES[mapping.delete]))
    scope = mapping.scope
    if scope is not None:
        systems = mapping.left[0], mapping.right[0]
        then = "is no longer synced" if scope.stops else "goes on being synced"
        words = "only pairs where {condition}; a pair that no longer fits {then}"
        condition = condition_words(scope.condition, systems)
        yield Fact(Markdown("Scope"), fill(words, condition=condition, then=then))


_DELETES = {
    "ignored": "nothing: a record that is deleted on one side stays on the other",
    "follows": "a record whose partner is deleted",
    "unlinks": "nothing: a record whose partner is deleted stays, and has no partner any more",
}


def _pairs(around: Surroundings) -> Markdown:
    mapping, called = around.mapping, around.called
    if not mapping.match:
        return Markdown("only records that are linked already")
    keys = []
    for key in mapping.match:
        same = fill(
            "{left} in {left_system} is {right} in {right_system}",
            left=code(key.left.name),
            left_system=called[mapping.left[0]],
            right=code(key.right.name),
            right_system=called[mapping.right[0]],
        )
        steps = steps_words(key.steps)
        keys.append(fill("{same} ({steps})", same=same, steps=steps) if steps else same)
    words = "records that are linked already, and those where {keys}"
    return fill(words, keys=Markdown(" and ".join(keys)))


def _creates(around: Surroundings) -> Iterator[Fact]:
    """For each side that can be written, whether a pass makes the record that is missing there."""
    mapping = around.mapping
    if not mapping.creates:
        words = "not said; a pass of this sync creates no record, something else may"
        yield Fact(Markdown("Creates"), Markdown(words))
        return
    for side, (system, object_name) in ((Side.LEFT, mapping.left), (Side.RIGHT, mapping.right)):
        line = mapping.creating(side)
        if line is None and not mapping.arrow.gives(side.other):
            continue
        head = fill("Creates in {system}", system=around.called[system])
        if line is None or line.never:
            yield Fact(head, Markdown("nothing"))
        elif line.condition is None:
            yield Fact(head, Markdown("every record that is missing there"))
        else:
            systems = mapping.left[0], mapping.right[0]
            record = noun(around.policy.system(system), object_name)
            condition = condition_words(line.condition, systems)
            words = "the {record} that is missing there, if {condition}"
            yield Fact(head, fill(words, record=record, condition=condition))
