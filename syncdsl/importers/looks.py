"""
What a file looks like, for those who gave the wrong one: another kind, a web page, an archive.

Only a hint comes of it. Nothing is ever read as another kind than the one that was asked for.
"""

from __future__ import annotations

import re

# How files begin that nobody can look into as a text.
_BEGINNINGS = (
    (b"PAR1", "a Parquet file", "parquet"),
    (b"SQLite format 3\0", "an SQLite database", "sqlite"),
    (b"PK\x03\x04", "a ZIP archive, as an Excel workbook is one too", None),
    (b"\x1f\x8b", "a file that gzip has packed", None),
    (b"%PDF", "a PDF", None),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or another Office file", None),
)
_WEB_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_METADATA = re.compile(r"<(?:\w+:)?Edmx\b", re.I)


def binary(data: bytes, kind: str) -> str | None:
    """What a file is instead of the text that it should be, if its beginning shows that."""
    for beginning, words, own in _BEGINNINGS:
        if data.startswith(beginning) and own != kind:
            hint = "" if own is None else f"; import it with `syncdsl schema import {own}`"
            return f"this is {words}{hint}"
    return None


def not_json(text: str) -> tuple[str, ...] | None:
    """What a text is instead of JSON, if its beginning shows that."""
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return None
    if not text.strip():
        return ("this file is empty",)
    if web_page(text):
        return _A_WEB_PAGE
    if text.lstrip().startswith("<"):
        if _METADATA.search(text[:2000]):
            return (use("this is a `$metadata` document", "dataverse"),)
        return ("this is XML, not JSON",)
    return None


def web_page(text: str) -> bool:
    return _WEB_PAGE.match(text[:2000]) is not None


_A_WEB_PAGE = (
    "this is a web page, not the answer of an API",
    "pages like this come back when a sign-in is missing or has ended",
)


def use(words: str, kind: str) -> str:
    return f"{words}; import it with `syncdsl schema import {kind}`"
