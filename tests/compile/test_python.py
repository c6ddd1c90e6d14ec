"""The policy as a Python module decides as `decide` does, on every situation and on any records."""

import builtins
import json
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncdsl.compile import runtime
from syncdsl.compile.paste import pasted
from syncdsl.compile.python import to_python
from syncdsl.condition import AllOf, AnyOf, Compare, Condition, IsBlank, Negation, Operand
from syncdsl.policy import Clauses, Kind, Policy
from syncdsl.semantics.example import example
from syncdsl.semantics.table import table
from syncdsl.situation import Reason, Side, Situation
from tests.compile.policies import (
    EVERY_CLAUSE,
    Given,
    clause_sets,
    differences,
    given_of,
    module_of,
    policy_of,
    policy_without_text,
)

EVERY = policy_of(EVERY_CLAUSE)
COMPILED = module_of(EVERY)


# ── it agrees with `decide` ──────────────────────────────────────────────────────────────────────


def test_every_situation_of_hundreds_of_clause_sets_ends_as_decided() -> None:
    sets = list(clause_sets())
    assert len(sets) > 400
    module = module_of(policy_without_text(sets))
    for clauses, rule in zip(sets, module.everything.rules, strict=True):
        for situation, outcome in table(clauses):
            found = rule.table.outcome(_in(module, situation))
            assert repr(found) == repr(outcome), (clauses, situation)


def test_rules_that_decide_alike_share_a_table() -> None:
    text = """mapping m: a.x <-> b.y {
  plain:   a.p -> b.p
  owned:   a.q -> b.q owned by a
  refused: a.r -> b.r as number
  guarded: a.s -> b.s when a.t = 1
  other:   a.u -> b.u when b.v is blank
}
"""
    rules = module_of(policy_of(text)).m.rules
    assert [id(rule.table) == id(rules[0].table) for rule in rules] == [True] * 3 + [False] * 2
    assert rules[3].table is rules[4].table


@pytest.mark.parametrize("rule", EVERY.rules, ids=lambda rule: rule.label)
def test_records_that_bring_about_a_situation_end_as_decided(rule: Any) -> None:
    found = [example(rule, row) for row in table(rule.clauses)]
    moments = [moment for moment in found if moment is not None]
    assert len(moments) > len(found) / 2  # the search does not find records for every row
    for moment in moments:
        assert not differences(EVERY, COMPILED, given_of(rule, moment), "people")


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.decimals(-3, 3, places=1),
    st.floats(allow_nan=True),
    st.sampled_from(
        ["", " ", "lead", "LEAD ", "customer", "partner", "1", "2", "a;b", "a,b", "a/b"]
    ),
    st.sampled_from(["true", "no", "2026-03-01", "2026-03-02T10:00:00Z", "+49 30 23125001", "\n"]),
    st.sampled_from(["one\ntwo", "two", "one", "x" * 9, "12.50", "CRM"]),
    st.text(max_size=4),
)
values = st.one_of(leaves, leaves, st.lists(leaves, max_size=3))
names = st.sampled_from(
    ["text", "list", "stage", "level", "flag", "total", "day", "moment", "other"]
)
records = st.dictionaries(names, values, max_size=9)
maybe = st.none() | records
labels = st.frozensets(st.sampled_from([rule.label for rule in EVERY.rules]))


@st.composite
def pairs(draw: st.DrawFn) -> Given:
    """Any pair of records, often one that was in step before."""
    left, right = draw(records), draw(records)
    before = draw(st.none() | st.tuples(maybe, maybe) | st.just((left, right)))
    if before == (left, right):
        left = {**left, **draw(records)}
        right = {**right, **draw(records)}
    event = draw(st.sampled_from(["create", "initial", "update", "reactivation"]))
    made = draw(st.booleans()) if event == "create" else None
    return Given(
        event,
        None if made is True else left,
        None if made is False else right,
        before,
        draw(st.none() | st.tuples(maybe, maybe)),
        draw(st.none() | labels),
    )


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_any_records_end_as_decided(pair: Given) -> None:
    assert not differences(EVERY, COMPILED, pair, "people")


