"""Nothing is fetched, no program is started, and no file is read but those of the package and of Python itself."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

import claimtrack
from claimtrack.locate import shipped_root
from claimtrack.rulebook import rules
from claimtrack.validation import ENGINES
from mutations import build, valid

_HOOK = """
import json, sys
seen = []
WATCHED = ("open", "os.listdir", "os.scandir", "socket.", "subprocess.", "os.exec", "os.spawn", "os.posix_spawn",
           "os.system", "os.fork", "urllib.", "http.", "ftplib.", "ctypes.dlopen", "pty.")
def hook(event, arguments):
    if event.startswith(WATCHED):
        seen.append([event, str(arguments[0]) if arguments else ""])
"""
_WATCH = f"""{_HOOK}
sys.addaudithook(hook)

from claimtrack.discrepancy import compute
from claimtrack.errors import DataError
from claimtrack.package import load
from claimtrack.validation import validate

problems = [one.code for one in validate(sys.argv[1])]
try:
    found = compute(load(sys.argv[1]))
    list(found.pairs()), found.condensed(), found.not_comparable()
except DataError:
    pass
print(json.dumps({{"seen": seen, "problems": problems, "path": sys.path}}))
"""
_WATCH_MANY = f"""{_HOOK}
from claimtrack.validation import validate

engine, sound, *descriptors = sys.argv[1:]
validate(sound, engine)  # imports what is imported late
sys.addaudithook(hook)
found = []
for descriptor in descriptors:
    seen.clear()
    problems = validate(descriptor, engine)
    found.append({{"seen": list(seen), "problems": len(problems), "path": sys.path}})
print(json.dumps(found))
"""
_FAULTS = [[case.edits for case in entry.breaks] for entry in rules().values() if entry.topic == "descriptor"]
# Frictionless is given what is left of the tables, and no descriptor: one case of each fault shows that.
_HOSTILE = {"fast": [edits for cases in _FAULTS for edits in cases], "frictionless": [cases[0] for cases in _FAULTS]}
_TRAPS = {
    "/resources/0/path": "http://127.0.0.1:9/actors.csv",
    "/resources/1/path": "/etc/passwd",
    "/resources/2/schema": "https://127.0.0.1:9/schema.json",
    "/resources/3/schema": "../../../../../../etc/passwd",
    "/resources/4/profile": "https://127.0.0.1:9/profile.json",
    "/profile": "file:///etc/passwd",
}


def watched(script: str, *args: str | Path) -> Any:
    """What a process did, as it says: audited events with their first argument."""
    command = [sys.executable, "-P", "-c", script, *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    return json.loads(done.stdout)


def libraries() -> list[Path]:
    """Where Python, its packages (the zone database among them) and claimtrack's own files are."""
    own = [Path(claimtrack.__file__).parent, shipped_root() / "schemas"]
    return [*(Path(path) for path in sysconfig.get_paths().values()), *own]


# What Python and its numeric libraries look at to know the machine, whatever they are used for.
_MACHINE = (
    "/proc/",
    "/sys/",
    "/dev/null",
    "/dev/urandom",
    "/usr/share/zoneinfo",
    "/usr/lib/",
    "/lib/",
    "/etc/localtime",
)


def strange(seen: list[list[str]], root: Path, searched: Collection[str] = ()) -> list[list[str]]:
    """The events that are neither within the package nor within a library; `searched` is where Python imports from."""
    fine = [root.resolve(), *(path.resolve() for path in libraries())]

    def is_fine(event: str, argument: str) -> bool:
        if not event.startswith(("open", "os.listdir", "os.scandir")):
            return event == "ctypes.dlopen"
        if argument.isdecimal() or argument.startswith(_MACHINE):  # a file that is open already, or the machine
            return True
        if argument in searched:
            return True
        return any(Path(argument).resolve().is_relative_to(folder) for folder in fine)

    return [event for event in seen if not is_fine(*event)]


@pytest.mark.parametrize("patch", [{}, _TRAPS], ids=["sound", "trapped"])
def test_nothing_outside_is_touched(tmp_path: Path, patch: dict[str, str]) -> None:
    descriptor = build(tmp_path, [{"file": "datapackage.json", "patch": patch}])
    found = watched(_WATCH, descriptor)
    assert strange(found["seen"], tmp_path, found["path"]) == []
    assert bool(found["problems"]) == bool(patch)
    opened = {argument for event, argument in found["seen"] if event == "open"}
    assert str(descriptor) in opened, "the watch is blind"


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_that_a_descriptor_names_outside_is_touched(tmp_path: Path, engine: str) -> None:
    """The faults of descriptors and paths that the rulebook knows; tables are empty, so that it takes less time."""
    (tmp_path / "secret.csv").write_text("claim_id,relation,other_id,basis,note\n")
    descriptors = [build(tmp_path / str(at), edits) for at, edits in enumerate(_HOSTILE[engine])]
    for descriptor in descriptors:
        for table in (descriptor.parent / "data").iterdir():
            if table.is_file() and not table.is_symlink() and table.stat().st_size < 2**20:
                table.chmod(0o600)
                table.write_bytes(table.read_bytes().partition(b"\n")[0] + b"\n")
        (descriptor.parent / "data" / "outside.csv").symlink_to(tmp_path / "secret.csv")
    found = watched(_WATCH_MANY, engine, valid(tmp_path / "sound"), *descriptors)
    assert len(found) == len(_HOSTILE[engine])
    for descriptor, told in zip(descriptors, found, strict=True):
        assert strange(told["seen"], descriptor.parent, told["path"]) == []
        assert told["problems"] > 0
        assert str(descriptor) in {argument for event, argument in told["seen"] if event == "open"}, "blind"


def test_the_watch_sees_what_it_is_for(tmp_path: Path) -> None:
    events = [["open", "/etc/passwd"], ["socket.connect", ""], ["subprocess.Popen", "curl"], ["os.listdir", "/etc"]]
    assert strange(events, tmp_path) == events
    assert strange([["open", str(tmp_path / "data")], ["open", "3"]], tmp_path) == []
