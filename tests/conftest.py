"""What all tests share: how hard hypothesis tries (`--hypothesis-profile=thorough` for much harder, once a week)."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

settings.register_profile("thorough", max_examples=3_000, deadline=None)
settings.register_profile("ci", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("untimed", deadline=None)
# No test fails for taking long: the machine may be busy with something else.
settings.load_profile("ci" if os.environ.get("CI") else "untimed")


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system says of every file and folder that it may not be written to. Of a super-user's it never would."""
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK and allowed(path, mode))


def pytest_collection_finish() -> None:
    """Python's collector looks no more through what is imported by now, where a sixteenth of the time went."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)
