"""Frozen packages: copies of `tests/fixtures/NAME` with the schemas of the library."""

from __future__ import annotations

import shutil
from pathlib import Path

from claimtrack.locate import DESCRIPTOR, shipped_root

FIXTURES = Path(__file__).parent / "fixtures"
LIVE = "live-2022-09-13"
"""The first data set as it was when it was coded."""


def frozen(name: str, folder: Path) -> Path:
    """A fresh copy in `folder`; returns its descriptor."""
    shutil.copytree(FIXTURES / name, folder, dirs_exist_ok=True)
    shutil.copytree(shipped_root() / "schemas", folder / "schemas", dirs_exist_ok=True)
    return folder / DESCRIPTOR
