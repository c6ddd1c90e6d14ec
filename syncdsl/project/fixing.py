"""
Applying fixes, each of which has to prove itself.

A fix is an edit that a check proposes. Here it is carried out on the texts in memory, and what
comes of it is understood and checked anew. It is taken only if its own finding is gone, no other
one has come, and, unless the user asked for more, if the new policy writes nowhere where the old
one did not: `refine` asks the tables, and a check's own word that it is safe only says that it is
worth trying. So a fix that is wrong is refused and told, and no file is worse than before.

Of several safe fixes of one finding the one is taken that leaves the rule the most of what it did.
Many fixes are tried together; where they do not prove themselves, each half is tried alone. A round
ends with texts that are better than before, and the last round is the one that finds nothing to do:
whoever applies the fixes twice changes nothing the second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from syncdsl.check.suppression import ANY_TIME, Terms
from syncdsl.diagnostic import Diagnostic, Edit, Fix, Result, Severity
from syncdsl.policy import Clauses
from syncdsl.project.examine import Understood, examine, understand
from syncdsl.project.files import Content, Reader
from syncdsl.project.selection import Selection
from syncdsl.refine import kept, refines

MAX_ROUNDS = 20  # each makes findings fewer; no rule has as many that come one after the other

_BOM = b"\xef\xbb\xbf"


class Applied(NamedTuple):
    """A finding, and the fix that was meant for it."""

    finding: Diagnostic
    fix: Fix


class Fixed(NamedTuple):
    contents: tuple[Content, ...]  # the listed files, with what stands in them afterwards
    result: Result  # what is found in them afterwards
    applied: tuple[Applied, ...]
    refused: tuple[Applied, ...]  # those that did not prove themselves

    def changed(self, listed: Sequence[Content]) -> tuple[tuple[Content, Content], ...]:
        """The files that are not as they were: before, after."""
        pairs = zip(listed, self.contents, strict=True)
        return tuple((old, new) for old, new in pairs if old.data != new.data)


class _State(NamedTuple):
    """The files as they are now, and what is found in them."""

    contents: tuple[Content, ...]
    reader: Reader
    understood: Understood
    result: Result


def fix(
    listed: Sequence[Content],
    reader: Reader,
    selection: Selection,
    terms: Terms = ANY_TIME,
    *,
    unsafe: bool,
) -> Fixed:
    """Applies what can be fixed without writing more than before; `unsafe`: the rest as well."""
    trying = _Trying(selection, terms, unsafe)
    state = trying.look(tuple(listed), reader)
    for _ in range(MAX_ROUNDS):
        batch = trying.batch(state)
        if not batch:
            break
        state = trying.prove(state, batch)
    return Fixed(state.contents, state.result, tuple(trying.applied), tuple(trying.refused))


class _Trying:
    """What was taken and what was refused so far."""

    def __init__(self, selection: Selection, terms: Terms, unsafe: bool) -> None:
        self.selection = selection
        self.terms = terms
        self.unsafe = unsafe
        self.applied: list[Applied] = []
        self.refused: list[Applied] = []
        self.not_again: set[tuple[str, str, str | None, str]] = set()
        self.chosen: dict[tuple[str, Clauses, tuple[str, ...]], int] = {}

    def look(self, contents: tuple[Content, ...], reader: Reader) -> _State:
        understood = understand(contents, reader)
        found = examine(understood, self.selection, self.terms)
        return _State(contents, reader, understood, found)

    def batch(self, state: _State) -> list[Applied]:
        """The fixes that can be tried together: none of them is in the place of another one."""
        batch: list[Applied] = []
        taken: dict[str, list[tuple[int, int]]] = {}
        paths = {content.path for content in state.contents}
        for finding in state.result.found:
            if finding.allowed is not None or finding.severity is Severity.INFO:
                continue  # nothing is wrong there
            found = self.choose(state, finding)
            if found is None or any(edit.span.source.path not in paths for edit in found.edits):
                continue
            one = Applied(finding, found)
            if _name(one) not in self.not_again and not _overlaps(found.edits, taken):
                for edit in found.edits:
                    places = taken.setdefault(edit.span.source.path, [])
                    places.append((edit.span.start, edit.span.end))
                batch.append(one)
        return batch

    def choose(self, state: _State, finding: Diagnostic) -> Fix | None:
        safe = [each for each in finding.fixes if each.safe]
        candidates = safe or (list(finding.fixes[:1]) if self.unsafe else [])
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        rule = next(
            (each for each in state.understood.policy.rules if each.name == finding.rule), None
        )
        if rule is None:
            return candidates[0]
        key = finding.code, rule.clauses, tuple(each.title for each in candidates)
        if key not in self.chosen:
            left = [self.left_by(state, each) for each in candidates]
            self.chosen[key] = left.index(max(left))
        return candidates[self.chosen[key]]

    def left_by(self, state: _State, candidate: Fix) -> int:
        contents, reader = _edited(state, candidate.edits)
        return kept(understand(contents, reader).policy, state.understood.policy)

    def prove(self, state: _State, batch: Sequence[Applied]) -> _State:
        """The state after those of the fixes that prove themselves."""
        parts = self.proven(state, batch)
        if not parts:
            return state
        taken, after = parts[0]
        if len(parts) > 1:
            together = [one for part, _ in parts for one in part]
            all_done = self.carried_out(state, together)
            if self.is_better(state, all_done, together):
                taken, after = together, all_done
        self.applied += taken
        return after

    def proven(
        self, state: _State, batch: Sequence[Applied]
    ) -> list[tuple[Sequence[Applied], _State]]:
        """Parts of the batch each of which proves itself, with what comes of it."""
        after = self.carried_out(state, batch)
        if self.is_better(state, after, batch):
            return [(batch, after)]
        if len(batch) == 1:
            self.refused += batch
            self.not_again.add(_name(batch[0]))
            return []
        half = len(batch) // 2
        return [*self.proven(state, batch[:half]), *self.proven(state, batch[half:])]

    def carried_out(self, state: _State, fixes: Sequence[Applied]) -> _State:
        return self.look(*_edited(state, [edit for one in fixes for edit in one.fix.edits]))

    def is_better(self, before: _State, after: _State, batch: Sequence[Applied]) -> bool:
        if not self.unsafe and not refines(after.understood.policy, before.understood.policy):
            return False
        if len(after.understood.errors) > len(before.understood.errors):
            return False
        there, now = _counted(before.result), _counted(after.result)
        gone = all(now[key] < there[key] for key in {_key(one.finding) for one in batch})
        # An allow of what is gone is told then, and the next round takes it out.
        may_come = (Severity.INFO, "unused-allow")
        come = any(now[key] > there[key] for key in now if not {*key[:2]} & {*may_come})
        return gone and not come


# ── findings ─────────────────────────────────────────────────────────────────────────────────────

_Key = tuple[str, Severity, str, str | None]


def _key(finding: Diagnostic) -> _Key:
    """What a finding is about, wherever it stands by now."""
    return finding.code, finding.severity, finding.span.source.path, finding.rule


def _counted(result: Result) -> Counter[_Key]:
    return Counter(_key(each) for each in result.found if each.allowed is None)


def _name(one: Applied) -> tuple[str, str, str | None, str]:
    found = one.finding
    return found.code, found.span.source.path, found.rule, one.fix.title


# ── texts ────────────────────────────────────────────────────────────────────────────────────────


def _overlaps(edits: Sequence[Edit], taken: Mapping[str, Collection[tuple[int, int]]]) -> bool:
    """Is one of the places of these edits taken? Two insertions at one place are one place."""
    return any(
        edit.span.start <= end and start <= edit.span.end
        for edit in edits
        for start, end in taken.get(edit.span.source.path, ())
    )


def _edited(state: _State, edits: Sequence[Edit]) -> tuple[tuple[Content, ...], Reader]:
    """The files after these edits, and a reader that has them so."""
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.span.source.path, []).append(edit)
    contents = tuple(
        content._replace(data=_with(content.data, by_path[content.path]))
        if content.path in by_path and content.data is not None
        else content
        for content in state.contents
    )
    return contents, state.reader.with_contents(contents)


def _with(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The text after the edits; its byte order mark and the kind of its line ends stay."""
    text = edits[0].span.source.text
    line_end = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        new = edit.text.replace("\n", line_end)
        text = text[: edit.span.start] + new + text[edit.span.end :]
    return (_BOM if data.startswith(_BOM) else b"") + text.encode()