def _in(module: Any, situation: Situation) -> Any:
    """The situation in the module's own words."""
    return module.Situation(
        *(
            answer if answer is None or isinstance(answer, bool)
            else getattr(module, type(answer).__name__)(answer.value)
            for answer in situation
        )
    )  # fmt: skip


# ── what a decision says ─────────────────────────────────────────────────────────────────────────

CONTACTS = """
mapping contacts: hubspot.contacts <-> dynamics.contact {
  usual   skip blanks
  source: hubspot.first -> dynamics.source on create only, values sources
  phone:  dynamics.phone <-> hubspot.phone, most recent wins
  tags:   hubspot.tags <-> dynamics.tags union
  ref:    hubspot.id -> dynamics.ref once
  title:  hubspot.title <-> dynamics.title
}
values sources {
  WEB -> 8
  otherwise reject
}
"""
contacts: Any = module_of(policy_of(CONTACTS)).contacts


def decided(label: str, left: Any, right: Any, event: str, **more: Any) -> list[tuple[Any, ...]]:
    return [
        tuple(each)[1:]
        for each in contacts.decide(left, right, event=event, **more)
        if each.rule == label
    ]


def test_a_decision_names_the_clause_as_it_is_written() -> None:
    assert decided("source", {"first": "WEB"}, {"source": 3}, "reactivation") == [
        ("dynamics", "right", "source", "keep", 3, 3, "on create only",
         "the event is not among the rule's")
    ]  # fmt: skip
    assert decided("source", {"first": "FAX"}, None, "create") == [
        ("dynamics", "right", "source", "reject", None, None, "values sources",
         "the value cannot be converted")
    ]  # fmt: skip


def test_where_no_clause_is_written_a_decision_says_what_holds_without() -> None:
    assert decided("source", {"first": "WEB"}, None, "create") == [
        ("dynamics", "right", "source", "write", None, 8, "the source gives", "the source gives")
    ]


def test_a_usual_clause_is_named_too() -> None:
    (decision,) = decided("source", {"first": None}, None, "create")
    assert decision[3:] == ("keep", None, None, "skip blanks", "a blank is skipped")


def test_a_rule_that_stands_the_other_way_round_speaks_of_the_sides_of_the_mapping() -> None:
    times = {"phone": "2026-03-02"}, {"phone": "2026-03-01"}
    pair = {"phone": "1"}, {"phone": "2"}
    assert decided("phone", *pair, "initial", times=times) == [
        ("dynamics", "right", "phone", "write", "2", "1", "most recent wins",
         "the more recent value gives")
    ]  # fmt: skip
    assert decided("phone", *pair, "initial", times=times[::-1])[0][:4] == (
        "hubspot", "left", "phone", "write",
    )  # fmt: skip


def test_a_two_way_rule_that_writes_neither_side_speaks_of_none() -> None:
    assert decided("title", {"title": "a"}, {"title": "b"}, "initial") == [
        (None, None, None, "conflict", None, None,
         "both sides have a claim and no winner is named",
         "both sides have a claim and no winner is named")
    ]  # fmt: skip


def test_what_was_held_before_tells_who_was_edited() -> None:
    pair = {"title": "a"}, {"title": "b"}
    before = {"title": "b"}, {"title": "b"}
    assert decided("title", *pair, "update", before=before)[0][:6] == (
        "dynamics", "right", "title", "write", "b", "a",
    )  # fmt: skip
    assert decided("title", *pair, "update", before=(None, None))[0][3] == "conflict"


def test_both_sides_may_be_added_to() -> None:
    found = decided("tags", {"tags": ["a"]}, {"tags": ["b"]}, "initial")
    assert [each[:6] for each in found] == [
        ("hubspot", "left", "tags", "add", ["a"], ["a", "b"]),
        ("dynamics", "right", "tags", "add", ["b"], ["b", "a"]),
    ]


