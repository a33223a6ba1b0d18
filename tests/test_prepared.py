"""A call that is a fork of what is imported ends, reads and writes as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

import prepared


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("sys.exit(3)", 3),
        ("raise SystemExit('no')", 1),
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
        ("os.kill(os.getppid(), signal.SIGKILL)", prepared.NO_ANSWER),  # nobody is left who could say how it ended
    ],
)
def test_how_a_call_ends(code: str, expected: int) -> None:
    command = prepared.python(f"import os, signal, sys; {code}")
    assert subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == expected


def test_what_a_call_is_given(tmp_path: Path) -> None:
    code = "import os, sys; print(os.getcwd(), os.environ['ONE'], 'PATH' in os.environ, sys.argv[1:], sys.stdin.read())"
    command = prepared.python(code, "a b", tmp_path)
    done = subprocess.run(
        command, input="é", cwd=tmp_path, env={"ONE": "1"}, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{tmp_path} 1 False ['a b', '{tmp_path}'] é\n"


def test_a_call_ends_with_who_asked_for_it(tmp_path: Path) -> None:
    command = prepared.python("import os, time; print(os.getpid(), flush=True); time.sleep(60)")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout
        worker = int(asking.stdout.readline())
        asking.kill()
    ended = time.monotonic() + 10
    while is_there(worker):
        assert time.monotonic() < ended
        time.sleep(0.01)


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
