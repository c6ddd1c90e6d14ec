"""Findings that the formats are tried on: each has all that one can have, and means no good."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

from syncdsl.diagnostic import (
    Certainty,
    Diagnostic,
    Edit,
    Fix,
    Label,
    Result,
    Severity,
    Story,
)
from syncdsl.report import renderer
from syncdsl.source import Source, Span

POLICY = Source(
    "pol icies/größe #1%.sync",
    "source: hubspot -> dynamics\nname: größe -> `日本`.x\nphone: a -> b\n",
)
LINE_2 = POLICY.line_starts[1], POLICY.line_starts[2]
OTHER = Source("shared.sync", "order o { a < b }\n")

# What a terminal, a build server, XML, JSON, a link in SARIF would each take for something else.
HOSTILE = (
    "\x1b[31m\n::error::x\r\n##vso[task.setvariable]y ##[group]z "
    "<&\"'> ]]> \x00\x0b\ufffe {0} [a](1) %0A"
)


def span(text: str, source: Source = POLICY) -> Span:
    start = source.text.index(text)
    return Span(source, start, start + len(text))


FULL = Diagnostic(
    "overwrite-on-reactivation",
    Severity.WARNING,
    "a message about `größe`",
    span("größe"),
    (Label(span("order", OTHER), "declared here"), Label(span("name"), "in this rule")),
    ("a note",),
    "contacts.name",
    None,
    Story(("sync", "Sales edits it", "on again"), "the edit is gone"),
    (
        Fix("rename it", (Edit(span("größe"), "size"), Edit(span("`日本`"), "japan"))),
        Fix("drop it", (Edit(Span(POLICY, *LINE_2), ""),), safe=True),
        Fix("in both files", (Edit(span("order", OTHER), "x"), Edit(span("name"), "y"))),
    ),
    certainty=Certainty.DATA,
    question="how many share one `größe`?",
)
BAD = Diagnostic(
    "promise-broken",
    Severity.ERROR,
    HOSTILE,
    Span(Source(f"::error {HOSTILE}.sync", HOSTILE), 0, 4),
    (Label(span("phone"), HOSTILE),),
    (HOSTILE,),
    HOSTILE,
    None,
    Story((HOSTILE, HOSTILE), HOSTILE),
    (Fix(HOSTILE, (Edit(span("phone"), HOSTILE),)),),
    certainty=Certainty.DATA,
    question=HOSTILE,
)
KNOWN = Diagnostic("undeclared-system", Severity.INFO, "good to know", span("phone"))
ALLOWED = FULL._replace(allowed='we want <it> & "that"')
GONE = Diagnostic("missing-file", Severity.ERROR, "not there", Span(Source("gone.sync", ""), 0, 0))

EVERY = Result((FULL, ALLOWED, BAD, KNOWN, FULL, GONE), 7, 142)
NOTHING = Result((), 7, 142)
NOT_DONE = Result((GONE,), 0, 0, is_done=False)


def made(form: str, result: Result = EVERY) -> str:
    return renderer(form)(result)


def data(form: str, result: Result = EVERY) -> Any:
    return json.loads(made(form, result))


def xml(result: Result = EVERY) -> ET.Element:
    return ET.fromstring(made("junit", result))
