"""A sign of life is for terminals, and only where somebody would wonder."""

import io
import time

import pytest

from syncdsl.cli import progress
from syncdsl.cli.progress import working


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def said(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, seconds: float) -> str:
    monkeypatch.setattr(progress, "PATIENCE", 0.02)
    monkeypatch.setattr("sys.stderr", stream)
    with working("checking 3 files"):
        time.sleep(seconds)
    return stream.getvalue()


def test_long_work_is_told_and_what_was_told_is_wiped_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = said(monkeypatch, Terminal(), 0.3)
    assert text.startswith("\rchecking 3 files … 0 s")
    assert text.endswith("\r\033[K")


def test_short_work_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, Terminal(), 0) == ""


def test_what_is_no_terminal_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, io.StringIO(), 0.1) == ""
