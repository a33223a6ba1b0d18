"""A disk that fills up in the middle of a write, and a process that is killed there, leave the old state or the new."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import prepared

_WRITE = """
import errno, os, resource, sys
from pathlib import Path
from claimtrack.package.write import write_whole

path, room, kill = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "kill"
if kill:
    os.fsync = lambda handle: os.kill(os.getpid(), 9)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    write_whole(path, b"new" * 100_000)
except OSError as error:
    sys.exit(0 if error.errno == errno.EFBIG else 3)
sys.exit(4)
"""
_INIT = """
import errno, resource, sys
from pathlib import Path
from claimtrack.contribute.init import create

room = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    create(Path(sys.argv[1]))
except OSError as error:
    sys.exit(0 if error.errno == errno.EFBIG else 3)
sys.exit(4)
"""


def run(script: str, *arguments: object) -> int:
    return subprocess.run(prepared.python(script, *arguments), timeout=60, check=False).returncode


@pytest.mark.parametrize("room", [0, 1, 4096, 299_999])
def test_without_room_the_old_file_stays(tmp_path: Path, room: int) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("old")
    assert run(_WRITE, path, room, "full") == 0
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["claims.csv"]


def test_killed_before_the_file_is_in_its_place_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("old")
    assert run(_WRITE, path, 10**6, "kill") == -9
    assert path.read_text() == "old"


@pytest.mark.parametrize("room", [0, 200, 5000])
def test_without_room_no_half_package_is_made(tmp_path: Path, room: int) -> None:
    assert run(_INIT, tmp_path / "new", room) == 0
    assert list(tmp_path.iterdir()) == []
