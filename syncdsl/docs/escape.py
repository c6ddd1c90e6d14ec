"""
Text from users, made harmless for Markdown.

What stands in policies and schemas may have been written by anybody. In a document it is text and
nothing else: no cell of a table ends in it, no heading or list begins, no HTML gets through, and
what is invisible is shown. Everything is escaped unless it is `Markdown`, which only our own
templates and this package make; so what is forgotten is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Control characters, those that turn the direction of the text, those of no width, and halves of
# characters, which cannot be written to a file.
_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[\s\x85\u2028\u2029]+")

# Entities where not every Markdown knows a backslash before the character.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;", "=": "&#61;"}
_MARKS = re.compile(
    r"[&<>|~\\`*#\[\]{]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside of a word it marks nothing
    r"|^[+=-]|(?:(?<=^\d)|(?<=^\d\d)|(?<=^\d\d\d)|(?<=^\d\d\d\d))[.)](?= |$)"
    r"|!$"  # before a link of ours it would make an image
)
# A code span cannot hold what ends it, nor what ends a cell; nor anything that looks like a tag.
_CODE = re.compile(r"(?! )[^`|\\{}<>&]*(?:[<>]=? [^`|\\{}<>&]*)*(?<! )")


class Markdown(str):
    """Markdown of our own. Any other text is a user's."""

    __slots__ = ()


def text(given: object) -> Markdown:
    """A user's text on one line, with nothing in it that Markdown or HTML would take up."""
    return given if isinstance(given, Markdown) else _escaped(visible(str(given)))


def code(given: object) -> Markdown:
    """A user's name or value as code; as text, if code cannot hold it."""
    shown = visible(str(given)) or "␠"
    return Markdown(f"`{shown}`") if _CODE.fullmatch(shown) else _escaped(shown)


def prose(given: str) -> Markdown:
    """A user's sentences, in which names may stand in backquotes."""
    parts = visible(given).split("`")
    if len(parts) % 2 == 0 or "" in parts[1::2]:
        return text(given)
    return Markdown("".join((_escaped, code)[index % 2](part) for index, part in enumerate(parts)))


def visible(given: str) -> str:
    """A user's text on one line, in which nothing is hidden."""
    return _UNSHOWN.sub("\ufffd", _SPACES.sub(" ", given).strip())


def fill(template: str, **parts: object) -> Markdown:
    """A sentence of ours with users' texts in it."""
    return Markdown(template.format_map({name: text(part) for name, part in parts.items()}))


def listed(parts: Sequence[Markdown], last: str = "and") -> Markdown:
    """a, b and c."""
    if len(parts) < 2:
        return Markdown("".join(parts))
    return Markdown(f"{', '.join(parts[:-1])} {last} {parts[-1]}")


def _escaped(shown: str) -> Markdown:
    return Markdown(_MARKS.sub(_marked, shown))


def _marked(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0]) or f"\\{match[0]}"
