"""Repositories with a pull request in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from runner import Run, reviewed

import prepared
from mutations import valid
from repository import Repository

Change = Callable[[Path], object]


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """A folder for PATH in which claimtrack is the one that is tested."""
    folder = tmp_path / "bin"
    folder.mkdir()
    shim = folder / "claimtrack"
    shim.write_text(prepared.script(shim))
    shim.chmod(0o755)
    return folder


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository with a sound package in the folder `package`, and an older commit."""
    made = Repository.made(tmp_path / "origin", monkeypatch)
    made.commit("before there was a package")
    valid(made.folder / "package")
    made.commit("package")
    return made


@pytest.fixture
def review(origin: Repository, command: Path, tmp_path: Path) -> Callable[..., Run]:
    """Let a pull request make a change, check out the commit that merges it as GitHub does, and review that."""

    def run(change: Change, **more: str) -> Run:
        origin.git("switch", "--quiet", "-c", "contribution")
        change(origin.folder / "package")
        origin.commit("contribution")
        origin.git("switch", "--quiet", "main")
        origin.git("merge", "--quiet", "--no-ff", "contribution")
        merge = tmp_path / "checkout"
        origin.git("clone", "--quiet", "--depth", "2", f"file://{origin.folder}", str(merge))
        return reviewed(merge, tmp_path, command, **more)

    return run
