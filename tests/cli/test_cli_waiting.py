"""A sign of life: late, on a terminal, and gone afterwards."""

from __future__ import annotations

import io
import time
from contextlib import redirect_stderr

import pytest

from claimtrack.cli.waiting import waiting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_long_work_is_announced() -> None:
    with redirect_stderr(Terminal()) as terminal, waiting("Reading the package", patience=0.0):
        time.sleep(0.6)
    assert "Reading the package …" in terminal.getvalue()


def test_short_work_is_not() -> None:
    with redirect_stderr(Terminal()) as terminal, waiting("Reading the package", patience=30.0):
        pass
    assert terminal.getvalue() == ""


def test_work_is_not_announced_where_nobody_watches() -> None:
    with redirect_stderr(io.StringIO()) as screen, waiting("Reading the package", patience=0.0):
        time.sleep(0.05)
    assert screen.getvalue() == ""


def test_a_failure_passes_through() -> None:
    with (
        redirect_stderr(Terminal()),
        pytest.raises(ValueError, match="broken"),
        waiting("Reading the package", patience=30.0),
    ):
        raise ValueError("broken")


def test_an_announcement_that_comes_too_late_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The timer fires while the work ends."""
    shows = []

    class Late:
        daemon = False

        def __init__(self, patience: float, show: object) -> None:
            shows.append(show)

        def start(self) -> None: ...

        def cancel(self) -> None: ...

    monkeypatch.setattr("claimtrack.cli.waiting.Timer", Late)
    with redirect_stderr(Terminal()) as terminal:
        with waiting("Reading the package"):
            pass
        shows[0]()
    assert terminal.getvalue() == ""