def test_a_rule_that_wrote_before_is_known_by_its_label() -> None:
    pair = {"id": 7}, {"ref": None}
    assert decided("ref", *pair, "update")[0][3] == "write"
    assert decided("ref", *pair, "update", written=None)[0][3] == "write"  # nobody knows
    assert decided("ref", *pair, "update", written=["ref"])[0][3:] == (
        "keep", None, None, "once", "the rule has written once before",
    )  # fmt: skip
    assert decided("ref", *pair, "update", written="ref")[0][3] == "keep"
    assert decided("ref", *pair, "update", written="prefix")[0][3] == "write"


@pytest.mark.parametrize(
    ("event", "left", "right", "message"),
    [
        ("created", {}, None, "there is no event 'created'; the events are create, initial, "),
        ("create", {}, {}, "on create one of the two records exists, not 2"),
        ("create", None, None, "on create one of the two records exists, not 0"),
        ("update", {}, None, "on update both records exist, not 1"),
    ],
)
def test_what_cannot_be_asked_is_told(event: str, left: Any, right: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        contacts.decide(left, right, event=event)


def test_rules_can_be_had_by_their_labels() -> None:
    assert contacts.rule("phone").label == "phone"
    assert contacts.rule("phone").flipped
    assert contacts.rule("ref").clauses == {"write mode": "once", "blanks": "skip blanks"}


def test_every_reason_comes_from_a_clause_or_from_none() -> None:
    kinds = {kind.value for kind in Kind}
    named = {reason: runtime._KINDS.get(reason, ()) for reason in Reason}
    assert {kind for found in named.values() for kind in found} <= kinds
    assert {reason for reason, found in named.items() if not found} == {
        Reason.ARROW, Reason.AGREE, Reason.UNCHANGED, Reason.UNEDITED, Reason.NO_WINNER,
        Reason.ONE_CHANGED, Reason.OTHER_BLANK, Reason.SOURCE,
    }  # fmt: skip


# ── the module ───────────────────────────────────────────────────────────────────────────────────


def test_it_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    """In an interpreter without our code, without installed packages, and with all warnings on."""
    policy = policy_of(EVERY_CLAUSE.replace("phone_4:", "# phone_4:"))
    (tmp_path / "any_name.py").write_text(to_python(policy), encoding="utf-8")
    (tmp_path / "other.py").write_text(to_python(policy_of(CONTACTS)), encoding="utf-8")
    program = """
import json, sys
folder, *pair = json.loads(sys.stdin.read())
sys.path.insert(0, folder)
import any_name, other
assert other.Situation is not any_name.Situation
assert not [name for name in sys.modules if name.split(".")[0] in ("syncdsl", "phonenumbers")]
found = any_name.people.decide(*pair, event="reactivation")
print(json.dumps([each[:6] for each in found], default=str))
"""
    pair = {"text": "LEAD", "total": 7, "flag": True}, {"text": "b", "total": 9, "list": ["x"]}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "-c", program],
        input=json.dumps([str(tmp_path), *pair]),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.stderr
    here = module_of(policy).people.decide(*pair, event="reactivation")
    assert json.loads(done.stdout) == json.loads(
        json.dumps([each[:6] for each in here], default=str)
    )


