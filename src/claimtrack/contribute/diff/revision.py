"""A package as it was in a commit, written into a folder so that it can be read like any other.

Only the files that its descriptor names, those of its inbox, and what lies beside its tables as if it were claims, are
written, each as the bytes that the commit holds, and only if their paths are plain. Symbolic links and submodules are
left out: the strict reading then misses the file, and says so.
"""

from __future__ import annotations

from pathlib import Path

from claimtrack.contribute import git
from claimtrack.contribute.inbox import INBOX
from claimtrack.contribute.strays import LARGEST, folders_of, paths_in, unnamed
from claimtrack.structure.files.jsonfile import read_json
from claimtrack.structure.limits import JSON_BYTES

_FILES = ("100644", "100755")


def fetch(descriptor: Path, commit: str, folder: Path) -> Path | None:
    """Write the package into `folder`; returns its descriptor there, or None if the commit has none."""
    around = descriptor.parent.resolve()
    if descriptor.name not in _regular(around, commit, [descriptor.name]):
        return None
    data = git.content(around, commit, descriptor.name) or b""
    fetched = folder / descriptor.name
    fetched.write_bytes(data)
    if len(data) <= JSON_BYTES:
        document, _ = read_json(descriptor.name, data)
        wanted = sorted({*paths_in(document.value)} - {descriptor.name}) if document is not None else []
        strays = _strays(around, commit, wanted)
        for path in (*_regular(around, commit, wanted), *_waiting(around, commit), *strays):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(git.content(around, commit, path) or b"")
    return fetched


def _waiting(around: Path, commit: str) -> list[str]:
    """The regular files that the inbox holds in the commit."""
    listed = git.carried_out(around, "ls-tree", "-z", "--name-only", commit, f"{INBOX}/").split("\0")
    return _regular(around, commit, [path for path in listed if path])


def _strays(around: Path, commit: str, named: list[str]) -> list[str]:
    """The regular files beside the tables that may hold claims, as those in a folder are looked at."""
    found: list[str] = []
    for folder in sorted(folders_of(named)):
        at = [f"{folder}/"] if folder else []
        listed = git.carried_out(around, "ls-tree", "-z", "-l", commit, *at)
        for entry in filter(None, listed.split("\0")):
            told, _, path = entry.partition("\t")
            mode, *_, size = told.split()
            if mode in _FILES and int(size) <= LARGEST:
                found.append(path)
    return unnamed(found, named)


def _regular(around: Path, commit: str, paths: list[str]) -> list[str]:
    """Those of the paths that are regular files in the commit."""
    if not paths:
        return []
    listed = git.carried_out(around, "ls-tree", "-r", "-z", commit, "--", *paths)
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry]
    found = {path for mode, _, path in entries if mode.split(" ", 1)[0] in _FILES}
    return [path for path in paths if path in found]
