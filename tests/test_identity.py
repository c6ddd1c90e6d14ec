"""A finding keeps its identity when the text around it changes, and shares it with no other."""

from syncdsl.diagnostic import Diagnostic, Severity, Story
from syncdsl.identity import identities
from syncdsl.source import Source, Span


def told(text: str, about: str, path: str = "a.sync", **more: object) -> Diagnostic:
    source = Source(path, text)
    start = text.index(about)
    place = Span(source, start, start + len(about))
    found = Diagnostic("a-code", Severity.WARNING, "`x` overwrites `y`", place, rule="m.source")
    return found._replace(**more)  # type: ignore[arg-type]


def same(one: Diagnostic, other: Diagnostic) -> bool:
    return identities([one]) == identities([other])


FOUND = told("source: a -> b\n", "source")


def test_it_stays_when_lines_are_moved() -> None:
    assert same(FOUND, told("# more\n\nother: c -> d\nsource: a -> b\n", "source"))


def test_it_stays_when_the_words_or_the_severity_change() -> None:
    assert same(FOUND, FOUND._replace(message="now `x` writes over `y`", severity=Severity.ERROR))


def test_no_invented_value_is_in_it() -> None:
    assert same(FOUND, FOUND._replace(story=Story(("x is 1",), "1 is gone")))


def test_another_file_code_rule_name_or_place_is_another_finding() -> None:
    others = [
        told("source: a -> b\n", "source", "b.sync"),
        told("source: a -> b\n", "a"),
        FOUND._replace(code="other-code"),
        FOUND._replace(rule="n.source"),
        FOUND._replace(message="`x` overwrites `z`"),
    ]
    assert not any(same(FOUND, other) for other in others)


def test_two_that_are_alike_are_numbered() -> None:
    one, two, three = identities([FOUND, FOUND, FOUND])
    assert len({one, two, three}) == 3
    assert identities([FOUND]) == [one]