def test_a_rule_that_needs_phonenumbers_says_so_when_it_is_asked(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(to_python(EVERY), encoding="utf-8")
    program = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
import rules
try:
    rules.people.decide({{"text": "030 23125001"}}, {{}}, event="initial")
except rules.MissingLibrary as missing:
    print(missing)
"""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "phonenumbers" in done.stdout


@pytest.mark.parametrize("text", [EVERY_CLAUSE, CONTACTS, "source: hubspot -> dynamics", ""])
def test_it_is_clean_and_laid_out_as_we_do(text: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.py"
    path.write_text(to_python(policy_of(text)), encoding="utf-8")
    for arguments in (["check", "--select", "F,E9"], ["format", "--check", "--line-length", "100"]):
        done = subprocess.run(
            [Path(sys.executable).with_name("ruff"), *arguments, "--isolated", "--no-cache", path],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_the_same_on_every_run() -> None:
    program = """
import sys
from syncdsl.compile import FORMS
from tests.compile.policies import EVERY_CLAUSE, policy_of
sys.stdout.reconfigure(encoding="utf-8")
print(*(form(policy_of(EVERY_CLAUSE)) for form in FORMS.values()))
"""
    root = Path(__file__).parents[2]
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_the_example_at_its_top_runs(capsys: pytest.CaptureFixture[str]) -> None:
    example = _indented(COMPILED.__doc__ or "", "from rules import")
    sys.modules["rules"] = COMPILED
    try:
        exec(example, {})
    finally:
        del sys.modules["rules"]
    assert "shop text" in capsys.readouterr().out
    assert 5 <= len(example.splitlines()) <= 6


def test_its_top_says_where_the_mappings_begin() -> None:
    text = to_python(EVERY)
    line = int(text.split("From line ")[1].split()[0])
    assert text.splitlines()[line - 1].startswith("# ══ mappings ═")


def test_a_rule_stands_below_its_doc_and_its_own_words() -> None:
    text = to_python(EVERY)
    assert (
        "        # Written once, when the record is made.\n"
        '        # create_0:   crm.text -> shop.text on create only, default "new"\n'
        "        Rule(\n"
        '            "create_0",\n'
    ) in text
    assert (
        '# People.\n# Their second line: "quoted", \\ and `ticked`.\n# people: crm.person <->'
        in text
    )


def _indented(text: str, start: str) -> str:
    """The indented block that starts so, without its indentation."""
    lines = text[text.index(start) - 4 :].splitlines()
    block = []
    for line in lines:
        if line and not line.startswith("    "):
            break
        block.append(line[4:])
    return "\n".join(block).strip("\n")


# ── names ────────────────────────────────────────────────────────────────────────────────────────

_RULE = "{ r: a.p -> b.q }"


def _names(*mappings: str, before: str = "") -> list[str]:
    text = before + "\n".join(f"mapping {name}: a.x <-> b.y {_MULTI}" for name in mappings)
    module = module_of(policy_of(text))
    found = [
        name for name in module.__all__ if name not in ("MAPPINGS", "Decision", "PolicyMapping")
    ]
    assert [id(getattr(module, name)) for name in found] == [id(each) for each in module.MAPPINGS]
    decisions = module.MAPPINGS[-1].decide({"p": 1}, {"q": 2}, event="initial")
    assert [each.outcome for each in decisions] == ["write"]
    return found


_MULTI = "{\n  r: a.p -> b.q\n}\n"


def test_mappings_keep_their_names_where_python_allows() -> None:
    assert _names("people", "deals-2", "`2nd try`", "größe") == [
        "people", "deals_2", "mapping_2nd_try", "größe",
    ]  # fmt: skip


def test_names_that_python_needs_are_left_alone() -> None:
    names = ["class", "list", "text", "Rule", "None", "decide", "__name__", "match", "TABLE_1"]
    found = _names(*names)
    assert found == [
        "class_",
        "list_",
        "text_",
        "Rule_",
        "None_",
        "decide",
        "name",
        "match",
        "TABLE_1",
    ]
    assert not {*dir(builtins), *pasted().names} & set(found)


def test_names_that_would_be_the_same_are_told_apart() -> None:
    found = _names("a-b", "a_b", "`a b`", "`ﬁle`", "file", "`!`", "`?`")
    assert found == ["a_b", "a_b_2", "a_b_3", "file", "file_2", "mapping", "mapping_2"]
    assert len({unicodedata.normalize("NFKC", name) for name in found}) == len(found)


def test_a_files_own_mapping_is_called_by_its_systems() -> None:
    assert _names(before="r: a.p -> b.q\n") == ["a_b"]
    assert _names("a_b", before="r: a.p -> b.q\n") == ["a_b_2", "a_b"]


# ── texts of users ───────────────────────────────────────────────────────────────────────────────

NASTY = [
    'x"""\nimport os\n"""',
    "x\rimport os",
    "x\x0cimport os",
    "x\u2028import os\u2029import os\x85import os",
    "\u202eos tropmi\u2066",
    "back\\slash\\",
    "'single' and \"double\"",
    "{line} {} %s \\N{DIGIT ONE}",
    "nul\0",
    "\ud800",
    "# coding: latin-1",
    "ß €",
]


@pytest.mark.parametrize("nasty", NASTY, ids=ascii)
def test_no_text_of_a_user_breaks_out(nasty: str) -> None:
    policy = _with_texts(policy_of(CONTACTS), nasty)
    text = to_python(policy)
    text.encode()
    assert all(letter.isprintable() or letter == "\n" for letter in text)
    module = module_of(policy)
    assert not hasattr(module, "os")
    (mapping,) = module.MAPPINGS
    found = mapping.decide({nasty: nasty}, None, event="create")
    assert (found[0].rule, found[0].property, found[0].new) == (nasty, nasty, nasty)


def _with_texts(policy: Policy, nasty: str) -> Policy:
    """The policy with one text in all places where a user may write any."""
    (mapping,) = policy.mappings
    rule = mapping.rules[0]
    source = type(mapping.source)(nasty, nasty)
    assert rule.values is not None and rule.left is not None and rule.right is not None
    conversion = rule.wiring.forward
    assert conversion.values is not None
    entry = conversion.values.entries[0]._replace(given=nasty, becomes=nasty)
    map_ = conversion.values._replace(entries=(entry,), fallback=nasty)
    rule = rule._replace(
        label=nasty,
        doc=nasty,
        span=rule.span._replace(source=source, start=0, end=len(nasty)),
        left=rule.left._replace(name=nasty),
        right=rule.right._replace(name=nasty),
        values=rule.values._replace(name=nasty),
        written=tuple(
            each._replace(span=rule.span._replace(source=source, start=0, end=len(nasty)))
            for each in rule.written
        ),
        wiring=rule.wiring._replace(
            left=rule.wiring.left._replace(name=nasty),
            right=rule.wiring.right._replace(name=nasty),
            forward=conversion._replace(values=map_),
            default=nasty,
        ),
    )
    mapping = mapping._replace(
        name=nasty,
        doc=nasty,
        left=(nasty, nasty),
        right=(nasty, nasty),
        rules=(rule,),
        source=source,
    )
    return policy._replace(mappings=(mapping,))


# ── values ───────────────────────────────────────────────────────────────────────────────────────


def test_values_that_python_takes_for_one_stay_apart() -> None:
    module = module_of(
        policy_of(
            "mapping m: a.x <-> b.y {\n  one: a.p -> b.q values numbers\n"
            "  two: a.p -> b.r values truths\n  three: a.p -> b.s default 1.50\n}\n"
            "values numbers {\n  1 -> 0\n}\nvalues truths {\n  1 -> false\n}\n"
        )
    )
    found = [each.new for each in module.m.decide({"p": 1}, None, event="create")]
    assert [repr(each) for each in found] == ["0", "False", "1"]
    (default,) = module.m.decide({"p": ""}, None, event="create")[2:]
    assert repr(default.new) == repr(Decimal("1.50"))


def test_a_condition_may_be_deeper_than_pythons_brackets() -> None:
    policy = policy_of("mapping m: a.x <-> b.y {\n  r: a.p -> b.q when a.p = 1\n}\n")
    (mapping,), (rule,) = policy.mappings, policy.rules
    guard: Condition = IsBlank(Operand(Side.LEFT, "r"))
    for number in range(60):
        other = Compare(Operand(Side.LEFT, "q"), "=", number, None)
        guard = AllOf((Negation(other), Negation(AnyOf((other, guard)))))
    rule = rule._replace(wiring=rule.wiring._replace(guard=guard))
    policy = policy._replace(mappings=(mapping._replace(rules=(rule,)),))
    module = module_of(policy)
    for record in ({"q": 7, "r": 1}, {"q": 99, "r": 1}, {"q": 99}, {}):
        assert not differences(policy, module, Given("initial", {"p": 1, **record}, {}), "m")


def test_a_policy_without_mappings_is_a_module_too() -> None:
    module = module_of(Policy())
    assert module.MAPPINGS == ()


def test_events_that_never_happen_are_a_table_too() -> None:
    (rule,) = module_of(
        policy_without_text([Clauses(EVERY.rules[0].clauses.arrow, events=())])
    ).everything.rules
    assert rule.table.outcome(None).reason.value == "the event is not among the rule's"
