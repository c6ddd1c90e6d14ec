"""
`# allow CODE, CODE: reason`: a finding that the people who wrote the policy accept.

At the end of a line it covers the findings on that line; on lines of its own it covers those of the
rule below it, or, above a block, those of the block's first line. A covered finding is not thrown
away: it carries the reason, so that the documentation can list the risks that were accepted.

Whoever allows something says why, and an allow that covers nothing any more is told, so that none
is left behind that would cover the next mistake. Whether something is left behind is not judged
while a file could not be read or understood: what it covers may only be hidden.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from syncdsl.source import Source, Span
from syncdsl.suggest import did_you_mean, hint
from syncdsl.syntax import tree

# Findings that no check makes and that may be meant all the same.
ALSO_COVERED = ("confusable-name", "hidden-character")

_ALLOW = re.compile(
    r"#[ \t]*allow[ \t]+(?P<codes>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)[ \t]*(?::[ \t]*(?P<reason>.*))?"
)


class _Allow(NamedTuple):
    """One code of an `# allow` comment."""

    code: str
    span: Span  # of the code
    comment: tree.Comment
    reason: str
    first: int  # lines
    last: int
    alone: bool  # the comment names no other code


def suppress(
    found: Sequence[Diagnostic],
    files: Sequence[tree.File],
    asked: Collection[str],
    known: Collection[str],
) -> list[Diagnostic]:
    """
    The findings, those that the files allow with the reason, and what is wrong with the allowing.
    `asked` are the codes of the checks that were asked, `known` those of all checks.
    """
    coverable = {*known, *ALSO_COVERED}
    allows = [allow for file in files for allow in _allows(file, coverable)]
    if not allows:
        return list(found)
    covering: dict[tuple[str, str, int], _Allow] = {}
    for allow in allows:
        if allow.reason and allow.code in coverable:
            for line in range(allow.first, allow.last + 1):
                covering.setdefault((allow.span.source.path, allow.code, line), allow)
    used: set[Span] = set()
    kept = []
    for each in found:
        by = covering.get((each.span.source.path, each.code, each.span.line))
        if by is not None:
            used.add(by.span)
            each = each._replace(allowed=by.reason)
        kept.append(each)
    broken = any(each.severity is Severity.ERROR and each.code not in coverable for each in found)
    judged = () if broken else {*asked, *ALSO_COVERED}
    return [*kept, *_told(allows, used, sorted(coverable), judged)]


def _told(
    allows: list[_Allow], used: set[Span], coverable: list[str], judged: Collection[str]
) -> list[Diagnostic]:
    told = []
    reasonless: set[Span] = set()
    for allow in allows:
        if allow.code not in coverable:
            near = did_you_mean(allow.code, coverable)
            fixes = () if near is None else (Fix(f"write `{near}`", (Edit(allow.span, near),)),)
            told.append(
                _unused(
                    allow,
                    f"no check is called `{allow.code}`; {hint(allow.code, coverable, 'check')}",
                    fixes,
                )
            )
        elif not allow.reason:
            if allow.comment.span not in reasonless:
                told.append(_without_reason(allow))
            reasonless.add(allow.comment.span)
        elif allow.span not in used and allow.code in judged:
            fix = Fix("drop it", (_without(allow),), safe=True)
            told.append(_unused(allow, f"nothing here is `{allow.code}`; drop the allow", (fix,)))
    return told


def _unused(allow: _Allow, message: str, fixes: tuple[Fix, ...]) -> Diagnostic:
    return Diagnostic("unused-allow", Severity.WARNING, message, allow.span, fixes=fixes)


def _without_reason(allow: _Allow) -> Diagnostic:
    words = f"`{allow.comment.text}` does not say why; the reason stands after a colon"
    return Diagnostic("allow-without-reason", Severity.ERROR, words, allow.comment.span)


def _without(allow: _Allow) -> Edit:
    """The comment without the code; without any other, the whole comment."""
    span, text = allow.comment.span, allow.span.source.text
    if not allow.alone:
        after = re.compile(r"[ \t]*,[ \t]*").match(text, allow.span.end)
        if after:
            return Edit(Span(span.source, allow.span.start, after.end()), "")
        before = len(text[: allow.span.start].rstrip(" \t,"))
        return Edit(Span(span.source, before, allow.span.end), "")
    start, end = len(text[: span.start].rstrip(" \t")), span.end
    if allow.comment.own_line:
        line_end = re.compile(r"[ \t]*(?:\r\n|\n|\r)?").match(text, end)
        end = line_end.end() if line_end else end
    return Edit(Span(span.source, start, end), "")


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


def _allows(file: tree.File, coverable: Collection[str]) -> list[_Allow]:
    if "allow" not in file.source.text:
        return []
    found = []
    places: _Places | None = None
    for comment in file.comments:
        match = _ALLOW.fullmatch(comment.text)
        if match is None:
            continue
        codes = list(re.finditer(r"[\w-]+", match["codes"]))
        if not any(_means_code(code.group(), coverable) for code in codes):
            continue  # "# allow nobody: …" is prose
        places = places or _Places(file)
        first, last = places.covered(comment)
        for code in codes:
            start = comment.span.start + match.start("codes") + code.start()
            span = Span(file.source, start, start + len(code.group()))
            reason = (match["reason"] or "").strip()
            found.append(
                _Allow(code.group(), span, comment, reason, first, last, alone=len(codes) == 1)
            )
    return found


def _means_code(word: str, coverable: Collection[str]) -> bool:
    return word in coverable or "-" in word or did_you_mean(word, coverable) is not None


class _Places:
    """The lines of a file: which are comments, and where what starts on one ends."""

    def __init__(self, file: tree.File) -> None:
        self.source: Source = file.source
        self.comments = {each.span.line for each in file.comments if each.own_line}
        self.last_lines: dict[int, int] = {}
        for item in file.items:
            entries = item.entries if isinstance(item, tree.Mapping) else (item,)
            for entry in entries:
                if isinstance(entry, tree.Rule):
                    self.last_lines[entry.span.line] = self.source.position(entry.span.end)[0]

    def covered(self, comment: tree.Comment) -> tuple[int, int]:
        """The first and the last line that an allow in this comment covers."""
        line = comment.span.line
        if not comment.own_line:
            return line, line
        while line in self.comments:
            line += 1
        return line, self.last_lines.get(line, line)
