"""Our own policies, compiled, keep what their `test` blocks say."""

from pathlib import Path
from typing import Any

import pytest

from syncdsl.convert import same
from syncdsl.policy import Example, Policy
from syncdsl.project.examine import understand
from syncdsl.project.files import Reader, find
from syncdsl.situation import Side
from tests.compile.policies import module_of

ROOT = Path(__file__).parents[2]


def our_policies() -> Policy:
    reader = Reader(str(ROOT))
    contents = [reader.read_listed(each) for each in find([str(ROOT / "policies")])]
    return understand(contents, reader).policy


POLICY = our_policies()
COMPILED = module_of(POLICY)
BY_TITLE = {mapping.name: mapping for mapping in COMPILED.MAPPINGS}


def test_every_mapping_is_there() -> None:
    assert list(BY_TITLE) == [mapping.title for mapping in POLICY.mappings]
    assert sum(len(mapping.rules) for mapping in COMPILED.MAPPINGS) == len(POLICY.rules)


@pytest.mark.parametrize("example", POLICY.examples, ids=lambda example: str(example.text))
def test_what_a_test_block_expects_is_decided(example: Example) -> None:
    records = {Side.LEFT: _record(example.left), Side.RIGHT: _record(example.right)}
    before = _record(example.left_before), _record(example.right_before)
    decisions = BY_TITLE[example.mapping.title].decide(
        records[Side.LEFT],
        records[Side.RIGHT],
        event=example.event.value,
        before=before,
        times=_times(example),
        written=example.written,
    )
    for each in decisions:
        if each.outcome in ("write", "add", "clear"):
            side = Side(each.side)
            records[side] = {**(records[side] or {}), each.property: each.new}
    for side, fields in example.expected:
        for name, value in fields:
            held = (records[side] or {}).get(name)
            assert same(held, value, None), (name, held, value)
    for outcome, label in example.decisions:
        assert {each.outcome for each in decisions if each.rule == label} == {outcome}


def _record(fields: Any) -> dict[str, Any] | None:
    return None if fields is None else dict(fields)


def _times(example: Example) -> tuple[dict[str, str], dict[str, str]]:
    """A change time for whatever a record holds: later on the side that is newer."""
    days = [
        "2026-03-02" if example.newer is side else "2026-03-01" if example.newer else ""
        for side in Side
    ]
    left, right = (
        {name: day for name, _ in fields or ()}
        for day, fields in zip(days, (example.left, example.right), strict=True)
    )
    return left, right
