"""Words for lists of names: what was meant, and what would have been accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MAX_LISTED = 8  # more than this is no longer read
LONG_ENOUGH = 5  # letters, for the beginning of a word to tell what was meant


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The one known name that is nearest to a word, if one is near."""
    best, best_distance = None, max(1, len(word) // 3) + 1
    for name in known:
        if name == word or abs(len(name) - len(word)) >= best_distance:
            continue
        distance = _distance(word.casefold(), name.casefold(), best_distance)
        if distance < best_distance:
            best, best_distance = name, distance
    return best


def one_of(names: Sequence[str], quote: str = "`", last: str = "or") -> str:
    """`a`, `b` or `c`."""
    quoted = [f"{quote}{name}{quote}" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def few_of(names: Sequence[str], more: str = "more", quote: str = "`") -> str:
    """`a`, `b` and `c`, or of many the first ones: `a`, `b` … and 3 more."""
    if len(names) <= MAX_LISTED:
        return one_of(names, quote, last="and")
    first = ", ".join(f"{quote}{name}{quote}" for name in names[:MAX_LISTED])
    return f"{first} and {len(names) - MAX_LISTED} {more}"


def hint(word: str, known: Sequence[str], kind: str) -> str:
    """What to say after "there is no such name": the nearest name, or the list if it is short."""
    near = did_you_mean(word, known) or beginning(word, known)
    if near is not None:
        return f"did you mean `{near}`?"
    if not known:
        return f"there is no {kind} yet"
    if len(known) <= MAX_LISTED:
        return f"known: {one_of(known, last='and')}"
    return f"there are {len(known)} of them, none with a similar name"


def beginning(word: str, known: Sequence[str]) -> str | None:
    """The one name that begins the word, as `lower` does `lowercase`."""
    long_enough = [each for each in known if len(each) >= LONG_ENOUGH]
    found = [each for each in long_enough if word.casefold().startswith(each.casefold())]
    return found[0] if len(found) == 1 else None


def _distance(left: str, right: str, limit: int) -> int:
    """Edits (insert, drop, replace, swap two neighbours) between two words, up to a limit."""
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, char in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            cost = min(
                above[column] + 1,
                current[column - 1] + 1,
                above[column - 1] + (char != other),
            )
            swapped = row > 1 and column > 1 and char == right[column - 2]
            if swapped and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) >= limit:
            return limit
        before, above = above, current
    return above[-1]
