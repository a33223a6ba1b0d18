"""Whatever interrupts a write, the file is as it was or as it should be, whole."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from repairing import table_bytes

from claimtrack.contribute.fmt import formatted, save
from claimtrack.contribute.merge_files import merge_files
from claimtrack.package.write import csv_line, csv_text, write_whole
from claimtrack.schema import table_schema
from frozen import frozen

OLD, NEW = b"old\n" * 1000, b"new\n" * 100_000


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException) -> Iterator[None]:
    """One step of the operating system fails."""

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(os, step, fail)
        yield


ERRORS: list[BaseException] = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EIO, "Input/output error"),
    KeyboardInterrupt(),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__ + str(getattr(error, "errno", "")))
@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_step_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(OLD)
    with failing(monkeypatch, step, error), pytest.raises(type(error)):
        write_whole(path, NEW)
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fills_up_while_writing(tmp_path: Path) -> None:
    """The limit on the size of files stands in for a full disk: the write itself fails half-way."""
    path = tmp_path / "claims.csv"
    path.write_bytes(OLD)
    program = (
        "import resource, signal, sys; from pathlib import Path; from claimtrack.package.write import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "write_whole(Path(sys.argv[1]), b'new' * 100000)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    assert "File too large" in done.stderr
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_killed_at_any_moment_there_is_the_old_or_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(OLD)
    program = (
        "import sys; from pathlib import Path; from claimtrack.package.write import write_whole\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    for text in (b'old\\n' * 1000, b'new\\n' * 100000): write_whole(Path(sys.argv[1]), text)\n"
    )
    for pause in (0.0, 0.003, 0.011):
        process = subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert path.read_bytes() in (OLD, NEW)


def test_a_new_file_and_the_mode_of_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    mask = os.umask(0o027)
    try:
        write_whole(path, "é\n")
    finally:
        os.umask(mask)
    assert path.read_bytes() == b"\xc3\xa9\n"
    assert path.stat().st_mode & 0o777 == 0o640
    path.chmod(0o600)
    write_whole(path, "new\n")
    assert path.stat().st_mode & 0o777 == 0o600


def test_rows_as_text() -> None:
    schema = table_schema("relays")
    rows = [{"claim_id": 'a "b", c', "hop": "1"}, {"relayer_id": "x"}]
    assert csv_text(schema, rows) == 'claim_id,hop,relayer_id\n"a ""b"", c",1,\n,,x\n'
    assert csv_line(["a", "", "b;c"]) == "a,,b;c\n"
    with pytest.raises(KeyError, match="other"):
        csv_text(schema, [{"other": "x"}])


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No new file can be made, whoever runs the tests."""

    def refuse(path: Path, mode: int = 0o666, exist_ok: bool = True) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_formatting_in_a_read_only_folder(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    cleaned = next(one for one in formatted(frozen("valid", tmp_path)) if one.changed)
    before = content(tmp_path / "data")
    request.getfixturevalue("read_only")
    with pytest.raises(PermissionError):
        save(cleaned)
    assert content(tmp_path / "data") == before


def test_merging_in_a_read_only_folder(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, title in zip(paths, ("A", "A", "B"), strict=True):
        path.write_bytes(table_bytes("sources", [{"source_id": "a", "title": title}]))
    before = content(tmp_path)
    request.getfixturevalue("read_only")
    with pytest.raises(PermissionError):
        merge_files(*paths, "data/sources.csv")
    assert content(tmp_path) == before
