"""
`# allow CODE, CODE: reason`: a finding that the people who wrote the policy accept.

At the end of a line it covers the findings on that line; on lines of its own it covers those of the
rule below it, or, above a block, those of the block's first line. `# allow in this block CODE` is
above a block or inside it and covers all of it, `# allow in this file CODE` covers the file. A
covered finding is not thrown away: it carries the reason, so that the documentation can list the
risks that were accepted.

Whoever allows something says why, and may say how long: `# allow CODE until 2027-01-31: reason`
covers nothing after that day, and is told then. What day it is, is said from outside. An allow that
covers nothing any more is told too, so that none is left behind that would cover the next mistake.
Whether something is left behind is not judged while a file could not be read or understood: what it
covers may only be hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from syncdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from syncdsl.source import Source, Span
from syncdsl.suggest import did_you_mean, few_of, hint, one_of
from syncdsl.syntax import tree

# Findings that no check makes and that may be meant all the same.
ALSO_COVERED = ("confusable-name", "hidden-character")

_ALLOW = re.compile(
    r"#[ \t]*allow(?:[ \t]+in[ \t]+this[ \t]+(?P<where>\w+))?"
    r"[ \t]+(?P<codes>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)"
    r"(?:[ \t]+until[ \t]+(?P<until>[^:]*?))?[ \t]*(?::[ \t]*(?P<reason>.*))?"
)
_WHERE = ("block", "file")
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


class Terms(NamedTuple):
    """What a run says about allowing."""

    today: str | None = None  # as 2027-01-31; None: nobody says, and nothing has expired
    never: frozenset[str] = frozenset()  # codes that the project lets nobody allow


ANY_TIME = Terms()


class _Allow(NamedTuple):
    """One code of an `# allow` comment."""

    code: str
    span: Span  # of the code
    comment: tree.Comment
    reason: str
    until: str | None  # the last day on which it holds
    first: int  # lines; 0: there is no such block
    last: int
    alone: bool  # the comment names no other code
    where: str | None  # block, file; or a word that says nothing

    def is_over(self, terms: Terms) -> bool:
        return self.until is not None and terms.today is not None and self.until < terms.today

    @property
    def words(self) -> str:
        """The reason, with the day."""
        return self.reason if self.until is None else f"{self.reason} (until {self.until})"


def suppress(
    found: Sequence[Diagnostic],
    files: Sequence[tree.File],
    asked: Callable[[str], Collection[str]],
    known: Mapping[str, str],
    terms: Terms,
) -> list[Diagnostic]:
    """
    The findings, those that the files allow with the reason, and what is wrong with the allowing.
    `asked` tells the codes of the checks that were asked about a file, `known` all and their group.
    """
    coverable = {*known, *ALSO_COVERED}
    allows = [allow for file in files for allow in _allows(file, coverable, known.values())]
    if not allows:
        return list(found)
    covering: dict[tuple[str, str], list[_Allow]] = {}
    for allow in allows:
        understood = allow.reason and not _misspelt(allow)
        if understood and allow.code in coverable and allow.code not in terms.never:
            covering.setdefault((allow.span.source.path, allow.code), []).append(allow)
    used: set[Span] = set()
    kept = []
    for each in found:
        by = _nearest(covering.get((each.span.source.path, each.code), ()), each.span.line, terms)
        if by is not None:
            used.add(by.span)
            each = each if by.is_over(terms) else each._replace(allowed=by.words)
        kept.append(each)
    broken = any(each.severity is Severity.ERROR and each.code not in coverable for each in found)
    judged = _nothing if broken else asked
    return [*kept, *_told(allows, used, sorted(coverable), known, judged, terms)]


def _nothing(path: str) -> Collection[str]:
    return ()


def period(
    files: Sequence[tree.File], known: Mapping[str, str], terms: Terms
) -> tuple[str, str] | None:
    """The days on which the same is allowed as today; None: on all days."""
    coverable = {*known, *ALSO_COVERED}
    limited = [
        allow
        for file in files
        for allow in _allows(file, coverable, known.values())
        if allow.until is not None
    ]
    if not limited or terms.today is None:
        return None
    days = [str(allow.until) for allow in limited if not allow.is_over(terms)]
    return terms.today, min(days, default="9999-12-31")


def _nearest(allows: Sequence[_Allow], line: int, terms: Terms) -> _Allow | None:
    """Of those that cover a line and still hold, the first of those that cover the least."""
    covering = [allow for allow in allows if allow.first <= line <= allow.last]
    return min(
        covering,
        key=lambda allow: (allow.is_over(terms), allow.last - allow.first),
        default=None,
    )


def _told(
    allows: list[_Allow],
    used: set[Span],
    coverable: list[str],
    known: Mapping[str, str],
    judged: Callable[[str], Collection[str]],
    terms: Terms,
) -> list[Diagnostic]:
    told = []
    reasonless: set[Span] = set()
    for allow in allows:
        if allow.code in known.values():
            codes = [code for code, group in known.items() if group == allow.code]
            message = f"`{allow.code}` is a group, and an allow names codes: {few_of(codes)}"
            told.append(_unused(allow, message, ()))
        elif allow.code not in coverable:
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
        elif (words := _misspelt(allow)) is not None:
            told.append(Diagnostic("allow-misspelt", Severity.ERROR, words, allow.span))
        elif allow.code in terms.never:
            message = f"`{allow.code}` is allowed by nobody: the configuration says so"
            told.append(Diagnostic("allow-refused", Severity.ERROR, message, allow.span))
        elif allow.is_over(terms) and allow.span in used:
            message = f"this allow ended on {allow.until}; the finding counts again"
            told.append(Diagnostic("allow-expired", Severity.WARNING, message, allow.span))
        elif allow.span not in used and allow.code in judged(allow.span.source.path):
            fix = Fix("drop it", (_without(allow),), safe=True)
            told.append(_unused(allow, f"nothing here is `{allow.code}`; drop the allow", (fix,)))
    return told


def _misspelt(allow: _Allow) -> str | None:
    """What of an allow has no meaning."""
    if allow.where not in (None, *_WHERE):
        return f"`in this {allow.where}` says nothing; accepted: {one_of(_WHERE)}"
    if allow.first == 0:
        return "there is no block here that `in this block` could cover"
    if allow.until is not None and not _DAY.fullmatch(allow.until):
        return f"`{allow.until}` is no day; a day is written as in `until 2027-01-31`"
    return None


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


def _allows(file: tree.File, coverable: Collection[str], groups: Collection[str]) -> list[_Allow]:
    if "allow" not in file.source.text:
        return []
    found = []
    places: _Places | None = None
    for comment in file.comments:
        match = _ALLOW.fullmatch(comment.text)
        if match is None:
            continue
        codes = list(re.finditer(r"[\w-]+", match["codes"]))
        gives_reason = match["reason"] is not None  # "# allow blanks" is prose
        if not any(
            _means_code(code.group(), coverable) or (gives_reason and code.group() in groups)
            for code in codes
        ):
            continue  # "# allow nobody: …" is prose
        places = places or _Places(file)
        first, last = places.covered(comment, match["where"])
        for code in codes:
            start = comment.span.start + match.start("codes") + code.start()
            span = Span(file.source, start, start + len(code.group()))
            reason = (match["reason"] or "").strip()
            found.append(
                _Allow(
                    code.group(),
                    span,
                    comment,
                    reason,
                    until=match["until"],
                    first=first,
                    last=last,
                    alone=len(codes) == 1,
                    where=match["where"],
                )
            )
    return found


def _means_code(word: str, coverable: Collection[str]) -> bool:
    return word in coverable or "-" in word or did_you_mean(word, coverable) is not None


class _Places:
    """The lines of a file: which are comments, and where what starts on one ends."""

    def __init__(self, file: tree.File) -> None:
        self.source: Source = file.source
        self.comments = {each.span.line for each in file.comments if each.own_line}
        self.last_lines: dict[int, int] = {}  # of rules
        self.blocks: list[tuple[int, int]] = []
        for item in file.items:
            entries = item.entries if isinstance(item, tree.Mapping) else (item,)
            for entry in entries:
                if isinstance(entry, tree.Rule):
                    self.last_lines[entry.span.line] = self.last_line(entry.span)
            if not isinstance(item, tree.Rule):
                self.blocks.append((item.span.line, self.last_line(item.span)))

    def last_line(self, span: Span) -> int:
        return self.source.position(span.end)[0]

    def covered(self, comment: tree.Comment, where: str | None) -> tuple[int, int]:
        """The first and the last line that an allow in this comment covers; 0, 0: none."""
        line = comment.span.line
        if where == "file":
            return 1, len(self.source.line_starts)
        if where == "block":
            around = (each for each in self.blocks if each[0] <= line <= each[1])
            below = (each for each in self.blocks if each[0] == self.below(line))
            return next(around, next(below, (0, 0)))
        if not comment.own_line:
            return line, line
        line = self.below(line)
        return line, self.last_lines.get(line, line)

    def below(self, line: int) -> int:
        """The first line from here on that is no comment."""
        while line in self.comments:
            line += 1
        return line
