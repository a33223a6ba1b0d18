"""A package to be broken, and short words for what is found in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.problems import Problem
from claimtrack.structure import Raw, read
from mutations import valid

Place = tuple[str, int | None, int | None]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The folder of a fresh copy of the valid package."""
    return valid(tmp_path / "package").parent


@pytest.fixture
def read_with(package: Path) -> Callable[..., Raw]:
    """Read the valid package with the text of some tables replaced."""

    def read_changed(**tables: str | bytes) -> Raw:
        for name, text in tables.items():
            (package / "data" / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
        return read(package / "datapackage.json")

    return read_changed


@pytest.fixture
def places() -> Callable[[list[Problem]], list[Place]]:
    """Code, line and column of problems, sorted."""
    return lambda problems: sorted((one.code, one.line, one.column) for one in problems)
