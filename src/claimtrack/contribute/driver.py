"""Telling git to merge the tables of a package row by row, and to stop doing so."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimtrack.contribute import git
from claimtrack.contribute.fmt import files
from claimtrack.errors import UsageError
from claimtrack.package.write import write_whole

ATTRIBUTES = ".gitattributes"
_BEGIN, _END = "# claimtrack git install: begin", "# claimtrack git install: end"
_SECTION = "merge.claimtrack"
_NAME = "claimtrack: row by row, by key"


def install(descriptor: Path) -> list[str]:
    """Set up the merge of the package's tables in the repository around it; returns what was done, in sentences.

    Raises `UsageError` where there is no repository, `DataError` where the descriptor names files it must not.
    """
    root = _repository(descriptor)
    return [*_configure(root), *_assign(root, [file.path for file in files(descriptor)])]


def uninstall(descriptor: Path) -> list[str]:
    """Undo `install`; returns what was done, in sentences. Raises `UsageError` where there is no repository."""
    root = _repository(descriptor)
    told = []
    if git.git(root, "config", "--local", "--get-regexp", rf"^{_SECTION}\.").returncode == 0:
        git.carried_out(root, "config", "--local", "--remove-section", _SECTION)
        told.append("Took the merge driver out of this clone's git configuration.")
    written, ours = _split(root / ATTRIBUTES)
    if ours:
        _write(root / ATTRIBUTES, written)
        told.append(f"Took the lines of the tables out of {ATTRIBUTES}; commit that.")
    return told or ["Nothing was set up here."]


def _repository(descriptor: Path) -> Path:
    root = descriptor.parent
    if git.git(root, "rev-parse", "--is-inside-work-tree").stdout.strip() != b"true":
        raise UsageError(f"{root} is not in the working tree of a git repository")
    return root


def command() -> str:
    """The command that git runs, in the words of a shell: the claimtrack that is running now, wherever that is."""
    running = Path(sys.argv[0])
    found = running.name in ("claimtrack", "claimtrack.exe") and running.is_file()
    program = shlex.quote(running.resolve().as_posix()) if found else "claimtrack"
    return f"{program} merge %O %A %B --path %P"


def _configure(root: Path) -> Iterator[str]:
    wanted = {"name": _NAME, "driver": command()}
    present = {
        key: git.git(root, "config", "--local", "--get", f"{_SECTION}.{key}").stdout.decode().rstrip("\n")
        for key in wanted
    }
    if present == wanted:
        yield "The merge driver is in this clone's git configuration already."
        return
    for key, value in wanted.items():
        git.carried_out(root, "config", "--local", f"{_SECTION}.{key}", value)
    yield f"Set up the merge driver in this clone's git configuration: {wanted['driver']}"


def _assign(root: Path, paths: Sequence[str]) -> Iterator[str]:
    checked = git.carried_out(root, "check-attr", "-z", "merge", "--", *paths).split("\0")
    if checked[2::3] == ["claimtrack"] * len(paths):
        yield f"The tables are assigned to it already, in {ATTRIBUTES}."
        return
    written, _ = _split(root / ATTRIBUTES)
    lines = [_BEGIN, *(f"{_pattern(path)} text eol=lf merge=claimtrack" for path in sorted(paths)), _END]
    _write(root / ATTRIBUTES, [*written, *lines])
    yield f"Assigned {len(paths)} tables to it in {ATTRIBUTES}; commit that."
    yield "Whoever clones the repository runs `claimtrack git install` once; without it git merges the tables as text."


def _pattern(path: str) -> str:
    return f'"/{path}"' if " " in path else f"/{path}"


def _split(path: Path) -> tuple[list[str], list[str]]:
    """The lines of an attributes file that are not ours, and those that are."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    if _BEGIN not in lines or _END not in lines[lines.index(_BEGIN) :]:
        return lines, []
    begin = lines.index(_BEGIN)
    end = lines.index(_END, begin) + 1
    return lines[:begin] + lines[end:], lines[begin:end]


def _write(path: Path, lines: Sequence[str]) -> None:
    if lines:
        write_whole(path, "".join(f"{line}\n" for line in lines))
    else:
        path.unlink()
