"""Where temporary files find no room, it is said where, and what to do."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from claimtrack import ClaimtrackError, load
from claimtrack.contribute.diff.sides import from_commit
from claimtrack.contribute.overlay import overlaid
from claimtrack.report.findings.order import ordered_on_disk
from claimtrack.temporary import temporary_folder, writing_temporarily
from claimtrack.views.findings import Question, answered
from disputed import disputed
from mutations import valid
from repository import Repository


def full(*_: object, **__: object) -> Any:
    """What a step of the system does where a disk is full."""
    raise OSError(errno.ENOSPC, "Error writing bytes to file. Detail: [errno 28] No space left on device")


class FullFile:
    """A temporary file of which nothing can be written, nor what is left of it as it is closed."""

    def __init__(self, **_: object) -> None: ...

    def __enter__(self) -> FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        full()

    seek = read = write = close = full


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def sliced(descriptor: Path) -> None:
    with closing(answered([descriptor], Question(), 10**9)) as found:
        found.condensed()


def overlay(descriptor: Path) -> None:
    with overlaid(descriptor, []):
        pass


WRITES: list[tuple[str, Callable[[Path], object]]] = [
    ("claimtrack.structure.tables.store.SpooledTemporaryFile", load),
    ("tempfile.TemporaryDirectory", sliced),
    ("claimtrack.partition.linked.feather.write_feather", sliced),
    ("pathlib.Path.write_bytes", sliced),
    ("claimtrack.partition.spooled.pa.OSFile", sliced),
    ("claimtrack.partition.spill.batches_of", sliced),
    ("claimtrack.report.findings.order.SpooledTemporaryFile", lambda _: list(ordered_on_disk([PAIR], "code"))),
    ("pathlib.Path.write_bytes", overlay),
    ("claimtrack.contribute.overlay.copyfile", overlay),
]
"""What finds the disk full, and what is done then."""

PAIR = {"code": "denied", "strength": "definite"}


@pytest.mark.parametrize(("step", "done"), WRITES)
def test_the_folder_that_is_full_is_named(
    tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch, step: str, done: Callable[[Path], object]
) -> None:
    descriptor = disputed(tmp_path / "package")
    monkeypatch.setattr("claimtrack.structure.tables.store.KEPT_BYTES", 0)
    monkeypatch.setattr(step, FullFile if step.endswith("SpooledTemporaryFile") else full)
    with pytest.raises(ClaimtrackError) as told:
        done(descriptor)
    assert str(told.value) == (
        f"there is no room for temporary files in {room} (No space left on device);"
        " free some space there, or set TMPDIR to a folder that has more"
    )
    assert list(room.iterdir()) == []


def test_a_revision_that_finds_no_room(tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Repository.made(tmp_path / "repository", monkeypatch)
    descriptor = valid(made.folder)
    made.commit("first")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ClaimtrackError, match=f"in {room} "):
        from_commit(descriptor, made.git("rev-parse", "HEAD"), "HEAD")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_what_keeps_a_file_from_growing_is_said(room: Path, number: int) -> None:
    with pytest.raises(ClaimtrackError, match=os.strerror(number)), writing_temporarily():
        raise OSError(number, "odd")


def test_anything_else_is_passed_on(room: Path) -> None:
    with pytest.raises(OSError, match="odd"), writing_temporarily():
        raise OSError(errno.EIO, "odd")
    with temporary_folder() as folder:
        assert folder.parent == room
    assert list(room.iterdir()) == []
