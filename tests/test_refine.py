"""Where two tables say that a change writes nothing more, no two records are written more."""

from hypothesis import assume, event, given
from hypothesis import strategies as st

from syncdsl.policy import Policy, Rule
from syncdsl.refine import kept, refines, writes_more
from syncdsl.semantics.decide import decide
from syncdsl.semantics.observe import Moment, effects, observe
from syncdsl.semantics.table import questions
from syncdsl.situation import Action, Side
from tests.check.reading import understood
from tests.semantics.build import rule
from tests.semantics.random_policies import CONVERSIONS, GUARDS, MODES, ON, WINNERS, moments

BLANKS = ("", "clear blanks", "clear emptied")


@st.composite
def changes(draw: st.DrawFn) -> tuple[Rule, Rule]:
    """A rule before and after a change of its clauses, in which its ends and conversion stay."""
    arrow = draw(st.sampled_from(["->", "<-", "<->"]))
    conversion = draw(st.sampled_from(CONVERSIONS))
    return (
        draw(clauses_of(arrow, conversion, draw(st.sampled_from(GUARDS)))),
        draw(clauses_of(arrow, conversion, draw(st.sampled_from(GUARDS)))),
    )


@st.composite
def clauses_of(draw: st.DrawFn, arrow: str, conversion: str, guard: str) -> Rule:
    mode = draw(st.sampled_from(MODES))
    said = [conversion, mode, draw(st.sampled_from(ON)), guard]
    if mode == "":
        said.append(draw(st.sampled_from(BLANKS)))
    if arrow == "<->":
        said.append(draw(st.sampled_from(WINNERS)))
    return rule(f"crm.x {arrow} erp.y {', '.join(filter(None, said))}")


def written(of: Rule, moment: Moment) -> set[Side]:
    asks = questions(of.clauses)
    outcome = decide(of.clauses, observe(of.wiring, asks, moment))
    return {
        effect.side
        for effect in effects(of.wiring, asks, moment, outcome)
        if outcome.action in (Action.WRITE, Action.ADD, Action.CLEAR)
    }


@given(st.data())
def test_what_refines_is_never_seen_to_write_more(data: st.DataObject) -> None:
    old, new = data.draw(changes())
    assume(refines(alone(new), alone(old)))
    event("refines")
    moment = data.draw(moments(new))
    assert written(new, moment) <= written(old, moment)


def alone(of: Rule) -> Policy:
    """A policy of nothing but this rule."""
    policy = understood("a: crm.x <-> erp.y, ask")
    return policy._replace(mappings=(policy.mappings[0]._replace(rules=(of,)),))


def test_less_is_safe_and_more_is_not() -> None:
    plain = "source: hubspot -> dynamics"
    narrower = ("on create only", "not on reactivation", "if blank", "once", "when hubspot.b = c")
    for clause in narrower:
        assert refined(f"{plain} {clause}", plain), clause
        assert not refined(plain, f"{plain} {clause}"), clause
    for clause in ("clear blanks", "clear emptied", "as lower", "default x"):
        assert not refined(f"{plain}, {clause}", plain), clause
    assert refined(f"{plain}, owned by hubspot", plain)
    assert refined("", plain)


def test_another_end_another_mapping_or_another_condition_is_more() -> None:
    plain = "source: hubspot -> dynamics"
    assert not refined("source: hubspot -> dynamics.origin", plain)
    assert not refined(f"{plain} when hubspot.b = d", f"{plain} when hubspot.b = c")
    mapping = "mapping m: a.x -> b.y {{\n  match k = k{}\n  s: a -> b\n}}\n"
    assert not refined(mapping.format(" as lower"), mapping.format(""))


def test_a_winner_instead_of_none_writes_more_and_asking_does_not() -> None:
    plain = "source: hubspot <-> dynamics"
    assert not refined(f"{plain}, hubspot wins", plain)
    assert refined(f"{plain}, ask", plain)
    assert refined(f"{plain}, ask", f"{plain}, hubspot wins")
    assert not refined(f"{plain}, dynamics wins", f"{plain}, hubspot wins")


def test_who_writes_more_is_told_and_how_much_is_left() -> None:
    old = understood("a: hubspot -> dynamics if blank\nb: hubspot -> dynamics")
    new = understood("a: hubspot -> dynamics\nb: hubspot -> dynamics not on reactivation")
    assert [each.label for each in writes_more(new, old)] == ["a"]
    smaller = understood("b: hubspot -> dynamics on create only")
    assert 0 < kept(smaller, old) < kept(new, old)


def refined(new: str, old: str) -> bool:
    return refines(understood(new), understood(old))
